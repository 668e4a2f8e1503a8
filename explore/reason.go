package explore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Ground is what a signal went through from the seeds to one paper, ready to draw.
type Ground struct {
	// Count is how many entities lie in between (for DIRECT_CITATION: seeds); Via names at most store.MaxVia of them, those that gave most first.
	Count int
	Via   []literature.Entity
	// Relations join seeds, Via and the paper; at most store.MaxVia.
	Relations []*literature.Relation
}

// data are the relations without which a paper has no data for a signal: those by which its walk arrives.
func (s Signal) data() []store.KindDirection {
	var of []store.KindDirection
	if hops := walked[s].hops; len(hops) > 0 {
		last := hops[len(hops)-1]
		for _, kind := range last.Kinds {
			of = append(of, store.KindDirection{Kind: kind, Direction: last.Direction.Reversed()})
		}
	}
	return of
}

// Grounded is one related paper as an entity, and what its signals went through.
type Grounded struct {
	Paper   *literature.Paper
	Grounds map[Signal]Ground
	// Known tells for which signals the paper has data; a value of 0 means something for these only.
	Known map[Signal]bool
}

// Grounds looks up what the signals of the papers on pages went through, in three calls for any number of queries, unless it takes more than store.MaxKeys walks, relations or papers. pages are the answers to queries.
func Grounds(ctx context.Context, reader store.Reader, queries []RelatedQuery, pages []RelatedPage) ([][]Grounded, error) {
	var walks []store.Walk
	longest := 0
	for _, page := range pages {
		longest = max(longest, len(page.Items))
	}
	for i, page := range pages {
		ids := []literature.ID{} // not nil, which would be all papers
		spoke := make(map[Signal]bool)
		for _, item := range page.Items {
			ids = append(ids, item.ID)
			for _, s := range item.Signals {
				spoke[s.Signal] = spoke[s.Signal] || s.Raw > 0
			}
		}
		for signal, walk := range queries[i].ways(i, ids, longest) {
			if !spoke[signal] {
				walk.Starts = nil // it leads nowhere, but stores that compile questions know the form of this one from the page before
			}
			walks = append(walks, walk)
		}
	}
	reached, err := inCalls(walks, func(some []store.Walk) (map[literature.ID]store.ReachedPage, error) {
		return reader.Walk(ctx, store.WalkQuery{Walks: some})
	})
	if err != nil {
		return nil, err
	}
	var wanted []literature.ID
	for i, q := range queries {
		for signal, way := range walked {
			for _, item := range reached[signal.key(i)].Items {
				wanted = append(wanted, joining(q.Seeds, way.hops, item)...)
			}
		}
	}
	slices.Sort(wanted)
	records, err := recordsOf(ctx, reader, slices.Compact(wanted))
	if err != nil {
		return nil, err
	}
	var papers []*literature.Paper
	for _, page := range pages {
		for _, item := range page.Items {
			if item.Paper != nil { // else it is gone meanwhile
				papers = append(papers, item.Paper)
			}
		}
	}
	known, err := knownOf(ctx, reader, papers)
	if err != nil {
		return nil, err
	}
	all := make([][]Grounded, len(pages))
	for i, page := range pages {
		of := make(map[literature.ID]map[Signal]Ground)
		for signal, way := range walked {
			for _, item := range reached[signal.key(i)].Items {
				id := item.Position.ID
				if of[id] == nil {
					of[id] = make(map[Signal]Ground)
				}
				of[id][signal] = groundOf(records, queries[i].Seeds, way.hops, item)
			}
		}
		for _, item := range page.Items {
			if a := queries[i].Arrays; a != nil && known[item.ID] != nil {
				known[item.ID][PersonalizedPageRank] = a.joined(item.ID)
			}
			all[i] = append(all[i], Grounded{item.Paper, of[item.ID], known[item.ID]})
		}
	}
	return all, nil
}

// ways are the walks of the signals of the i-th query to papers that are known to be answers, of which no more than limit are told.
func (q *RelatedQuery) ways(i int, to []literature.ID, limit int) iter.Seq2[Signal, store.Walk] {
	return func(yield func(Signal, store.Walk) bool) {
		for _, signal := range q.signals() {
			walk := q.walk(i, signal)
			walk.Targets, walk.WithStubs, walk.Via, walk.Page.Limit = to, true, store.MaxVia, limit
			if len(walk.Hops) > 0 && !yield(signal, walk) {
				return
			}
		}
	}
}

// groundOf is what a walk from seeds went through, of the records that hold its relations.
func groundOf(records map[literature.ID]literature.Record, seeds []*literature.Paper, hops []store.Hop, item store.Reached) Ground {
	ground := Ground{Count: item.ViaCount, Via: item.Via}
	for _, id := range joining(seeds, hops, item) {
		if relation, ok := records[id].(*literature.Relation); ok && len(ground.Relations) < store.MaxVia {
			ground.Relations = append(ground.Relations, relation)
		}
	}
	return ground
}

