package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const (
	envelopesAtOnce = 64
	ackTimeout      = 2 * time.Second
	// frameMax is far more than any envelope: payloads hold a message or a
	// dialog.
	frameMax = 8 << 20
)

// health is how the socket does.
type health struct {
	mu  sync.Mutex
	err error
}

func (h *health) set(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.err = err
}

// Health tells why the socket is not open; nil while it is, and in HTTP mode.
func (d *Door) Health() error {
	d.health.mu.Lock()
	defer d.health.mu.Unlock()
	return d.health.err
}

// Run receives by Socket Mode until the context ends. It gives an error only
// where trying again is pointless, and names the setting.
func (d *Door) Run(ctx context.Context) error {
	if d.AppToken == "" {
		return errors.New("HEED_SLACK_APP_TOKEN is not set")
	}
	d.health.set(errors.New("slack: the socket is not open yet"))
	client := socketmode.New(d.client(),
		socketmode.OptionReadLimit(frameMax),
		socketmode.OptionLog(log.New(io.Discard, "", 0)))
	defer d.crew.rest()
	over := make(chan error, 1)
	go func() { over <- client.RunContext(ctx) }()
	var work sync.WaitGroup
	defer work.Wait()
	slots := make(chan struct{}, envelopesAtOnce)
	for {
		select {
		case err := <-over:
			if ctx.Err() != nil {
				d.health.set(errors.New("slack: the socket is closed"))
				return nil
			}
			err = fmt.Errorf("HEED_SLACK_APP_TOKEN is not accepted: %w", d.named(ctx, err))
			d.health.set(err)
			return err
		case e := <-client.Events:
			envelope, ok := d.envelope(ctx, e)
			if !ok {
				continue
			}
			// The reader of the socket must not wait for us, so each envelope
			// has a goroutine of its own.
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				continue
			}
			work.Go(func() {
				defer func() { <-slots }()
				d.deliver(context.WithoutCancel(ctx), client, envelope)
			})
		}
	}
}

// named gives an error of the socket words without an address.
func (d *Door) named(ctx context.Context, err error) error {
	_, named := d.try(ctx, "apps.connections.open", "", func(context.Context) error { return err })
	return named
}

// envelope is one thing that Slack sent over the socket.
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
	whole   json.RawMessage
}

// envelope picks out what must be answered, and notes how the socket does.
func (d *Door) envelope(ctx context.Context, e socketmode.Event) (envelope, bool) {
	switch e.Type {
	case socketmode.EventTypeConnected:
		d.health.set(nil)
		d.log().Info("slack: the socket is open")
	case socketmode.EventTypeConnectionError:
		err := errors.New("slack: the socket does not open")
		if c, ok := e.Data.(*slack.ConnectionErrorEvent); ok && c.ErrorObj != nil {
			err = d.named(ctx, c.ErrorObj)
		}
		if ctx.Err() == nil {
			d.health.set(err)
			d.log().Error("slack: the socket does not open", "err", err,
				"todo", "check HEED_SLACK_APP_TOKEN, its scope connections:write, and that Socket Mode is on")
		}
	case socketmode.EventTypeErrorWriteFailed:
		d.log().Warn("slack: an acknowledgement was not sent")
	case socketmode.EventTypeErrorBadMessage:
		// The SDK could not read it and has no envelope id for us. We may.
		bad, ok := e.Data.(*socketmode.ErrorBadMessage)
		if !ok {
			return envelope{}, false
		}
		out := envelope{whole: bad.Message}
		_ = json.Unmarshal(bad.Message, &out) // what it is not stays empty, and it is kept as unread
		return out, true
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
		if e.Request == nil {
			return envelope{}, false
		}
		return envelope{ID: e.Request.EnvelopeID, Type: e.Request.Type, Payload: e.Request.Payload, whole: e.Request.Payload}, true
	}
	return envelope{}, false
}

// deliver keeps or answers an envelope, and acknowledges it unless it could not
// be kept.
func (d *Door) deliver(ctx context.Context, client *socketmode.Client, e envelope) {
	raw := []byte(e.Payload)
	if len(raw) == 0 {
		raw = e.whole
	}
	a := d.take(ctx, e.Type, raw)
	if a.err != nil {
		d.log().Error("slack: an envelope is not acknowledged", "type", e.Type, "err", a.err)
		return
	}
	if e.ID != "" {
		// Ack would wait for ever once the socket has ended.
		short, cancel := context.WithTimeout(ctx, ackTimeout)
		err := client.AckCtx(short, e.ID, a.body)
		cancel()
		if err != nil {
			d.log().Warn("slack: an acknowledgement was not sent", "type", e.Type, "err", err)
		}
	}
	d.finish(ctx, a)
}
