// Reads what formats/graphfile writes by the readers of the programs that it writes for, and compares with the graph that was written.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import Ajv from 'ajv/dist/2020.js';
import cytoscape from 'cytoscape';
import DOMPurify from 'dompurify';
import { DirectedGraph, MultiDirectedGraph } from 'graphology';
import mermaid from 'mermaid';

const data = new URL('../../formats/graphfile/testdata/', import.meta.url);
const read = name => readFileSync(new URL(name, data), 'utf8');
const graph = JSON.parse(read('hostile.json'));
const id = place => graph.Nodes[place].ID;
const spread = Math.ceil(60 * Math.sqrt(graph.Nodes.length));
const byKey = (a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

// What every format with properties must give back of nodes and relations.
const facts = (label, kind, year, degree, rank, community) => ({ label, kind, year: year ?? 0, degree, rank, community });
const nodes = Object.fromEntries(graph.Nodes.map(n => [n.ID, facts(n.Label, n.Kind, n.Year, n.Degree, n.Rank, n.Community)]));
const relations = graph.Edges.map(e => [e.ID, id(e.Source), id(e.Target), e.Kind, e.Weight]).sort(byKey);

test('Cytoscape.js reads CYTOSCAPE_JSON', () => {
  const cy = cytoscape({ headless: true, layout: { name: 'preset' }, ...JSON.parse(read('hostile.cytoscape.json')) });
  const seen = {};
  cy.nodes().forEach(node => {
    const d = node.data();
    seen[node.id()] = facts(d.label, d.kind, d.year, d.degree, d.rank, d.community);
  });
  assert.deepEqual(seen, nodes);
  assert.deepEqual(cy.edges().map(e => [e.id(), e.source().id(), e.target().id(), e.data('kind'), e.data('weight')]).sort(byKey), relations);
  graph.Nodes.forEach(n => assert.deepEqual(cy.getElementById(n.ID).position(), { x: n.X * spread, y: -n.Y * spread }));
  assert.equal(cytoscape({ headless: true, ...JSON.parse(read('empty.cytoscape.json')) }).elements().length, 0);
});

test('graphology reads GRAPHOLOGY_JSON', () => {
  const g = MultiDirectedGraph.from(JSON.parse(read('hostile.graphology.json')));
  assert.deepEqual(Object.fromEntries(g.mapNodes((key, a) => [key, facts(a.label, a.kind, a.year, a.degree, a.rank, a.community)])), nodes);
  assert.deepEqual(g.mapEdges((key, a, source, target) => [key, source, target, a.kind, a.weight]).sort(byKey), relations);
  graph.Nodes.forEach(n => assert.deepEqual([g.getNodeAttribute(n.ID, 'x'), g.getNodeAttribute(n.ID, 'y')], [n.X, n.Y]));
  assert.equal(MultiDirectedGraph.from(JSON.parse(read('empty.graphology.json'))).order, 0);
  assert.throws(() => DirectedGraph.from(JSON.parse(read('hostile.graphology.json'))), 'parallel relations are kept');
});

test('VOSVIEWER_JSON is as VOSviewer documents it', () => {
  const valid = new Ajv({ strict: true, allErrors: true, formats: { uri: true }, allowUnionTypes: true }).compile(JSON.parse(readFileSync(new URL('vosviewer.schema.json', import.meta.url))));
  for (const name of ['empty', 'hostile']) {
    assert.ok(valid(JSON.parse(read(`${name}.vosviewer.json`))), JSON.stringify(valid.errors));
  }
  const { items, links, clusters } = JSON.parse(read('hostile.vosviewer.json')).network;
  assert.deepEqual(
    items.map(i => [i.id, i.label, i.x, i.y, i.cluster, i.scores?.Year ?? 0]),
    graph.Nodes.map(n => [n.ID, n.Label, n.X, n.Y, n.Community + 1, n.Year]),
  );
  assert.deepEqual(clusters, graph.Communities.map((label, i) => ({ cluster: i + 1, label })));
  const strengths = new Map();
  for (const e of graph.Edges.filter(e => e.Source !== e.Target)) {
    const pair = [id(e.Source), id(e.Target)].sort().join(' ');
    strengths.set(pair, (strengths.get(pair) ?? 0) + e.Weight);
  }
  assert.deepEqual(new Map(links.map(l => [[l.source_id, l.target_id].sort().join(' '), l.strength])), strengths);
  assert.equal(links.length, strengths.size, 'one link for each pair');
});

test('NetworkX reads GRAPHML and GEXF', () => {
  const python = process.env.PYTHON ?? 'python3';
  for (const name of ['graphml', 'gexf']) {
    const seen = JSON.parse(execFileSync(python, ['networkx_read.py', name, new URL(`hostile.${name}`, data).pathname], { cwd: import.meta.dirname }));
    assert.equal(seen.directed, true);
    assert.deepEqual(Object.fromEntries(seen.nodes.map(n => [n.id, facts(n.label, n.kind, n.year, n.degree, n.rank, n.community)])), nodes);
    assert.deepEqual(seen.edges.sort(byKey), relations);
    const scale = name === 'gexf' ? spread : 1;
    const at = n => [n.X * scale, n.Y * scale];
    assert.deepEqual(seen.nodes.map(n => [n.x, n.y]), graph.Nodes.map(at));
    const empty = JSON.parse(execFileSync(python, ['networkx_read.py', name, new URL(`empty.${name}`, data).pathname], { cwd: import.meta.dirname }));
    assert.deepEqual([empty.nodes, empty.edges], [[], []]);
  }
});

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const decoded = text => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (_, n, x, name) => (name ? entities[name] : String.fromCodePoint(n ? +n : parseInt(x, 16))));

