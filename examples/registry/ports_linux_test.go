package main

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// listening returns the addresses on which a process listens, as its kernel
// has them.
func listening(t *testing.T, pid int) (all []string) {
	t.Helper()
	sockets := map[string]bool{}
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if link, err := os.Readlink(f); err == nil {
			if inode, ok := strings.CutPrefix(link, "socket:["); ok {
				sockets[strings.TrimSuffix(inode, "]")] = true
			}
		}
	}
	for _, table := range []string{"tcp", "tcp6"} {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", pid, table))
		if err != nil {
			continue // no IPv6
		}
		for line := range strings.Lines(string(text)) {
			fields := strings.Fields(line)
			if len(fields) < 10 || fields[3] != "0A" || !sockets[fields[9]] {
				continue
			}
			host, port, _ := strings.Cut(fields[1], ":")
			ip, err1 := hex.DecodeString(host)
			n, err2 := hex.DecodeString(port)
			if err1 != nil || err2 != nil || len(ip)%4 != 0 || len(n) != 2 {
				t.Fatal(line)
			}
			for word := range slices.Chunk(ip, 4) { // each in the order of the machine
				binary.NativeEndian.PutUint32(word, binary.BigEndian.Uint32(word))
			}
			address := &net.TCPAddr{IP: ip, Port: int(binary.BigEndian.Uint16(n))}
			if address.IP.IsUnspecified() {
				t.Errorf("it listens on all addresses: %s", address)
			}
			all = append(all, address.String())
		}
	}
	return all
}

