package sandbox

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault makes the server fail on purpose.
type Fault struct {
	// Method is the method to fail, in any case; empty means every method. "file" means a file download.
	Method string
	// Times is how many calls fail; 0 means one, less than 0 means until Close.
	Times int
	// Status refuses the call without doing it: an error with this code. 429 tells RetryAfter.
	Status int
	// RetryAfter is the retry_after of a 429 in seconds; 0 means 1.
	RetryAfter int
	// HTML answers with a gateway's HTML page instead of JSON (status 502 unless Status is set).
	HTML bool
	// DropAfterAccept does what was asked, then closes the connection without an answer.
	DropAfterAccept bool
	// Delay waits before anything else, in real time. Alone it only delays.
	Delay time.Duration
}

// Fail adds a fault. Faults for a method are used in the order they were added.
func (t *Telegram) Fail(f Fault) {
	if f.Times == 0 {
		f.Times = 1
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = append(t.faults, &f)
}

// ClearFaults forgets the faults not used yet.
func (t *Telegram) ClearFaults() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = nil
}

// Duplicate makes the next n updates arrive twice, with the same update_id: after the bot confirmed one it is
// given once more.
func (t *Telegram) Duplicate(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.duplicate = n
}

// Reorder makes the webhook receive the next n updates last one first, once all n are there. getUpdates is not
// affected: it always answers in the order of update_id.
func (t *Telegram) Reorder(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reorder = n
	t.nudge()
}

// takeFault uses up one turn of the first fault for the method. The caller holds mu.
func (t *Telegram) takeFault(method string) Fault {
	for i, f := range t.faults {
		if f.Method != "" && !strings.EqualFold(f.Method, method) {
			continue
		}
		taken := *f
		if f.Times > 0 {
			f.Times--
		}
		if f.Times == 0 {
			t.faults = append(t.faults[:i:i], t.faults[i+1:]...)
		}
		return taken
	}
	return Fault{}
}

func (f Fault) refuses() bool {
	return !f.DropAfterAccept && (f.HTML || f.Status != 0)
}

func (f Fault) write(w http.ResponseWriter) {
	if f.HTML {
		status := f.Status
		if status == 0 {
			status = http.StatusBadGateway
		}
		title := strconv.Itoa(status) + " " + http.StatusText(status)
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<html>\r\n<head><title>" + title + "</title></head>\r\n<body><h1>" + title + "</h1></body>\r\n</html>\r\n"))
		return
	}
	switch f.Status {
	case 403:
		writeTGError(w, tgBlocked())
	case 429:
		writeTGError(w, tooMany(time.Duration(f.RetryAfter)*time.Second))
	default:
		writeTGError(w, &tgError{code: f.Status, text: http.StatusText(f.Status)})
	}
}

func tgBlocked() *tgError {
	return &tgError{code: 403, text: "Forbidden: bot was blocked by the user"}
}

// drop closes the connection without an answer.
func drop(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.Close()
}
