package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// outcome is what one process did and took.
type outcome struct {
	task.Answer
	wall, cpu float64 // seconds, of the whole process
}

// process runs a tool in a process of its own.
func (b *bench) process(ctx context.Context, t *tool, job task.Job) (o outcome, err error) {
	if err := b.built.usable(t); err != nil {
		return o, err
	}
	job.Threads = t.cores()
	text, err := json.Marshal(job)
	if err != nil {
		return o, err
	}
	file := filepath.Join(b.temp, "job.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return o, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, b.timeout, fmt.Errorf("takes longer than %v", b.timeout))
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	args, env := t.command(b.built, file)
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Env, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = env, &stdout, &stderr, 5*time.Second
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return o, err
	}
	go b.watch(ctx, cmd.Process.Pid, stop)
	err = cmd.Wait()
	o.wall = time.Since(start).Seconds()
	if ctx.Err() != nil {
		return o, context.Cause(ctx)
	}
	if err != nil {
		return o, fmt.Errorf("%w: %s", err, reason(stderr.Bytes()))
	}
	o.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	if err := json.Unmarshal(stdout.Bytes(), &o.Answer); err != nil {
		return o, fmt.Errorf("its answer: %w", err)
	}
	if len(o.Seconds) == 0 {
		return o, errors.New("it answers without a measurement")
	}
	if o.Peak == 0 {
		o.Peak = peakOf(cmd.ProcessState)
	}
	return o, nil
}

// watch stops a process that takes more memory than allowed, before the system
// stops another one for it.
func (b *bench) watch(ctx context.Context, pid int, stop context.CancelCauseFunc) {
	for tick := time.NewTicker(100 * time.Millisecond); b.memory > 0; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
			if memoryOf(pid) > b.memory {
				stop(fmt.Errorf("takes more than %s of memory", bytesText(b.memory)))
			}
		}
	}
}

// reason returns the line in which a program says why it failed: the first one
// that speaks of an error, else the last one.
func reason(stderr []byte) string {
	lines := strings.Split(strings.TrimSpace(string(stderr)), "\n")
	for _, line := range lines {
		if strings.Contains(strings.ToLower(line), "error") {
			return strings.TrimSpace(line)
		}
	}
	return strings.TrimSpace(lines[len(lines)-1])
}
