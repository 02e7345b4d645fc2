"""How books divide themselves: parts, books, volumes, acts, letters, numbers, titles alone, with and without a contents list."""

from __future__ import annotations

import random
import textwrap

import pytest

from converter.build.given import Given
from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Source
from converter.document.model import Metadata
from converter.document.words import chapter_name
from converter.parsers.text import text_parser
from tests.text.assembly import TITLES, paragraph

Division = tuple[str, int]
T = TITLES[:5]
R = ["I", "II", "III", "IV", "V"]
W = ["ONE", "TWO", "THREE", "FOUR", "FIVE"]

CASES: dict[str, tuple[list[Division], list[str]]] = {
    "parts, then bare numbers over their titles": (
        [("PART ONE--The Ferry", 0), *((f"{i}\n{t}", 4) for i, t in enumerate(T[:3], 1)), ("PART TWO--The Sea", 0)]
        + [(f"{i}\n{t}", 4) for i, t in enumerate(T[3:], 4)],
        ["PART ONE: The Ferry", *(f" {i}. {t}" for i, t in enumerate(T[:3], 1)), "PART TWO: The Sea"]
        + [f" {i}. {t}" for i, t in enumerate(T[3:], 4)],
    ),
    "books with titles, chapters restarting": (
        [("BOOK ONE\n\nTHE COMING OF THE WATER", 0)]
        + [(f"CHAPTER {w}\n\n{t.upper()}", 4) for w, t in zip(W[:2], T, strict=False)]
        + [("BOOK TWO\n\nTHE TOWN UNDER IT", 0)]
        + [(f"CHAPTER {w}\n\n{t.upper()}", 4) for w, t in zip(W[:2], T[2:], strict=False)],
        [
            "BOOK ONE: THE COMING OF THE WATER",
            f" CHAPTER ONE: {T[0].upper()}",
            f" CHAPTER TWO: {T[1].upper()}",
            "BOOK TWO: THE TOWN UNDER IT",
            f" CHAPTER ONE: {T[2].upper()}",
            f" CHAPTER TWO: {T[3].upper()}",
        ],
    ),
    "letters before chapters": (
        [(f"Letter {i}", 3) for i in (1, 2)] + [(f"Chapter {i}", 4) for i in (1, 2, 3)],
        ["Letter 1", "Letter 2", "Chapter 1", "Chapter 2", "Chapter 3"],
    ),
    "volumes": (
        [x for v in R[:2] for x in [(f"VOLUME {v}", 0), ("CHAPTER I", 4), ("CHAPTER II", 4)]],
        ["VOLUME I", " CHAPTER I", " CHAPTER II", "VOLUME II", " CHAPTER I", " CHAPTER II"],
    ),
    "volumes, books, chapters": (
        [
            x
            for v, n in (("I", "SALT"), ("II", "SILVER"))
            for x in [
                (f"VOLUME {v}--{n}", 0),
                (f"BOOK FIRST--{n} ROAD", 0),
                ("CHAPTER I--A GATE", 4),
                ("CHAPTER II--A KEY", 4),
            ]
        ],
        [
            "VOLUME I: SALT",
            " BOOK FIRST: SALT ROAD",
            "  CHAPTER I: A GATE",
            "  CHAPTER II: A KEY",
            "VOLUME II: SILVER",
            " BOOK FIRST: SILVER ROAD",
            "  CHAPTER I: A GATE",
            "  CHAPTER II: A KEY",
        ],
    ),
    "titles in capitals and nothing else": ([(t.upper(), 6) for t in T], [t.upper() for t in T]),
    "named parts of a story, titles alone": (
        [("FIRST PART", 0), *((t.upper(), 5) for t in T[:3]), ("SECOND PART", 0), *((t.upper(), 5) for t in T[3:])],
        ["FIRST PART", *(f" {t.upper()}" for t in T[:3]), "SECOND PART", *(f" {t.upper()}" for t in T[3:])],
    ),
    "roman number over a title": (
        [(f"{r}.\n\n{t.upper()}", 4) for r, t in zip(R, T, strict=True)],
        [f"{r}. {t.upper()}" for r, t in zip(R, T, strict=True)],
    ),
    "number and title without a sign between": (
        [("AUTHOR'S PREFACE", 3), *((f"{i} {t.upper()}", 5) for i, t in enumerate(T, 1))],
        ["AUTHOR'S PREFACE", *(f"{i} {t.upper()}" for i, t in enumerate(T, 1))],
    ),
    "phases with numbers that go on": (
        [
            ("Phase the First: Low Water", 0),
            ("I", 4),
            ("II", 4),
            ("Phase the Second: High Water", 0),
            ("III", 4),
            ("IV", 4),
        ],
        ["Phase the First: Low Water", " I", " II", "Phase the Second: High Water", " III", " IV"],
    ),
    "long titles over two lines": (
        [
            (f"Chapter {r}\n\nIN WHICH {t.upper()} IS SEEN BY THE WHOLE TOWN AND NOBODY KNOWS\nWHAT TO SAY", 4)
            for r, t in zip(R, T, strict=True)
        ],
        [
            f"Chapter {r}: IN WHICH {t.upper()} IS SEEN BY THE WHOLE TOWN AND NOBODY KNOWS WHAT TO SAY"
            for r, t in zip(R, T, strict=True)
        ],
    ),
    "numbers in brackets": ([(f"[ {i} ]", 5) for i in (1, 2, 3, 4)], ["1", "2", "3", "4"]),
    "three roman numbers": ([(r, 8) for r in R[:3]], R[:3]),
    "a preface, a note to the reader, chapters": (
        [("PREFACE", 2), ("NOTE TO THE THIRD EDITION", 2), *((f"CHAPTER {r}", 5) for r in R)],
        ["PREFACE", "NOTE TO THE THIRD EDITION", *(f"CHAPTER {r}" for r in R)],
    ),
    "acts": ([("FIRST ACT", 6), ("SECOND ACT", 6), ("THIRD ACT", 6)], ["FIRST ACT", "SECOND ACT", "THIRD ACT"]),
    "acts and scenes": (
        [x for a in R[:2] for x in [(f"ACT {a}", 0), ("SCENE I", 3), ("SCENE II", 3)]],
        ["ACT I", " SCENE I", " SCENE II", "ACT II", " SCENE I", " SCENE II"],
    ),
    "prologue, mixed ways of numbering, epilogue": (
        [
            ("Prologue", 3),
            ("Chapter One", 4),
            ("Chapter 2 - The Gate", 4),
            ("III. The Key", 4),
            ("Interlude: The Cat", 2),
            ("4", 4),
            ("Epilogue", 3),
        ],
        ["Prologue", "Chapter One", "Chapter 2: The Gate", "III. The Key", "Interlude: The Cat", "4", "Epilogue"],
    ),
}


