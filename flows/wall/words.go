package wall

// The lists are folded words.

// title tells whether a word is how a person is addressed, and no name.
func title(key string) bool {
	switch key {
	case "mr", "mrs", "ms", "miss", "mx", "sir", "madam", "dr", "prof", "professor", "doctor", // English
		"m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "me", // French
		"pan", "pani", "pana", "panu", "panem", "pania", "panie", "panstwo", "p", // Polish
		"signor", "signore", "signora", "signorina", "sig", "sigra", "dott", "dottor", "dottoressa", "dottssa", // Italian
		"ong", "ba", "anh", "chi", "co", "em", "chu", "bac", "thay", // Vietnamese
		"herr", "herrn", "frau", "senor", "senora", "senorita", "don", "dona", // German, Spanish
		"gospodin", "gospozha", "panove", "kyrios", "kyria", "gn", "gzha", // Russian, Greek
		"thao", "nang", "khun", "xiansheng", "nushi", "xiaojie", "san", "sama", "ssi": // Lao, Thai, Chinese, Japanese, Korean in Latin letters
		return true
	}
	return false
}

// honorifics stand right after or before a name in scripts without spaces.
var honorificsAfter = []string{"先生", "女士", "小姐", "太太", "经理", "經理", "老师", "老師", "主任", "主管", "さん", "様", "さま", "くん", "씨", "님"}
var honorificsBefore = []string{"小", "老", "阿", "ທ້າວ", "ທ່ານ", "ນາງສາວ", "ນາງ", "ອ້າຍ", "ເອື້ອຍ", "คุณ", "นางสาว", "นาย", "นาง", "พี่", "น้อง"}

// particle tells whether a word only belongs to the one that follows it in a
// name, or is a middle name that half a country has.
func particle(key string) bool {
	switch key {
	case "de", "da", "di", "do", "du", "del", "della", "dello", "dei", "dos", "das", "la", "le", "lo", "les", "el", "al", "van", "von", "der", "den",
		"ter", "ten", "zu", "af", "av", "bin", "ibn", "bint", "ben", "mac", "mc", "st", "thi", "y", "e", "o", "d", "l", "jr", "sr", "ii", "iii":
		return true
	}
	return false
}

// joiner tells whether a word puts two people next to each other.
func joiner(key string) bool {
	switch key {
	case "and", "or", "with", "et", "ou", "avec", "i", "oraz", "z", "ze", "lub", "albo", "a", "e", "ed", "o", "con", "va", "voi", "hoac", "und", "oder",
		"mit", "y", "s", "ili", "ta", "kai":
		return true
	}
	return false
}

// everyday tells whether a word is so common in one of our languages that in
// lower case it is no name: names of three letters at most are handled alike.
func everyday(key string) bool {
	switch key {
	case "will", "long", "short", "white", "black", "brown", "green", "gray", "grey", "young", "small", "little", "best", "good", "case", "bank", "banks",
		"cash", "rich", "sharp", "price", "cook", "king", "street", "house", "hill", "field", "park", "parks", "page", "post", "call", "love", "hope",
		"early", "bill", "frank", "chance", "christian", "major", "pound", "wood", "woods", "stone", "rice", "berry", "church", "english", "french",
		"read", "moody", "swift", "strong", "savage", "noble", "power", "powers", "more", "moore", "forward", "ford", "cross", "marsh", "penny",
		"petit", "grand", "leblanc", "blanc", "noir", "jeune", "claire", "france", "juste", "pierre", "bonne", "marine", "martin", // French
		"sara", "bella", "bianco", "bianca", "rossa", "rosso", "russo", "grande", "vera", "vero", "gioia", "serena", "conti", "caro", "bruno", // Italian
		"mala", "maly", "duda", "zima", "biel", "wrona", "nowa", "nowy", "czarny", "sama", "wolna", "szybki", // Polish
		"dung", "hoang", "tien", "thanh", "thang", "trong", "khong", "chinh", "nhung", "mong", "vang", "xuan", "luong", "ngon": // Vietnamese
		return true
	}
	return false
}

// given tells whether a name is a word or a month as well: in a long account it
// does not stand for a person by itself.
func given(key string) bool {
	switch key {
	case "mark", "marks", "rose", "grace", "jack", "faith", "dawn", "june", "april", "august", "summer", "autumn", "ruby", "pearl", "crystal", "amber",
		"iris", "lily", "daisy", "holly", "ivy", "heather", "hazel", "olive", "victor", "miles", "chase", "drew", "dean", "earl", "duke", "prince",
		"robin", "jean", "nick", "pete", "dick", "josh", "gene", "mike", "sunny", "star", "angel", "sandy", "charity", "patience", "prudence", "mercy",
		"felicity", "harmony", "melody", "carol", "joy", "wade", "lance", "grant", "clay", "cliff", "brook", "brooke", "reed", "glen", "dale", "luna",
		"rosa", "stella", "viola", "perla", "luce", "chiara", "marco", "aurora", "alba", "aime", "desire", "rene", "olivier", "laurent", "constance",
		"maja", "ola", "jan", "wiosna", "jagoda", "kalina", "malina", "roza", "hello", "team", "support", "admin", "sales", "info", "help", "desk",
		"service", "manager", "agent", "office", "human", "boss", "chief", "client", "customer", "director":
		return true
	}
	return false
}

// vietnamese tells whether a word is one of the family names that nearly all
// Vietnamese have; it comes first then, and the given name last.
func vietnamese(key string) bool {
	switch key {
	case "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong", "ly", "dinh", "trinh", "truong", "dao", "doan", "lam", "mai", "cao", "luu":
		return true
	}
	return false
}
