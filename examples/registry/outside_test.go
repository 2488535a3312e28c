package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Nodes on NATS servers of somebody else's, without one of their own.
func TestNodesShareNATSServersThatAreThere(t *testing.T) {
	t.Parallel()
	o := &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true}
	nats, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	nats.Start()
	defer func() {
		nats.Shutdown()
		nats.WaitForShutdown()
	}()
	if !nats.ReadyForConnections(deadline) {
		t.Fatal("no NATS server")
	}
	one, two := spawn(t, t.TempDir(), "-nats", nats.ClientURL()), spawn(t, t.TempDir(), "-nats", nats.ClientURL())
	c := newCrowd(one, two)
	c.submit(t, 4, 0, 50, nil)
	feed, tag := one.waitFor(50)
	if other, otherTag := two.waitFor(50); !bytes.Equal(feed, other) || tag != otherTag {
		t.Errorf("%s and %s", tag, otherTag)
	}
	c.check(t, one)
	two.kill()
	two = spawn(t, two.dir, "-nats", nats.ClientURL())
	if again, _ := two.waitFor(50); !bytes.Equal(feed, again) {
		t.Error("after a restart the feed is another one")
	}
	if _, err := os.Stat(filepath.Join(two.dir, "store")); err == nil {
		t.Error("there is a store of its own")
	}
}

func TestTokensTravelUnderTLS(t *testing.T) {
	dir := t.TempDir()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{
		"cert": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		"key":  pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n := here(t, filepath.Join(dir, "data"), "-tls-cert", filepath.Join(dir, "cert"), "-tls-key", filepath.Join(dir, "key"), "-max-connections", "8")
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(files["cert"])
	// Connections are counted, and idle ones make room, under TLS as well.
	for i := range 20 {
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: i%2 == 0}}
		defer client.CloseIdleConnections()
		req, err := http.NewRequest("POST", strings.Replace(n.url, "http://", "https://", 1)+"/api/pledges", bytes.NewReader(body(i)))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+n.token)
		req.Header.Set("Content-Type", "application/json")
		r, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != 201 || r.ProtoMajor != 2-i%2 {
			t.Error(r.Status, r.Proto)
		}
	}
	if open, evicted, _ := n.listener.Stats(); open > 8 || evicted == 0 {
		t.Error(fmt.Sprint(open, " open, ", evicted, " evicted"))
	}
}