// knownOf tells for which signals papers have data: for TEXT, all but stubs, in which no word is counted.
func knownOf(ctx context.Context, reader store.Reader, papers []*literature.Paper) (map[literature.ID]map[Signal]bool, error) {
	var of []store.KindDirection
	for _, signal := range Signals() {
		of = append(of, signal.data()...)
	}
	ids := make([]literature.ID, len(papers))
	for i, paper := range papers {
		ids[i] = paper.ID
	}
	degrees, err := inCalls(ids, func(some []literature.ID) (map[literature.ID][]int, error) { return reader.Degrees(ctx, some, of) })
	if err != nil {
		return nil, err
	}
	known := make(map[literature.ID]map[Signal]bool, len(degrees))
	for i, id := range ids {
		counts, there := degrees[id]
		if !there {
			continue
		}
		known[id] = map[Signal]bool{Text: store.IsCounted(papers[i])}
		for _, signal := range Signals() {
			n := len(signal.data())
			for _, count := range counts[:n] {
				known[id][signal] = known[id][signal] || count > 0
			}
			counts = counts[n:]
		}
	}
	return known, nil
}

// recordsOf fetches any number of records, in one call up to store.MaxKeys.
func recordsOf(ctx context.Context, reader store.Reader, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	return inCalls(ids, func(some []literature.ID) (map[literature.ID]literature.Record, error) {
		return reader.Records(ctx, some)
	})
}

// inCalls asks for any number of things, in one call up to store.MaxKeys and in none for none.
func inCalls[Q, A any](asked []Q, call func([]Q) (map[literature.ID]A, error)) (map[literature.ID]A, error) {
	all := make(map[literature.ID]A, len(asked))
	for some := range slices.Chunk(asked, store.MaxKeys) {
		answers, err := call(some)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, answers)
	}
	return all, nil
}

// maxJoined is how many seeds are looked at for relations that lead from them, of which only store.MaxVia are told.
const maxJoined = 100

// joining lists the ids that relations on the way have, if they exist: those from the last place to the paper, and, where the way has two hops, those from the seeds to that place.
func joining(seeds []*literature.Paper, hops []store.Hop, item store.Reached) []literature.ID {
	var ids []literature.ID
	join := func(hop store.Hop, from, to literature.ID) {
		for _, kind := range hop.Kinds {
			if hop.Direction != store.Incoming {
				ids = append(ids, literature.NewRelationID(kind, from, to))
			}
			if hop.Direction != store.Outgoing {
				ids = append(ids, literature.NewRelationID(kind, to, from))
			}
		}
	}
	for _, via := range item.Via {
		if len(hops) == 2 {
			for _, seed := range seeds[:min(len(seeds), maxJoined)] {
				join(hops[0], seed.ID, via.RecordID())
			}
		}
		join(hops[len(hops)-1], via.RecordID(), item.Position.ID)
	}
	return ids
}

// reasons is how many signals a sentence names, those that contribute most.
const reasonsTold = 3

// Reason says in one sentence why a paper is related, in English or, where a Chinese locale is asked for, Traditional Chinese.
func Reason(r Related, g Grounded, locale *literature.Locale) string {
	words := languageOf(locale)
	return words.sentence(words.reasons(r, g, locale))
}

func languageOf(locale *literature.Locale) language {
	if locale != nil && locale.IsChinese() {
		return chinese
	}
	return english
}

// reasons are the parts of a sentence, the signal that contributes most first.
func (l language) reasons(r Related, g Grounded, locale *literature.Locale) []string {
	signals := slices.Clone(r.Signals)
	slices.SortStableFunc(signals, func(a, b SignalValue) int { return cmp.Compare(b.Contribution, a.Contribution) })
	var parts []string
	for _, s := range signals {
		if s.Raw > 0 && len(parts) < reasonsTold {
			parts = append(parts, l.part(s.Signal, g, locale))
		}
	}
	return parts
}

// language is what the sentences of one language are made of.
type language struct {
	comma, semicolon, stop string
	// shared says how many there are and which; common and reach only how many.
	shared                  map[Signal][2]string // one, several
	listed                  string
	cites, citedBy, wording string
	near                    string
	// which joins the steps of a path, who those behind a person.
	which, who string
	// seenFrom, bestWay, noWay and apart are parts of a summary, hops how far was looked.
	seenFrom, bestWay, noWay, apart string
	hops                            [2]string // one, several
}

