package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/heedbot/heed/bot/schedule"
)

type serveCommand struct{ Settings }

// Run serves until it is told to stop.
func (c *serveCommand) Run(ctx context.Context) error {
	if err := c.check(); err != nil {
		return wrongError{err}
	}
	log := logger(c.LogLevel)
	y, err := build(ctx, c.Settings, schedule.RealClock{}, log)
	if err != nil {
		return wrongError{err}
	}
	log.Info("heed starts", "policy", y.house.Policy.Name, "version", y.house.Policy.Version)
	if err := horizon(y.house.Policy, time.Now()); err != nil {
		log.Error("the calendar ends too soon", "err", err)
	}
	if none := y.house.Policy.Unheld(holds(y.house.Roles)); len(none) > 0 {
		log.Warn("nobody holds some of the policy's roles: managers stand in", "roles", none)
	}
	return errors.Join(y.serve(ctx), y.Close())
}

// serve runs the program with its web server.
func (y *system) serve(ctx context.Context) error {
	l, err := net.Listen("tcp", y.settings.Listen)
	if err != nil {
		return wrongError{fmt.Errorf("HEED_LISTEN: cannot listen there: %w", err)}
	}
	srv := &http.Server{Handler: y.handler(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 1 << 16}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	served := make(chan error, 1)
	// It listens before Telegram is told where to call.
	go func() { served <- srv.Serve(l) }()
	ran := make(chan error, 1)
	go func() { ran <- y.run(ctx) }()
	select {
	case err = <-ran:
	case err = <-served:
		cancel()
		err = errors.Join(err, <-ran)
	}
	// What is being answered may be finished.
	quiet, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	_ = srv.Shutdown(quiet)
	return err
}

// handler is the web server's. A path that is not switched on does not exist.
func (y *system) handler() http.Handler {
	mux := http.NewServeMux()
	if y.settings.webhook() {
		mux.Handle("/telegram", y.telegram.Webhook(y.settings.TelegramWebhookSecret))
	}
	if y.settings.SlackAppToken == "" {
		mux.Handle("/slack/events", y.slack.Events())
		mux.Handle("/slack/interactive", y.slack.Interactive())
		mux.Handle("/slack/commands", y.slack.Commands())
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", y.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(y.metrics(), promhttp.HandlerOpts{}))
	return mux
}

// ready answers whether the program can do its work now.
func (y *system) ready(w http.ResponseWriter, r *http.Request) {
	if _, err := y.store.Aside(r.Context()); err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	if y.settings.SlackAppToken != "" {
		if err := y.slack.Health(); err != nil {
			http.Error(w, "slack: not connected", http.StatusServiceUnavailable)
			return
		}
	}
	fmt.Fprintln(w, "ready")
}
