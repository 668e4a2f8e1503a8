// The playground: GraphiQL over this server's endpoint. All addresses are relative to the page, so that it works behind any prefix.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './playground.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';

// For a moment after a change of tabs, GraphiQL still names the operation of the tab before.
function current({ operationName, ...request }) {
  const named = new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`);
  return named.test(request.query) ? { ...request, operationName } : request;
}

async function ask(request, { headers } = {}) {
  const response = await fetch('./graphql', {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(current(request)),
  });
  return response.json();
}

// Enter leads into an editor, where the Tab key indents; an Escape that it has no use for, and lets pass, leads out again.
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') event.target.closest('.graphiql-editor')?.focus();
});

// What the server tells its page: {"introspection": true, "queries": ["query …", …]}
const page = await (await fetch('./playground/page.json')).json();

createRoot(document.getElementById('playground')).render(
  <GraphiQL
    fetcher={ask}
    // null: a server that keeps its schema to itself is not asked for it.
    schema={page.introspection ? undefined : null}
    schemaDescription
    inputValueDeprecation
    defaultTabs={page.queries.map(query => ({ query }))}
    plugins={[HISTORY_PLUGIN, explorerPlugin()]}
  >
    <GraphiQL.Logo>papergraph</GraphiQL.Logo>
  </GraphiQL>,
);
