// The playground in a real browser, as the compiled program serves it: every tab is run, and nothing may be reported, refused or
// fetched elsewhere.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { start } from './papergraph.mjs';

const screenshots = new URL('screenshots/', import.meta.url).pathname;
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser;
before(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: flags, timeout: 120_000 });
});
after(() => browser?.close());

// visit opens the playground in a fresh profile; complaints gathers whatever a visitor's browser would hold against it.
async function visit(server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 850 }, ...options });
  context.setDefaultTimeout(60_000);
  const complaints = [];
  context.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', error => complaints.push(String(error.error())));
  context.on('requestfailed', request => complaints.push(`${request.url()} failed: ${request.failure()?.errorText}`));
  context.on('response', response => response.status() >= 400 && complaints.push(`${response.url()} answers ${response.status()}`));
  context.on('request', request => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== server.url && protocol !== 'data:') complaints.push(`asks another host: ${request.url()}`);
  });
  await context.exposeBinding('violated', (_, what) => complaints.push(`content security policy: ${what}`));
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', event => violated(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)),
  );
  const page = await context.newPage();
  await page.goto(server.url);
  for (const pane of ['.graphiql-query-editor', '.result-window']) await page.locator(`${pane} .monaco-editor`).first().waitFor();
  return { page, complaints };
}

// answer waits for the answer to what act sends, and for the page to show it. It returns the query and its data.
async function answer(page, act) {
  const [response] = await Promise.all([
    page.waitForResponse(r => r.url().endsWith('/graphql') && !r.request().postData().includes('__schema')),
    act(),
  ]);
  const { data, errors } = await response.json();
  assert.equal(errors, undefined);
  for (const [field, value] of Object.entries(data)) assert.notEqual(value, null, `${field} is null`);
  const [first] = Object.keys(data);
  await page.locator('.result-window .view-lines').getByText(`"${first}"`).first().waitFor();
  return { query: response.request().postDataJSON().query, data };
}

const runButton = page => page.getByRole('button', { name: 'Execute query (Ctrl-Enter)' });
const run = page => answer(page, () => runButton(page).click());
const background = page => page.evaluate(() => getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor);

describe('playground', () => {
  let server;
  before(async () => (server = await start()));
  after(() => server?.stop());

  test('is where the root leads, with its title and icon', async () => {
    const { page, complaints } = await visit(server);
    assert.equal(new URL(page.url()).pathname, '/playground');
    assert.equal(await page.title(), 'papergraph playground');
    const icon = await page.request.get(await page.locator('link[rel=icon]').evaluate(link => link.href));
    assert.equal(icon.headers()['content-type'], 'image/svg+xml');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('answers first which papers share topics with XRP', async () => {
    const { page, complaints } = await visit(server);
    const { data } = await run(page);
    assert.deepEqual(data.paper.sharingTopics.edges[0].sharedTopics, [{ name: 'key-value stores' }, { name: 'storage' }]);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`runs every tab, ${colorScheme} as the system is`, async () => {
      const { page, complaints } = await visit(server, { colorScheme });
      const { queries } = await (await page.request.get(`${server.url}/playground/page.json`)).json();
      const tabs = await page.getByRole('tab').all();
      assert.equal(tabs.length, queries.length);
      for (const [i, tab] of tabs.entries()) {
        const name = /query (\w+)/.exec(queries[i])[1];
        await tab.getByRole('button', { name, exact: true }).click();
        const { query } = await run(page);
        assert.equal(query, queries[i]);
        if (i === 0) await page.screenshot({ path: `${screenshots}${colorScheme}.png` });
      }
      const [red] = (await background(page)).match(/\d+/g);
      assert.equal(Number(red) > 127, colorScheme === 'light', `background ${await background(page)}`);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }

  test('changes its colours by hand', async () => {
    const { page, complaints } = await visit(server, { colorScheme: 'light' });
    const light = await background(page);
    await page.getByRole('button', { name: 'Open settings dialog' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Dark' }).click();
    await page.waitForFunction(() => document.body.classList.contains('graphiql-dark'));
    assert.notEqual(await background(page), light);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('shows the schema and builds a query from it', async () => {
    const { page, complaints } = await visit(server);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByRole('link', { name: 'Query', exact: true }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Questions to the graph.').waitFor();
    await page.screenshot({ path: `${screenshots}schema.png` });
    await page.getByRole('button', { name: 'New tab' }).click();
    await page.getByRole('button', { name: 'Show GraphiQL Explorer' }).click();
    const explorer = page.locator('.docExplorerWrap');
    await explorer.getByText('meta', { exact: true }).click();
    await explorer.getByText('service', { exact: true }).click();
    await page.screenshot({ path: `${screenshots}explorer.png` });
    assert.deepEqual((await run(page)).data, { meta: { service: 'papergraph' } });
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('can be used by keyboard', async () => {
    const { page, complaints } = await visit(server);
    const tabTo = async selector => {
      for (let presses = 0; !(await page.evaluate(s => document.activeElement.matches(s), selector)); presses++) {
        assert.ok(presses < 60, `the Tab key does not reach ${selector}`);
        await page.keyboard.press('Tab');
      }
    };
    await tabTo('.graphiql-query-editor .graphiql-editor');
    await page.keyboard.press('Enter');
    await answer(page, () => page.keyboard.press('Control+Enter'));
    await page.keyboard.press('Escape');
    await tabTo('.graphiql-execute-button');
    const { data } = await answer(page, () => page.keyboard.press('Enter'));
    assert.ok(data.paper);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
});

test('works where the schema is kept secret', async () => {
  const server = await start('--no-introspection');
  try {
    const { page, complaints } = await visit(server);
    await run(page);
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await page.locator('.graphiql-doc-explorer').getByText('No GraphQL schema available').waitFor();
    await page.screenshot({ path: `${screenshots}no-schema.png` });
    assert.deepEqual(complaints, []);
    await page.context().close();
  } finally {
    await server.stop();
  }
});
