package wall

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

// staff makes people of lines such as "Anna Oakhurst, Ania": the first name is
// also their id.
func staff(lines ...string) []bot.Staff {
	var all []bot.Staff
	for _, l := range lines {
		names := strings.Split(l, ", ")
		all = append(all, bot.Staff{ID: bot.StaffID(names[0]), Name: names[0], Names: names})
	}
	return all
}

// told writes what was found as "Anna Oakhurst; Bob Reeves?", with ? for unsure.
func told(found []bot.Hidden) string {
	var all []string
	for _, h := range found {
		s := string(h.Staff)
		if h.Unsure {
			s += "?"
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

type row struct{ text, want string }

func table(t *testing.T, find func(string, []bot.Staff) []bot.Hidden, people []bot.Staff, rows []row) {
	t.Helper()
	for _, r := range rows {
		if got := told(find(r.text, people)); got != r.want {
			t.Errorf("%q\n finds %q\n want  %q", r.text, got, r.want)
		}
	}
}

var english = staff("Anna Oakhurst, ania, a.oakhurst", "Robert Oakhurst, Bobby", "Mary Smith-Jones", "Will Long", "Mark Reeves, reevo", "Seán O'Brien",
	"Tom Hartley", "Tom Hartley-Moss", "Grace May, Gracie", "Peter de Groot", "Olivia Park, Oli", "Oli Brandt", "Joanne Whitcombe", "Jo Li", "Sunita Rao, Sunny")

func TestNamedEnglish(t *testing.T) {
	table(t, Named, english, []row{
		{"Anna Oakhurst", "Anna Oakhurst"},
		{"oakhurst anna", "Anna Oakhurst"},
		{"Oakhurst, Anna", "Anna Oakhurst"},
		{"ANNA OAKHURST", "Anna Oakhurst"},
		{"It was Ms Anna Oakhurst from the second floor", "Anna Oakhurst"},
		{"Anna Marie Oakhurst", "Anna Oakhurst?"},
		{"ania", "Anna Oakhurst"},
		{"somebody called Ania", "Anna Oakhurst"},
		{"@a.oakhurst", "Anna Oakhurst"},
		{"a.oakhurst@example.com", "Anna Oakhurst"},
		{"Anna", "Anna Oakhurst?"},
		{"Oakhurst", "Anna Oakhurst?; Robert Oakhurst?"},
		{"Mr Oakhurst", "Anna Oakhurst?; Robert Oakhurst?"},
		{"A. Oakhurst", "Anna Oakhurst?"},
		{"R Oakhurst", "Robert Oakhurst?"},
		{"M. Oakhurst", "Anna Oakhurst?; Robert Oakhurst?"},
		{"Anna O.", "Anna Oakhurst?"},
		{"Anna Okhurst", "Anna Oakhurst?"},
		{"the woman is called Oakhusrt", "Anna Oakhurst?; Robert Oakhurst?"},
		{"Anna's colleague Bobby", "Anna Oakhurst?; Robert Oakhurst"},
		{"Ann", ""},
		{"Mary Smith-Jones", "Mary Smith-Jones"},
		{"Mary Smith Jones", "Mary Smith-Jones"},
		{"Mary Smith", "Mary Smith-Jones?"},
		{"mrs jones", "Mary Smith-Jones?"},
		{"Sean OBrien", "Seán O'Brien"},
		{"Sean O’Brien", "Seán O'Brien"},
		{"mr o'brien", "Seán O'Brien?"},
		{"Sean O Brien", "Seán O'Brien"},
		{"Tom Hartley", "Tom Hartley"},
		{"Tom Hartley-Moss", "Tom Hartley-Moss"},
		{"Tom", "Tom Hartley?; Tom Hartley-Moss?"},
		{"Oli", "Olivia Park?; Oli Brandt?"},
		{"Oli Brandt", "Oli Brandt"},
		{"Olivia Park", "Olivia Park"},
		{"Peter DeGroot", "Peter de Groot"},
		{"peter groot", "Peter de Groot"},
		{"Will", "Will Long?"},
		{"Mark from Leeds", "Mark Reeves?"},
		{"the guy called mark at the counter", "Mark Reeves?"},
		{"Mr Long", "Will Long?"},
		{"Anna Oakhurst and Mark Reeves", "Anna Oakhurst; Mark Reeves"},
		{"Mark Reeves, Tom Hartley", "Mark Reeves; Tom Hartley"},
		{"Reeves and Tom Hartley", "Mark Reeves?; Tom Hartley"},
		{"Jo Li", "Jo Li"},
		{"Joanne", "Joanne Whitcombe?"},
		{"Gracie", "Grace May"},
		{"Anna and Robert Oakhurst", "Anna Oakhurst?; Robert Oakhurst"},
		{"First I had Anna, then Mr Reeves, then I do not know who", "Anna Oakhurst?; Mark Reeves?"},
		{"Sunny", "Sunita Rao"},
		{"it was a sunny day and I forgot to ask", "Sunita Rao?"},

		{"I will not say how long it took", ""},
		{"You may ask the manager, I do not know", ""},
		{"the one in the car park opposite the market", ""},
		{"I don't know his name", ""},
		{"A tall man with white hair and a grey suit", ""},
		{"nobody", ""},
		{"", ""},
		{"!!! 🙂 ???", ""},
		{"12345", ""},
	})
}

func TestNamedFrench(t *testing.T) {
	table(t, Named, staff("Hélène Lefèvre, lnlf", "Jean-Pierre Dubois", "Pierre Dubois", "François Le Goff", "Zoé Petit", "Noël d'Artois"), []row{
		{"helene lefevre", "Hélène Lefèvre"},
		{"C'était Mme Hélène LEFÈVRE", "Hélène Lefèvre"},
		{"Mme Lefevre", "Hélène Lefèvre?"},
		{"j'ai parlé avec l'Hélène du guichet", "Hélène Lefèvre?"},
		{"Jean-Pierre Dubois", "Jean-Pierre Dubois"},
		{"Jean Pierre Dubois", "Jean-Pierre Dubois?; Pierre Dubois?"},
		{"Pierre Dubois", "Pierre Dubois"},
		{"M. Dubois", "Jean-Pierre Dubois?; Pierre Dubois?"},
		{"Francois LeGoff", "François Le Goff"},
		{"Noel d’Artois", "Noël d'Artois"},
		{"un petit homme, je ne sais pas", ""},
		{"Monsieur Petit", "Zoé Petit?"},
		{"je ne connais pas son nom", ""},
	})
}

func TestNamedPolish(t *testing.T) {
	table(t, Named, staff("Anna Kowalska, Ania", "Jan Nowak", "Łukasz Wójcik", "Ola Zięba", "Tomasz Kowalski", "Paweł Żak, pzak"), []row{
		{"Anna Kowalska", "Anna Kowalska"},
		{"na Annę Kowalską", "Anna Kowalska?"},
		{"rozmawiałem z Janem Nowakiem", "Jan Nowak?"},
		{"to był pan Nowak", "Jan Nowak?"},
		{"od pana Jana", "Jan Nowak?"},
		{"skarżę się na Annę", "Anna Kowalska?"},
		{"z panią Olą", "Ola Zięba?"},
		{"Lukasz Wojcik", "Łukasz Wójcik"},
		{"ŁUKASZ WÓJCIK", "Łukasz Wójcik"},
		{"Łukaszem Wójcikiem", "Łukasz Wójcik?"},
		{"u pani Ani", "Anna Kowalska?"},
		{"Kowalskiego", "Tomasz Kowalski?"},
		{"pzak", "Paweł Żak"},
		{"nie wiem, kto to był", ""},
		{"ta pani z okienka, nie znam nazwiska", ""},
		{"jeden z panów na dole", ""},
	})
}

func TestNamedItalian(t *testing.T) {
	table(t, Named, staff("Niccolò De Luca", "Sara Conti, Saretta", "Maria Rossi", "Mario Rossi", "Bianca D'Angelo"), []row{
		{"Niccolo De Luca", "Niccolò De Luca"},
		{"De Luca Niccolò", "Niccolò De Luca"},
		{"il signor Deluca", "Niccolò De Luca?"},
		{"Maria Rossi", "Maria Rossi"},
		{"signora Rossi", "Maria Rossi?; Mario Rossi?"},
		{"la saretta", "Sara Conti"},
		{"Sara", "Sara Conti?"},
		{"Bianca Dangelo", "Bianca D'Angelo"},
		{"con la dott.ssa D’Angelo", "Bianca D'Angelo?"},
		{"non so chi sarà stato, i conti non tornano", ""},
		{"una signora con la giacca bianca", ""},
	})
}

func TestNamedVietnamese(t *testing.T) {
	table(t, Named, staff("Nguyễn Thị Lan", "Trần Văn Minh", "Phạm Minh Anh", "Lê Thị Lan", "Đỗ Hùng, hungdo", "Nguyen Minh Tuan", "An Vo"), []row{
		{"Nguyễn Thị Lan", "Nguyễn Thị Lan"},
		{"nguyen thi lan", "Nguyễn Thị Lan"},
		{"Lan Nguyen", "Nguyễn Thị Lan"},
		{"Nguyễn Lan", "Nguyễn Thị Lan"},
		{"chị Lan", "Nguyễn Thị Lan?; Lê Thị Lan?"},
		{"anh Minh", "Trần Văn Minh?"},
		{"tôi gặp anh Minh ở quầy", "Trần Văn Minh?"},
		{"cô Anh", "Phạm Minh Anh?"},
		{"Le Thi Lan", "Lê Thị Lan"},
		{"Do Hung", "Đỗ Hùng"},
		{"anh Hùng", "Đỗ Hùng?"},
		{"Tuấn Nguyễn", "Nguyen Minh Tuan"},
		{"ông Nguyễn", "Nguyễn Thị Lan?; Nguyen Minh Tuan?"},
		{"Thi", ""},
		{"tôi không biết tên anh ấy", ""},
		{"một anh ở quầy số ba", ""},
		{"an employee, I do not know", ""},
	})
}

func TestNamedChinese(t *testing.T) {
	table(t, Named, staff("王小明, xmwang", "陈丽华", "欧阳静", "Xiaohong Zhang", "李强", "Li Na", "张伟"), []row{
		{"王小明", "王小明"},
		{"我跟王小明说过", "王小明"},
		{"Wang Xiaoming", "王小明"},
		{"xiaoming wang", "王小明"},
		{"小明", "王小明?"},
		{"王先生", "王小明?"},
		{"王晓明", "王小明?"},
		{"陳麗華", "陈丽华?"},
		{"陈丽华和王小明", "王小明; 陈丽华"},
		{"欧阳女士", "欧阳静?"},
		{"张小红", "Xiaohong Zhang"},
		{"李强", "李强"},
		{"是李强经理处理的", "李强"},
		{"小李", "李强?; Li Na?"},
		{"我不知道他的名字", ""},
		{"王国里的事情我不清楚", ""},
		{"那里拿东西的人", ""},
	})
}

func TestNamedLao(t *testing.T) {
	table(t, Named, staff("ສົມສັກ ວົງໄຊ", "Somchai Phommachanh", "ນາງ ບົວຄຳ ສີສຸກ", "Khamla Inthavong"), []row{
		{"ສົມສັກ ວົງໄຊ", "ສົມສັກ ວົງໄຊ"},
		{"ທ້າວສົມສັກ ວົງໄຊ", "ສົມສັກ ວົງໄຊ"},
		{"ທ່ານ ສົມສັກ", "ສົມສັກ ວົງໄຊ?"},
		{"ຂ້ອຍເວົ້າກັບສົມສັກຢູ່ທີ່ນັ້ນ", "ສົມສັກ ວົງໄຊ?"},
		{"ນາງບົວຄຳ", "ນາງ ບົວຄຳ ສີສຸກ?"},
		{"ຂ້ອຍບໍ່ຮູ້ຊື່ລາວ", ""},
	})
}

func TestNamedOtherScripts(t *testing.T) {
	table(t, Named, staff("Anna Kowalska", "Юрий Хрущёв", "Ольга Дьякова, olik", "Giorgos Papadopoulos", "Minsu Kim", "박지영", "田中太郎", "Sakura Yamada", "John Smith"), []row{
		{"Юрий Хрущев", "Юрий Хрущёв"},
		{"ХРУЩЁВ ЮРИЙ", "Юрий Хрущёв"},
		{"Iurii Khrushchev", "Юрий Хрущёв"},
		{"Yuri Khrushchov", "Юрий Хрущёв?"},
		{"с Ольгой Дьяковой", "Ольга Дьякова?"},
		{"Анна Ковальская", "Anna Kowalska?"},
		{"на Ковальскую", "Anna Kowalska?"},
		{"Джон Смит", "John Smith?"},
		{"Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"},
		{"박지영", "박지영"},
		{"박지영씨가 그랬어요", "박지영"},
		{"田中太郎", "田中太郎"},
		{"田中さん", "田中太郎?"},
		{"さくら やまだ", "Sakura Yamada"},
		{"я не знаю, как его зовут", ""},
		{"知りません", ""},
	})
}

// In a long account only strong names count, and never for sure.
func TestMentioned(t *testing.T) {
	table(t, Mentioned, english, []row{
		{"Last week I spoke with Anna Oakhurst, and then nothing came of it.", "Anna Oakhurst?"},
		{"last week i spoke with anna oakhurst and then nothing came of it", "Anna Oakhurst?"},
		{"Oakhurst Anna told me; Mark from Reeves Ltd did not.", "Anna Oakhurst?"},
		{"I wrote to Anna Maria Oakhurst.", "Anna Oakhurst?"},
		{"They said Bobby would call.", "Robert Oakhurst?"},
		{"They said @bobby would call.", "Robert Oakhurst?"},
		{"they said bobby would call, in the bobby sense of the Word", ""},
		{"I will not wait. May I ask how long it takes? Mark my words, by the grace of God, it may be long.", ""},
		{"Will long queues ever end? It will long be remembered.", ""},
		{"Anna said so, and Mr Oakhurst too.", ""},
		{"Anna was there. Oakhurst is where I live.", ""},
		{"Anna and the whole Oakhurst family", ""},
		{"Oli sent me an email", ""},
		{"Sunny days and rose gardens", ""},
		{"@sunny wrote that", "Sunita Rao?"},
		{"Anna met Sean O'Brien, the one with the beard.", "Seán O'Brien?"},
		{"Tom Hartlei", ""},
		{"Tom Hartley shouted at me, and Grace May laughed", "Tom Hartley?; Grace May?"},
		{"by the grace may he come", ""},
	})
	table(t, Mentioned, staff("王小明", "李强", "Li Na", "Jan Nowak", "Ola Wit", "ສົມສັກ ວົງໄຊ"), []row{
		{"昨天我给你们打电话,王小明说会处理,但是没有人联系我", "王小明?"},
		{"那里拿不到钱", ""},
		{"Jan Nowak mi to obiecał", "Jan Nowak?"},
		{"Ola i Jan byli mili", ""},
		{"ມື້ວານນີ້ສົມສັກ ວົງໄຊບອກຂ້ອຍ", "ສົມສັກ ວົງໄຊ?"},
	})
}

// Two people with one name are both found, and neither is sure.
func TestNobodyIsSureOfASharedName(t *testing.T) {
	people := staff("Anna Nowak", "Ewa Lis, Anka", "Anna Kos, Anka")
	people = append(people, bot.Staff{ID: "U2", Name: "Anna Nowak"})
	table(t, Named, people, []row{
		{"Anna Nowak", "Anna Nowak?; U2?"},
		{"Anka", "Ewa Lis?; Anna Kos?"},
		{"Anka Lis", "Ewa Lis"},
	})
	table(t, Mentioned, people, []row{{"It was Anka who wrote", ""}, {"It was Anna Nowak who wrote", "Anna Nowak?; U2?"}})
}

func TestWhoIsLookedFor(t *testing.T) {
	people := []bot.Staff{
		{ID: "B", Name: "Helper Bee", Trouble: "bot"}, {ID: "D", Name: "Anna Oakhurst", Trouble: "deactivated"},
		{ID: "G", Name: "Anna Oakhurst", Trouble: "guest"}, {ID: "N", Name: "Dr. Nora Falk (Support)", Names: []string{"Nora Falk | Leeds", "nf"}},
		{ID: "O", Name: "Oksana", Names: []string{"Oksana"}}, {ID: "", Name: "Nora Falk"}, {ID: "E"},
		{ID: "R", Names: []string{"Robert (Bertie) Quill"}},
	}
	table(t, Named, people, []row{
		{"Anna Oakhurst", "G"}, {"Helper Bee", ""}, {"nora falk", "N"}, {"Leeds support", ""}, {"Oksana", "O?"}, {"Bertie", "R"},
		{"Robert Quill", "R"},
	})
	if got := told(Named("Anna Oakhurst", append(people, people...))); got != "G" {
		t.Errorf("somebody listed twice makes %q", got)
	}
}

// crowd is a company of many people with names that are much alike.
func crowd(n int) []bot.Staff {
	given := []string{"Anna", "Maria", "Łukasz", "Nguyễn Thị", "小明", "Mark", "Ольга", "Jean-Pierre", "ສົມສັກ", "Will"}
	people := make([]bot.Staff, n)
	for i := range people {
		g, f := given[i%len(given)], fmt.Sprintf("Fam%c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
		people[i] = bot.Staff{ID: bot.StaffID(fmt.Sprint("U", i)), Name: g + " " + f, Names: []string{g, g + "." + f, fmt.Sprint("nick", i)}}
	}
	return people
}

func BenchmarkNamed(b *testing.B) {
	people := crowd(10000)
	for name, text := range map[string]string{
		"answer": "It was Anna Famaaa, I think, at the counter", "long": strings.Repeat("the quick Anna and Mariia Famabc asked ", 100),
		"alike": strings.Repeat("Famaab Famabc Famaac ", 190), "cyrillic": strings.Repeat("Ольга и Анна Фамабв ", 190), "chinese": strings.Repeat("小明和王小红", 600),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Named(text, people)
			}
		})
		b.Run(name+"/mentioned", func(b *testing.B) {
			for b.Loop() {
				Mentioned(text, people)
			}
		})
	}
}

// Whatever is written and whatever people are called, the answer keeps to the
// people's order, names nobody twice, and is the same once more.
func FuzzNamed(f *testing.F) {
	for _, s := range []string{"Anna Oakhurst", "chị Lan", "王小明", "ສົມສັກ", "A. O'Brien-", "@@..--''", "\xff\xfe", "Ş̌́", "pani Oli", "M. P."} {
		f.Add(s, s+" Smith", "x"+s)
	}
	f.Fuzz(func(t *testing.T, text, a, b string) {
		people := append([]bot.Staff{{ID: "1", Name: a, Names: []string{b, text}}, {ID: "2", Name: b}, {ID: "3", Name: text + " " + a}}, english...)
		for _, find := range []func(string, []bot.Staff) []bot.Hidden{Named, Mentioned} {
			got := find(text, people)
			at := -1
			for _, h := range got {
				i := slices.IndexFunc(people, func(s bot.Staff) bool { return s.ID == h.Staff })
				if i <= at {
					t.Fatalf("%q: out of order, or twice: %v", text, got)
				}
				at = i
			}
			if told(got) != told(find(text, people)) {
				t.Fatalf("%q: not the same once more", text)
			}
		}
		for _, h := range Mentioned(text, people) {
			if !h.Unsure {
				t.Fatalf("%q: sure of a mere mention", text)
			}
		}
	})
}
