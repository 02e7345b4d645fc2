"""Bytes to text: every encoding restored exactly, damage undone; where there is no story, one clear line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.checks import legible
from converter.document.errors import ConverterError, NotAStory, TooLarge
from converter.document.findings.encoding import EncodingRepaired
from converter.parsers.decoding import MOST_BYTES, decode

STORIES = {
    "English": "“I don’t know,” she said — “not yet.” The café was closed; the old man’s naïve smile had gone… "
    "and that was all.",
    "French": "« Où étiez-vous hier ? » demanda-t-elle. La fenêtre était restée "
    "ouverte, et l’été finissait déjà. Ça n’avait plus "
    "d’importance. Le garçon reçut la lettre à l’aube.",
    "German": "„Wir müssen über die Brücke“, sagte der Müller. Die Straße war naß, und später fürchtete er "
    "sich. Grüße von Käthe.",
    "Spanish": "—¿Cuándo volverás? —preguntó la niña. El capitán miró al mar. Mañana, quizás; después, ¡quién sabe!",
    "Portuguese": "— Não sei se voltarei amanhã — disse o capitão. O coração da avó batia devagar. Três irmãos "
    "esperavam à porta.",
    "Danish": "»Hvorfor går du ikke hjem?« spurgte han. Pigen rystede på hovedet; hun så ud over søen. Først "
    "da forstod han det.",
    "Polish": "– Dlaczego nie przyszedłeś wcześniej? – zapytała. Zamknął drzwi i usiadł. Było już późno, "
    "śnieg padał gęsto.",
    "Czech": "„Proč jsi nepřišel dřív?“ zeptala se. Zavřel dveře. Žádný z nich nechtěl mluvit o tom, co se "
    "přihodilo. Kůň řičel.",
    "Hungarian": "– Miért nem jöttél előbb? – kérdezte. Becsukta az ajtót, és leült. Későre járt, sűrű hó esett. "
    "Őszintén félt tőle.",
    "Russian": "— Почему ты не пришёл раньше? — спросила она. Он закрыл дверь и сел у окна. Падал густой снег. "
    "Никто не говорил.",
    "Ukrainian": "— Чому ти не прийшов раніше? — запитала вона. Він зачинив двері й сів біля вікна. Її брат іще "
    "не повернувся.",
    "Greek": "«Γιατί δεν ήρθες νωρίτερα;» ρώτησε εκείνη. Έκλεισε την πόρτα και κάθισε στο παράθυρο. Ήταν πια αργά.",
    "Turkish": "“Neden daha önce gelmedin?” diye sordu. Kapıyı kapattı ve oturdu. Artık geç olmuştu, yoğun bir "
    "kar yağıyordu.",
    "Hebrew": "למה לא באת קודם? שאלה האישה. הוא סגר את הדלת וישב ליד החלון. כבר היה מאוחר, שלג כבד ירד.",
    "Arabic": "لماذا لم تأت من قبل؟ سألت المرأة. أغلق الباب وجلس قرب النافذة. كان الوقت متأخرا، وكان الثلج يتساقط.",
    "Thai": "ทำไมคุณไม่มาให้เร็วกว่านี้ หญิงสาวถาม เขาปิดประตูแล้วนั่งลงข้างหน้าต่าง ตอนนั้นดึกแล้ว",
    "Lithuanian": "„Kodėl neatėjai anksčiau?“ – paklausė ji. Jis uždarė duris. Buvo "
    "jau vėlu, tirštai snigo, gatvėje nieko nebuvo. "
    "Nė vienas iš jų nenorėjo kalbėti apie tai, kas įvyko.",
    "simplified Chinese": "“你为什么不早点来？”她问。他关上门，在窗边坐下。"
    "天已经很晚了，雪下得很大，街上一个人也没有。",
    "traditional Chinese": "「你為什麼不早點來？」她問。他關上門，在窗邊坐下。"
    "天已經很晚了，雪下得很大，街上一個人也沒有。",
    "Japanese": "「どうしてもっと早く来なかったの」と彼女は尋ねた。"
    "彼は戸を閉めて、窓のそばに座った。もう遅い時間だった。",
    "Korean": "“왜 더 일찍 오지 않았어?” 그녀가 물었다. 그는 문을 닫고 창가에 앉았다. "
    "이미 늦은 시간이었고 거리에는 아무도 없었다.",
}
OLD = {
    "English": ["cp1252", "mac_roman"],
    "French": ["cp1252", "mac_roman"],
    "German": ["cp1252", "mac_roman"],
    "Spanish": ["cp1252"],
    "Portuguese": ["cp1252"],
    "Danish": ["cp1252"],
    "Polish": ["cp1250"],
    "Czech": ["cp1250"],
    "Hungarian": ["cp1250"],
    "Russian": ["cp1251", "koi8_r"],
    "Ukrainian": ["cp1251"],
    "Greek": ["cp1253"],
    "Turkish": ["cp1254"],
    "Hebrew": ["cp1255"],
    "Arabic": ["cp1256"],
    "Thai": ["cp874"],
    "Lithuanian": ["cp1257"],
    "simplified Chinese": ["gb18030"],
    "traditional Chinese": ["big5", "gb18030"],
    "Japanese": ["cp932", "euc_jp"],
    "Korean": ["cp949"],
}
OPENING = "It was late in the year, and the road was empty.\n\n" * 1600  # 80 KB of ASCII


@pytest.mark.parametrize(("language", "encoding"), [(lang, enc) for lang, encs in OLD.items() for enc in encs])
@pytest.mark.parametrize("opening", ["", OPENING[:500], OPENING], ids=["at once", "after 500 bytes", "after 80 KB"])
def test_old_encodings_are_restored_exactly(language: str, encoding: str, opening: str) -> None:
    story = STORIES[language].replace("—", "-") if encoding == "koi8_r" else STORIES[language]
    text = f"{opening}{story}\n"
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("language", STORIES)
def test_unicode_with_and_without_a_mark(language: str, encoding: str) -> None:
    text = STORIES[language] + "\n\nEnd.\n"
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1250", "cp1251", "mac_roman", "cp437"])
@pytest.mark.parametrize("language", ["English", "German", "Spanish", "Polish", "Russian", "Japanese", "Korean"])
def test_double_encoding_is_undone(language: str, encoding: str) -> None:
    text = STORIES[language]
    broken = text.encode().decode(encoding, "ignore")
    if broken.encode(encoding) != text.encode():
        broken = "".join(bytes([b]).decode(encoding, "replace").replace("\ufffd", chr(b)) for b in text.encode())
    decoded = decode(f"{text}\n{broken}\n".encode())
    assert decoded.text == f"{text}\n{text}\n"
    assert any(r.repair == "double" for r in decoded.repairs)
    assert any(d.code == "encoding-repaired" for d in decoded.findings)


def test_double_encoding_twice_over() -> None:
    text = STORIES["English"]
    assert decode(text.encode().decode("latin-1").encode().decode("latin-1").encode()).text == text


@pytest.mark.parametrize("text", ["IRMÃ”", "DIE TÜR: „HÜ“", "Ã la carte", "5 Â° is odd", "«СССР»", "“…” — ‘’"])
def test_sound_text_is_not_repaired(text: str) -> None:
    assert decode(f"{text} and on\n".encode()).text == f"{text} and on\n"


def test_stray_bytes_in_utf8_are_read_one_by_one() -> None:
    decoded = decode("“Never,” she said; the café…\n".encode() * 5 + b"He said \x93no\x94 \x96 caf\xe9.\n")
    assert decoded.text.endswith("He said “no” – café.\n")
    assert decoded.encoding == "utf-8"
    assert EncodingRepaired("strays", 4, "cp1252") in decoded.repairs


def test_a_declaration_helps_but_does_not_rule() -> None:
    russian = STORIES["Russian"].replace("—", "-")
    assert decode(russian.encode("koi8_r"), "iso-8859-1").text == russian
    assert decode("kız şu ağaç".encode("cp1254"), "iso-8859-9").encoding == "cp1254"
    assert decode("déjà vu".encode(), "iso-8859-1").text == "déjà vu"
    assert decode(b"plain", "no such encoding").text == "plain"


def test_line_ends_and_pages() -> None:
    decoded = decode("a\r\nb\rc\u2028d\x0be\n\fChapter\n".encode())
    assert decoded.text == "a\nb\nc\nd\ne\n\nChapter\n"
    assert decoded.page_starts == (7,)
    assert decode("one\x85two\x85three".encode("latin-1").decode("latin-1").encode()).text == "one\ntwo\nthree"


def test_what_nobody_sees_is_removed_and_counted() -> None:
    decoded = decode("\ufeffze\u200bro, soft\u00ad ly, be\u00ad\ngin, a\x07larm, x\ufffcy, cafe\u0301\n".encode())
    assert decoded.text == "zero, soft ly, be-\ngin, alarm, xy, café\n"
    assert len(decoded.repairs) == 5


def test_lone_surrogates_and_c1_marks() -> None:
    assert decode("a\ud800b".encode("utf-8", "surrogatepass") + "é”".encode()).text == "a\ufffdbé”"
    assert decode("\ud83d\ude00 ok".encode("utf-8", "surrogatepass") + "é”".encode()).text == "😀 oké”"
    assert decode("don\x92t wait\x85 no\n\n".encode()).text == "don’t wait… no\n\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t \n", "blank"),
        (b"\xef\xbb\xbf \n", "white space"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"PK\x03\x04\x14\0\0\0", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (bytes(range(256)) * 40, "binary"),
    ],
)
def test_no_story_is_one_clear_line(data: bytes, said: str) -> None:
    with pytest.raises(NotAStory) as raised:
        decode(data, name="tale.txt")
    line = str(raised.value)
    assert said in line
    assert line.startswith("tale.txt: ")
    assert "\n" not in line


def test_too_large() -> None:
    with pytest.raises(TooLarge):
        decode(b"x" * (MOST_BYTES + 1))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_become_clean_text_or_a_clear_error(data: bytes) -> None:
    try:
        text = decode(data).text
    except ConverterError:
        return
    assert not any(c in text for c in "\r\x00\ufeff\ufffe\uffff\x0c\x0b\u2028")
    assert all(c in "\t\n" or c >= " " for c in text)
    text.encode("utf-8")


WORDS = sorted({word for story in STORIES.values() for word in story.split()})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_words_of_all_languages_come_back_as_they_were(words: list[str]) -> None:
    story = " ".join(words) + "\n"
    assert decode(story.encode()).text == story


@pytest.mark.parametrize("language", ["English", "German", "French", "Russian"])
def test_frames_as_dos_drew_them_tell_its_code_pages(language: str) -> None:
    """Russian letters and such frames share their bytes: a letter does not stand twenty times in a row."""
    story = STORIES[language].translate(str.maketrans("“”‘’„—–…«»œ", '""\'\'"--.""o'))
    encoding = "cp866" if language == "Russian" else "cp850"
    frame = "╔" + "═" * 30 + "╗\n║" + "THE LAMP".center(30) + "║\n╚" + "═" * 30 + "╝\n\n" + "─" * 20 + "\n"
    assert decode(f"{frame}{story}\n{frame}".encode(encoding)).text == f"{frame}{story}\n{frame}"


def test_a_page_of_frames_around_plain_letters_is_of_dos() -> None:
    page = (
        "╔"
        + "═" * 20
        + "╗\n║"
        + "THE LAMP".center(20)
        + "║\n╚"
        + "═" * 20
        + "╝\nThe lamp was out.\n          ─────■─────\n"
    )
    assert decode(page.encode("cp437")).text == page


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("aZ0_ éßЖ中’²\u0301"))))
def test_letters_are_counted_one_by_one(text: str) -> None:
    """The quick count of a kind of character is the slow one."""
    for kind in (legible.LETTERS, legible.LATIN, legible.ACCENTS):
        assert legible._count(kind, text) == sum(bool(kind.match(c)) for c in text)
