// Reads the bibliographies that papergraph wrote with Citation.js, which shares no code with it: what it finds in BibTeX, BibLaTeX and RIS must be what our CSL-JSON says.
import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {Cite, logger} from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-ris'

logger.level = 'http' // above the warnings on fields of other programs

const file = name => readFileSync(new URL(`../../formats/testdata/${name}`, import.meta.url), 'utf8')
const list = JSON.parse(file('list.csl.json'))

// What a format has no place for, or Citation.js no eye.
const lost = {
  'list.bib': ['event-place', 'genre', 'number', 'day', 'type:article'],
  'list.biblatex.bib': ['genre', 'number', 'type:article'],
  'list.ris': ['genre', 'number', 'type:article', 'publisher:article-journal'],
}

const fields = ['type', 'title', 'container-title', 'collection-title', 'event-place', 'volume', 'issue', 'page', 'number', 'publisher', 'genre', 'DOI', 'ISBN', 'URL']

function facts(item, type, without) {
  const kept = fields.filter(f => !without.includes(f) && !without.includes(`${f}:${type}`))
  return {
    ...Object.fromEntries(kept.map(f => [f, item[f]])),
    author: item.author.map(({family, given, literal}) => ({family, given, literal})),
    issued: item.issued['date-parts'][0].slice(0, without.includes('day') ? 2 : 3),
  }
}

for (const [name, without] of Object.entries(lost)) {
  test(name, () => {
    const read = new Map(new Cite(file(name)).data.map(item => [item['citation-key'] ?? item.id, item]))
    assert.deepEqual([...read.keys()], list.map(item => item.id))
    for (const wanted of list) {
      const found = read.get(wanted.id)
      // A conference without a title of its proceedings has them under the name of the event.
      if (wanted.type === 'paper-conference') found['container-title'] ??= found['event-title']
      assert.deepEqual(facts(found, wanted.type, without), facts(wanted, wanted.type, without), wanted.id)
    }
  })
}

test('list.csl.json', () => {
  for (const wanted of list) {
    const {_graph, ...item} = new Cite(wanted).data[0]
    assert.deepEqual(item, wanted)
  }
})
