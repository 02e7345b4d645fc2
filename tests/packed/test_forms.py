"""Forms in which an EPUB sets its text: indents of verse, emphasis of East Asia, drawings, formulas."""

from __future__ import annotations

import pytest

from tests.packed.epubs import SALT, Epub, document, prose, read
from tests.pages.making import shown


def told(body: str, css: str = "", **files: str) -> list[str]:
    """What a reader sees of a chapter, without its heading."""
    page = document(f"<h1>One</h1>{prose()}{body}", '<link rel="stylesheet" href="look.css"/>')
    return shown(read(Epub({"a.xhtml": page, "look.css": css, **files})), SALT)[2:]


POEMS = {  # the lines of a poem, set in by the class of the second and fourth
    "margins": ('<p class="line {0}">{1}</p>', ".in { margin-left: 2em }"),
    "paddings": ('<p class="line {0}">{1}</p>', ".in { padding-left: 12px }"),
    "first lines": ('<p class="line {0}">{1}</p>', "p { text-indent: 1em } .line { text-indent: 0 } .in { text-indent: 2em }"),
    "four sides": ('<p class="{0}">{1}</p>', "p { margin: 0 } .in { margin: 0 0 0 10% }"),
    "hanging": ('<p class="line {0}">{1}</p>', "p { padding-left: 4em; text-indent: -4em } .in { margin-left: 1em }"),
    "spans": ('<span class="line {0}">{1}</span><br/>', ".line { display: block } .in { margin-left: 2em }"),
    "spans in a line": ('<span class="{0}">{1}</span><br/>', ".in { margin-left: 2em }"),
}  # fmt: skip
LINES = ("The nets are wide", "the sea is wide,", "the boats are small", "and out with the tide.")


def poem(line: str, inset: str = "in", outset: str = "out") -> str:
    lines = "".join(line.format(inset if n % 2 else outset, text) for n, text in enumerate(LINES))
    return f'<div class="poem"><div class="stanza">{lines}</div></div>'


SET_IN = ["stanza:", *(f"  {'> ' * (n % 2)}{text}" for n, text in enumerate(LINES))]


@pytest.mark.parametrize("way", POEMS)
def test_lines_of_verse_keep_their_indents(way: str) -> None:
    line, css = POEMS[way]
    assert told(poem(line), css) == SET_IN


@pytest.mark.parametrize("line", ['<span class="{0}">{1}<br/></span>', '<p class="{0}">{1}</p>'])
def test_classes_say_how_far_lines_are_set_in_where_no_sheet_does(line: str) -> None:
    assert told(poem(line, "i2", "i0")) == SET_IN


def test_a_poem_that_is_set_in_as_a_whole_has_no_indents() -> None:
    flush = told(poem('<p class="line {0}">{1}</p>'), ".poem { margin: 1em 10% } .line { text-indent: 1em }")
    assert flush == ["stanza:", *(f"  {text}" for text in LINES)]


def test_indents_are_steps_of_the_least_one() -> None:
    css = "".join(f".s{n} {{ margin-left: {n * 2 + 1}em }}" for n in range(4))
    body = "".join(f'<p class="s{n}">{text}</p>' for text, n in zip(LINES, (0, 1, 3, 2), strict=True))
    marks = ("", "> ", "> > > ", "> > ")
    assert told(f'<blockquote class="verse">{body}</blockquote>', css) == [
        "stanza:", *(f"  {mark}{text}" for mark, text in zip(marks, LINES, strict=True))
    ]  # fmt: skip


def test_lines_below_the_first_of_a_block_are_set_in_with_it() -> None:
    css = ".in { margin-left: 2em }"
    body = f'<div class="poem"><p>{LINES[0]}</p><p class="in">{LINES[1]}<br/>{LINES[2]}</p><p>{LINES[3]}</p></div>'
    marks = ("", "> ", "> ", "")
    assert told(body, css) == ["stanza:", *(f"  {mark}{text}" for mark, text in zip(marks, LINES, strict=True))]
