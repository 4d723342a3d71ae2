package locales

import "testing"

func TestWritten(t *testing.T) {
	for text, want := range map[string]string{
		"ອິນເຕີເນັດຂອງພວກເຮົາໃຊ້ບໍ່ໄດ້":           "lo",
		"从星期一开始，我们的网络就断了。":                        "zh-Hans",
		"Mạng Internet nhà tôi bị mất từ thứ Hai": "vi",
		"Không ai đến cả":                                  "vi",
		"Internet nie działa u nas, proszę o szybką pomoc": "pl",
		// Names, single words, other languages.
		"Małgorzata Wiśniewska was rude to me on Monday":         "",
		"Der Fall wurde von Małgorzata Kościuszko bearbeitet":    "",
		"Mr Nguyễn Văn Đức said Trần Thị Hoa":                    "",
		"Vă rog să mă ajutați că nu am apă":                      "",
		"Možete li pomoći, već tri dana čekam":                   "",
		"Our internet has been down since Monday.":               "",
		"Notre connexion est coupée, déjà trois fois, ça suffit": "",
		"La connessione è caduta, più volte, perché?":            "",
		"インターネットが切れています。困っています":                                  "",
		"인터넷이 안 됩니다":                                             "",
		"อินเทอร์เน็ตใช้ไม่ได้":                                  "",
		"北京": "", "ok 👍": "", "": "",
	} {
		if got := Written(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