var english = language{
	comma: ", ", semicolon: "; ", stop: ".", listed: " (%s)",
	shared: map[Signal][2]string{
		SharedTopic:           {"shares %d topic", "shares %d topics"},
		BibliographicCoupling: {"has %d reference in common", "has %d references in common"},
		CoCitation:            {"is co-cited by %d paper", "is co-cited by %d papers"},
		SharedAuthor:          {"shares %d author", "shares %d authors"},
		SharedSystem:          {"shares %d system", "shares %d systems"},
		SharedWorkload:        {"shares %d workload", "shares %d workloads"},
		Reach:                 {"is cited by %d paper that shares references", "is cited by %d papers that share references"},
	},
	cites: "cites %s", citedBy: "is cited by %s", wording: "uses similar words", near: "is near in the graph",
	which: ", which ", who: ", who ", seenFrom: "Seen from %s, %s %s", bestWay: "the most telling way is: %s", noWay: "no way leads there within %s",
	apart: "Nothing joins %[2]s and %[3]s within %[1]s", hops: [2]string{"%d hop", "%d hops"},
}

var chinese = language{
	comma: "、", semicolon: "；", stop: "。", listed: "（%s）",
	shared: map[Signal][2]string{
		SharedTopic:           {"有 %d 個共同主題", "有 %d 個共同主題"},
		BibliographicCoupling: {"有 %d 篇共同參考文獻", "有 %d 篇共同參考文獻"},
		CoCitation:            {"被 %d 篇論文同時引用", "被 %d 篇論文同時引用"},
		SharedAuthor:          {"有 %d 位共同作者", "有 %d 位共同作者"},
		SharedSystem:          {"有 %d 個共同系統", "有 %d 個共同系統"},
		SharedWorkload:        {"有 %d 個共同工作負載", "有 %d 個共同工作負載"},
		Reach:                 {"被 %d 篇有共同參考文獻的論文引用", "被 %d 篇有共同參考文獻的論文引用"},
	},
	cites: "引用 %s", citedBy: "被 %s 引用", wording: "用詞相近", near: "在圖中相近",
	which: "，後者", who: "，後者", seenFrom: "從 %s 看，%s %s", bestWay: "最有說明力的路徑是：%s", noWay: "在%s之內沒有路徑相連",
	apart: "在%[1]s之內，%[2]s 與 %[3]s 沒有任何關係相連", hops: [2]string{" %d 步", " %d 步"},
}

// named are the signals whose entities a sentence lists.
var named = map[Signal]bool{SharedTopic: true, SharedAuthor: true, SharedSystem: true, SharedWorkload: true, CoCitation: true}

func (l language) part(signal Signal, g Grounded, locale *literature.Locale) string {
	ground := g.Grounds[signal]
	names := make([]string, 0, len(ground.Via))
	for _, via := range ground.Via {
		names = append(names, shortName(via, locale))
	}
	switch signal {
	case Text:
		return l.wording
	case PersonalizedPageRank:
		return l.near
	case DirectCitation:
		return l.citations(ground, names)
	}
	forms := l.shared[signal]
	text := fmt.Sprintf(forms[min(1, max(0, ground.Count-1))], ground.Count)
	if named[signal] && len(names) > 0 {
		if ground.Count > len(names) {
			names = append(names, "…")
		}
		text += fmt.Sprintf(l.listed, strings.Join(names, l.comma))
	}
	return text
}

// citations tells which seeds cite a paper, and which ones it cites; names are those of ground.Via.
func (l language) citations(ground Ground, names []string) string {
	var citing, cited []string
	for i, seed := range ground.Via {
		of := func(end func(*literature.Relation) literature.ID) bool {
			return slices.ContainsFunc(ground.Relations, func(r *literature.Relation) bool { return end(r) == seed.RecordID() })
		}
		isCited := of(func(r *literature.Relation) literature.ID { return r.Target })
		if isCited {
			cited = append(cited, names[i])
		}
		if !isCited || of(func(r *literature.Relation) literature.ID { return r.Source }) {
			citing = append(citing, names[i])
		}
	}
	var parts []string
	for _, side := range []struct {
		text  string
		names []string
	}{{l.citedBy, citing}, {l.cites, cited}} {
		if len(side.names) > 0 {
			parts = append(parts, fmt.Sprintf(side.text, strings.Join(side.names, l.comma)))
		}
	}
	text := strings.Join(parts, l.semicolon)
	if ground.Count > len(names) {
		text += l.comma + "…"
	}
	return text
}

func (l language) sentence(parts []string) string {
	text := strings.Join(parts, l.semicolon) + l.stop
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// shortName is what people call a paper by: what stands before the colon of its title, if that is short; and any other entity's label.
func shortName(e literature.Entity, locale *literature.Locale) string {
	label := e.Label(locale)
	if _, ok := e.(*literature.Paper); ok {
		for _, colon := range []string{": ", ":"} {
			if before, _, ok := strings.Cut(label, colon); ok && utf8.RuneCountInString(before) <= 24 {
				return before
			}
		}
	}
	return label
}
