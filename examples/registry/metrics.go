package main

import (
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are for Prometheus.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics(r *registry) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "gcm_api_request_seconds",
			Help:    "Requests to /api/ by operation and status; those that write take as long as storing does.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20},
		}, []string{"operation", "status"}),
	}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))

	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
	}
	count := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, value))
	}
	truth := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	gauge("gcm_ready", "1 if /readyz says so.", func() float64 { return truth(r.unready() == nil) })
	gauge("gcm_connected", "1 if there is a connection to NATS.", func() float64 { return truth(r.conn.IsConnected()) })
	gauge("gcm_applied_sequence", "Up to where this node has read the record.", func() float64 { return float64(r.replica.Applied()) })
	gauge("gcm_stream_sequence", "Where the record ends, as its leader last said.", func() float64 { return float64(r.health.last.Load()) })
	gauge("gcm_missing_messages", "Messages that the disks have lost; must be 0.", func() float64 { return float64(r.health.missing.Load()) })
	gauge("gcm_current_servers", "Servers that have the whole record.", func() float64 { return float64(r.health.current.Load()) })
	gauge("gcm_replicas", "Servers that should have it.", func() float64 { return float64(r.health.replicas.Load()) })
	gauge("gcm_stream_seen_seconds", "Unix time at which its leader last said so.", func() float64 {
		return float64(r.health.seen.Load()) / float64(time.Second)
	})
	gauge("gcm_pledges", "Pledges, withdrawn ones included.", func() float64 { return float64(r.replica.Book().Len()) })
	gauge("gcm_snapshot_sequence", "Sequence of the last snapshot.", func() float64 { return float64(r.saved.Load()) })
	gauge("gcm_disk_free_bytes", "Free bytes of the disk with the store; 0 with -nats.", func() float64 { return float64(r.health.freed.Load()) })
	gauge("gcm_full", "1 if writers are refused because the disk is full.", func() float64 { return truth(r.health.full.Load()) })
	count("gcm_store_restarts_total", "How often the NATS server inside was started again after a failure.", func() float64 { return float64(r.health.restarts.Load()) })
	count("gcm_foreign_messages_total", "Messages of the stream that were no revisions.", func() float64 { return float64(r.replica.Strangers()) })
	gauge("gcm_connections", "Open connections.", func() float64 {
		open, _, _ := r.listener.Stats()
		return float64(open)
	})
	count("gcm_connections_evicted_total", "Idle connections that were closed for others.", func() float64 {
		_, evicted, _ := r.listener.Stats()
		return float64(evicted)
	})
	count("gcm_connections_refused_total", "Connections for which there was no room.", func() float64 {
		_, _, refused := r.listener.Stats()
		return float64(refused)
	})

	stats := func(value func(feed.Stats) float64) func() float64 {
		return func() float64 {
			if s := r.feed.Load(); s != nil {
				return value(s.Stats())
			}
			return 0
		}
	}
	gauge("gcm_stream_readers", "Readers of /events.", stats(func(s feed.Stats) float64 { return float64(s.Readers) }))
	count("gcm_stream_events_total", "Events sent, to each reader one.", stats(func(s feed.Stats) float64 { return float64(s.Events) }))
	count("gcm_stream_restarts_total", "Readers that couldn't be resumed.", stats(func(s feed.Stats) float64 { return float64(s.Restarts) }))
	count("gcm_stream_dropped_total", "Readers that didn't read.", stats(func(s feed.Stats) float64 { return float64(s.Dropped) }))
	count("gcm_stream_refused_total", "Readers for whom there was no room.", stats(func(s feed.Stats) float64 { return float64(s.Refused) }))
	count("gcm_feed_rendered_total", "Answers that were rendered and not taken from the cache.", stats(func(s feed.Stats) float64 { return float64(s.Rendered) }))
	m.registry.MustRegister(byStatus{r, prometheus.NewDesc("gcm_feed_requests_total", "Answers to readers by status.", []string{"status"}, nil)})
	return m
}

// byStatus collects the answers to readers.
type byStatus struct {
	r    *registry
	desc *prometheus.Desc
}

func (b byStatus) Describe(c chan<- *prometheus.Desc) { c <- b.desc }

func (b byStatus) Collect(c chan<- prometheus.Metric) {
	s := b.r.feed.Load()
	if s == nil {
		return
	}
	for status, n := range s.Stats().Requests {
		c <- prometheus.MustNewConstMetric(b.desc, prometheus.CounterValue, float64(n), strconv.Itoa(status))
	}
}

func (m *metrics) observe(operation string, status int, took time.Duration) {
	m.requests.WithLabelValues(operation, strconv.Itoa(status)).Observe(took.Seconds())
}

// handler serves what is for those who run the node.
func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}
