"""Bylines, headings and last lines as they are written in other languages: the head says who wrote what."""

from __future__ import annotations

import pytest

from converter.document.words import plain_text
from tests.text.test_pasted_pages import known, read

BOOKS = {  # title, author, paragraphs, ways to say "by", chapters
    "de": (
        "Der stille Leuchtturm",
        "Ada Dornfeld",
        "Die Lampe brannte die ganze Nacht, und niemand auf der Insel konnte sagen, wer sie angezündet hatte.",
        ("von {}", "Novelle von {}", "Feuilleton von {}", "Text von {}", "verfasst von {}"),
        ("Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"),
    ),
    "it": (
        "Il faro muto",
        "Ada Spina",
        "La lampada bruciava tutta la notte, e nessuno sull’isola sapeva dire chi l’avesse accesa.",
        ("di {}", "Testo di {}", "scritto da {}", "racconto di {}"),
        ("Capitolo primo", "Capitolo secondo", "Capitolo terzo"),
    ),
    "ro": (
        "Farul tăcut",
        "Ana Spin",
        "Lampa ardea toată noaptea, și nimeni de pe insulă nu știa să spună cine o aprinsese.",
        ("de {}", "O povestire de {}"),
        ("Partea întâi", "Partea a doua", "Partea a treia"),
    ),
    "ru": (
        "Тихий маяк",
        "Ада Тернова",
        "Лампа горела всю ночь, и никто на острове не мог сказать, кто её зажёг.",
        ("Автор: {}", "Написала {}", "автор {}"),
        ("Глава первая", "Глава вторая", "Глава третья"),
    ),
    "el": (
        "Ο σιωπηλός φάρος",
        "Άντα Αγκαθίδη",
        "Η λάμπα έκαιγε όλη τη νύχτα, και κανείς στο νησί δεν ήξερε να πει ποιος την είχε ανάψει.",
        ("Συγγραφέας: {}", "{}"),
        ("Μέρος πρώτο", "Μέρος δεύτερο", "Μέρος τρίτο"),
    ),
    "vi": (
        "Ngọn hải đăng im lặng",
        "Nguyễn Gai",
        "Ngọn đèn cháy suốt đêm, và không ai trên đảo nói được ai đã thắp nó lên.",
        ("Tác giả: {}", "tác giả {}", "Truyện ngắn của {}"),
        ("Chương một", "Chương hai", "Chương ba"),
    ),
    "zh": (
        "沉默的灯塔",
        "林小刺",
        "灯亮了一整夜，岛上没有人说得出是谁点的。老勃兰特以为是那个寡妇；寡妇以为是潮水。",
        ("作者：{}", "文/{}", "文：{}", "{} 著"),
        ("第一章", "第二章", "第三章"),
    ),
    "ja": (
        "静かな灯台",
        "茨木あだ",
        "明かりは一晩中ついていたが、島の者は誰も、誰がつけたのか知らなかった。",
        ("作者：{}", "著・{}", "{} 著"),
        ("第一話", "第二話", "第三話"),
    ),
    "ko": (
        "조용한 등대",
        "김가시",
        "등불은 밤새 켜져 있었고, 섬에서는 아무도 누가 켰는지 말하지 못했다.",
        ("지은이: {}", "글: {}", "글 | {}"),
        ("제1장", "제2장", "제3장"),
    ),
}
CASES = [(language, by) for language, (_, _, _, ways, _) in BOOKS.items() for by in ways]


@pytest.mark.parametrize(("language", "by"), CASES)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_head_is_read_in_its_language(language: str, by: str, gap: str) -> None:
    title, name, told, _, chapters = BOOKS[language]
    prose = "\n\n".join([told] * 4)
    text = f"{title}{gap}{by.format(name)}\n\n\n" + "\n\n\n".join(f"{chapter}\n\n{prose}" for chapter in chapters)
    parsed = read(text)
    assert known(parsed) == [title, [name]]
    assert [plain_text(c.label or c.title) for c in parsed.book.chapters] == list(chapters)


@pytest.mark.parametrize("opens", ["Πρόλογος", "ΠΡΟΛΟΓΟΣ"])
def test_a_greek_words_last_letter_is_another_one_in_capitals(opens: str) -> None:
    title, name, told, _, chapters = BOOKS["el"]
    prose = "\n\n".join([told] * 4)
    text = f"{title}\n\n{name}\n\n\n" + "\n\n\n".join(f"{chapter}\n\n{prose}" for chapter in (opens, *chapters))
    assert len(read(text).book.chapters) == 4


TRANSLATORS = {
    "de": ("Deutsch von {}", "Aus dem Dänischen von {}"),
    "it": ("Tradotto da {}", "Traduzione di {}"),
    "ro": ("Traducere de {}",),
    "ru": ("Перевод {}", "С датского перевела {}"),
    "el": ("Μετάφραση {}",),
    "zh": ("{} 译",),
    "ja": ("{} 訳",),
    "ko": ("{} 옮김",),
}


@pytest.mark.parametrize(("language", "line"), [(tag, line) for tag, lines in TRANSLATORS.items() for line in lines])
@pytest.mark.parametrize("places", ["title author translator", "title translator author"])
def test_a_translators_line_moves_neither_title_nor_author(language: str, line: str, places: str) -> None:
    """In one block with title and byline, which is set as a pupil's name, teacher and class are; whatever the order."""
    title, name, told, ways, chapters = BOOKS[language]
    helper = "이나무" if language == "ko" else "佐藤花子" if language in ("ja", "zh") else "Ilse Dorn"
    rows = {"title": title, "author": ways[0].format(name), "translator": line.format(helper)}
    head = "\n".join(rows[place] for place in places.split())
    text = f"{head}\n\n\n" + "\n\n\n".join(f"{chapter}\n\n{told}\n\n{told}" for chapter in chapters)
    parsed = read(text)
    assert known(parsed) == [title, [name]]
    assert [p.name for p in parsed.book.metadata.people if p.role == "trl"] == [helper]
    assert len(parsed.book.chapters) == len(chapters)


def test_a_translators_name_may_stand_below_its_line() -> None:
    title, name, told, _, chapters = BOOKS["de"]
    text = f"{title}\n\nvon\n{name}\n\nDeutsch von\nIlse Dorn\n\n\n" + "\n\n\n".join(
        f"{chapter}\n\n{told}" for chapter in chapters
    )
    parsed = read(text)
    assert known(parsed) == [title, [name]]
    assert [p.name for p in parsed.book.metadata.people if p.role == "trl"] == ["Ilse Dorn"]
