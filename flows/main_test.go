package flows_test

import (
	"flag"
	"os"
	"runtime"
	"strconv"
	"testing"
)

// TestMain puts the plays' databases into memory where the system offers that as
// a folder: plays are about a program that is cut off, not a machine, and there
// are hundreds. Elsewhere more of them run at once than there are processors:
// each mostly waits for its disk.
func TestMain(m *testing.M) {
	flag.Parse()
	if dir, err := os.MkdirTemp("/dev/shm", "heed-"); err == nil && os.Getenv("TMPDIR") == "" {
		_ = os.Remove(dir)
		_ = os.Setenv("TMPDIR", "/dev/shm")
	}
	if f := flag.Lookup("test.parallel"); f.Value.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) {
		_ = f.Value.Set(strconv.Itoa(4 * runtime.GOMAXPROCS(0)))
	}
	os.Exit(m.Run())
}
