"""Rich Text Format: who wrote a story, which lines head chapters, and which lines of a paragraph are verse."""

from __future__ import annotations

from pathlib import Path

import pytest

import converter
from converter.document.contracts import Parsed, Source
from converter.document.model import Paragraph, Quote, Verse
from converter.document.words import chapter_name, plain_text
from converter.parsers.text import text_parser
from converter.proof import prove_parsed

TOP = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman Garamond;}}"
TITLE = r"\pard\qc{\b\fs36 The Bee Ledger\par}" + "\n"
LONG = (
    "The hives stood along the south wall, seven of them, and each had a name that nobody remembered giving it. "
    "She went from one to the next in the morning with the smoker, and told them what there was to tell."
)
TOLD = [LONG, "“Have you told them about the funeral?” asked Piers.", "“They knew before I did.”", LONG]
SONG = [
    "The queen is dead, the queen is dead,",
    "And who will tell the bees?",
    "I told them by the garden shed",
    "Upon my bended knees.",
]


def pars(*paragraphs: str) -> str:
    return "".join(rf"\pard\fi360 {p}\par" + "\n" for p in paragraphs)


def centred(line: str) -> str:
    return rf"\pard\qc {line}\par" + "\n"


def lines(*verses: str, how: str = r"\li720") -> str:
    return rf"\pard{how} " + r"\line ".join(verses) + r"\par" + "\n"


def written(body: str, author: str = "") -> bytes:
    info = rf"{{\info{{\title Untitled draft}}{{\author {author}}}}}" if author else ""
    typed = f"{TOP}{info}\\fs24\n{body}}}"
    return "".join(c if ord(c) < 128 else rf"\u{ord(c)}?" for c in typed).encode("ascii")


def read(body: str, author: str = "") -> Parsed:
    parsed = text_parser()(Source("story.rtf", written(body, author), ".rtf"))
    prove_parsed(parsed)
    return parsed


def names(parsed: Parsed) -> list[str]:
    return [chapter_name(c) for c in parsed.book.chapters if chapter_name(c)]


def verses(parsed: Parsed) -> list[list[str]]:
    blocks = [b for c in parsed.book.chapters for b in c.blocks]
    blocks = [i for b in blocks for i in (b.blocks if isinstance(b, Quote) else (b,))]
    return [[plain_text(line.content) for s in b.stanzas for line in s] for b in blocks if isinstance(b, Verse)]


BREAK = centred("* * *")
WIRE = "DO NOT SELL STOP COMING FRIDAY STOP BRING SMOKER STOP PIERS"
SHOWN = {
    "telegram": pars(*TOLD) + centred(WIRE),
    "announced": pars(*TOLD, "The card in the window of the shop said:") + centred("NO HONEY TODAY"),
    "song": pars(*TOLD) + BREAK + pars("On the back of it somebody had copied out the song:") + lines(*SONG),
    "two": pars(*TOLD) + centred(WIRE) + pars(*TOLD) + BREAK + pars("Below it was written in pencil:"),
}


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN.keys())
@pytest.mark.parametrize("author", ["", "Hester Quayle"])
def test_a_name_below_the_title_and_what_a_story_shows_head_no_chapters(shown: str, author: str) -> None:
    rest = shown + pars(*TOLD) + BREAK + pars(*TOLD)
    parsed = read(TITLE + centred(r"Hester Quayle\par") + pars(*TOLD) + shown + rest, author)
    assert (names(parsed), parsed.book.metadata.authors) == ([], ("Hester Quayle",))


def test_names_over_chapters_head_them_also_below_the_title() -> None:
    heads = ("Hester Quayle", "Piers Lowther", "Ansel Birkin")
    body = "".join(rf"\par\par{centred(h)}\par" + pars(*TOLD, *TOLD) for h in heads)
    assert names(read(TITLE + body)) == list(heads)


def test_titles_of_chapters_are_kept_where_lines_announce_something_else() -> None:
    heads = ("The South Wall", "What the Smoker Knew", "Next Stop Heaven", "LAST STOP")
    body = "".join(rf"\par\par{centred(h)}\par" + pars(*TOLD, *TOLD) for h in heads)
    assert names(read(TITLE + centred("by Hester Quayle") + body)) == list(heads)


@pytest.mark.parametrize("line", ["Hester Quayle", "HESTER QUAYLE", "- Hester Quayle -", "{\\i Hester Quayle}"])
def test_the_noted_author_settles_a_line_of_the_head(line: str) -> None:
    parsed = read(TITLE + centred(line) + pars(*TOLD), "Hester Quayle")
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Bee Ledger", ("Hester Quayle",))
    assert "Quayle" not in "".join(
        plain_text(b.content) for b in parsed.book.chapters[0].blocks if isinstance(b, Paragraph)
    )


