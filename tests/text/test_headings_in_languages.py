"""Headings as other languages have them: the last of a series, ordinals, commas before the title, numbers with signs."""

from __future__ import annotations

import pytest

from converter.checks.legible import illegible
from converter.document.contracts import Source
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import shown

TALES = {
    "pt": "A casa ficava no fim da rua, e ninguém sabia quem tinha deixado a luz acesa durante a noite toda.",
    "sv": "Snön föll hela natten, och ingen i byn visste vem som hade tänt lampan på andra sidan sjön.",
    "pl": "Pan Ignacy naprawiał lampy od sześćdziesięciu lat i jeszcze nigdy żadna mu nie zgasła bez powodu.",
    "ja": "灯台の郵便局には、毎朝一通だけ手紙が届いた。宛先はいつも同じで、差出人の名前はどこにもなかった。",
    "hu": "A villamos minden reggel ötkor indult, és senki sem tudta, ki ül az utolsó kocsiban a folyóig.",
    "ro": "Ceasul din perete bătea de trei ori în fiecare noapte, dar nimeni nu știa de ce și nimeni nu întreba.",
    "el": "Ο μύλος ήταν άδειος έναν χρόνο όταν η γάτα του μυλωνά γύρισε με ένα κλειδί στο στόμα της.",
    "he": "הטחנה עמדה ריקה שנה שלמה כשחזר החתול של הטוחן עם מפתח בפיו ולא אמר דבר לאיש.",
    "ar": "بقيت الطاحونة خالية عاما كاملا حتى عادت قطة الطحان وفي فمها مفتاح ولم تقل شيئا لأحد.",
    "hi": "चक्की साल भर खाली पड़ी रही और फिर चक्कीवाले की बिल्ली मुँह में चाबी लिए लौट आई और किसी से कुछ नहीं कहा।",
    "th": "โรงสีว่างอยู่หนึ่งปีเต็มก่อนที่แมวของคนสีข้าวจะกลับมาพร้อมกุญแจในปากและไม่ยอมบอกอะไรกับใครเลย",
    "bn": "এক বছর ধরে কলটা খালি পড়ে ছিল, তারপর কলওয়ালার বিড়াল মুখে চাবি নিয়ে ফিরে এল আর কাউকে কিছু বলল না।",
    "ka": "წისქვილი მთელი წელი ცარიელი იდგა, სანამ მეწისქვილის კატა გასაღებით პირში არ დაბრუნდა და არავის არაფერი უთხრა.",
    "ur": "چکی سال بھر خالی پڑی رہی اور پھر چکی والے کی بلی منہ میں چابی لیے لوٹ آئی اور کسی سے کچھ نہ کہا۔",
    "hy": "Ջրաղացը մի ամբողջ տարի դատարկ էր, մինչև ջրաղացպանի կատուն բանալին բերանին վերադարձավ և ոչինչ չասաց։",
    "ru": "Мельница стояла пустой целый год, пока кошка мельника не вернулась с ключом в зубах и никому ничего не сказала.",
    "tr": "Değirmen bir yıl boş kaldı, sonra değirmencinin kedisi ağzında bir anahtarla döndü ve kimseye bir şey söylemedi.",
    "vi": "Cối xay bỏ trống suốt một năm rồi con mèo của người chủ trở về, miệng ngậm chìa khóa và không nói với ai.",
    "en": "The lamp was lit at nine, and nobody on the pier could say who had carried the oil up there.",
}
SERIES = {
    "a last one with a title": ("pt", ["Capítulo Um – O Mar", "Capítulo Dois – A Luz", "Capítulo Final – O Cais"]),
    "a last one behind its number": ("sv", ["Första kapitlet", "Andra kapitlet", "Tredje och sista kapitlet"]),
    "titles behind commas": (
        "pl",
        [
            "Rozdział pierwszy,\nw którym lampa gaśnie",
            "Rozdział drugi,\nw którym nikt nie pyta",
            "Rozdział trzeci i ostatni,\nw którym świta",
        ],
    ),
    "a last one without a number": ("ja", ["第一話　宛先不明", "第二話　返事", "最終話　速達"]),
    "roman numbers before small words": ("hu", ["I. fejezet: A híd", "II. fejezet: A csengő", "III. fejezet: A kör"]),
    "ordinals with articles": ("ro", ["CAPITOLUL I", "CAPITOLUL AL II-LEA", "CAPITOLUL AL III-LEA"]),
    "ordinals in words": ("ro", ["Capitolul întâi", "Capitolul al doilea", "Capitolul al treilea"]),
    "a serial that goes on": ("en", ["#7 — Umbrella (213)", "#8 — Left Shoe, Red", "#9 — Misc."]),
    "letters that count, with their sign": ("el", ["Κεφάλαιο Α΄", "Κεφάλαιο Β΄: Το κλειδί", "Κεφάλαιο ΙΑ΄"]),
    "letters that count, alone": ("el", ["Αʹ", "Βʹ", "Γʹ"]),
    "letters of Hebrew": ("he", ["פרק א׳", "פרק ב׳: המפתח", 'פרק י"א']),
    "ordinals of Hebrew": ("he", ["הפרק הראשון", "הפרק השני", "הפרק השלישי"]),
    "ordinals above ten": ("ar", ["الفصل العاشر", "الفصل الحادي عشر", "الفصل الثاني عشر"]),
    "titles in a script without capitals": ("hi", ["अध्याय १ चाबी", "अध्याय २ बिल्ली", "अध्याय ३ चक्की"]),
    "ordinals of Hindi": ("hi", ["पहला अध्याय", "दूसरा अध्याय", "तीसरा अध्याय"]),
    "Thai": ("th", ["บทนำ", "บทที่ 1", "บทที่ ๒ กุญแจ", "บทที่สาม", "บทส่งท้าย"]),
    "Bengali": ("bn", ["অধ্যায় ১", "অধ্যায় ২: চাবি", "অধ্যায় ৩"]),
    "Georgian": ("ka", ["თავი პირველი", "თავი მეორე", "თავი მესამე"]),
    "Urdu": ("ur", ["باب اول", "باب دوم", "باب سوم"]),
    "Armenian": ("hy", ["Գլուխ առաջին", "Գլուխ երկրորդ", "Գլուխ երրորդ"]),
    "tens and ones": ("ru", ["Глава двадцать первая", "Глава двадцать вторая", "Глава двадцать третья"]),
    "tens and ones in Polish": ("pl", ["Rozdział dwudziesty pierwszy", "Rozdział dwudziesty drugi"]),
    "capitals of Turkish": ("tr", ["BİRİNCİ BÖLÜM", "ALTINCI BÖLÜM", "ON BİRİNCİ BÖLÜM"]),
    "ordinals of Vietnamese": ("vi", ["Chương thứ nhất", "Chương thứ hai", "Chương mười một"]),
    "the first of several": ("ja", ["その一", "その二", "其の三"]),
    "names over dates": ("en", ["MARIS\nFriday, 3rd May", "TEO\nSaturday, 4th May", "MARIS\nSunday, 5th May"]),
}


