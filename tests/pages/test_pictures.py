"""Pictures among words: a sign stays in its line; what is higher than two lines stands between sentences, or below."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image as Drawing

from converter.document.contracts import Source
from converter.parsers.markdown import markdown_parser
from tests.pages.making import page, read, shown

LONG = "She looked at the lamp for a long while and went on down the stairs to the harbour."


def picture(width: int, height: int) -> str:
    out = io.BytesIO()
    Drawing.new("RGB", (width, height), "grey").save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


@pytest.mark.parametrize("before", [LONG, f"{LONG} He drew it:", f"<b>{LONG}</b>"])
def test_a_high_picture_stands_between_two_sentences(before: str) -> None:
    body = f"<p>{before} <img src='{picture(300, 400)}' alt='the tower'> She <i>laughed</i>.</p><p>{LONG}</p>"
    said = before.replace("<b>", "**").replace("</b>", "**")
    assert shown(read(page(body))) == [f"p {said}", "figure image-1.png “the tower”", "p She _laughed_.", f"p {LONG}"]


def test_a_sentence_ends_before_a_high_picture_in_it() -> None:
    body = f"<p>{LONG} Then <img src='{picture(300, 400)}' alt='the tower'> she laughed.<br>It rained.</p><p>{LONG}</p>"
    assert shown(read(page(body))) == [
        f"p {LONG} Then she laughed.",
        "figure image-1.png “the tower”",
        "p It rained.",
        f"p {LONG}",
    ]


def test_one_in_a_line_of_its_own_parts_two_paragraphs() -> None:
    body = f"<p>{LONG}<br><img src='{picture(300, 400)}' alt='the tower'><br>{LONG}</p>"
    assert shown(read(page(body))) == [f"p {LONG}", "figure image-1.png “the tower”", f"p {LONG}"]


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ("", (20, 20)),
        ("width=20", (300, 400)),
        ("style='height: 1em'", (300, 400)),
        ("class=wp-smiley", (72, 72)),
    ],
)
@pytest.mark.parametrize("before", ["", "Then "])
@pytest.mark.parametrize("after", ["", " she laughed."])
def test_a_sign_stays_in_its_line(said: str, size: tuple[int, int], before: str, after: str) -> None:
    body = f"<p>{before or LONG + ' '}<img {said} src='{picture(*size)}' alt='a broad smile'>{after or ' ' + LONG}</p>"
    (line,) = shown(read(page(f"{body}<p>{LONG}</p>")))[:-1]
    assert line.startswith("p ")
    assert "<image-1.png “a broad smile”>" in line


@pytest.mark.parametrize("edge", ["{}{}", "{1}{0}"])
def test_a_sign_at_the_edge_of_its_paragraph_stays_there_too(edge: str) -> None:
    body = edge.format(f"{LONG} ", f"<img src='{picture(20, 20)}' alt='a broad smile'> ")
    assert len(shown(read(page(f"<p>{body}</p><p>{LONG}</p>")))) == 2


def test_a_small_one_in_a_line_of_its_own_stands_by_itself() -> None:
    body = f"<p>{LONG}<br><img src='{picture(40, 10)}' alt='a curl'></p><p>{LONG}</p>"
    assert shown(read(page(body)))[1] == "figure image-1.png “a curl”"


def test_so_it_is_in_markdown() -> None:
    tower, smile = picture(300, 400), picture(20, 20)
    words = f"{LONG} Then ![the tower]({tower}) she laughed ![a broad smile]({smile}) aloud.\n\n{LONG}\n"
    assert shown(markdown_parser()(Source("a.md", words.encode(), ".md"))) == [
        f"p {LONG} Then she laughed <image-2.png “a broad smile”> aloud.",
        "figure image-1.png “the tower”",
        f"p {LONG}",
    ]


@pytest.mark.parametrize(
    ("beside", "line"),
    [
        ("<ruby>塩<rt>しお</rt></ruby>", "p 塩(しお)"),
        ("<sup><a href='#n1' id='r1'>1</a></sup>", "p [^1 p Drawn from memory.]"),
    ],
)
def test_a_reading_or_a_note_beside_a_picture_is_no_picture(beside: str, line: str) -> None:
    note = "<ol><li id='n1'>Drawn from memory. <a href='#r1'>↩</a></li></ol>" if "sup" in beside else ""
    body = f"<p>{LONG}</p><p>{beside}<img src='{picture(300, 400)}' alt='the tower'></p><p>{LONG}</p>{note}"
    assert shown(read(page(body))) == [f"p {LONG}", line, "figure image-1.png “the tower”", f"p {LONG}"]
