// The execution tracer, which nothing in a page starts. Every event asks whether
// there is a trace first, so one answer makes all of it unreachable.
package runtime

//overlay:from traceruntime.go 1534d150ab5e
func traceEnabled() bool { return false }

//overlay:from traceruntime.go c73d86cb4fbe
func traceAllocFreeEnabled() bool { return false }

//overlay:from traceruntime.go 5392b681819f
func (tl traceLocker) ok() bool { return false }

//overlay:from traceevent.go 410d06835f6a
func (tl traceLocker) eventWriter(goStatus tracev2.GoStatus, procStatus tracev2.ProcStatus) traceEventWriter {
	return traceEventWriter{}
}

//overlay:from traceevent.go 9a2081e5ac47
func (e traceEventWriter) event(ev tracev2.EventType, args ...traceArg) {}
