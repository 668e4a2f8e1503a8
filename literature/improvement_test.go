package literature_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/literature"
)

func TestTimesBetter(t *testing.T) {
	up, down := new(true), new(false)
	tests := []struct {
		name   string
		result literature.Result
		want   float64 // 0: none
	}{
		{"stated", literature.Result{Improvement: new(3.0), Value: new(2.0), Unit: "x", Direction: literature.Increase, HigherIsBetter: up}, 3},
		{"ten times less", literature.Result{Value: new(10.0), Unit: "times", Direction: literature.Decrease, HigherIsBetter: down}, 10},
		{"down to a tenth", literature.Result{Value: new(0.1), Unit: "×", Direction: literature.Decrease, HigherIsBetter: down}, 10},
		{"twice as slow", literature.Result{Value: new(2.0), Unit: "x", Direction: literature.Increase, HigherIsBetter: down}, 0.5},
		{"half as fast", literature.Result{Value: new(2.0), Unit: "x", Direction: literature.Decrease, HigherIsBetter: up}, 0.5},
		{"grown to less", literature.Result{Value: new(0.5), Unit: "x", Direction: literature.Increase, HigherIsBetter: up}, 0},
		{"41.7 % lower", literature.Result{Value: new(41.7), Unit: "%", Direction: literature.Decrease, HigherIsBetter: down}, 1 / (1 - 0.417)},
		{"25 % lower, and worse", literature.Result{Value: new(25.0), Unit: "%", Direction: literature.Decrease, HigherIsBetter: up}, 0.75},
		{"25 % higher, and worse", literature.Result{Value: new(25.0), Unit: "%", Direction: literature.Increase, HigherIsBetter: down}, 0.8},
		{"nothing left", literature.Result{Value: new(100.0), Unit: "%", Direction: literature.Decrease, HigherIsBetter: down}, 0},
		{"below nothing", literature.Result{Value: new(120.0), Unit: "%", Direction: literature.Decrease, HigherIsBetter: up}, 0},
		{"a range", literature.Result{Value: new(20.0), Max: new(30.0), Unit: "%", Direction: literature.Increase, HigherIsBetter: up}, 1.2},
		{"a factor better, whichever way", literature.Result{Value: new(10.0), Unit: "x", Direction: literature.Improvement}, 10},
		{"a factor better, downward", literature.Result{Value: new(10.0), Unit: "x", Direction: literature.Improvement, HigherIsBetter: down}, 10},
		{"a share better, downward", literature.Result{Value: new(20.0), Unit: "%", Direction: literature.Improvement, HigherIsBetter: down}, 1.25},
		{"a share better, whichever way", literature.Result{Value: new(20.0), Unit: "%", Direction: literature.Improvement}, 0},
		{"nobody knows what is better", literature.Result{Value: new(2.0), Unit: "x", Direction: literature.Increase}, 0},
		{"parity in words", literature.Result{Qualifier: literature.Parity, ValueText: "the same"}, 1},
		{"a level", literature.Result{Value: new(80.0), Unit: "%", Direction: literature.NoDirection, HigherIsBetter: up}, 0},
		{"a growth by a number of seconds", literature.Result{Value: new(2.0), Unit: "s", Direction: literature.Increase, HigherIsBetter: down}, 0},
		{"words", literature.Result{Direction: literature.Increase, HigherIsBetter: up, ValueText: "significant"}, 0},
		{"a motivation", literature.Result{Kind: literature.Motivation, Value: new(2.0), Unit: "x", Direction: literature.Increase, HigherIsBetter: down}, 0},
		{"too small to invert", literature.Result{Value: new(5e-324), Unit: "x", Direction: literature.Decrease, HigherIsBetter: down}, 0},
	}
	for _, test := range tests {
		got := test.result.TimesBetter()
		if got == nil && test.want != 0 || got != nil && math.Abs(*got-test.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// A change is as good one way as it is bad the other way, and ten times less is a tenth.
func TestTimesBetterReciprocal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := literature.Result{
			Value: new(rapid.Float64Range(0.001, 99.9).Draw(t, "value")), Unit: rapid.SampledFrom([]string{"x", "%"}).Draw(t, "unit"),
			Direction:      rapid.SampledFrom([]literature.ResultDirection{literature.Increase, literature.Decrease}).Draw(t, "direction"),
			HigherIsBetter: new(rapid.Bool().Draw(t, "higher is better")),
		}
		opposite := r
		opposite.HigherIsBetter = new(!*r.HigherIsBetter)
		times, inverse := r.TimesBetter(), opposite.TimesBetter()
		if (times == nil) != (inverse == nil) || times != nil && math.Abs(*times**inverse-1) > 1e-12 {
			t.Errorf("%v one way and %v the other", times, inverse)
		}
		if better := (r.Direction == literature.Increase) == *r.HigherIsBetter; times != nil && better != (*times >= 1) {
			t.Errorf("%v times better", *times)
		}
		if r.Unit == "x" && r.Direction == literature.Decrease {
			part := r
			part.Value = new(1 / *r.Value)
			if same := part.TimesBetter(); math.Abs(*same / *times - 1) > 1e-12 {
				t.Errorf("%v is %v, and %v is %v", *r.Value, *times, *part.Value, *same)
			}
		}
	})
}
