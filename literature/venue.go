package literature

// Venue is where papers appear: a series (OSDI), one edition of it (OSDI '22), a journal or a preprint server.
type Venue struct {
	Base
	Type VenueType `json:"type"`
	// Year is the year of an edition; nil otherwise.
	Year *int `json:"year,omitempty"`
	// Location is where an edition took place; "" where unknown.
	Location string `json:"location,omitempty"`
}

// VenueType says what kind of venue it is.
type VenueType string

// Types of venue.
const (
	Series         VenueType = "SERIES"
	Edition        VenueType = "EDITION"
	Journal        VenueType = "JOURNAL"
	PreprintServer VenueType = "PREPRINT_SERVER"
)

// Name is the venue's name in the asked locale.
func (v *Venue) Name(locale *Locale) string { return v.Label(locale) }