@pytest.mark.parametrize(("language", "headings"), SERIES.values(), ids=SERIES)
def test_each_heads_a_chapter(language: str, headings: list[str]) -> None:
    tale = "\n\n".join([TALES[language]] * 3)
    parsed = text_parser()(Source("story.txt", "\n\n".join(f"{h}\n\n{tale}" for h in headings).encode(), ".txt"))
    prove_parsed(parsed)
    letters = [
        "".join(c for c in line.partition("]")[2] if c.isalnum()) for line in shown(parsed) if line.startswith("# ")
    ]
    assert letters == ["".join(c for c in h if c.isalnum()) for h in headings]


def test_the_address_over_a_letter_heads_nothing() -> None:
    def letter(place: str, date: str, whom: str) -> str:
        return f"{place}\n{date}\n\nDear {whom},\n\n{TALES['en']}\n\nYours,\nA."

    letters = [letter("The Lamp House", "2nd May", "Tom"), letter("Pier Row", "9th May", "Ada")] * 2
    parsed = text_parser()(Source("story.txt", "\n\n".join(letters).encode(), ".txt"))
    assert [line for line in shown(parsed) if line.startswith("#")] in ([], ["# [chapter]"])


@pytest.mark.parametrize("headings", [("　　一", "　　二", "　　三"), ("　　一　石段", "　　二　貸出票", "　　三　道")])
def test_numerals_of_east_asia_alone_and_before_titles(headings: tuple[str, ...]) -> None:
    tale = "　" + TALES["ja"]
    text = "\n\n".join(f"{h}\n\n{tale}\n\n{tale}" for h in headings)
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    assert [line.partition("] ")[2].replace(" / ", "　") for line in shown(parsed) if line.startswith("#")] == [
        h.strip() for h in headings
    ]


def test_a_sentence_about_an_epilogue_heads_nothing() -> None:
    tale = "Снег шёл всю ночь, и никто в деревне не знал, кто зажёг лампу на другом берегу озера."
    text = f"Глава 1\n\n{tale}\n\nЭпилог был коротким\n\n{tale}\n\nГлава 2\n\n{tale}\n"
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    assert [line.partition("] ")[2] for line in shown(parsed) if line.startswith("#")] == ["Глава 1", "Глава 2"]


@pytest.mark.parametrize("language", ["th", "zh"])
def test_text_without_spaces_reads_like_no_wrong_encoding(language: str) -> None:
    said = {"th": TALES["th"], "zh": "磨坊空了一年，磨坊主的猫衔着钥匙回来了，对谁也没有说。"}[language]
    text = "\n\n".join(f"“{said}” (1893) — “…”" for _ in range(60))
    assert list(illegible(text, "story.txt")) == []
