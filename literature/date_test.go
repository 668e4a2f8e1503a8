package literature_test

import (
	"testing"

	"github.com/papergraph/papergraph/literature"
)

func TestParseDate(t *testing.T) {
	tests := []struct {
		text string
		want literature.Date // the zero date where the text must be refused
	}{
		{"2022", literature.Date{Year: 2022}},
		{"2022-07", literature.Date{Year: 2022, Month: 7}},
		{"2022-07-11", literature.Date{Year: 2022, Month: 7, Day: 11}},
		{"0001-01-01", literature.Date{Year: 1, Month: 1, Day: 1}},
		{"9999-12-31", literature.Date{Year: 9999, Month: 12, Day: 31}},
		{"2024-02-29", literature.Date{Year: 2024, Month: 2, Day: 29}},
		{"2000-02-29", literature.Date{Year: 2000, Month: 2, Day: 29}},
		{text: "2023-02-29"},
		{text: "1900-02-29"},
		{text: "2022-04-31"},
		{text: "2022-13"},
		{text: "2022-00"},
		{text: "2022-07-00"},
		{text: "2022-7"},
		{text: "2022-7-11"},
		{text: "2022-07-1"},
		{text: "2022-"},
		{text: "2022-07-"},
		{text: "2022-07-11T09:00:00Z"},
		{text: "2022/07/11"},
		{text: "20220711"},
		{text: "0000"},
		{text: "22"},
		{text: "12022"},
		{text: "-2022"},
		{text: "2022~"},
		{text: "2022?"},
		{text: "202X"},
		{text: "2022-21"}, // EDTF's season
		{text: "2021/2022"},
		{text: "July 2022"},
		{text: "２０２２"},
		{text: " 2022"},
		{text: ""},
	}
	for _, test := range tests {
		got, err := literature.ParseDate(test.text)
		if got != test.want || (err == nil) != (test.want != literature.Date{}) {
			t.Errorf("ParseDate(%q) = %v, %v, want %v", test.text, got, err, test.want)
		}
		if err == nil && got.String() != test.text {
			t.Errorf("the date %q is written %q", test.text, got)
		}

		year := (&literature.Paper{PublishedOn: test.text}).Year()
		switch {
		case err != nil && year != nil:
			t.Errorf("a paper published on %q has the year %d, want none", test.text, *year)
		case err == nil && (year == nil || *year != test.want.Year):
			t.Errorf("a paper published on %q has the year %v, want %d", test.text, year, test.want.Year)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"2022", "2022-07", "2022-07-11", "2023-02-29", "2022~", "2021/2022"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		date, err := literature.ParseDate(text)
		if err == nil && date.String() != text {
			t.Errorf("the date %q is written %q", text, date)
		}
	})
}
