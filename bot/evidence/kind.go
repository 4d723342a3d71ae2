package evidence

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"strings"
	"unicode"

	"github.com/gabriel-vasile/mimetype"
)

const (
	headSize = 64 << 10 // covers the mark of an ISO 9660 image, at 32,769
	tailSize = 64 << 10
	// markupMost is how much of a drawing or XML file is looked through
	// beyond its head; a longer one is refused.
	markupMost = 4 << 20
)

// kind is what a file is by its content.
type kind struct {
	mime    string // without parameters
	harmful bool
	markup  bool // XML that may carry script
}

// harmfulTypes are the types by content that run, install, mount or script
// something when opened. A web page is one of them even without script: it may
// load and imitate anything. Plain archives are not.
var harmfulTypes = []string{
	"application/vnd.microsoft.portable-executable", "application/x-elf", "application/x-object",
	"application/x-executable", "application/x-sharedlib", "application/x-coredump",
	"application/x-mach-binary", "application/x-java-applet", "application/wasm",
	"application/x-bytecode.python", "application/java-archive",
	"application/vnd.android.package-archive", "application/x-chrome-extension",
	"application/x-ms-installer", "application/x-ms-shortcut", "application/x-installshield",
	"application/vnd.debian.binary-package", "application/x-rpm", "application/x-xar",
	"application/x-archive", "application/x-shockwave-flash",
	"text/html", "application/xhtml+xml", "text/x-php", "text/javascript", "text/x-lua",
	"text/x-perl", "text/x-python", "text/x-ruby", "text/x-shellscript", "text/x-tcl",
}

// marks are the first bytes of what the type detector does not know.
var marks = []string{
	"#!",           // any script with an interpreter line
	"ITSF",         // compiled HTML help
	"KDMV", "COWD", // VMware disks
	"QFI\xfb",  // QEMU disk
	"vhdxfile", // Hyper-V disk
	"conectix", // Virtual PC disk
	"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", // OneNote, which carries attachments that run
}

// openings are the first words, in lower case, of text that runs when opened.
var openings = []string{
	"@echo ", "@echo\t", "@if ", "@setlocal", "@powershell", "@cmd", "[internetshortcut]", "[desktop entry]",
	"windows registry editor", "regedit4", "[autorun]",
}

// look tells what a file is by its first bytes.
func look(head []byte) kind {
	m := mimetype.Detect(head)
	k := kind{mime: base(m.String())}
	for _, t := range harmfulTypes {
		for p := m; p != nil && !k.harmful; p = p.Parent() {
			k.harmful = p.Is(t)
		}
	}
	for _, s := range marks {
		k.harmful = k.harmful || bytes.HasPrefix(head, []byte(s))
	}
	start := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head[:min(len(head), 256)]), "\ufeff")))
	for _, s := range openings {
		k.harmful = k.harmful || strings.HasPrefix(start, s)
	}
	k.harmful = k.harmful || strings.HasPrefix(start, "#!")
	if at := 32769; len(head) >= at+5 {
		switch string(head[at : at+5]) {
		case "CD001", "BEA01": // ISO 9660; UDF
			k.harmful = true
		}
	}
	k.markup = m.Is("image/svg+xml") || m.Is("text/xml")
	return k
}

func base(m string) string {
	if b, _, err := mime.ParseMediaType(m); err == nil {
		return b
	}
	return m
}

// activeMarkup tells whether a drawing or another XML file does more than
// show: script, embedded pages, entities of its own, a stylesheet. What is not
// well-formed UTF-8 XML counts as active, since nobody knows what a browser
// makes of it.
func activeMarkup(b []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return false
		}
		if err != nil {
			return true
		}
		switch x := t.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(x), []byte("<!ENTITY")) {
				return true
			}
		case xml.ProcInst:
			if strings.EqualFold(x.Target, "xml-stylesheet") {
				return true
			}
		case xml.StartElement:
			if strings.Contains(x.Name.Space, "xhtml") || activeElement(x) {
				return true
			}
		}
	}
}

func activeElement(e xml.StartElement) bool {
	switch strings.ToLower(e.Name.Local) {
	case "script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "html":
		return true
	}
	for _, a := range e.Attr {
		name := strings.ToLower(a.Name.Local)
		if strings.HasPrefix(name, "on") {
			return true
		}
		// A browser ignores white space and control characters in a scheme.
		v := strings.ToLower(strings.Map(func(r rune) rune {
			if r <= ' ' || unicode.IsControl(r) {
				return -1
			}
			return r
		}, a.Value))
		if strings.Contains(v, "javascript:") || strings.Contains(v, "vbscript:") ||
			strings.HasPrefix(v, "data:") && !strings.HasPrefix(v, "data:image/") ||
			strings.HasPrefix(v, "data:image/svg") {
			return true
		}
	}
	return false
}

// harmfulEnd tells what only the last bytes of a file show: Apple's and
// Microsoft's disk images (a trailer of 512 bytes), and programs packed as an
// ordinary ZIP.
func harmfulEnd(head, end []byte) bool {
	if at := len(end) - 512; at >= 0 {
		if t := end[at:]; bytes.HasPrefix(t, []byte("koly")) || bytes.HasPrefix(t, []byte("conectix")) {
			return true
		}
	}
	return bytes.HasPrefix(head, []byte("PK")) && packedProgram(end)
}

// packedProgram reads the names in a ZIP's central directory (APPNOTE.TXT
// 6.3.10, 4.3.12): a header of 46 bytes, the name's length at 28.
func packedProgram(end []byte) bool {
	for {
		i := bytes.Index(end, []byte("PK\x01\x02"))
		if i < 0 || len(end) < i+46 {
			return false
		}
		end = end[i:]
		n := int(binary.LittleEndian.Uint16(end[28:]))
		if len(end) < 46+n {
			return false
		}
		switch string(end[46 : 46+n]) {
		case "META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex", "AppxManifest.xml":
			return true
		}
		end = end[46+n:]
	}
}