test('Graphviz draws DOT', async () => {
  const graphviz = await Graphviz.load();
  const svg = graphviz.layout(read('hostile.dot'), 'svg', 'neato');
  const drawn = [...svg.matchAll(/<g id="[^"]*" class="node">\s*<title>(.*?)<\/title>([\s\S]*?)<\/g>/g)];
  const lines = body => [...body.matchAll(/<text [^>]*>(.*?)<\/text>/gs)].map(t => decoded(t[1]).replaceAll('\u00a0', ' ')).join('\n');
  const shown = Object.fromEntries(drawn.map(([, title, body]) => [decoded(title), lines(body)]));
  assert.deepEqual(shown, Object.fromEntries(graph.Nodes.map(n => [n.ID, n.Label])));
  const json = JSON.parse(graphviz.layout(read('hostile.dot'), 'dot_json', 'neato'));
  const name = place => json.objects[place].name;
  assert.deepEqual(json.edges.map(e => [e.id, name(e.tail), name(e.head), e.label, +e.strength]).sort(byKey), relations);
  assert.deepEqual(json.objects.map(o => [o.name, o.kind, +(o.year ?? 0), +o.degree, +o.pagerank, +o.community]), graph.Nodes.map(n => [n.ID, n.Kind, n.Year, n.Degree, n.Rank, n.Community]));
  assert.ok(graphviz.layout(read('empty.dot'), 'svg', 'dot').includes('<svg'));
});

test('Mermaid reads MERMAID', async () => {
  // Without a browser there is nothing to sanitise for; the parser asks for it all the same.
  Object.assign(DOMPurify, { addHook: () => {}, sanitize: text => text });
  assert.equal((await mermaid.parse(read('hostile.mermaid'))).diagramType, 'flowchart-v2');
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(read('hostile.mermaid'));
  // Its own form of entities between parsing and drawing.
  const text = t => decoded(t.replaceAll('ﬂ°°', '&#').replaceAll('ﬂ°', '&').replaceAll('¶ß', ';'));
  const vertices = [...db.getVertices().values()];
  const flat = label => label.replace(/[\n\t]/g, ' ');
  assert.deepEqual(vertices.map(v => [v.id, text(v.text)]), graph.Nodes.map((n, i) => [`n${i}`, flat(n.Label)]));
  assert.deepEqual(
    db.getEdges().map(e => [e.start, e.end, e.text]).sort(byKey),
    graph.Edges.map(e => [`n${e.Source}`, `n${e.Target}`, e.Kind]).sort(byKey),
  );
  assert.equal([...(await mermaid.mermaidAPI.getDiagramFromText(read('empty.mermaid'))).db.getVertices()].length, 0);
});
