"""What stands around words and is none of the story: marks of notes, brackets, tags. Each is named where it stands."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed
from converter.document.verbatim import quoted_omissions
from converter.parsers.text import TextOptions, text_parser
from tests.pages.making import shown
from tests.text.fuzz import check, stands

PROSE = "\n\n".join(
    f"The ferry left at {h}, and nobody on the quay could say who had paid for it, or why." for h in ("six", "nine")
)
PARAGRAPHS = PROSE.split("\n\n")


def read(text: str, suffix: str = ".txt", notes: str = "inline") -> Parsed:
    """Read with every law of the fuzzer: nothing lost, nothing misquoted."""
    parsed = check(text.encode(), suffix, notes)
    assert parsed is not None
    return parsed


def told(parsed: Parsed) -> list[tuple[str, int]]:
    return [(o.text, o.origin.line) for o in parsed.omissions]


@pytest.mark.parametrize(
    ("cited", "note", "opening"),
    [
        ("[1]", "[Footnote 1: With a plum.]", "[Footnote 1:"),
        ("[1]", "[Note 1. With a plum.]", "[Note 1."),
        ("[1]", "[Note 1 - With a plum.]", "[Note 1 -"),
        ("[A]", "[Footnote A: With a plum.]", "[Footnote A:"),
        ("[*]", "[Footnote *: With a plum.]", "[Footnote *:"),
        ("*", "[Footnote *: With a plum.]", "[Footnote *:"),
        ("[1]", "[Footnote 1:\nWith a plum.\n]", "[Footnote 1:"),
    ],
)
def test_a_note_in_brackets_is_a_note(cited: str, note: str, opening: str) -> None:
    parsed = read(f"{PROSE}\n\nShe paid for it herself.{cited} Then she went home.\n\n{note}\n")
    mark = cited.strip("[]")
    lines = ["prose(1)", f"p She paid for it herself.[^{mark} p With a plum.] Then she went home."]
    assert shown(parsed, PARAGRAPHS) == lines
    marks = [] if mark == "*" else [(cited, 5)]  # a star is no word that would have to be told
    assert told(parsed) == [*marks, (opening, 7), ("]", 7 + note.count("\n"))]


def test_the_closing_bracket_is_named_where_it_stands() -> None:
    parsed = read(f"{PROSE}\n\nShe paid.[1] Then she went.\n\n[Footnote 1: With a plum.\n\nAnd a pear.]\n\nNone.\n")
    assert told(parsed) == [("[1]", 5), ("[Footnote 1:", 7), ("]", 9)]


def test_a_note_that_is_never_closed_holds_its_own_paragraph() -> None:
    parsed = read(f"{PROSE}\n\nShe paid.[1] Then she went.\n\n[Footnote 1: With a plum.\n\nHe slept.\n\n{PROSE}\n")
    assert shown(parsed, PARAGRAPHS) == [
        "prose(1)",
        "p She paid.[^1 p With a plum.] Then she went.",
        "p He slept.",
        "prose(1)",
    ]


def test_a_note_inside_a_note() -> None:
    parsed = read(f"{PROSE}\n\nShe paid.[1] Then.\n\n[1] With a plum.[2] Ripe.\n\n[2] Or a pear.\n")
    assert shown(parsed, PARAGRAPHS) == ["prose(1)", "p She paid.[^1 p With a plum.[^2 p Or a pear.] Ripe.] Then."]


@pytest.mark.parametrize("note", ["[Footnote 1: ]", "[1]", "[Footnote 1:]", "[1] --"])
def test_an_empty_note_is_text(note: str) -> None:
    parsed = read(f"{PROSE}\n\nShe paid.[1] Then.\n\n{note}\n")
    assert shown(parsed, PARAGRAPHS) == ["prose(1)", "p She paid.[1] Then.", f"p {note}"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Chapter 1 The Road[7]", "Chapter 1 / The Road[7]"),
        ("Chapter 1[7]", "Chapter 1[7]"),
        ("Chapter 1: The Road[7]", "Chapter 1 / The Road[7]"),
    ],
)
def test_a_mark_in_a_heading_that_no_note_explains_is_its_own(heading: str, name: str) -> None:
    other = heading.replace("1", "2").replace("7", "8")
    lines = [f"# [chapter 1] {name}", "prose(1)"]
    again = [line.replace("1", "2").replace("7", "8") for line in lines[:1]]
    assert shown(read(f"{heading}\n\n{PROSE}\n\n{other}\n\n{PROSE}\n"), PARAGRAPHS) == [*lines, *again, "prose(1)"]


def test_a_title_that_cites_a_note_is_a_title_without_it() -> None:
    parsed = read(f"The Salt Road[1]\nby Ada Thorn\n\n{PROSE}\n\nSo.[2]\n\n[1] Once “Salt”.\n\n[2] Yes.\n")
    assert parsed.book.metadata.title == "The Salt Road"
    assert shown(parsed, PARAGRAPHS) == ["note:", "  p Once “Salt”.", "prose(1)", "p So.[^2 p Yes.]"]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Chapter 1<br>The Road", "The Road"),
        ("<h2>Chapter 1: The Road</h2>", "The Road"),
        ("<b>Chapter 1</b><br />The Road", "The Road"),
        ("[b]Chapter 1: The [i]Road[/i][/b]", "The _Road_"),
    ],
)
def test_tags_of_a_heading_are_no_words_of_it(heading: str, title: str) -> None:
    parsed = read(f"{heading}\n\n{PROSE}\n\n{heading.replace('1', '2')}\n\n{PROSE}\n")
    chapters = [(f"# [chapter {n}] Chapter {n} / {title}", "prose(1)") for n in (1, 2)]
    assert shown(parsed, PARAGRAPHS) == [line for chapter in chapters for line in chapter]
    assert {o.rule for o in parsed.omissions} == {"markup"}


def test_tags_in_a_head_are_no_words_of_a_name() -> None:
    parsed = read(f"Title: <b>Salt</b>\nAuthor: Ada<br>Thorn\n\n{PROSE}\n")
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("Salt", ("Ada Thorn",))


def test_a_tag_read_as_formatting_is_named_as_it_stands() -> None:
    parsed = read(f"{PROSE}\n\nun<i>believ</i>able, he said, [b]loud[/b].\n")
    assert shown(parsed, PARAGRAPHS) == ["prose(1)", "p un_believ_able, he said, **loud**."]
    assert told(parsed) == [("<i>", 5), ("</i>", 5), ("[b]", 5), ("[/b]", 5)]


def test_a_tag_over_a_line_end_is_named_with_it() -> None:
    wrapped = (
        "The ferry left at six and nobody on the quay had any\nidea who had paid for all of it, or for whom it was\n"
    )
    parsed = read(wrapped * 3 + "waiting there, <span\nclass=x>he said</span> to them all.\n")
    whole = " ".join([wrapped.replace("\n", " ").strip()] * 3)
    assert shown(parsed) == [f"p {whole} waiting there, he said to them all."]
    assert told(parsed) == [("<span\nclass=x>", 7), ("</span>", 8)]


@pytest.mark.parametrize(
    "line", ["<System> Level up.", "\\<System> Level up.", "<s-rank> Up.", "said <Alice> or <b you>"]
)
def test_what_is_no_tag_is_text(line: str) -> None:
    parsed = read(f"{PROSE}\n\n{line}\n")
    assert shown(parsed, PARAGRAPHS) == ["prose(1)", f"p {line}"]
    assert not parsed.omissions


@pytest.mark.parametrize("break_", ["oOo", "xXx"])
def test_a_break_of_letters_that_ends_a_note_is_named(break_: str) -> None:
    parsed = read(f"{PROSE}\n\n{PROSE}\n\nA/N\n\nThanks, you all!\n\n{break_}\n")
    assert told(parsed) == [(break_, 13)]


def test_a_dropped_note_is_quoted_as_it_stands() -> None:
    note = "A/N: thanks, <i>you</i>\n\n*all* of you.[1]\n\n[1] Ada too.\n"
    parsed = read(f"{PROSE}\n\n{PROSE}\n\n{note}", notes="drop")
    assert told(parsed) == [("A/N: thanks, <i>you</i>\n*all* of you.[1]", 9), ("[1]", 13), ("Ada too.", 13)]


def test_what_is_left_out_around_a_line_that_stays_is_quoted_in_pieces() -> None:
    text = "Contents\n--------\nOne\n\n[Pg 3] Two, [Pg 4] three\n"
    from converter.document.contracts import Omission
    from converter.document.model import Origin

    found = quoted_omissions([Omission("list", "Contents\nOne\nTwo, three", Origin("s", 1))], text)
    assert [(o.text, o.origin.line) for o in found] == [("Contents\n--------\nOne", 1), ("Two", 5), ("three", 5)]
    assert all(stands(text, o) for o in found)


def test_a_frame_around_nothing_is_the_story() -> None:
    line = "*** START OF THE PROJECT GUTENBERG EBOOK ROAD ***"
    end = line.replace("START", "END")
    for text, more in (
        (f"{PROSE}\n\n{line}\n", []),
        (f"{PROSE}\n\n{line}\n\nTitle: Road\n", ["p Title: Road"]),
        (f"Title: Road\n\n{end}\n\n{PROSE}\n", []),
    ):
        parsed = text_parser(TextOptions())(_source(text))
        assert shown(parsed, PARAGRAPHS) == ["prose(1)", *more]


def _source(text: str):  # type: ignore[no-untyped-def]
    from converter.document.contracts import Source

    return Source("story.txt", text.encode(), ".txt")


CHAPTERS = f"Chapter 1\n\n{PROSE}\n\n{{}}\n\nChapter 2\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n"
SECOND = ["# [chapter 2] Chapter 2", "prose(3)"]


@pytest.mark.parametrize(
    ("heading", "gap"), [("NOTES", "\n\n"), ("Footnotes:", "\n"), ("Anmerkungen", "\n\n"), ("* Notes *", "\n")]
)
def test_numbers_below_a_heading_of_notes_are_notes(heading: str, gap: str) -> None:
    parsed = read(CHAPTERS.format(f"She paid.[1] Then she went.[2]\n\n{heading}\n\n1. Hollis, p. 12.{gap}2. Ibid."))
    cited = "p She paid.[^1 p Hollis, p. 12.] Then she went.[^2 p Ibid.]"
    assert shown(parsed, PARAGRAPHS) == ["# [chapter 1] Chapter 1", "prose(1)", cited, *SECOND]
    assert heading in [text for text, _ in told(parsed)]


@pytest.mark.parametrize(
    "notes", ["NOTES\n\n1. Hollis, p. 12.\n2. Ibid.", "[1] The bracket note.\n\n(2) The round note."]
)
def test_notes_that_nobody_cites_are_a_list_and_head_nothing(notes: str) -> None:
    parsed = read(f"Chapter 1\n\n{PROSE}\n\n{notes}\n\nChapter 2\n\n" + f"{PROSE}\n\n" * 9)
    headings = [line for line in shown(parsed, PARAGRAPHS) if line[0] in "#h"]
    assert headings == ["# [chapter 1] Chapter 1", SECOND[0]]


BRACKETED = "[1] Hollis, p. 12.\n[2] Ibid."


@pytest.mark.parametrize("heading", ["NOTES", "Footnotes:", "Anmerkungen", "* Notes *"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_over_notes_that_are_all_cited_goes(heading: str, gap: str) -> None:
    notes = f"{heading}\n\n{BRACKETED}".replace("\n[2]", f"{gap}[2]")
    chapters = CHAPTERS.format(f"She paid.[1] Then she went.[2]\n\n{notes}")
    parsed = read(f"{chapters}\nHe slept.[1]\n\n{heading}\n\n[1] In a boat.\n")
    assert shown(parsed, PARAGRAPHS) == [
        "# [chapter 1] Chapter 1",
        "prose(1)",
        "p She paid.[^1 p Hollis, p. 12.] Then she went.[^2 p Ibid.]",
        *SECOND,
        "p He slept.[^1 p In a boat.]",
    ]
    assert [o.text for o in parsed.omissions if o.rule == "heading of notes"] == [heading, heading]


@pytest.mark.parametrize("left", ["[3] The boat is nowhere else.", "He never said where the second book had gone."])
def test_a_heading_over_what_is_left_below_notes_stays(left: str) -> None:
    parsed = read(CHAPTERS.format(f"She paid.[1] Then she went.[2]\n\nNotes\n\n{BRACKETED}\n\n{left}"))
    lines = shown(parsed, PARAGRAPHS)
    assert "Notes" in lines[lines.index(next(line for line in lines if left in line)) - 1]


def test_each_list_of_notes_explains_what_stands_above_it() -> None:
    one = "She paid.[1] She did.[1]\n\nNotes\n\n1. With a plum."
    two = "He slept.[1]\n\nNotes\n\n1. In a boat."
    parsed = read(f"{CHAPTERS.format(one)}\n{two}\n")
    assert "p He slept.[^1 p In a boat.]" in shown(parsed, PARAGRAPHS)


def test_a_chapters_number_below_notes_is_a_heading() -> None:
    parsed = read(f"Notes\n\n1. The Ferry\n\n{PROSE}\n\n2. The Quay\n\n{PROSE}\n\n3. The Boat\n\n{PROSE}\n")
    headings = [line for line in shown(parsed, PARAGRAPHS) if line.startswith("#")]
    assert headings[-3:] == [
        "# [chapter 1] 1. / The Ferry",
        "# [chapter 2] 2. / The Quay",
        "# [chapter 3] 3. / The Boat",
    ]


def test_a_note_in_round_brackets_is_cited_at_a_words_end() -> None:
    parsed = read(CHAPTERS.format("She paid.[1] Then she went.(2)\n\n[1] With a plum.\n\n(2) On foot."))
    cited = "p She paid.[^1 p With a plum.] Then she went.[^2 p On foot.]"
    assert shown(parsed, PARAGRAPHS) == ["# [chapter 1] Chapter 1", "prose(1)", cited, *SECOND]
