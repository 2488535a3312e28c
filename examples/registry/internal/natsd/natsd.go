// Package natsd runs a NATS server inside this process, or connects to others.
package natsd

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// ClusterName is that of clusters of embedded servers.
const ClusterName = "gcm-registry"

// MinSecret is how many characters the secret of a cluster has at least.
const MinSecret = 16

// Config describes the embedded server. Only Dir must be set.
type Config struct {
	// Dir is the folder of the store.
	Dir string
	// Sync is how often what has been written is forced to the disk. 0 is the
	// default and means before anything is acknowledged.
	Sync time.Duration
	// Name of the server, unlike all others of the cluster; needed in one.
	Name string
	// Listen is the address for the other servers of the cluster; "" for a
	// server that is alone and can't be reached from outside the process.
	Listen string
	// Advertise is the address that others are told, if it is another.
	Advertise string
	// Routes are the addresses of the others, as "host:port".
	Routes []string
	// Secret is what servers of the cluster know each other by: [MinSecret]
	// characters or more, needed in a cluster.
	Secret string
	// Log receives what the server says; nothing is logged by default.
	Log *slog.Logger
}

// Server is an embedded server. It is safe for concurrent use.
type Server struct {
	options *server.Options
	log     *slog.Logger

	mu      sync.Mutex // held while it is replaced
	current *server.Server
}

// Start starts a server.
func Start(c Config) (*Server, error) {
	log := c.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	// What listens has a password. Where nothing is said nothing listens: no
	// monitoring, no leaf nodes, no gateways, no WebSockets, no MQTT, no profiles.
	o := &server.Options{
		ServerName:         c.Name,
		DontListen:         true, // clients are in this process
		NoSigs:             true,
		JetStream:          true,
		StoreDir:           filepath.Clean(c.Dir),
		JetStreamMaxMemory: 256 << 20, // consumers only
		JetStreamMaxStore:  1 << 50,   // what the disk has is for the caller to watch
		MaxPayload:         1 << 20,
		SyncInterval:       c.Sync,
		SyncAlways:         c.Sync == 0,
	}
	if c.Listen != "" {
		if c.Name == "" {
			return nil, errors.New("a server of a cluster needs a name")
		}
		if len(c.Secret) < MinSecret {
			return nil, fmt.Errorf("a cluster needs a secret of %d characters or more", MinSecret)
		}
		host, port, err := split(c.Listen)
		if err != nil {
			return nil, err
		}
		// A server of a cluster can't do without a port for clients. Only this
		// process has the password.
		o.DontListen, o.Host, o.Port = false, "127.0.0.1", server.RANDOM_PORT
		o.Username, o.Password = ClusterName, rand.Text()
		o.Cluster = server.ClusterOpts{
			Name: ClusterName, Host: host, Port: port, Advertise: c.Advertise, Username: ClusterName, Password: c.Secret,
		}
		for _, route := range c.Routes {
			o.Routes = append(o.Routes, &url.URL{Scheme: "nats", Host: route, User: url.UserPassword(ClusterName, c.Secret)})
		}
	}
	s := &Server{options: o, log: log}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s, s.start()
}

func split(address string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, err
	}
	if port, err = strconv.Atoi(text); err != nil || port < 1 || port > 65535 {
		return "", 0, fmt.Errorf("address %q: a port from 1 to 65535 is needed", address)
	}
	return host, port, nil
}

// start starts the server that is current from now on. The mutex is held.
func (s *Server) start() error {
	current, err := server.NewServer(s.options.Clone())
	if err != nil {
		return err
	}
	current.SetLoggerV2(logger{s.log}, false, false, false)
	current.Start()
	if !current.ReadyForConnections(30 * time.Second) {
		current.Shutdown()
		return errors.New("the embedded NATS server isn't ready after 30 seconds; its log says why")
	}
	if !current.JetStreamEnabled() {
		current.Shutdown()
		return fmt.Errorf("the store in %s can't be used; the log says why", s.options.StoreDir)
	}
	s.current = current
	return nil
}

// InProcessConn makes a connection to the server. It is what nats.InProcessServer
// asks for, also after a restart.
func (s *Server) InProcessConn() (net.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current.InProcessConn()
}

// Connect connects to the server for as long as it takes.
func (s *Server) Connect(o ...nats.Option) (*nats.Conn, error) {
	o = append(o, nats.InProcessServer(s))
	if s.options.Username != "" {
		o = append(o, nats.UserInfo(s.options.Username, s.options.Password))
	}
	return Connect("", o...)
}

// Broken returns why the store can't be written to, or nil. A server whose disk
// was full stays so until it is restarted.
func (s *Server) Broken() error {
	s.mu.Lock()
	current := s.current
	s.mu.Unlock()
	if !current.JetStreamEnabled() {
		return errors.New("the store is switched off")
	}
	// In a cluster others have what this server can't store, and only its own
	// state matters.
	if status := current.Healthz(&server.HealthzOptions{JSServerOnly: s.options.Cluster.Port != 0}); status.StatusCode >= 500 {
		return errors.New(status.Error)
	}
	return nil
}

// Restart replaces the server by one that reads the store anew. Connections are
// made again by themselves.
func (s *Server) Restart() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current.Shutdown()
	s.current.WaitForShutdown()
	return s.start()
}

// Stop stops the server, when all is written.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current.Shutdown()
	s.current.WaitForShutdown()
}

// Connect connects to servers (addresses with commas between), and again whenever
// a connection is lost. Its errors don't repeat the addresses, in which there may be
// passwords.
func Connect(urls string, o ...nats.Option) (*nats.Conn, error) {
	conn, err := nats.Connect(urls, append([]nats.Option{
		nats.Name("gcm-registry"),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.RetryOnFailedConnect(true),
		// What is written while there is no connection isn't sent later, when
		// its writer may have been told that it wasn't.
		nats.ReconnectBufSize(-1),
	}, o...)...)
	var bad *url.Error
	if errors.As(err, &bad) {
		return nil, fmt.Errorf("an address of NATS can't be read: %w", bad.Err)
	}
	return conn, err
}
