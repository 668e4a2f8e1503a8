import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

// The program carries the files compressed only; see web.go.
function compress() {
  let folder;
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        writeFileSync(path + '.gz', gzipSync(readFileSync(path), { level: 9 }));
        rmSync(path);
      }
    },
  };
}

// The folder mirrors the addresses: /playground is playground.html, /playground/NAME lies in playground/.
export default defineConfig({
  base: './',
  plugins: [compress()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    assetsDir: 'playground',
    assetsInlineLimit: 0,
    license: { fileName: 'playground/licenses.md' },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2500, // kB: Monaco is large
    rolldownOptions: {
      input: 'playground.html',
      // "use client" means something to servers that render React.
      onLog: (level, log, handle) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handle(level, log),
    },
  },
});
