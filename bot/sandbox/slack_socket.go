package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// slackSocket is one Socket Mode connection of the app.
type slackSocket struct {
	conn *websocket.Conn
	out  sync.Mutex
	gone chan struct{}
}

func (c *slackSocket) write(v any) error {
	c.out.Lock()
	defer c.out.Unlock()
	_ = c.conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
	return c.conn.WriteMessage(websocket.TextMessage, slackMarshal(v))
}

func (s *Slack) connectionsOpen(slackArgs) (slackJSON, error) {
	if len(s.sockets) >= slackSocketsMax {
		return nil, refuse("too_many_websockets")
	}
	ticket := slackRandom(16)
	s.tickets[ticket] = true
	return slackJSON{"url": "ws" + strings.TrimPrefix(s.BaseURL, "http") + "/ws?ticket=" + ticket + "&app_id=" + s.AppID}, nil
}

// serveSocket holds one connection: a hello, pings, and the app's acknowledgements until it ends.
// A URL from apps.connections.open works once.
func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	good := s.tickets[ticket] && !s.closed
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !good {
		http.Error(w, "this connection URL is not valid", http.StatusForbidden)
		return
	}
	upgrade := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }, ReadBufferSize: 32 << 10, WriteBufferSize: 32 << 10}
	conn, err := upgrade.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	c := &slackSocket{conn: conn, gone: make(chan struct{})}
	defer close(c.gone)
	if !s.admit(c) {
		return
	}
	defer s.dismiss(c)
	for {
		kind, raw, err := conn.ReadMessage()
		if err != nil {
			return
		}
		// Slack drops answers of this size without a word.
		if kind == websocket.TextMessage && len(raw) < slackAckBytes {
			s.acknowledge(raw)
		}
	}
}

// admit greets a connection and starts its pings.
func (s *Slack) admit(c *slackSocket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	hello := slackJSON{
		"type": "hello", "num_connections": len(s.sockets) + 1, "connection_info": slackJSON{"app_id": s.AppID},
		"debug_info": slackJSON{"host": "sandbox", "build_number": 1, "approximate_connection_time": 3600},
	}
	if c.write(hello) != nil {
		return false
	}
	s.sockets = append(s.sockets, c)
	s.connected = true
	close(s.arrived)
	s.arrived = make(chan struct{})
	s.changed()
	s.run(func() { s.ping(c) })
	return true
}

func (s *Slack) dismiss(c *slackSocket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets = slices.DeleteFunc(s.sockets, func(o *slackSocket) bool { return o == c })
	s.changed()
}

func (s *Slack) ping(c *slackSocket) {
	for n := 1; ; n++ {
		data := fmt.Appendf(nil, "Ping from sandbox %d", n)
		if c.conn.WriteControl(websocket.PingMessage, data, time.Now().Add(5*time.Second)) != nil {
			return
		}
		t := time.NewTimer(s.PingEvery)
		select {
		case <-t.C:
		case <-c.gone:
			t.Stop()
			return
		case <-s.done:
			t.Stop()
			return
		}
	}
}

func (s *Slack) acknowledge(raw []byte) {
	var ack struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(raw, &ack) != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if waiting := s.acks[ack.EnvelopeID]; waiting != nil {
		delete(s.acks, ack.EnvelopeID)
		waiting <- ack.Payload
	}
}

// pickSocket returns the connection for the next message: each in turn. The caller holds the lock.
func (s *Slack) pickSocket() *slackSocket {
	if len(s.sockets) == 0 || s.closed {
		return nil
	}
	s.nextSock++
	return s.sockets[s.nextSock%len(s.sockets)]
}

// deliverSocket sends an envelope and waits for its acknowledgement, which may come over any
// connection. It returns false if the connection could not be written to.
func (s *Slack) deliverSocket(c *slackSocket, kind string, body []byte, try slackTry, deadline <-chan time.Time) (slackAck, bool) {
	id := slackRandom(16)
	waiting := make(chan json.RawMessage, 1)
	s.mu.Lock()
	s.acks[id] = waiting
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.acks, id)
	}()
	envelope := slackJSON{"envelope_id": id, "type": kind, "payload": json.RawMessage(body), "accepts_response_payload": kind != "events_api"}
	if kind == "events_api" {
		envelope["retry_attempt"], envelope["retry_reason"] = try.attempt, try.reason
	}
	if c.write(envelope) != nil {
		c.conn.Close()
		s.dismiss(c)
		return slackAck{}, false
	}
	try.sent()
	// An event whose connection broke is sent again at once; a person's action is not, and may
	// still be acknowledged over the next connection.
	gone := c.gone
	if kind != "events_api" {
		gone = nil
	}
	select {
	case payload := <-waiting:
		if string(payload) == "null" || kind == "events_api" {
			payload = nil
		}
		return slackAck{payload: payload}, true
	case <-deadline:
		return slackAck{err: "operation_timeout"}, true
	case <-gone:
		return slackAck{err: "dispatch_failed"}, true
	case <-s.done:
		return slackAck{err: "dispatch_failed", final: true}, true
	}
}

// Disconnect cuts every socket without a word, as a broken network does.
func (s *Slack) Disconnect() {
	for _, c := range s.openSockets() {
		c.conn.Close()
	}
}

// Refresh asks every connection to reconnect, as Slack does about once an hour, and closes it soon
// after.
func (s *Slack) Refresh() {
	for _, c := range s.openSockets() {
		_ = c.write(slackJSON{"type": "disconnect", "reason": "refresh_requested", "debug_info": slackJSON{"host": "sandbox"}})
		s.dismiss(c)
		s.mu.Lock()
		s.run(func() {
			s.pause(time.Second)
			c.conn.Close()
		})
		s.mu.Unlock()
	}
}

// Connected returns the number of open sockets.
func (s *Slack) Connected() int { return len(s.openSockets()) }

func (s *Slack) openSockets() []*slackSocket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sockets)
}
