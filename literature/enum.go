package literature

// The values of each enumeration, in the order in which they are listed everywhere. EntityKinds, RelationKinds and
// IdentifierSchemes stand beside their types.

// Origins lists every origin, most trusted first.
func Origins() []Origin { return []Origin{Curated, Imported, Inferred, Suggested} }

// Certainties lists every certainty, strongest first.
func Certainties() []Certainty {
	return []Certainty{CertaintyHigh, CertaintyModerate, CertaintyLow}
}

// PaperTypes lists every type of paper.
func PaperTypes() []PaperType {
	return []PaperType{
		Article, ConferencePaper, WorkshopPaper, Preprint, Book, Chapter, Thesis, Report, Dataset, OtherPaper,
	}
}

// CoverageStates lists every state of coverage.
func CoverageStates() []CoverageState {
	return []CoverageState{CoverageComplete, CoveragePartial, CoverageUnknown}
}

// VenueTypes lists every type of venue.
func VenueTypes() []VenueType { return []VenueType{Series, Edition, Journal, PreprintServer} }

// CitationIntents lists every intent of a citation.
func CitationIntents() []CitationIntent {
	return []CitationIntent{
		IntentBackground, IntentMethod, IntentExtends, IntentUses, IntentCompares, IntentSupports, IntentDisputes,
	}
}

// ResultKinds lists every kind of result.
func ResultKinds() []ResultKind {
	return []ResultKind{Measurement, Count, Motivation, QualitativeResult, OtherResult}
}

// ResultDirections lists every direction of a result.
func ResultDirections() []ResultDirection {
	return []ResultDirection{Increase, Decrease, Improvement, NoDirection}
}

// Qualifiers lists every qualifier.
func Qualifiers() []Qualifier {
	return []Qualifier{
		Exactly, Approximately, UpTo, Over, Almost, LessThan, Range, Parity, OrderOfMagnitude, Qualitative,
	}
}
