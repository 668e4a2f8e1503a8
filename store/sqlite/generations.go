package sqlite

// generations keep what was used last, up to a cost, in two generations: what is used moves to the young one, and when that is full the old one is dropped.
type generations[K comparable, V any] struct {
	most       int // in both
	young, old map[K]weighed[V]
	size       int // of the young one
}

// weighed is a value and what it costs to keep.
type weighed[V any] struct {
	value V
	cost  int
}

func (g *generations[K, V]) get(key K) (value V, ok bool) {
	found, ok := g.young[key]
	if !ok {
		if found, ok = g.old[key]; ok {
			g.put(key, found.value, found.cost)
		}
	}
	return found.value, ok
}

// put keeps a value, unless it costs more than one generation may.
func (g *generations[K, V]) put(key K, value V, cost int) {
	if cost > g.most/2 {
		return
	}
	g.size += cost - g.young[key].cost
	if g.young == nil || g.size > g.most/2 {
		g.old, g.young, g.size = g.young, make(map[K]weighed[V]), cost
	}
	g.young[key] = weighed[V]{value, cost}
}

func (g *generations[K, V]) forget(key K) {
	g.size -= g.young[key].cost
	delete(g.young, key)
	delete(g.old, key)
}
