package literature

// Blank makes an empty record of the type that the id's kind asks for, ready to be decoded into, or nil for an unknown kind.
func Blank(id ID) Record {
	switch id.EntityKind() {
	case KindPaper:
		return new(Paper)
	case KindAuthor:
		return new(Author)
	case KindOrganization:
		return new(Organization)
	case KindVenue:
		return new(Venue)
	case KindTopic:
		return new(Topic)
	case KindSystem:
		return new(System)
	case KindArtifact:
		return new(Artifact)
	case KindWorkload:
		return new(Workload)
	case KindCollection:
		return new(Collection)
	}
	switch {
	case id.IsRelation():
		return new(Relation)
	case id.IsResult():
		return new(Result)
	}
	return nil
}
