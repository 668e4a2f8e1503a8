package projection

import "sync"

func newScratchPool() *sync.Pool { return new(sync.Pool) }
