package bot_test

import (
	"testing"

	"github.com/heedbot/heed/bot"
)

func TestHarmfulName(t *testing.T) {
	for _, name := range []string{
		"a.exe", "A.EXE", "receipt.pdf.scr", "run.bat", "run.cmd", "x.ps1", "x.js", "x.vbs", "x.msi", "x.lnk", "x.hta",
		"x.iso", "x.apk", "x.jar", "page.html", "trailing.exe. ", "stream.exe:hidden", `C:\tmp\a.exe`, "../a.exe",
		"invoice\u202efdp.exe", "x.ex\u200be", "report.docm",
	} {
		if !bot.HarmfulName(name) {
			t.Errorf("%q is taken", name)
		}
	}
	for _, name := range []string{
		"", "photo.jpg", "bill.pdf", "a.zip", "letter.docx", "chat.txt", "exe", "my.exe.pdf", "звонок.mp3", "table.csv", "mail.eml",
	} {
		if bot.HarmfulName(name) {
			t.Errorf("%q is refused", name)
		}
	}
}
