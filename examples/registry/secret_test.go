package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
)

func TestNodesThatStartTogetherHaveOneSecret(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		all  = map[string]int{}
		news int
	)
	for range 20 {
		wg.Go(func() {
			secret, made, err := clusterSecret(file)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if all[secret]++; made {
				news++
			}
		})
	}
	wg.Wait()
	if len(all) != 1 || news != 1 {
		t.Errorf("%d secrets, made %d times", len(all), news)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read it: %v %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(file + ".*"); len(left) > 0 {
		t.Error(left)
	}
}

// A path that was mistaken mustn't make a cluster whose secret anybody knows.
func TestFilesThatAreNoSecretAreRefused(t *testing.T) {
	const canary = "Canary0123456789"
	for name, text := range map[string]string{
		"empty": "", "short": "Canary012345678", "lines": canary + "\n" + canary, "words": canary + " x", "zeros": strings.Repeat("\x00", 32), "other letters": canary + "é", "tab": canary + "\tx", "end": canary + "\x7f",
	} {
		file := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if secret, made, err := clusterSecret(file); err == nil || secret != "" || made || strings.Contains(err.Error(), "Canary") {
			t.Errorf("%s: %q %v %v", name, secret, made, err)
		}
	}
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(" "+canary+"\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if secret, made, err := clusterSecret(file); err != nil || secret != canary || made {
		t.Errorf("%q %v %v", secret, made, err)
	}
}

func TestErrorsDontRepeatThePasswordOfAnAddress(t *testing.T) {
	for _, urls := range []string{"nats://u:canary@[::1", "nats://u:can\x7fary@127.0.0.1", "nats://127.0.0.1:1,nats://u:canary@127.0.0.1:x", "nats://u:canary%@127.0.0.1"} {
		conn, err := natsd.Connect(urls)
		if err == nil {
			conn.Close()
		}
		if err == nil || strings.Contains(err.Error(), "canary") || strings.Contains(err.Error(), "can\\x7fary") {
			t.Errorf("%q: %v", urls, err)
		}
	}
}
