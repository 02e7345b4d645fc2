"""An author's note before a book's first chapter, under a heading: a section of the front matter in every format."""

from __future__ import annotations

import pytest

from converter.document.model import Aside
from converter.document.words import block_text, chapter_name, plain_text
from tests.pages.making import PROSE, page, prose, read
from tests.pages.test_authors_below import in_markdown, in_text

NOTE = ("The city in this book is not the city on the map.", "The white suit was real, and I have it still.")
STORY = "\n\n".join(PROSE)
Front = list[tuple[str, str, tuple[str, ...]]]


def fronts(heading: str, note: tuple[str, ...] = NOTE, first: int = 1) -> list[Front]:
    """What stands before the first chapter, in each format: kind, name and texts of its chapters."""
    told = "\n\n".join(note)
    files = [
        in_text(
            f"THE NET\n\nby Ada Thorn\n\n\nFor S.\n\n\n{heading}\n\n{told}"
            + "".join(f"\n\n\nCHAPTER {n}\n\n{STORY}\n" for n in (first, first + 1))
        ),
        in_markdown(
            f"# The Net\n\nby Ada Thorn\n\n*For S.*\n\n**{heading}**\n\n{told}"
            + "".join(f"\n\n## Chapter {n}\n\n{STORY}\n" for n in (first, first + 1))
        ),
        read(
            page(
                f"<h1>The Net</h1><p>by Ada Thorn</p><p><i>For S.</i></p><p><b>{heading}</b></p>"
                + "".join(f"<p>{p}</p>" for p in note)
                + "".join(f"<h2>Chapter {n}</h2>{prose()}" for n in (first, first + 1))
            )
        ),
    ]
    return [
        [(c.kind, plain_text(c.title), tuple(map(block_text, c.blocks))) for c in parsed.book.chapters if not c.label]
        for parsed in files
    ]


@pytest.mark.parametrize(
    "heading",
    ["AUTHOR'S NOTE", "Author's Note", "A Note from the Author", "Translator's Note", "Anmerkung der Autorin"],
)
@pytest.mark.parametrize("note", [NOTE, NOTE[:1], NOTE * 3])
def test_an_authors_note_under_a_heading_is_a_section(heading: str, note: tuple[str, ...]) -> None:
    for front in fronts(heading, note):
        assert front == [("front", "", ("For S.",)), ("preface", heading, note)]


@pytest.mark.parametrize(
    ("heading", "note"),
    [
        ("Author's Note:", NOTE),
        ("A/N", NOTE),
        ("Author's Note", ("Thanks for reading, everyone! Please review.",)),
        ("Author's Note", ('"Who are you?" said the porter.', '"Nobody," she said.', "He let her in.")),
    ],
)
def test_what_is_said_to_the_readers_of_a_post_stays_a_note(heading: str, note: tuple[str, ...]) -> None:
    assert not [kind for front in fronts(heading, note) for kind, _, _ in front if kind == "preface"]


def test_before_a_second_chapter_a_first_one_without_a_heading_was_told() -> None:
    assert not [kind for front in fronts("Author's Note", first=2) for kind, _, _ in front if kind == "preface"]


def test_what_stands_behind_a_break_may_be_the_story() -> None:
    parsed = in_markdown(f"# The Net\n\n**Author's Note**\n\n{NOTE[0]}\n\n***\n\n{STORY}\n\n## Chapter 1\n\n{STORY}\n")
    assert isinstance(parsed.book.chapters[0].blocks[0], Aside)
    assert not chapter_name(parsed.book.chapters[0])
    assert parsed.book.metadata.authors == ()
