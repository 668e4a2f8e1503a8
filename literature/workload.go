package literature

// Workload is what a system was measured with: a benchmark, a trace, a mix of requests.
type Workload struct{ Base }

// Name is the workload's name in the asked locale.
func (w *Workload) Name(locale *Locale) string { return w.Label(locale) }
