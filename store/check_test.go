package store_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func parse(t *testing.T, text string) store.Query {
	t.Helper()
	query, err := store.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return query
}

func paper(slug string) *literature.Paper {
	return &literature.Paper{
		Base: literature.Base{ID: literature.NewID(literature.KindPaper, slug), Labels: []literature.LocalizedText{{Value: slug, Locale: literature.English}}},
		Type: literature.Article,
	}
}

func ptr[T any](v T) *T { return &v }

func TestCheck(t *testing.T) {
	const kind = literature.KindPaper
	many := make([]literature.ID, store.MaxKeys+1)
	via := []store.KindDirection{{Kind: literature.Cites, Direction: store.Both}}
	hops := []store.Hop{{Direction: store.Both}}
	storage := parse(t, "storage")
	list := func(f store.Filter) store.ListQuery { return store.ListQuery{Kind: kind, Filter: &f} }
	position := func(keys int) store.Page {
		return store.Page{From: &store.Position{Keys: make([]store.SortValue, keys)}}
	}
	grouping := func(g store.Grouping) store.FacetQuery { return store.FacetQuery{Groupings: []store.Grouping{g}} }
	walk := func(w store.Walk) store.WalkQuery { return store.WalkQuery{Walks: []store.Walk{w}} }
	blend := func(parts ...store.Part) store.WalkQuery {
		return store.WalkQuery{Walks: []store.Walk{{Key: "walk", Hops: hops, Bare: true}}, Blends: []store.Blend{{Key: "blend", Parts: parts}}}
	}
	deep := store.Filter{And: []store.Filter{{Or: []store.Filter{{Not: &store.Filter{HasResult: ptr(true)}}}}}}
	terms := slices.Repeat([]store.TermMatch{{Dimension: store.ByTopic}}, store.MaxParts+1)
	groupings := slices.Repeat([]store.Grouping{{Dimensions: []store.Dimension{store.ByYear}, Limit: 1}}, store.MaxParts+1)
	titled := func(title string) literature.Record {
		p := paper("a")
		p.Labels = english(title)
		return p
	}
	order := func(by ...store.OrderBy) (orders []store.Order) {
		for _, by := range by {
			orders = append(orders, store.Order{By: by})
		}
		return orders
	}
	for name, test := range map[string]struct {
		query interface{ Check() error }
		ok    bool
	}{
		"list":                                  {store.ListQuery{Kind: kind}, true},
		"list of no kind":                       {store.ListQuery{}, false},
		"list of parents":                       {store.ListQuery{Kind: kind, Parents: many[1:], Via: via}, true},
		"list of too many parents":              {store.ListQuery{Kind: kind, Parents: many, Via: via}, false},
		"list of parents without via":           {store.ListQuery{Kind: kind, Parents: many[:1]}, false},
		"list by an unknown direction":          {store.ListQuery{Kind: kind, Parents: many[:1], Via: []store.KindDirection{{Kind: literature.Cites}}}, false},
		"list by every kind of relation":        {store.ListQuery{Kind: kind, Parents: many[:1], Via: []store.KindDirection{{Direction: store.Both}}}, true},
		"list by an unknown kind of relation":   {store.ListQuery{Kind: kind, Parents: many[:1], Via: []store.KindDirection{{Kind: "LIKES", Direction: store.Both}}}, false},
		"list of the longest page":              {store.ListQuery{Kind: kind, Page: store.Page{Limit: store.MaxPage}}, true},
		"list of a longer page":                 {store.ListQuery{Kind: kind, Page: store.Page{Limit: store.MaxPage + 1}}, false},
		"list of a negative page":               {store.ListQuery{Kind: kind, Page: store.Page{Limit: -1}}, false},
		"list from a position":                  {store.ListQuery{Kind: kind, Page: position(1)}, true},
		"list from a position of two keys":      {store.ListQuery{Kind: kind, Page: position(2)}, false},
		"list in two orders":                    {store.ListQuery{Kind: kind, Order: order(store.OrderByYear, store.OrderByTitle), Page: position(2)}, true},
		"list in one order twice":               {store.ListQuery{Kind: kind, Order: order(store.OrderByYear, store.OrderByYear)}, false},
		"list in an unknown order":              {store.ListQuery{Kind: kind, Order: order("SIZE")}, false},
		"list by relevance to nothing":          {store.ListQuery{Kind: kind, Order: order(store.OrderByRelevance)}, false},
		"list by relevance":                     {store.ListQuery{Kind: kind, Order: order(store.OrderByRelevance), Filter: &store.Filter{Text: storage}}, true},
		"filter three deep":                     {list(deep), true},
		"filter four deep":                      {list(store.Filter{Not: &deep}), false},
		"filter on stubs":                       {list(store.Filter{Stub: ptr(true)}), true},
		"filter on stubs, in And":               {list(store.Filter{And: []store.Filter{{Stub: ptr(true)}}}), true},
		"filter on stubs, in And of And":        {list(store.Filter{And: []store.Filter{{And: []store.Filter{{Stub: ptr(true)}}}}}), false},
		"filter on stubs, in Or":                {list(store.Filter{Or: []store.Filter{{Stub: ptr(true)}}}), false},
		"filter on stubs, in Not":               {list(store.Filter{Not: &store.Filter{Stub: ptr(true)}}), false},
		"filter on a term":                      {list(store.Filter{Terms: []store.TermMatch{{Dimension: store.ByTopic, AnyOf: many[:1]}}}), true},
		"filter on any of none":                 {list(store.Filter{Terms: []store.TermMatch{{Dimension: store.ByTopic, AnyOf: many[:0]}}}), false},
		"filter on all of none":                 {list(store.Filter{Terms: []store.TermMatch{{Dimension: store.ByTopic, AllOf: many[:0]}}}), true},
		"filter on none of too many":            {list(store.Filter{Terms: []store.TermMatch{{Dimension: store.ByTopic, NoneOf: many}}}), false},
		"filter on a dimension without terms":   {list(store.Filter{Terms: []store.TermMatch{{Dimension: store.ByYear}}}), false},
		"filter on too many ids":                {list(store.Filter{IDs: many}), false},
		"filter on an unknown kind":             {list(store.Filter{Kinds: []literature.EntityKind{"BOOK"}}), false},
		"filter of the most parts":              {list(store.Filter{And: make([]store.Filter, store.MaxParts-1)}), true},
		"filter of too many parts":              {list(store.Filter{And: make([]store.Filter, store.MaxParts)}), false},
		"filter of too many alternatives":       {list(store.Filter{Not: &store.Filter{Or: make([]store.Filter, store.MaxParts)}}), false},
		"filter of too many terms":              {list(store.Filter{Terms: terms}), false},
		"facets in too many groupings":          {store.FacetQuery{Groupings: groupings}, false},
		"facets":                                {grouping(store.Grouping{Dimensions: []store.Dimension{store.ByYear, store.ByTopic, store.ByHasResult}, Limit: 1, Samples: 10}), true},
		"facets of nothing":                     {store.FacetQuery{}, true},
		"facets by no dimension":                {grouping(store.Grouping{Limit: 1}), false},
		"facets by four dimensions":             {grouping(store.Grouping{Dimensions: []store.Dimension{store.ByYear, store.ByTopic, store.ByVenue, store.BySystem}, Limit: 1}), false},
		"facets by one dimension twice":         {grouping(store.Grouping{Dimensions: []store.Dimension{store.ByYear, store.ByYear}, Limit: 1}), false},
		"facets by an unknown dimension":        {grouping(store.Grouping{Dimensions: []store.Dimension{"SIZE"}, Limit: 1}), false},
		"facets without buckets":                {grouping(store.Grouping{Dimensions: []store.Dimension{store.ByYear}}), false},
		"facets with too many buckets":          {grouping(store.Grouping{Dimensions: []store.Dimension{store.ByYear}, Limit: store.MaxPage + 1}), false},
		"facets with too many samples":          {grouping(store.Grouping{Dimensions: []store.Dimension{store.ByYear}, Limit: 1, Samples: 11}), false},
		"facets with a bad filter":              {grouping(store.Grouping{Dimensions: []store.Dimension{store.ByYear}, Limit: 1, Filter: &store.Filter{Not: &deep}}), false},
		"relations":                             {store.RelationQuery{Direction: store.Both, Page: position(store.RelationKeys)}, true},
		"relations in no direction":             {store.RelationQuery{}, false},
		"relations in an order":                 {store.RelationQuery{Direction: store.Both, Order: order(store.OrderByYear), Page: position(3)}, true},
		"relations from another order":          {store.RelationQuery{Direction: store.Both, Order: order(store.OrderByYear), Page: position(1)}, false},
		"relations of too many":                 {store.RelationQuery{Direction: store.Both, Sources: many}, false},
		"relations to too many":                 {store.RelationQuery{Direction: store.Both, Targets: many}, false},
		"relations of an unknown kind":          {store.RelationQuery{Direction: store.Both, Kinds: []literature.RelationKind{"LIKES"}}, false},
		"results":                               {store.ResultQuery{Page: position(2)}, true},
		"results on too many terms":             {store.ResultQuery{Filter: store.ResultFilter{Terms: terms}}, false},
		"results in too many metrics":           {store.ResultQuery{Filter: store.ResultFilter{Metrics: make([]string, store.MaxKeys+1)}}, false},
		"results of too many kinds":             {store.ResultQuery{Filter: store.ResultFilter{Kinds: make([]literature.ResultKind, store.MaxKeys+1)}}, false},
		"results of too many":                   {store.ResultQuery{Parents: many}, false},
		"search":                                {store.TextQuery{Query: storage, Page: position(2)}, true},
		"search for nothing":                    {store.TextQuery{}, false},
		"search for what is not":                {store.TextQuery{Query: parse(t, "-storage")}, false},
		"search among an unknown kind":          {store.TextQuery{Query: storage, Kinds: []literature.EntityKind{"BOOK"}}, false},
		"postings":                              {store.PostingQuery{Tokens: slices.Repeat([]store.Tokens{{"kernel": 2}}, 100)}, true},
		"postings of too many":                  {store.PostingQuery{Tokens: slices.Repeat([]store.Tokens{{"kernel": 2}}, store.MaxKeys+1)}, false},
		"postings of what no text holds":        {store.PostingQuery{Tokens: []store.Tokens{{"kernel": 0}}}, false},
		"postings of fewer than none":           {store.PostingQuery{Rarest: -1}, false},
		"postings in fewer than no others":      {store.PostingQuery{Rarest: 1, Beyond: -1}, false},
		"postings up to less than none":         {store.PostingQuery{Limit: -1}, false},
		"walk":                                  {walk(store.Walk{Hops: hops, Starts: []store.Start{{Weight: 1}}, Via: store.MaxVia, Page: position(1)}), true},
		"two walks under one key":               {store.WalkQuery{Walks: []store.Walk{{Hops: hops}, {Hops: hops}}}, false},
		"walk of no hops":                       {walk(store.Walk{}), false},
		"walk of too many hops":                 {walk(store.Walk{Hops: make([]store.Hop, store.MaxHops+1)}), false},
		"walk in no direction":                  {walk(store.Walk{Hops: make([]store.Hop, 1)}), false},
		"walk by an unknown rule":               {walk(store.Walk{Hops: []store.Hop{{Direction: store.Both, Weigh: store.WeighSalton + 1}}}), false},
		"walk from nothing's weight":            {walk(store.Walk{Hops: hops, Starts: []store.Start{{}}}), false},
		"walk to too many":                      {walk(store.Walk{Hops: hops, Targets: many}), false},
		"bare walk":                             {walk(store.Walk{Hops: hops, Bare: true, Page: store.Page{Limit: store.MaxKeys}}), true},
		"walk of no hops, bare":                 {walk(store.Walk{Bare: true, Starts: []store.Start{{Weight: 2}}}), true},
		"blend":                                 {blend(store.Part{Walk: "walk", Weight: 0.1}), true},
		"blend of a walk that is not asked":     {blend(store.Part{Walk: "other", Weight: 1}), false},
		"blend with a weight of 0":              {blend(store.Part{Walk: "walk"}), false},
		"blend with a weight that is no number": {blend(store.Part{Walk: "walk", Weight: math.NaN()}), false},
		"blend with a weight without end":       {blend(store.Part{Walk: "walk", Weight: math.Inf(1)}), false},
		"blend of too many":                     {blend(slices.Repeat([]store.Part{{Walk: "walk", Weight: 1}}, store.MaxParts+1)...), false},
		"bare walk, page too large":             {walk(store.Walk{Hops: hops, Bare: true, Page: store.Page{Limit: store.MaxKeys + 1}}), false},
		"bare walk through several":             {walk(store.Walk{Hops: hops, Bare: true, MinVia: 2}), false},
		"bare walk that names entities":         {walk(store.Walk{Hops: hops, Bare: true, Via: 1}), false},
		"Jaccard over one hop":                  {walk(store.Walk{Hops: []store.Hop{{Direction: store.Both, Weigh: store.WeighJaccard}}}), false},
		"Jaccard over Salton":                   {walk(store.Walk{Hops: []store.Hop{{Direction: store.Both, Weigh: store.WeighSalton}, {Direction: store.Both, Weigh: store.WeighJaccard}}}), false},
		"Jaccard from a heavy start":            {walk(store.Walk{Hops: []store.Hop{{Direction: store.Both}, {Direction: store.Both, Weigh: store.WeighJaccard}}, Starts: []store.Start{{Weight: 2}}}), false},
		"Jaccard":                               {walk(store.Walk{Hops: []store.Hop{{Direction: store.Both}, {Direction: store.Both, Weigh: store.WeighJaccard}}, Starts: []store.Start{{Weight: 1}}}), true},
		"walk that names too much":              {walk(store.Walk{Hops: hops, Via: store.MaxVia + 1}), false},
		"path":                                  {store.PathQuery{MaxHops: store.MaxHops, Limit: 100}, true},
		"path of no hops":                       {store.PathQuery{Limit: 1}, false},
		"path too long":                         {store.PathQuery{MaxHops: store.MaxHops + 1, Limit: 1}, false},
		"no paths":                              {store.PathQuery{MaxHops: 1}, false},
		"too many paths":                        {store.PathQuery{MaxHops: 1, Limit: 101}, false},
		"batch":                                 {store.Batch{Author: "ann", Upsert: []literature.Record{paper("a")}, Remove: many[:2], Redirect: map[literature.ID]literature.ID{"paper/b": "paper/a"}}, true},
		"batch of nobody":                       {store.Batch{}, false},
		"batch with nil":                        {store.Batch{Author: "ann", Upsert: []literature.Record{nil}}, false},
		"batch with one id twice":               {store.Batch{Author: "ann", Upsert: []literature.Record{paper("a"), paper("a")}}, false},
		"batch with the longest title":          {store.Batch{Author: "ann", Upsert: []literature.Record{titled(strings.Repeat("ﷺ", 60))}}, true},
		"batch with a title that grows":         {store.Batch{Author: "ann", Upsert: []literature.Record{titled(strings.Repeat("ﷺ", 61))}}, false},
		"batch that writes and removes":         {store.Batch{Author: "ann", Upsert: []literature.Record{paper("a")}, Remove: []literature.ID{"paper/a"}}, false},
		"batch that writes and redirects":       {store.Batch{Author: "ann", Upsert: []literature.Record{paper("a")}, Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}}, false},
		"batch that removes and redirects":      {store.Batch{Author: "ann", Remove: []literature.ID{"paper/a"}, Redirect: map[literature.ID]literature.ID{"paper/a": "paper/b"}}, false},
		"batch that redirects to itself":        {store.Batch{Author: "ann", Redirect: map[literature.ID]literature.ID{"paper/a": "paper/a"}}, false},
		"batch that redirects to another kind":  {store.Batch{Author: "ann", Redirect: map[literature.ID]literature.ID{"paper/a": "topic/a"}}, false},
		"batch that redirects a relation":       {store.Batch{Author: "ann", Redirect: map[literature.ID]literature.ID{"relation/a": "relation/b"}}, false},
		"batch with an ill-formed record":       {store.Batch{Author: "ann", Upsert: []literature.Record{&literature.Paper{}}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			err := test.query.Check()
			if test.ok != (err == nil) || err != nil && !errors.Is(err, store.ErrInvalid) {
				t.Errorf("error %v, well formed: %v", err, test.ok)
			}
		})
	}
}

