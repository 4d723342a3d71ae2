package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// queues shows the queues as they stand in the database when it is asked.
type queues struct {
	y                      *system
	outbox, aside, waiting *prometheus.Desc
}

func (y *system) metrics() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), queues{y: y,
		outbox:  prometheus.NewDesc("heed_outbox_messages", "Messages in the outbox, by state.", []string{"state"}, nil),
		aside:   prometheus.NewDesc("heed_inbox_aside", "Inputs set aside after failing five times: somebody must look.", nil, nil),
		waiting: prometheus.NewDesc("heed_inbox_waiting", "Inputs kept and not yet taken.", nil, nil)})
	return r
}

func (q queues) Describe(ch chan<- *prometheus.Desc) { ch <- q.outbox; ch <- q.aside; ch <- q.waiting }

func (q queues) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	gauge := func(d *prometheus.Desc, n int, err error, labels ...string) {
		if err != nil {
			ch <- prometheus.NewInvalidMetric(d, err)
			return
		}
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	aside, err := q.y.store.Aside(ctx)
	gauge(q.aside, aside, err)
	waiting, err := q.y.store.Waiting(ctx)
	gauge(q.waiting, waiting, err)
	states, err := q.y.store.Queue(ctx)
	if err != nil {
		gauge(q.outbox, 0, err)
	}
	for s, n := range states {
		gauge(q.outbox, n, nil, string(s))
	}
}
