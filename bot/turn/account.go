package turn

import (
	"path"
	"reflect"
	"runtime"
	"strconv"
	"strings"
)

// accountMax is the longest account of a failure that is kept, in bytes.
const accountMax = 500

// account tells an error without anything a customer may have written: the
// words of our own wrapping and of errors made by errors.New or fmt.Errorf.
// An error of another type may quote its input (strconv and encoding/json do),
// so only its type is told.
func account(err error) string {
	s := tell(err)
	if len(s) > accountMax {
		s = strings.ToValidUTF8(s[:accountMax], "") + "…"
	}
	return s
}

func tell(err error) string {
	switch x := err.(type) {
	case interface{ Unwrap() []error }:
		// The text around several errors cannot be told from theirs.
		var parts []string
		for _, e := range x.Unwrap() {
			parts = append(parts, tell(e))
		}
		return strings.Join(parts, "; ")
	case interface{ Unwrap() error }:
		inner := x.Unwrap()
		if inner == nil {
			break
		}
		if before, ok := strings.CutSuffix(err.Error(), inner.Error()); ok && ours(err) {
			return before + tell(inner)
		}
		return tell(inner)
	}
	if ours(err) {
		return err.Error()
	}
	return typeOf(err)
}

// ours tells whether the error's own text was written in a program's source.
func ours(err error) bool {
	switch typeOf(err) {
	case "*errors.errorString", "*fmt.wrapError", "*fmt.fmtError", "*turn.panicError":
		return true
	}
	return false
}

func typeOf(err error) string { return reflect.TypeOf(err).String() }

// panicError says where a panic happened and nothing of what it said.
type panicError struct{ where string }

func (p *panicError) Error() string { return "panic at " + p.where }

// panicked makes the error of a panic. It is to be called by the function that
// recovered.
func panicked() error {
	pc := make([]uintptr, 32)
	frames := runtime.CallersFrames(pc[:runtime.Callers(2, pc)])
	// The place is the first frame of ours after the runtime's own ones, which
	// stand between it and the deferred function.
	inside := false
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "runtime.") {
			inside = true
		} else if inside {
			return &panicError{where: path.Base(f.Function) + ":" + strconv.Itoa(f.Line)}
		}
		if !more {
			return &panicError{where: "an unknown place"}
		}
	}
}
