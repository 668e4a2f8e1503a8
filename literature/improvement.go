package literature

// TimesBetter is how many times better than its baseline the result is, more than 1 where it is better: the improvement that is stated, else the one
// that value, unit and direction imply, of a range that of its lower end; nil where nothing is implied, as by a motivation.
//
// A RATIO is the new measure ÷ the old one or, where it fell, the old one ÷ the new one; a SHARE is their difference ÷ the old one. So “10 times less” of what had better be
// low is 10, and “41.7 % lower” is 1 ÷ (1 − 0.417). A factor by which something got better needs no word on which way that is.
func (r *Result) TimesBetter() *float64 {
	switch {
	case r.Improvement != nil:
		return r.Improvement
	case r.Kind == Motivation:
		return nil
	case r.Qualifier == Parity:
		return new(1.0)
	case r.Value == nil || r.Direction == NoDirection:
		return nil
	}
	rose, higher := r.Direction == Increase, true
	switch {
	case r.HigherIsBetter != nil:
		higher = *r.HigherIsBetter
	case r.Direction != Improvement || UnitDimension(r.Unit) != DimensionRatio:
		return nil
	}
	if r.Direction == Improvement {
		rose = higher
	}
	times := newOverOld(*r.Value, UnitDimension(r.Unit), rose)
	if !higher {
		times = 1 / times
	}
	if !(times > 0 && finite(times)) {
		return nil
	}
	return &times
}

// newOverOld is the new measure ÷ the old one; 0 where the change does not tell it.
func newOverOld(change float64, dimension Dimension, rose bool) float64 {
	switch {
	case dimension == DimensionRatio && change >= 1 && rose, dimension == DimensionRatio && change < 1 && !rose:
		return change
	case dimension == DimensionRatio && change >= 1:
		return 1 / change
	case dimension == DimensionShare && change >= 0 && rose:
		return 1 + change/100
	case dimension == DimensionShare && change >= 0:
		return 1 - change/100
	}
	return 0
}
