// Judges the schema as a client meets it: asked for by introspection of the compiled program, and printed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { ESLint } from 'eslint';
import {
  GraphQLSchema,
  assertValidSchema,
  buildASTSchema,
  buildClientSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
} from 'graphql';
import relay from 'relay-compiler';
import { start } from '../../web/test/papergraph.mjs';

process.chdir(import.meta.dirname);
const golden = '../../graph/testdata/schema.golden';
const released = 'released.graphqls';

const read = text => buildASTSchema(parse(text));
// The golden file has no description of the schema as a whole.
const sorted = schema => printSchema(lexicographicSortSchema(new GraphQLSchema({ ...schema.toConfig(), description: undefined })));

// The schema of the last release: as it was laid down here, else as it was committed under the newest tag.
function lastRelease() {
  if (existsSync(released)) return readFileSync(released, 'utf8');
  const git = (...words) => execFileSync('git', words, { encoding: 'utf8' }).trim();
  const [newest] = git('tag', '--list', 'v*', '--merged', 'HEAD', '--sort=-version:refname').split('\n');
  return newest ? git('show', `${newest}:${golden}`) : undefined;
}

async function assertKept(before, after) {
  const changes = await diff(read(before), read(after));
  const breaks = changes.filter(change => change.criticality.level === CriticalityLevel.Breaking).map(change => change.message);
  assert.deepEqual(breaks, []);
}

let server, printed;
before(async () => {
  server = await start();
  const query = getIntrospectionQuery({
    schemaDescription: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    oneOf: true,
  });
  printed = printSchema(buildClientSchema(await ask(query)));
  writeFileSync('schema.graphql', printed);
});
after(() => server?.stop());

async function ask(query, variables) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  return data;
}

test('graphql-js finds it valid', () => assertValidSchema(read(printed)));

test('introspection tells all that the schema says', () => {
  assert.equal(sorted(read(printed)), sorted(read(readFileSync(golden, 'utf8'))));
});

test('graphql-eslint finds nothing', async () => {
  const eslint = new ESLint();
  const [result] = await eslint.lintFiles('schema.graphql');
  const formatter = await eslint.loadFormatter('stylish');
  assert.equal(result.messages.length, 0, await formatter.format([result]));
  const [undescribed] = await eslint.lintText('type Query { anything: String }', { filePath: 'schema.graphql' });
  assert.notEqual(undescribed.messages.length, 0, 'the rules are not applied');
});

test('relay-compiler makes queries for pages and refetches, which are answered', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'papergraph-relay-'));
  t.after(() => rmSync(folder, { recursive: true }));
  cpSync('relay', join(folder, 'src'), { recursive: true });
  cpSync('schema.graphql', join(folder, 'schema.graphql'));
  const config = { src: 'src', schema: 'schema.graphql', language: 'javascript', eagerEsModules: true };
  writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
  execFileSync(relay, ['relay.config.json'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const name of ['PaperListPageQuery', 'PaperListPaginationQuery', 'SharingTopicsPaginationQuery', 'DrawingRefetchQuery']) {
    const artifact = readFileSync(join(folder, 'src/__generated__', `${name}.graphql.js`), 'utf8');
    const data = await ask(JSON.parse(/^ *"text": (".*")$/m.exec(artifact)[1]), { id: 'paper/xrp' });
    assert.notEqual(Object.values(data)[0], null, name);
  }
});

test('all that the last release promised is kept', t => {
  const promised = lastRelease();
  return promised ? assertKept(promised, printed) : t.diagnostic('there is no release yet, so nothing is promised');
});

test('a field taken away would be noticed', () => {
  const without = visit(parse(printed), { FieldDefinition: field => (field.name.value === 'totalCount' ? null : undefined) });
  return assert.rejects(assertKept(printed, print(without)), /totalCount/);
});
