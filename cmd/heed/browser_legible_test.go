package main

import (
	_ "embed"
	"strings"
	"testing"
)

// legible is a script that finds what of the page cannot be read.
//
//go:embed testdata/legible.js
var legible string

// readable fails for each text of the page that is cut, crowded or drawn with
// boxes.
func (b *browser) readable(name string, width int64) {
	b.t.Helper()
	for _, what := range eval[[]string](b, legible) {
		b.t.Errorf("%s at %d: %s", name, width, what)
	}
}

// What the other tests rely on: the script finds nothing on a page where all is
// well, and finds each thing that can be wrong.
func TestBrowserUnreadable(t *testing.T) {
	_, b := openDemo(t, "ask4")
	b.readable("as it is", 1440)
	for _, c := range []struct{ name, html, style, says string }{
		{"a character of nobody's", `<p>abc\ue123</p>`, "", "draws U+e123 as a box"},
		{"a bold one beyond the first plane", `<b>\u{f1234}</b>`, "", "draws U+f1234 as a box"},
		{"a placeholder", `<input placeholder="\ue123">`, "", "draws U+e123 as a box"},
		{"an ellipsis", `<p>ຄຳຮ້ອງທຸກຂອງທ່ານ</p>`, "width:40px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap", "cuts its text"},
		{"a button too narrow", `<button>Khiếu nại của quý khách</button>`, "width:40px;padding:0;white-space:nowrap", "does not hold its text"},
		{"the second line", `<p>您的投诉已收到，我们会尽快处理。</p>`, "width:90px;height:20px;overflow:hidden", "is 20 high for"},
		{"one above the other", `<p>ຂໍ້ຄວາມ ທີ່ຢູ່ ຂໍ້ຄວາມ ທີ່ຢູ່</p>`, "width:90px;line-height:10px", "has lines of 10px"},
		{"a list", `<select><option>Khiếu nại của quý khách</option></select>`, "width:60px", "cuts what is chosen"},
		{"a prompt", `<textarea placeholder="Khiếu nại của quý khách"></textarea>`, "width:60px", "cuts its prompt"},
	} {
		eval[bool](b, `(() => {
			const e = document.createElement("div");
			e.id = "wrong";
			e.style.cssText = "position: fixed; z-index: 99; top: 100px; left: 400px; background: white";
			e.innerHTML = `+"`"+c.html+"`"+`;
			e.firstChild.style.cssText = `+quoted(c.style)+`;
			document.body.append(e);
			return true;
		})()`)
		if got := eval[[]string](b, legible); len(got) != 1 || !strings.Contains(got[0], c.says) {
			t.Errorf("%s: found %q, want %q", c.name, got, c.says)
		}
		eval[bool](b, `(document.querySelector("#wrong").remove(), true)`)
	}
}