def text_of(divisions: list[Division], *, contents: bool) -> str:
    dice = random.Random(7)
    out = ["THE SALT MARKET\n\nby Ada Fenwick\n\n\n\n\n"]
    if contents:
        entries = "\n".join("  " + h.replace("\n\n", "  ").replace("\n", "  ") for h, _ in divisions)
        out.append(f"CONTENTS\n\n{entries}\n\n\n\n\n")
    for heading, count in divisions:
        out.append(f"\n\n\n\n\n{heading}\n\n\n")
        out.extend(textwrap.fill(f"{paragraph(dice)} {paragraph(dice)}", 72) + "\n\n" for _ in range(count))
    return "".join(out)


@pytest.mark.parametrize("contents", [False, True], ids=["bare", "with contents"])
@pytest.mark.parametrize("name", CASES)
def test_divisions(name: str, contents: bool) -> None:
    divisions, wanted = CASES[name]
    parsed = text_parser()(Source("story.txt", text_of(divisions, contents=contents).encode(), ".txt"))
    found = [" " * depth + chapter_name(c) for depth, c in parsed.book.walk()]
    assert found == wanted
    assert any(o.rule == "contents list" for o in parsed.omissions) == contents


def test_the_language_that_a_person_names_says_what_a_chapter_is_called() -> None:
    text = "Title: Sal\n\nCapítulo Um\n\nThe boat was late.\n\nCapítulo Dois\n\nThe boat was late again.\n"
    above = [Metadata(language="pt")]
    reading = understand([Source("sal.txt", text.encode(), ".txt")], Settings(), Given(above=above))
    assert [(c.number, chapter_name(c)) for c in reading.book.chapters] == [(1, "Capítulo Um"), (2, "Capítulo Dois")]
