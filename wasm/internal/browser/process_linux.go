package browser

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// group is the processes of one browser: one process group with one home
// directory. Closing it ends them all and removes the directory.
//
// Its leader is a shell that waits for this program to close its standard
// input. If the program is killed, panics or runs out of time, the kernel
// closes it, and the shell does what close would have done.
type group struct {
	dir    string
	leader *exec.Cmd
	stdin  io.Closer
	once   sync.Once
	err    error
}

// It outlives the TERM signal that lets the others clean up (Xvfb its lock).
const leader = `PATH=/usr/bin:/bin; trap '' TERM; read -r _; kill -TERM 0; sleep 1; rm -rf -- "$1"; kill -KILL 0`

func newGroup() (*group, error) {
	dir, err := os.MkdirTemp("", "browser-*.home") // no name begins another, see living
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("/bin/sh", "-c", leader, "sh", dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	return &group{dir: dir, leader: cmd, stdin: stdin}, nil
}

// process is one process of a group.
type process struct {
	name string
	log  string // file of what it prints
	done chan struct{}
	err  error // after done
}

// start starts a program in the group. It sees only the environment that all
// browsers get, and env.
func (g *group) start(env []string, path string, args ...string) (*process, error) {
	name := filepath.Base(path)
	log, err := os.Create(filepath.Join(g.dir, name+".log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(path, args...)
	cmd.Dir = g.dir
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + g.dir, "TMPDIR=" + g.dir,
		"XDG_CONFIG_HOME=" + g.dir + "/.config", "XDG_CACHE_HOME=" + g.dir + "/.cache", "XDG_RUNTIME_DIR=" + g.dir,
		"DBUS_SESSION_BUS_ADDRESS=disabled:", "LANG=C.UTF-8", "TZ=UTC",
	}, env...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pgid: g.leader.Process.Pid}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{name: name, log: log.Name(), done: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// await waits until the process has printed a match, and returns its first group.
func (p *process) await(ctx context.Context, re *regexp.Regexp) (match string, err error) {
	err = p.poll(ctx, func() bool {
		text, _ := os.ReadFile(p.log)
		if m := re.FindSubmatch(text); m != nil {
			match = string(m[1])
		}
		return match != ""
	})
	return match, err
}

// poll waits until ready returns true, for as long as the process runs.
func (p *process) poll(ctx context.Context, ready func() bool) error {
	for !ready() {
		select {
		case <-p.done:
			return fmt.Errorf("%s ended (%v)%s", p.name, p.err, p.tail())
		case <-ctx.Done():
			return fmt.Errorf("%s isn't ready: %w%s", p.name, context.Cause(ctx), p.tail())
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}

// tail returns the last of what the process printed, for an error.
func (p *process) tail() string {
	text, _ := os.ReadFile(p.log)
	if len(text) > 1000 {
		text = text[len(text)-1000:]
	}
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return ""
	}
	return "; it printed:\n" + string(text)
}

func (g *group) kill() { g.signal(syscall.SIGKILL) }

// signal sends a signal to the group and to what left it: Chromium's crash
// handlers have a session of their own.
func (g *group) signal(s syscall.Signal) {
	syscall.Kill(-g.leader.Process.Pid, s)
	for _, pid := range living(g.dir) {
		syscall.Kill(pid, s)
	}
}

func (g *group) close() error {
	g.once.Do(func() {
		g.signal(syscall.SIGTERM)
		g.wait(time.Second)
		g.signal(syscall.SIGKILL)
		g.stdin.Close()
		g.leader.Wait()
		left := g.wait(10 * time.Second)
		g.err = os.RemoveAll(g.dir)
		if g.err == nil && len(left) > 0 {
			g.err = fmt.Errorf("browser: processes %v don't end", left)
		}
	})
	return g.err
}

// wait waits until only the leader lives, and returns the others that still do.
func (g *group) wait(d time.Duration) (left []int) {
	for deadline := time.Now().Add(d); ; time.Sleep(5 * time.Millisecond) {
		left = left[:0]
		for _, pid := range living(g.dir) {
			if pid != g.leader.Process.Pid {
				left = append(left, pid)
			}
		}
		if len(left) == 0 || time.Now().After(deadline) {
			return left
		}
	}
}

// living returns the processes that have dir in their environment or command
// line; those that have ended have neither.
func living(dir string) []int {
	var pids []int
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, environ := range files {
		proc := filepath.Dir(environ)
		env, _ := os.ReadFile(environ)
		cmdline, _ := os.ReadFile(filepath.Join(proc, "cmdline"))
		if strings.Contains(string(env), dir) || strings.Contains(string(cmdline), dir) {
			pid, _ := strconv.Atoi(filepath.Base(proc))
			pids = append(pids, pid)
		}
	}
	return pids
}

// threads reads what the kernel says of them. One that ends meanwhile is left out.
func (g *group) threads() (all []Thread, err error) {
	for _, pid := range living(g.dir) {
		tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/[0-9]*", pid))
		for _, task := range tasks {
			name, _ := os.ReadFile(filepath.Join(task, "comm"))
			text, err := os.ReadFile(filepath.Join(task, "schedstat"))
			if err != nil {
				continue
			}
			ran, _, _ := strings.Cut(string(text), " ")
			ns, err := strconv.ParseInt(ran, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%s/schedstat: %w", task, err)
			}
			all = append(all, Thread{pid, filepath.Base(task) == strconv.Itoa(pid), strings.TrimSpace(string(name)), time.Duration(ns)})
		}
	}
	return all, nil
}
