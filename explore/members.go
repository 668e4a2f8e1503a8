package explore

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// MaxMembers is how many papers of a collection are looked at: the first by id.
const MaxMembers = store.MaxKeys

// Members are papers of a collection.
type Members struct {
	// Papers are in id order, stubs included.
	Papers []literature.ID
	// Truncated tells that there are more than MaxMembers.
	Truncated bool
}

// MembersOf looks up the papers of collections, in one call for any number up to store.MaxKeys; what is no collection has none.
func MembersOf(ctx context.Context, reader store.Reader, collections []literature.ID) (map[literature.ID]Members, error) {
	var q store.WalkQuery
	filter := &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}}
	for _, id := range collections {
		q.Walks = append(q.Walks, store.Walk{
			Key: id, Starts: []store.Start{{ID: id, Weight: 1}}, Hops: []store.Hop{{Kinds: kinds(literature.InCollection), Direction: store.Incoming}},
			Filter: filter, WithStubs: true, Bare: true, Page: store.Page{Limit: MaxMembers},
		})
	}
	reached, err := reader.Walk(ctx, q)
	if err != nil {
		return nil, err
	}
	members := make(map[literature.ID]Members, len(reached))
	for id, page := range reached {
		of := Members{Truncated: page.HasNext}
		for _, item := range page.Items {
			of.Papers = append(of.Papers, item.Position.ID)
		}
		members[id] = of
	}
	return members, nil
}
