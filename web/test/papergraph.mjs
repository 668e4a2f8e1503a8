// Starts the compiled program on a free port with a private store.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

// start runs the program named by PAPERGRAPH and returns its address and what stops it.
export async function start(...flags) {
  const program = spawn(process.env.PAPERGRAPH, ['serve', '--store', 'sqlite::memory:', '--listen', '127.0.0.1:0', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  program.stderr.on('data', text => (log += text));
  const ended = once(program, 'close');
  const stop = async () => {
    program.kill();
    await ended;
  };
  for await (const line of createInterface({ input: program.stdout })) {
    const said = /^papergraph answers at (\S+)\/graphql$/.exec(line);
    if (said) return { url: said[1], stop };
  }
  await ended;
  throw new Error(`papergraph ended before it answered: ${log}`);
}
