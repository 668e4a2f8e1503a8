package literature_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
)

func TestConvertUnit(t *testing.T) {
	tests := []struct {
		value    float64
		from, to string
		want     float64
	}{
		{1.5, "ms", "us", 1500},
		{1.5, "ms", "µs", 1500}, // the micro sign
		{2, "μs", "ns", 2000},   // the Greek letter that NFKC makes of it
		{90, "s", "min", 1.5},
		{2, "h", "s", 7200},
		{1, "KB", "B", 1000},
		{1, "kB", "B", 1000},
		{1, "KiB", "B", 1024},
		{1, "GiB", "MiB", 1024},
		{1, "GB", "MB", 1000},
		{1.024, "KB", "KiB", 1},
		{156.25, "MHz", "GHz", 0.15625},
		{3, "kHz", "Hz", 3000},
		{24, "Mpps", "pps", 24e6},
		{1, "Kops/s", "ops/s", 1000},
		{1, "GB/s", "Gbps", 8},
		{100, "Gbit/s", "Mbps", 100e3},
		{1, "Mreq/s", "kreq/s", 1000},
		{18, "x", "×", 18},
		{1.5, "times", "x", 1.5},
		{1, "MiB/s", "KiB/s", 1024},
		{1, "GB/s", "MB/s", 1000},
		{250, "kIOPS", "IOPS", 250e3},
		{40, "%", "%", 40},
		{16, "bugs", "bugs", 16},
	}
	for _, test := range tests {
		got, err := literature.ConvertUnit(test.value, test.from, test.to)
		if err != nil || got != test.want {
			t.Errorf("%v %s = %v %s, %v, want %v", test.value, test.from, got, test.to, err, test.want)
		}
	}
	for _, pair := range [][2]string{
		{"ms", "MB"},
		{"x", "%"},
		{"Hz", "ops/s"},
		{"ops/s", "req/s"},
		{"IOPS", "ops/s"},
		{"pps", "bit/s"},
		{"B", "B/s"},
		{"bugs", "JITs"},
		{"bugs", "x"},
		{"MS", "ms"},
		{"", "x"},
	} {
		if got, err := literature.ConvertUnit(1, pair[0], pair[1]); !errors.Is(err, literature.ErrUnits) {
			t.Errorf("1 %s = %v %s, %v, want ErrUnits", pair[0], got, pair[1], err)
		}
	}
}

func TestUnitDimension(t *testing.T) {
	for unit, want := range map[string]literature.Dimension{
		"ns": literature.DimensionTime, "µs": literature.DimensionTime, "h": literature.DimensionTime,
		"MiB": literature.DimensionSize, "TB": literature.DimensionSize,
		"MHz": literature.DimensionRate, "Mpps": literature.DimensionRate, "req/s": literature.DimensionRate, "MB/s": literature.DimensionRate,
		"x": literature.DimensionRatio, "%": literature.DimensionShare,
		"bugs": literature.DimensionCount, "": literature.DimensionCount,
	} {
		if got := literature.UnitDimension(unit); got != want {
			t.Errorf("%q measures %s, want %s", unit, got, want)
		}
	}
}

func TestUnitsLike(t *testing.T) {
	for unit, want := range map[string][]string{
		"µs": {"ns", "us", "ms", "s", "min", "h"},
		"x":  {"times", "x"}, "%": {"%"},
		"bugs": {"bugs"}, "": {""},
	} {
		if diff := cmp.Diff(want, literature.UnitsLike(unit)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", unit, diff)
		}
	}
}

func TestConvertUnitThereAndBack(t *testing.T) {
	families := [][]string{{"ns", "us", "ms", "s", "min", "h"}, {"B", "KB", "KiB", "MB", "MiB", "GB", "GiB"}, {"Hz", "kHz", "MHz", "GHz"}, {"x", "times"}, {"bps", "kB/s", "MiB/s", "Gbit/s"}}
	rapid.Check(t, func(t *rapid.T) {
		family := rapid.SampledFrom(families).Draw(t, "family")
		from, to := rapid.SampledFrom(family).Draw(t, "from"), rapid.SampledFrom(family).Draw(t, "to")
		value := rapid.Float64Range(1e-6, 1e9).Draw(t, "value")
		there, err := literature.ConvertUnit(value, from, to)
		if err != nil {
			t.Fatal(err)
		}
		back, err := literature.ConvertUnit(there, to, from)
		if err != nil || math.Abs(back-value) > 1e-12*value {
			t.Errorf("%v %s is %v %s is %v %s, %v", value, from, there, to, back, from, err)
		}
	})
}

func TestQuantityIn(t *testing.T) {
	upper := 2.0
	got, err := literature.Quantity{Value: 1.5, Max: &upper, Unit: "ms"}.In("us")
	want := literature.Quantity{Value: 1500, Max: new(2000.0), Unit: "us"}
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	if upper != 2 {
		t.Errorf("the range that was converted changed to %v", upper)
	}
	if got, err := (literature.Quantity{Value: 1, Unit: "x"}).In("%"); !errors.Is(err, literature.ErrUnits) {
		t.Errorf("got %v, %v, want ErrUnits", got, err)
	}
}
