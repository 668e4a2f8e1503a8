package literature

// Problem is one mistake in a record: the field by its path in the record's JSON form, and what is wrong and how to mend it.
type Problem struct {
	Field   string
	Message string
}

// Check lists what is wrong with a record by the rules that need no other record; none: it is well formed.
func Check(record Record) []Problem { return nil }