def test_a_pen_name_that_reads_as_a_title_is_settled_by_the_document() -> None:
    parsed = read(TITLE + centred("the hive clerk") + pars(*TOLD), "the hive clerk")
    assert parsed.book.metadata.authors == ("the hive clerk",)


@pytest.mark.parametrize(
    ("noted", "author"),
    [
        ("Hester Quayle", ["Hester Quayle"]),
        ("Quayle, Hester", ["Hester Quayle"]),
        ("H. B. Quayle", ["H. B. Quayle"]),
        *((n, []) for n in ("Owner", "User", "Windows User", "Microsoft Office User", "Dell", "HP Owner", "hquayle")),
        *((n, []) for n in ("Valued Acer Customer", "Admin", "Administrator", "PC 7", "Benutzer", "Unknown")),
    ],
)
def test_whom_a_document_notes_is_its_author_unless_it_is_a_machine(
    noted: str, author: list[str], tmp_path: Path
) -> None:
    assert made_by(tmp_path, "bees.rtf", noted, TITLE) == author


def made_by(folder: Path, name: str, noted: str, head: str) -> list[str]:
    (folder / name).write_bytes(written(head + pars(*TOLD), noted))
    return list(converter.read(folder / name).metadata.authors)


def test_names_in_the_text_and_of_the_file_are_believed_before_a_program(tmp_path: Path) -> None:
    assert made_by(tmp_path, "bees.rtf", "Piers Lowther", TITLE + centred("by Hester Quayle")) == ["Hester Quayle"]
    assert made_by(tmp_path, "The Bee Ledger by Hester Quayle.rtf", "Piers Lowther", "") == ["Hester Quayle"]


@pytest.mark.parametrize(
    "song",
    [
        lines(*SONG),
        lines(*SONG, how=r"\fi360"),
        lines(*SONG, how=r"\li720\ri720\sa200"),
        lines(*SONG, how=""),
        lines(*[rf"{{\i {line}}}" for line in SONG]),
    ],
)
def test_lines_broken_within_a_paragraph_below_words_that_announce_it_are_verse(song: str) -> None:
    parsed = read(
        TITLE + pars(*TOLD, "Piers knew the rest of the old song:") + song + pars("“Cheerful,” she said.", *TOLD)
    )
    assert verses(parsed) == [SONG]


def test_stanzas_are_paragraphs_of_one_poem() -> None:
    parsed = read(TITLE + pars(*TOLD, "Piers sang it once more:") + lines(*SONG) + lines(*SONG[:2]) + pars(*TOLD))
    assert verses(parsed) == [[*SONG, *SONG[:2]]]


def test_lines_set_in_are_verse_without_being_announced() -> None:
    assert verses(read(TITLE + pars(*TOLD, "Then Piers sang.") + lines(*SONG) + pars(*TOLD))) == [SONG]


@pytest.mark.parametrize(
    "broken",
    [
        lines(LONG, LONG, how=r"\fi360"),
        lines("“No,” said Piers.", "“Yes,” said the woman at the gate.", "“Then go.”", how=r"\fi360"),
        lines("He shut the gate.", "He opened it.", "He shut it again.", how=""),
    ],
)
def test_other_lines_broken_within_a_paragraph_are_no_verse(broken: str) -> None:
    assert not verses(read(TITLE + pars(*TOLD) + broken + pars(*TOLD)))


def test_a_title_page_broken_by_lines_is_one() -> None:
    parsed = read(r"\pard\qc {\b The Bee Ledger}\line by Hester Quayle\par" + "\n" + pars(*TOLD))
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Bee Ledger", ("Hester Quayle",))


def test_words_that_the_story_writes_small_are_no_name_below_its_title() -> None:
    heads = ("South Wall", "The Ferry", "Harbour")
    assert names(read(TITLE + "".join(centred(h) + pars(*TOLD, *TOLD) for h in heads))) == list(heads)


@pytest.mark.parametrize(
    ("noted", "body", "title"),
    [
        ("The Bee Ledger", pars(*TOLD), "The Bee Ledger"),
        ("The Bee Ledger", centred("The Wax Account") + centred("by Ada Thorn") + pars(*TOLD), "The Wax Account"),
        ("Document1", pars(*TOLD), ""),
        ("Microsoft Word - bees.doc", pars(*TOLD), ""),
        ("untitled", pars(*TOLD), ""),
        ("The hives stood along the south wall", pars(*TOLD), ""),
    ],
)
def test_the_title_that_was_noted_is_the_storys_where_it_says_none(noted: str, body: str, title: str) -> None:
    data = written(body, "Ada Thorn").replace(b"Untitled draft", noted.encode())
    parsed = text_parser()(Source("story.rtf", data, ".rtf"))
    prove_parsed(parsed)
    assert parsed.book.metadata.title == title
