"""Headings that nothing marks: names, places with years, the titles of several works, "+1"."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.words import chapter_name
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import shown

PROSE = (
    "The lamp went out at nine, and nobody on the pier could say who had lit it in the first place. They waited for "
    "the boats until the tide had turned, and when it had turned they went home by the lower road and said nothing."
)
SPEECH = "\n\n".join(('"Is that you?" said Odile.', '"Who else?"', PROSE))


def read(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


def chapters(text: str) -> list[str]:
    return [name for _, c in read(text).book.walk() if (name := chapter_name(c))]


def under(*headings: str) -> str:
    return "".join(f"{heading}\n\n{SPEECH}\n\n" for heading in headings)


@pytest.mark.parametrize(
    "headings",
    [
        ("HESPER", "BRAM", "HESPER"),
        ("HESPER", "GRANDMOTHER IVY"),
        ("Ysolde", "Corin", "Ysolde"),
        ("Ysolde", "Corin", "Piet"),
        ("Ostend, 1961", "Genoa, 1988"),
        ("On the Hull ferry, 1990", "Ostend (1988)"),
    ],
)
def test_lines_alone_with_which_the_story_begins(headings: tuple[str, ...]) -> None:
    assert chapters(f"Both Ends\n\nby Nell Corrigan\n\n{under(*headings)}") == list(headings)


@pytest.mark.parametrize(
    "text",
    [
        f"The Door\n\nby Nell Corrigan\n\n{SPEECH}\n\nKEEP OUT\n\n{SPEECH}\n\nNO ENTRY\n\n{SPEECH}",
        f"The Door\n\nby Nell Corrigan\n\n{SPEECH}\n\nYsolde\n\n{SPEECH}",
        f"The Door\n\nby Nell Corrigan\n\n{under('Ysolde', 'Corin')}",
        f"The Door\n\nby Nell Corrigan\n\n{SPEECH}\n\nYsolde\n\nCorin\n\nYsolde\n\nPiet\n\n{SPEECH}",
    ],
    ids=["signs", "one", "two that differ", "a list"],
)
def test_lines_alone_that_head_nothing(text: str) -> None:
    assert chapters(text) == []


def test_one_more_after_five() -> None:
    numbers = under(*(f"{n}." for n in range(1, 6)))
    assert chapters(f"Five Lies\n\nby brassmoth\n\n{numbers}+1\n\n{SPEECH}") == ["1.", "2.", "3.", "4.", "5.", "+1"]
    assert "+1" not in chapters(f"Five Lies\n\nby brassmoth\n\n{SPEECH}\n\n+1\n\n{SPEECH}")


def test_small_letters_and_marks_around_a_number() -> None:
    names = ["one: proof", "two: crumb"]
    assert chapters(f"the lamp\n\nby ada thorn\n\n{under(*names)}") == names
    numbers = under(*(f"**{n}**" for n in ("i.", "ii.", "iii.")))
    assert chapters(f"Lies\n\nby brassmoth\n\n{numbers}**+1**\n\n{SPEECH}")[-1:] == ["+1"]


def test_the_last_of_names_that_head_others_may_have_few_words() -> None:
    headings = under("Ysolde", "Old Tom", "Ysolde")
    assert chapters(f"Both Ends\n\nby Nell Corrigan\n\n{headings}Old Tom\n\nTen past four exactly.\n") == [
        *("Ysolde", "Old Tom", "Ysolde", "Old Tom"),
    ]


def test_several_works_in_one_file() -> None:
    works = "".join(f"{t}\nby Dilys Prothero\n\n{SPEECH}\n\nThe End\n\n\n" for t in ("THE LAST BUS", "OWLS", "A COAT"))
    parsed = read(f"{works}Also by Dilys Prothero\n\nThe Ferry (2004)\n")
    assert [chapter_name(c) for _, c in parsed.book.walk()] == [
        "THE LAST BUS",
        "OWLS",
        "A COAT",
        "Also by Dilys Prothero",
    ]
    assert not parsed.book.metadata.title
    assert list(parsed.book.metadata.authors) == ["Dilys Prothero"]


def test_what_the_last_pages_are_called() -> None:
    names = ["Chapter 1", "Chapter 2", "About the Author"]
    assert chapters(f"The Door\n\nby Nell Corrigan\n\n{under(*names)}") == names
    assert chapters(f"{under(*names[:2])}Also by then it was dark, and the boat had gone") == names[:2]


def test_headings_that_run_into_their_paragraphs() -> None:
    parsed = read(f"Chapter One. {PROSE}\n\n{SPEECH}\n\nChapter Two. {PROSE}\n\n{SPEECH}\n")
    assert [chapter_name(c) for _, c in parsed.book.walk()] == ["Chapter One.", "Chapter Two."]
    assert shown(parsed)[1] == f"p {PROSE}"
    assert chapters(f"{SPEECH}\n\nChapter Two. {PROSE}\n\n{SPEECH}\n") == []


def test_small_numerals_below_chapters_are_sections() -> None:
    text = under("Chapter One", "ii", "iii", "Chapter Two", "ii")
    parsed = read(text)
    assert [chapter_name(c) for _, c in parsed.book.walk()] == ["Chapter One", "Chapter Two"]
    assert [line for line in shown(parsed) if line.startswith("h1 ")] == ["h1 ii", "h1 iii", "h1 ii"]
    assert chapters(f"{SPEECH}\n\ni\n\n{SPEECH}\n") == []


def test_an_argument_over_two_lines() -> None:
    long = "In which it rains, and several persons are\nthe better for it"
    text = f"CHAPTER I\n\nIn which a card is left\n\n{SPEECH}\n\nCHAPTER II\n\n{long}\n\n{SPEECH}\n"
    assert chapters(text) == [
        "CHAPTER I: In which a card is left",
        "CHAPTER II: In which it rains, and several persons are the better for it",
    ]


def test_titles_of_poems() -> None:
    poems = "".join(
        f"{t}\n\nOne glass of water\nwith a ring.\n\nOne ring\nwith no finger.\n\n\n\n"
        for t in ("Kettle", "3 a.m.", "Ferry")
    )
    parsed = read(f"SMALL HOURS\n\nPoems\n\nIda Marsh\n\n\n\n{poems}")
    assert [chapter_name(c) for _, c in parsed.book.walk()] == ["Kettle", "3 a.m.", "Ferry"]
    metadata = parsed.book.metadata
    assert (metadata.title, metadata.subtitle, metadata.authors) == ("Small Hours", "Poems", ("Ida Marsh",))


POEM = """\
One glass of water
with a ring that nobody will
own to, on the sill.

