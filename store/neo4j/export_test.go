package neo4j

// Observe lets tests see the statements of a store. It must be called before the store is used by others.
func (s *Store) Observe(observe func(text string, params map[string]any)) { s.observe = observe }
