package literature

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Dimension says what a unit measures. Numbers of one dimension can be compared only where ConvertUnit joins their units.
type Dimension string

// Dimensions.
const (
	DimensionTime  Dimension = "TIME"
	DimensionSize  Dimension = "SIZE"
	DimensionRate  Dimension = "RATE"
	DimensionRatio Dimension = "RATIO" // a factor: 2 x
	DimensionShare Dimension = "SHARE" // a part of a whole: 40 %
	// DimensionCount is that of every unit that is not in the table: it is the noun of what is counted.
	DimensionCount Dimension = "COUNT"
)

// ErrUnits says that a number in one unit cannot be told in the other.
var ErrUnits = errors.New("units do not convert")

// unit is a multiple of the unit that its family is measured in. Units of one dimension can be of several families: an operation
// is no packet, and neither is a turn of a clock.
type unit struct {
	dimension Dimension
	family    string
	factor    float64
}

// The factors are whole numbers, so that converting down and up again adds no error.
var units = func() map[string]unit {
	table := map[string]unit{
		"ns": {DimensionTime, "ns", 1}, "us": {DimensionTime, "ns", 1e3}, "ms": {DimensionTime, "ns", 1e6}, "s": {DimensionTime, "ns", 1e9},
		"min": {DimensionTime, "ns", 60e9}, "h": {DimensionTime, "ns", 3600e9},
		"B": {DimensionSize, "B", 1}, "KiB": {DimensionSize, "B", 1 << 10}, "MiB": {DimensionSize, "B", 1 << 20}, "GiB": {DimensionSize, "B", 1 << 30}, "TiB": {DimensionSize, "B", 1 << 40},
		"KiB/s": {DimensionRate, "bit/s", 8 << 10}, "MiB/s": {DimensionRate, "bit/s", 8 << 20}, "GiB/s": {DimensionRate, "bit/s", 8 << 30}, "TiB/s": {DimensionRate, "bit/s", 8 << 40},
		"x": {DimensionRatio, "x", 1}, "times": {DimensionRatio, "x", 1}, "%": {DimensionShare, "%", 1},
	}
	// The decimal prefixes, for the families that take them. Bandwidth is one family in bits and bytes.
	for _, base := range []struct {
		unit  string
		named unit
	}{
		{"B", unit{DimensionSize, "B", 1}},
		{"Hz", unit{DimensionRate, "Hz", 1}},
		{"ops/s", unit{DimensionRate, "ops/s", 1}},
		{"req/s", unit{DimensionRate, "req/s", 1}},
		{"IOPS", unit{DimensionRate, "IOPS", 1}},
		{"pps", unit{DimensionRate, "pps", 1}},
		{"bit/s", unit{DimensionRate, "bit/s", 1}},
		{"bps", unit{DimensionRate, "bit/s", 1}},
		{"B/s", unit{DimensionRate, "bit/s", 8}},
	} {
		for prefix, factor := range map[string]float64{"": 1, "k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12} {
			table[prefix+base.unit] = unit{base.named.dimension, base.named.family, base.named.factor * factor}
		}
	}
	return table
}()

// unitOf looks a unit up. Both micro signs are the letter u, and × is the letter x.
func unitOf(name string) unit {
	spelled := strings.NewReplacer("µ", "u", "μ", "u", "×", "x").Replace(name)
	if u, ok := units[spelled]; ok {
		return u
	}
	return unit{DimensionCount, name, 1}
}

// UnitDimension says what a unit measures; of a unit that is not in the table, DimensionCount.
func UnitDimension(name string) Dimension { return unitOf(name).dimension }

// UnitsLike are the units of the table that a number in the unit can be told in, least first; the unit alone where it is not in the table.
func UnitsLike(name string) []string {
	like := unitOf(name)
	if like.dimension == DimensionCount {
		return []string{name}
	}
	var names []string
	for other, u := range units {
		if u.dimension == like.dimension && u.family == like.family {
			names = append(names, other)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(units[a].factor, units[b].factor), strings.Compare(a, b))
	})
	return names
}

// ConvertUnit tells a number in another unit of the same family: milliseconds in microseconds, MiB in GB. Nouns of counted things
// convert to themselves only. Everything else is ErrUnits: a ratio is no share, a request no packet.
func ConvertUnit(value float64, from, to string) (float64, error) {
	a, b := unitOf(from), unitOf(to)
	if a.family != b.family || a.dimension != b.dimension {
		return 0, fmt.Errorf("%w: %q is not measured in %q", ErrUnits, from, to)
	}
	return value * a.factor / b.factor, nil
}

// In is the quantity told in another unit, see ConvertUnit.
func (q Quantity) In(unit string) (Quantity, error) {
	value, err := ConvertUnit(q.Value, q.Unit, unit)
	if err != nil {
		return Quantity{}, err
	}
	told := Quantity{Value: value, Unit: unit}
	if q.Max != nil {
		upper, err := ConvertUnit(*q.Max, q.Unit, unit)
		if err != nil {
			return Quantity{}, err
		}
		told.Max = &upper
	}
	return told, nil
}
