"""Lines that may part two scenes, and what each of them is: in `breaks.tsv`, read by an editor.

"break": for every reader; "weak": where nothing else can stand alone; "text": a number, a face, a kiss, a silence.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from converter.document.contracts import Source
from converter.document.model import Paragraph, SceneBreak
from converter.parsers.html import html_parser
from converter.parsers.markdown import markdown_parser
from converter.parsers.text import text_parser
from converter.recognisers.lines.breaks import describes_drawn_break, is_break, is_weak_break, names_drawn_break

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "breaks.tsv").read_text("utf-8").split("\n") if row]
SAID = "The ferry left at six, and nobody on the quay could say who had paid for it, or why it came back empty."


def test_the_table_is_large() -> None:
    assert len(TABLE) > 300
    assert len({line for _, line in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_line(kind: str, line: str) -> None:
    assert is_break(line) == (kind == "break")
    assert is_weak_break(line) or kind != "weak"


@pytest.mark.parametrize(("kind", "line"), [(k, t) for k, t in TABLE if not set(t) & set("<>&\\*_[]|:`^=#-+~/@")])
def test_texts_and_pages_agree(kind: str, line: str) -> None:
    text = text_parser()(Source("s.txt", f"{SAID}\n\n{SAID}\n\n{line}\n\n{SAID}\n\n{SAID}\n".encode(), ".txt"))
    body = f"<p>{SAID}</p><p>{SAID}</p><p>{line}</p><p>{SAID}</p><p>{SAID}</p>"
    page = html_parser()(Source("s.html", f"<html lang=en><body>{body}</body></html>".encode(), ".html"))
    blocks = [[b for c in parsed.book.chapters for b in c.blocks] for parsed in (text, page)]
    breaks = [sum(isinstance(b, SceneBreak) for b in found) for found in blocks]
    expected = {"break": [1, 1], "weak": [0, 1], "text": [0, 0]}[kind]
    assert breaks == ([1, 1] if line in ("—", "–") else expected), line  # nobody pauses with a dash alone
    assert all(isinstance(b, SceneBreak | Paragraph) for found in blocks for b in found)


def test_drawn_breaks() -> None:
    files = ("divider", "scene_break-2", "hr", "lamp-rule.small", "ruler", "starboard", "line-3", "shred", "chair")
    assert [f for f in files if names_drawn_break(f)] == ["divider", "scene_break-2", "hr", "lamp-rule.small"]
    said = (
        "ornament",
        "Scene break",
        "a line",
        "three stars",
        "asterisks",
        "the scene at the harbour at dawn",
        "",
        "a map",
    )
    assert [s for s in said if describes_drawn_break(s)] == ["ornament", "Scene break", "asterisks"]
    alone = [s for s in said if describes_drawn_break(s, alone=True)]
    assert alone == ["ornament", "Scene break", "a line", "three stars", "asterisks"]


BOTH = [f"{SAID} Then the clock struck {n}." for n in range(1, 65)]


def drawn_and_blank(name: str, sign: str, gap: str, between: str) -> list[bool]:
    """Of each break of a story in which a sign stands after some paragraphs and a gap after others, whether it was
    left blank."""
    told = "".join(one + {7: sign, 15: gap}.get(n % 16, between) for n, one in enumerate(BOTH[:-1])) + BOTH[-1]
    parse = {"html": html_parser, "txt": text_parser, "md": markdown_parser}[name]()
    parsed = parse(Source(f"s.{name}", told.encode(), f".{name}"))
    return [b.blank for c in parsed.book.chapters for b in c.blocks if isinstance(b, SceneBreak)]


@pytest.mark.parametrize(
    ("name", "sign", "gap", "between"),
    [
        ("txt", "\n\n* * *\n\n", "\n\n", "\n"),
        ("txt", "\n--------\n", "\n\n", "\n"),
        ("txt", "\n\n***\n\n", "\n\n\n", "\n\n"),
        ("txt", "\n\n\n\n***\n\n\n\n", "\n\n\n\n", "\n\n"),
        ("html", "<p>* * *</p><p>", "<p>&nbsp;</p><p>&nbsp;</p><p>", "<p>"),
        ("html", "<hr><p>", "<p>&nbsp;</p><p>&nbsp;</p><p>", "<p>"),
        ("md", "\n\n---\n\n", "\n\n&nbsp;\n\n", "\n\n"),
    ],
)
def test_a_break_that_was_left_blank_is_told_from_one_that_was_drawn(
    name: str, sign: str, gap: str, between: str
) -> None:
    assert drawn_and_blank(name, sign, gap, between) == [False, True, False, True, False, True, False]


@pytest.mark.parametrize("told", ["<hr><p>&nbsp;</p>", "<p>&nbsp;</p><hr>", "<p>&nbsp;</p><p>***</p><p>&nbsp;</p>"])
def test_a_sign_among_empty_lines_is_drawn(told: str) -> None:
    assert drawn_and_blank("html", f"{told}<p>", "<p>", "<p>") == [False] * 4


def blank_breaks(text: str) -> list[int]:
    """The lines that blank breaks of a text stand before."""
    chapters = text_parser()(Source("s.txt", text.encode(), ".txt")).book.chapters
    return [b.origin.line for c in chapters for b in c.blocks if isinstance(b, SceneBreak) and b.blank and b.origin]


@pytest.mark.parametrize("wide", [2, 3])
@pytest.mark.parametrize("signed", ["", "***\n\n"])
def test_gaps_are_breaks_in_chapters_with_and_without_a_sign(wide: int, signed: str) -> None:
    gap = "\n" * (wide + 1)
    scene = "\n\n".join(BOTH[:2])
    first = f"Chapter One\n\n{scene}{gap}{scene}{gap}{scene}\n\n{signed}{scene}"
    second = f"Chapter Two\n\n{scene}\n\n{scene}\n\n***\n\n{scene}{gap}{scene}"
    assert len(blank_breaks(f"{first}\n\n\n\n{second}")) == 3


@pytest.mark.parametrize(("wide", "found"), [(2, 0), (3, 1)])
def test_one_gap_beside_signs_that_is_hardly_wider_is_a_slip(wide: int, found: int) -> None:
    told = "\n\n".join((*BOTH[:8], "***", *BOTH[8:16], "***", *BOTH[16:24]))
    gap = "\n" * (wide + 1)
    assert len(blank_breaks(f"{told}{gap}{BOTH[24]}")) == found


HAND_SET = [textwrap.fill(one, 48) for one in BOTH]


def hand_set(before: str = "", here: str = "") -> str:
    """A hand-set story with two signs and two gaps of three blank lines; words may stand on both sides of a gap."""
    scenes = ["\n\n".join(HAND_SET[n : n + 8]) for n in range(0, 40, 8)]
    above, below = f"\n\n{before}" if before else "", f"{here}\n\n" if here else ""
    gap = f"{above}\n\n\n\n{below}"
    return f"{scenes[0]}\n\n***\n\n{scenes[1]}{gap}{scenes[2]}\n\n***\n\n{scenes[3]}{gap}{scenes[4]}"


def test_gaps_beside_signs_are_breaks_in_a_hand_set_text() -> None:
    assert len(blank_breaks(hand_set())) == 2


@pytest.mark.parametrize(
    ("before", "here"),
    [
        ('"A. HOLLIS."', ""),
        ("    All ferries are one.\n    PENN.", ""),
        ("", "_Letter, Ann to Bea._"),
        ("He paid.[1]\n\n  [1] In silver, as was usual.", ""),
    ],
)
def test_gaps_around_letters_and_mottos_of_a_hand_set_text_are_none(before: str, here: str) -> None:
    assert blank_breaks(hand_set(before, here)) == []


def test_the_space_around_a_quotation_that_is_marked_is_none() -> None:
    quoted = "[quote]All ferries are one ferry.\nPenn, The Tides[/quote]"
    told = "\n\n".join((*BOTH[:6], "***", *BOTH[6:12], quoted, *BOTH[12:18]))
    assert blank_breaks(f"{told}\n\n{quoted}\n\n{BOTH[18]}") == []
