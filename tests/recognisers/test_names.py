"""Lines that say "by", and what stands behind it: `names.tsv` (the name, the line) and `persons.tsv`."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.metadata.names import (
    author_in,
    bare_name,
    byline,
    clean_name,
    is_by,
    is_person,
    split_names,
    title_by,
)
from converter.recognisers.metadata.translators import announces_translator, translator


def table(name: str) -> list[list[str]]:
    rows = (Path(__file__).parent / name).read_text("utf-8").split("\n")
    return [row.split("\t", 1) for row in rows if row]


@pytest.mark.parametrize(("name", "line"), table("names.tsv"))
def test_a_byline(name: str, line: str) -> None:
    assert byline(line) == name


@pytest.mark.parametrize(("kind", "name"), table("persons.tsv"))
def test_a_person(kind: str, name: str) -> None:
    assert is_person(name) == (kind == "person")


@pytest.mark.parametrize("line", ["by", "BY", "- by -", "Written by", "a novel by", "von", "von der", "par", "di"])
def test_a_by_alone(line: str) -> None:
    assert is_by(line)


@pytest.mark.parametrize("line", ["by now", "byes", "vond", "Written", ""])
def test_no_by_alone(line: str) -> None:
    assert not is_by(line)


TRANSLATED = """
Translated by Ilse Dorn
Newly translated from the Danish by Ilse Dorn
A new translation by Ilse Dorn
Done into English by Ilse Dorn
Englished by Ilse Dorn
English by Ilse Dorn
From the Danish by Ilse Dorn
Übersetzt von Ilse Dorn
Deutsch von Ilse Dorn
Aus dem Dänischen von Ilse Dorn
Aus dem amerikanischen Englisch von Ilse Dorn
Aus dem Dänischen übersetzt von Ilse Dorn
In der Übersetzung von Ilse Dorn
Traduit par Ilse Dorn
Traduit du danois par Ilse Dorn
Traduit de l’anglais (Irlande) par Ilse Dorn
Traduction de Ilse Dorn
Traduction d’Ilse Dorn
Traducido por Ilse Dorn
Traducción de Ilse Dorn
Traducción del danés de Ilse Dorn
Tradotto da Ilse Dorn
Traduzione dal danese di Ilse Dorn
Tradução de Ilse Dorn
Traduït per Ilse Dorn
Traducere din daneză de Ilse Dorn
Uit het Deens vertaald door Ilse Dorn
Vertaling Ilse Dorn
Översatt från danskan av Ilse Dorn
Oversat af Ilse Dorn
På norsk av Ilse Dorn
Suomentanut Ilse Dorn
Przełożyła Ilse Dorn
Z duńskiego przełożyła Ilse Dorn
Z dánštiny přeložila Ilse Dorn
Перевела Ilse Dorn
Перевод с датского Ilse Dorn
З данської переклала Ilse Dorn
Μετέφρασε η Ilse Dorn
Dánból fordította Ilse Dorn
Çeviren Ilse Dorn
İngilizceden çeviren: Ilse Dorn
"""
ELSEWHERE = """
Deutsch für Anfänger von Ada Thorn
Aus dem Leben von Ada Thorn
Deutsch
From the Ocean by Ada Thorn
Translated
Translation Party
Lost in Translation
Traduction impossible
Çeviri Bürosu
Перевод времени
She translated it by Tuesday
机械翻译
"""


@pytest.mark.parametrize("line", TRANSLATED.strip().split("\n"))
def test_a_translator(line: str) -> None:
    assert translator(line) == "Ilse Dorn"
    assert announces_translator(line.removesuffix(" Ilse Dorn")) or line.endswith("d’Ilse Dorn")


@pytest.mark.parametrize(
    ("line", "name"), [("王小明 译", "王小明"), ("訳・佐藤花子", "佐藤花子"), ("이나무 옮김", "이나무")]
)
def test_a_translator_in_far_letters(line: str, name: str) -> None:
    assert translator(line) == name


@pytest.mark.parametrize("line", ELSEWHERE.strip().split("\n"))
def test_no_translator(line: str) -> None:
    assert not translator(line)
    assert not announces_translator(line)


@pytest.mark.parametrize(
    ("line", "both"),
    [
        ("The Salt Road by Ada Thorn", ("The Salt Road", "Ada Thorn")),
        ("The Salt Road, by Ada Thorn (1901)", ("The Salt Road", "Ada Thorn")),
        ("The Salt Road", ("", "")),
        ("by Ada Thorn", ("", "")),
    ],
)
def test_title_and_author_on_one_line(line: str, both: tuple[str, str]) -> None:
    assert title_by(line) == both


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Thorn, Ada", "Ada Thorn"),
        ("Thorn, Ada, Lady", "Lady Ada Thorn"),
        ("ADA THORN", "Ada Thorn"),
        ("Thorn, Ada, 1861-1932", "Ada Thorn"),
        ("Ada Thorn (1861-1932)", "Ada Thorn"),
        ("_Ada Thorn_", "Ada Thorn"),
        ("van der Thorn, Ada", "van der Thorn, Ada"),
    ],
)
def test_a_name_is_cleaned(written: str, name: str) -> None:
    assert clean_name(written) == name


def test_names_in_one_value() -> None:
    assert split_names("Ada Thorn and Ilse Dorn; Jonas Reed & Moth") == ["Ada Thorn", "Ilse Dorn", "Jonas Reed", "Moth"]
    assert split_names("Ada Thorn, Bo Wick, Jr., and Cy Young") == ["Ada Thorn", "Bo Wick, Jr.", "Cy Young"]
    assert split_names("Ada Thorn, 王小明 & Di Ray") == ["Ada Thorn", "王小明", "Di Ray"]
    assert split_names("Thorn, Ada") == ["Thorn, Ada"]


@pytest.mark.parametrize(
    "beside",
    ["Ada Thorn (ada@island.example)", "Ada Thorn <ada@island.example>", "Ada Thorn » 3 May 2008", "Ada Thorn"],
)
def test_what_stands_beside_a_name(beside: str) -> None:
    assert bare_name(beside) == "Ada Thorn"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("by Ada Thorn", "Ada Thorn"),
        ("by Ada Thorn (ada@island.example)", "Ada Thorn"),
        ("by moth", "moth"),
        ("By the Sea", ""),
        ("By Night", ""),
        ("by", ""),
        ("От дома до моря", ""),
    ],
)
def test_an_author_in_a_line(line: str, author: str) -> None:
    assert author_in(line) == author