// exampleCluster returns the flags of the first node of the README's example,
// with addresses and files of our own.
func exampleCluster(t *testing.T, dir string) []string {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^\./registry (-name a .*)$`).FindStringSubmatch(string(text))
	if line == nil {
		t.Fatal("README.md has no example of a cluster")
	}
	args := regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllStringFunc(line[1], func(string) string { return freeAddress(t) })
	fields := strings.Fields(args)
	for i, f := range fields {
		switch f {
		case "-data":
			fields[i+1] = dir
		case "-cluster-secret":
			fields[i+1] = filepath.Join(dir, fields[i+1])
		}
	}
	return fields
}

// What strangers to a NATS server say: nothing of themselves, that they are
// clients, other servers, or leaf nodes, with a wrong secret or none.
var strangers = []string{
	"PING\r\n",
	"CONNECT {}\r\nPUB pledges.x 2\r\nhi\r\nPING\r\n",
	`CONNECT {"user":"gcm-registry","pass":"","name":"x"}` + "\r\nSUB > 1\r\nPING\r\n",
	`CONNECT {"user":"gcm-registry","pass":"gcm-registry"}` + "\r\nSUB $SYS.> 1\r\nPING\r\n",
	`INFO {"server_id":"FORGED","server_name":"forged","cluster":"gcm-registry","host":"127.0.0.1","port":1,"jetstream":true,"headers":true}` + "\r\n" +
		`CONNECT {"server_id":"FORGED","name":"FORGED","cluster":"gcm-registry","headers":true}` + "\r\nRMSG $G pledges.x 2\r\nhi\r\nPING\r\n",
	`CONNECT {"user":"gcm-registry","pass":"wrong-wrong-wrong-wrong","name":"FORGED","cluster":"gcm-registry"}` + "\r\nRMSG $G pledges.x 2\r\nhi\r\nPING\r\n",
	`CONNECT {"server_id":"LEAF","name":"leaf","remote_account":"$G"}` + "\r\nLMSG pledges.x 2\r\nhi\r\nPING\r\n",
}

func TestStrangersAreRefusedOnEveryPortOfACluster(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	args := exampleCluster(t, dir)
	node := begin(t, dir, args...)
	secret, err := os.ReadFile(filepath.Join(dir, "cluster-secret"))
	if err != nil {
		t.Fatal(err)
	}
	ports := listening(t, node.cmd.Process.Pid)
	nats := 0
	for _, address := range ports {
		if slices.Contains(args, address) && address != args[slices.Index(args, "-cluster")+1] {
			continue // -addr and -admin, which are for HTTP
		}
		nats++
		for _, says := range strangers {
			if got := answerTo(t, address, says); !strings.HasPrefix(got, "INFO {") || !strings.Contains(got, "-ERR 'Auth") || strings.Contains(got, "PONG") {
				t.Errorf("%s answers to %q:\n%s", address, says, got)
			}
		}
	}
	if nats != 2 || len(ports) != 4 {
		t.Errorf("it listens on %q, want those for readers, for metrics, for the cluster and for clients", ports)
	}

	// A server of this very program that has another secret, and one that has it.
	cluster := args[slices.Index(args, "-cluster")+1]
	for secret, want := range map[string]int{"": 0, "wrong-wrong-wrong-wrong": 0, strings.TrimSpace(string(secret)): 1} {
		if got := routesOf(t, cluster, secret); (got > 0) != (want > 0) {
			t.Errorf("a server with the secret %.5q has %d routes", secret, got)
		}
	}
	if log := node.logged(); strings.Contains(log, strings.TrimSpace(string(secret))) {
		t.Error("the secret is in the log")
	}
}

// answerTo returns all that comes until the connection is closed.
func answerTo(t *testing.T, address, says string) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(deadline))
	greeting, err := bufio.NewReader(io.LimitReader(c, 1<<16)).ReadString('\n')
	if err != nil {
		return greeting + err.Error()
	}
	io.WriteString(c, says)
	rest, _ := io.ReadAll(c) // a reset is as good as an end
	return greeting + string(rest)
}

// routesOf returns how many routes a server gets to the cluster that listens on
// an address, once it has tried.
func routesOf(t *testing.T, cluster, secret string) int {
	t.Helper()
	o := &server.Options{ServerName: "other", NoSigs: true, NoLog: true, Host: "127.0.0.1", Port: server.RANDOM_PORT}
	o.Cluster = server.ClusterOpts{Name: "gcm-registry", Host: "127.0.0.1", Port: server.RANDOM_PORT, ConnectRetries: 1}
	o.Routes = server.RoutesFromStr("nats://gcm-registry:" + secret + "@" + cluster)
	if secret == "" {
		o.Routes = server.RoutesFromStr("nats://" + cluster)
	}
	s, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	tried := &tries{refused: make(chan struct{}, 1)}
	s.SetLoggerV2(tried, false, false, false)
	s.Start()
	defer s.Shutdown()
	for begin := time.Now(); time.Since(begin) < deadline; time.Sleep(10 * time.Millisecond) {
		// A route that is about to be refused is one for a moment, but never answers.
		routes, err := s.Routez(nil)
		if err != nil {
			t.Fatal(err)
		}
		answered := 0
		for _, r := range routes.Routes {
			if r.RTT != "" && r.RTT != "0s" {
				answered++
			}
		}
		if answered > 0 {
			return answered
		}
		select {
		case <-tried.refused:
			return 0
		default:
		}
	}
	t.Fatal("it has neither a route nor an error")
	return 0
}

// tries listens for a route that is refused.
type tries struct{ refused chan struct{} }

func (l *tries) note(format string, v ...any) {
	if strings.Contains(fmt.Sprintf(format, v...), "Authorization Violation") {
		select {
		case l.refused <- struct{}{}:
		default:
		}
	}
}
func (l *tries) Noticef(format string, v ...any) {}
func (l *tries) Warnf(format string, v ...any)   { l.note(format, v...) }
func (l *tries) Fatalf(format string, v ...any)  { l.note(format, v...) }
func (l *tries) Errorf(format string, v ...any)  { l.note(format, v...) }
func (l *tries) Debugf(format string, v ...any)  {}
func (l *tries) Tracef(format string, v ...any)  {}
