package literature

// Result is one reported number with the ground it stands on: what was measured on which system under which workload, against what.
type Result struct {
	ID     ID `json:"id"`
	Paper  ID `json:"paper"`
	System ID `json:"system,omitempty"`
	// Workload is what was run; "" where the source names none.
	Workload ID         `json:"workload,omitempty"`
	Kind     ResultKind `json:"kind"`
	Metric   string     `json:"metric"`
	// Direction says which way the value went against the baseline.
	Direction      ResultDirection `json:"direction"`
	HigherIsBetter *bool           `json:"higherIsBetter,omitempty"`
	Statements     []LocalizedText `json:"statements"`
	// Value is the number in Unit; nil where the source gives none. Max is the upper end of a range.
	Value *float64 `json:"value,omitempty"`
	Max   *float64 `json:"max,omitempty"`
	Unit  string   `json:"unit,omitempty"`
	// ValueText is the value in words.
	ValueText string    `json:"valueText,omitempty"`
	Qualifier Qualifier `json:"qualifier"`
	Baseline  string    `json:"baseline,omitempty"`
	// Improvement is how many times better than the baseline (more than 1 is better), where the source states or implies it.
	Improvement *float64 `json:"improvement,omitempty"`
	Conditions  []string `json:"conditions,omitempty"`
	// Order is the place of the result in its source, from 1.
	Order      int         `json:"order"`
	Assertions []Assertion `json:"assertions"`
}

// Quantity is a number with its unit; Max is the upper end where the value is a range.
type Quantity struct {
	Value float64
	Max   *float64
	Unit  string
}

// ResultKind says what a reported number is.
type ResultKind string

// Kinds of result. A motivation speaks of the world before the paper and is no result of its system.
const (
	Measurement       ResultKind = "MEASUREMENT"
	Count             ResultKind = "COUNT"
	Motivation        ResultKind = "MOTIVATION"
	QualitativeResult ResultKind = "QUALITATIVE"
	OtherResult       ResultKind = "OTHER"
)

// ResultDirection says which way a value went against its baseline.
type ResultDirection string

// Directions of a result.
const (
	Increase    ResultDirection = "INCREASE"
	Decrease    ResultDirection = "DECREASE"
	Improvement ResultDirection = "IMPROVEMENT"
	NoDirection ResultDirection = "NONE"
)

// Qualifier says how exact a value is meant.
type Qualifier string

// Qualifiers.
const (
	Exactly          Qualifier = "EXACTLY"
	Approximately    Qualifier = "ABOUT"
	UpTo             Qualifier = "UP_TO"
	Over             Qualifier = "OVER"
	Almost           Qualifier = "ALMOST"
	LessThan         Qualifier = "LESS_THAN"
	Range            Qualifier = "RANGE"
	Parity           Qualifier = "PARITY"
	OrderOfMagnitude Qualifier = "ORDER_OF_MAGNITUDE"
	Qualitative      Qualifier = "QUALITATIVE"
)

// RecordID is the result's id.
func (r *Result) RecordID() ID { return r.ID }

// Assertion is the best-trusted statement of the result.
func (r *Result) Assertion() *Assertion {
	if len(r.Assertions) == 0 {
		return nil
	}
	return &r.Assertions[0]
}

// Statement is the result as one plain sentence in the asked locale.
func (r *Result) Statement(locale *Locale) string { return Localize(r.Statements, orEnglish(locale)) }

// Quantity is the number with its unit, or nil where the source gives no number.
func (r *Result) Quantity() *Quantity {
	if r.Value == nil {
		return nil
	}
	return &Quantity{Value: *r.Value, Max: r.Max, Unit: r.Unit}
}