func TestCheckDegrees(t *testing.T) {
	if err := store.CheckDegrees(nil, []store.KindDirection{{Direction: store.Incoming}}); err != nil {
		t.Error(err)
	}
	for _, err := range []error{
		store.CheckDegrees(nil, []store.KindDirection{{}}),
		store.CheckDegrees(make([]literature.ID, store.MaxKeys+1), nil),
	} {
		if !errors.Is(err, store.ErrInvalid) {
			t.Errorf("error %v", err)
		}
	}
}

func TestRelevanceQuery(t *testing.T) {
	storage, kernel := store.Filter{Text: parse(t, "storage")}, store.Filter{Text: parse(t, "kernel")}
	for name, test := range map[string]struct {
		filter *store.Filter
		want   string
	}{
		"none":                  {nil, ""},
		"no text":               {&store.Filter{}, ""},
		"its own":               {&storage, "storage"},
		"in And":                {&store.Filter{And: []store.Filter{{}, storage}}, "storage"},
		"two":                   {&store.Filter{Text: kernel.Text, And: []store.Filter{storage}}, ""},
		"in Or":                 {&store.Filter{Or: []store.Filter{storage}}, ""},
		"one in And, one in Or": {&store.Filter{And: []store.Filter{storage}, Or: []store.Filter{kernel}}, "storage"},
		"excluded words alone":  {&store.Filter{Text: parse(t, "-storage")}, ""},
	} {
		query, ok := test.filter.RelevanceQuery()
		if query.Text != test.want || ok != (test.want != "") {
			t.Errorf("%s: %q, %v, want %q", name, query.Text, ok, test.want)
		}
	}
}

func TestStubs(t *testing.T) {
	for name, test := range map[string]struct {
		filter *store.Filter
		want   *bool
	}{
		"none":           {nil, nil},
		"no condition":   {&store.Filter{And: []store.Filter{{}}}, nil},
		"its own":        {&store.Filter{Stub: ptr(true)}, ptr(true)},
		"in And":         {&store.Filter{And: []store.Filter{{}, {Stub: ptr(false)}}}, ptr(false)},
		"in Or, ignored": {&store.Filter{Or: []store.Filter{{Stub: ptr(true)}}}, nil},
	} {
		got := test.filter.Stubs()
		if (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