One ring with no finger,
and the finger gone
a long way on.
"""


@pytest.mark.parametrize("sections", [("I. INDOORS", "II. OUT OF DOORS"), ("1", "2"), ("PART ONE", "PART TWO")])
def test_titles_of_poems_in_sections(sections: tuple[str, str]) -> None:
    titles = [("Kettle", "What the Ferryman Owed", "3 a.m."), ("Ferry", "Stile, Unmended", "Gate")]
    told = "".join(
        f"{section}\n\n\n" + "".join(f"{t}\n\n{POEM}\n\n" for t in own)
        for section, own in zip(sections, titles, strict=True)
    )
    notes = "NOTES\n\n“Gate” was written for a friend who mends them,\nand who has not read it.\n"
    parsed = read(f"Small Hours\n\npoems\n\nIda Marsh\n\n\nFor the ferryman.\n\n\n{told}{notes}")
    found = [(chapter.kind, chapter_name(chapter)) for _, chapter in parsed.book.walk() if chapter_name(chapter)]
    assert [kind for kind, _ in found] == ["part", *["chapter"] * 3, "part", *["chapter"] * 3, "back"]
    assert [name for kind, name in found if kind == "chapter"] == [t for own in titles for t in own]
    assert shown(parsed).count("stanza:") == 13


def test_lines_alone_in_a_poem_of_several_parts_are_no_titles() -> None:
    lines = ("And then the tide.", "Nobody there.", "Only the lamp.")
    told = "".join(
        f"{n}\n\n{POEM}\n\n{line}\n\n{POEM}\n\n\n" for n, line in zip(("I", "II", "III"), lines, strict=True)
    )
    assert chapters(f"The Ring\n\nIda Marsh\n\n\n{told}") == ["I", "II", "III"]


def test_a_line_of_prose_that_begins_with_by_is_no_byline() -> None:
    wrapped = "Indeed, he had come to the conclusion that if he must end\nby asking for a free loan, he would ask nobody there\nbut the baker, who knew him."
    parsed = read("\n\n".join([wrapped] * 12))
    assert shown(parsed) == [f"p {' '.join(wrapped.split())}"] * 12


@pytest.mark.parametrize(
    "headings",
    [
        ("Monday", "Tuesday", "Wednesday"),
        ("Penhallow, 1921", "London, 1935", "Penhallow, 1946"),
        ("First Movement: Allegro", "Second Movement: Adagio", "Third Movement: Presto"),
    ],
)
def test_headings_of_a_file_without_a_title(headings: tuple[str, ...]) -> None:
    prose = "\n\n".join(
        ["The lamp was lit at nine, and nobody on the pier could say who had carried the oil up there."] * 3
    )
    parsed = text_parser()(Source("story.txt", "\n\n".join(f"{h}\n\n{prose}" for h in headings).encode(), ".txt"))
    shown_headings = [line.partition("] ")[2] for line in shown(parsed) if line.startswith("#")]
    assert [h.replace(" / ", ": ") for h in shown_headings] == list(headings)
