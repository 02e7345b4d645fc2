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
    translator,
)


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


@pytest.mark.parametrize(
    "line",
    [
        "Translated by Ilse Dorn",
        "Newly translated from the Danish by Ilse Dorn",
        "Done into English by Ilse Dorn",
        "Englished by Ilse Dorn",
        "Aus dem Dänischen übersetzt von Ilse Dorn".partition("Dänischen ")[2],
        "Traduit du danois par Ilse Dorn",
        "Traducido por Ilse Dorn",
        "Tradotto di Ilse Dorn",
    ],
)
def test_a_translator(line: str) -> None:
    assert translator(line) == "Ilse Dorn"


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
