"""What stands before a story in the habits of many languages: facts, a summary, a dedication, a motto."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.model import Quote
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from converter.recognisers.metadata.fields import HeadFields
from converter.recognisers.metadata.kinds import is_kind

PROSE = {
    "es": ("Capítulo 1", "La lámpara ardía todas las noches, y nadie en el muelle sabía quién subía el aceite."),
    "cs": ("1. kapitola", "Lampa svítila každý večer a nikdo na molu nevěděl, kdo tam nahoru nosí olej."),
    "sv": ("Första kapitlet", "Lampan brann varje kväll, och ingen på bryggan visste vem som bar upp oljan."),
    "ar": ("الفصل الأول", "كان المصباح يضيء كل ليلة، ولم يكن أحد على الرصيف يعرف من يحمل الزيت إلى هناك."),
    "ro": ("CAPITOLUL I", "Lampa ardea în fiecare seară și nimeni de pe chei nu știa cine ducea uleiul sus."),
    "pl": ("Rozdział 1", "Lampa paliła się każdej nocy i nikt na molo nie wiedział, kto nosi tam oliwę."),
    "ja": ("第一話　灯", "　灯は毎晩ともったが、誰が油を運び上げるのか、波止場の者は誰も知らなかった。"),
    "vi": ("Chương 1: Đèn", "Ngọn đèn cháy mỗi đêm, và không ai trên bến biết ai đã mang dầu lên đó."),
    "da": ("1. kapitel", "Lampen brændte hver aften, og ingen på molen vidste, hvem der bar olien derop."),
}


def read(language: str, head: str) -> Parsed:
    heading, prose = PROSE[language]
    text = "\n\n".join([head, heading, *[prose] * 5])
    parsed = text_parser()(Source("s.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize(
    ("language", "head", "told"),
    [
        (
            "vi",
            "Tên truyện: Đèn\nTác giả: Lan\nSố chương: 3\n\nVăn án:\nMột mùa đông bên sông.",
            "Một mùa đông bên sông.",
        ),
        ("ja", "灯\n\n作：林\n\n　あらすじ\n　川のほとりの冬。", "川のほとりの冬。"),
        (
            "es",
            "La lámpara\n\npor Ana Ríos\n\n⭐ Sinopsis ⭐\n\nUn invierno junto al río.",
            "Un invierno junto al río.",
        ),
        ("es", "La lámpara\n\npor Ana Ríos\n\n** SINOPSIS **\nUn invierno junto al río.", "Un invierno junto al río."),
    ],
)
def test_a_summary_below_its_label(language: str, head: str, told: str) -> None:
    book = read(language, head).book
    assert book.metadata.description == told
    assert [c.kind for c in book.chapters] == ["chapter"]


@pytest.mark.parametrize(
    ("language", "head", "kind"),
    [
        ("cs", "Lampa\nAutor: Jan Vrba\nŽánr: pohádka\nVěnováno mé babičce.", "dedication"),
        ("sv", "Lampan\n\nav Anna Berg\n\nTill Mor, som alltid väntade.", "dedication"),
        ("ar", "المصباح\n\nبقلم: ليلى حداد\n\nإهداء: إلى أمي.", "dedication"),
        ("ro", "Lampa\n\nAutor: Ana Pop\n\nMotto: „Cine tace, aude.”", "epigraph"),
        ("pl", "Lampa\n\nAutorka: Anna Brzoza\n\nRzeka sama się liczy.\n\n(pieśń uliczna)", "epigraph"),
    ],
)
def test_words_before_the_story(language: str, head: str, kind: str) -> None:
    front = read(language, head).book.chapters[0]
    assert [b.kind for b in front.blocks if isinstance(b, Quote)] == [kind]


def test_facts_without_a_label() -> None:
    metadata = read("da", "Lampen\nen novelle af Anna Berg\nca. 900 ord, maj 2020").book.metadata
    assert (metadata.title, metadata.words, metadata.published) == ("Lampen", "900", "maj 2020")
    assert read("pl", "Lampa\n\nAutorka: Anna Brzoza\n\nopowiadanie").book.metadata.genres == ("opowiadanie",)
    assert [is_kind(line) for line in ("Povídka", "un racconto", "A novelette", "The lamp")] == [
        True,
        True,
        True,
        False,
    ]


def test_what_is_no_word_count_and_no_genre() -> None:
    head = HeadFields()
    head.add("words", "4 страницы, 3 части", 1, "Размер")
    head.add("genres", "Drama, Freundschaft / P12 / Gen", 2, "Genre")
    metadata = head.metadata()
    assert (metadata.words, metadata.genres, metadata.rating) == ("", ("Drama", "Freundschaft"), "P12")
    assert metadata.extra == (("Размер", "4 страницы, 3 части"), ("", "Gen"))
