package literature

import (
	"fmt"
	"strconv"
	"time"
)

// Date is a calendar date as exact as it is known: Month and Day, or Day alone, are 0 where they are not.
type Date struct {
	Year  int
	Month int
	Day   int
}

// ParseDate reads an EDTF date of level 0 without a time: 2022, 2022-07 or 2022-07-11. The year has four digits, from 0001, and the
// day must exist in the Gregorian calendar. Intervals and uncertain dates (2022~, 2022/2023) are refused.
func ParseDate(text string) (Date, error) {
	wrong := func(why string) (Date, error) {
		return Date{}, fmt.Errorf("date %q %s: write 2022, 2022-07 or 2022-07-11", text, why)
	}
	var fields [3]int
	for i, at := range [3]struct{ from, to int }{{0, 4}, {5, 7}, {8, 10}} {
		switch {
		case i > 0 && len(text) == at.from-1:
			continue
		case len(text) < at.to || !isDigits(text[at.from:at.to]) || i > 0 && text[at.from-1] != '-':
			return wrong("is not of the form year-month-day")
		}
		fields[i], _ = strconv.Atoi(text[at.from:at.to])
		if len(text) == at.to {
			break
		}
	}
	date := Date{Year: fields[0], Month: fields[1], Day: fields[2]}
	switch {
	case len(text) > len("2022-07-11"):
		return wrong("is longer than a day")
	case date.Year == 0:
		return wrong("has no year")
	case len(text) > 4 && (date.Month < 1 || date.Month > 12):
		return wrong("has no such month")
	case len(text) > 7 && (date.Day < 1 || date.Day > daysIn(date.Year, date.Month)):
		return wrong("has a day that its month does not have")
	}
	return date, nil
}

// daysIn counts the days of a month: day 0 of the next one is its last.
func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// String is the date as ParseDate reads it.
func (d Date) String() string {
	switch {
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}
