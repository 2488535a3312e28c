package runtime

// The execution tracer, which nothing in a page starts. Every event asks
// whether there is a trace first, so one answer makes all of it unreachable.

//overlay:from traceruntime.go 396410eac0ec
func traceEnabled() bool { return false }

//overlay:from traceruntime.go b91d1f48bb01
func traceAllocFreeEnabled() bool { return false }

//overlay:from traceruntime.go 92d2c8df45e6
func traceShuttingDown() bool { return false }

//overlay:from traceruntime.go 75cb758204db
func traceAcquire() traceLocker { return traceLocker{} }

//overlay:from traceruntime.go 2a5311786c84
func (tl traceLocker) ok() bool { return false }

// StartTrace says that there is no tracer.
//
//overlay:from trace.go 33c928bf666c
func StartTrace() error { return errorString("tracing is not supported by this build") }

//overlay:from traceevent.go c72ac5d7e742
func (tl traceLocker) eventWriter(goStatus tracev2.GoStatus, procStatus tracev2.ProcStatus) traceEventWriter {
	return traceEventWriter{}
}

//overlay:from traceevent.go 42256a56fee9
func (e traceEventWriter) event(ev tracev2.EventType, args ...traceArg) {}
