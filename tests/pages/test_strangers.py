"""Pages as a stranger wrote them: what an editor reads there is in the book."""

from __future__ import annotations

from converter.document.contracts import Source
from converter.parsers.html import html_parser
from converter.parsers.switches import PLAINLY
from tests.pages.making import page, prose, read, shown

WALKED = "The keeper walked the wall and counted the stones that had gone since morning, and wrote it down."


def test_a_marked_section_is_text() -> None:
    head = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>"
    body = "<p>on the board: <![CDATA[ NO CROSSING & NO REFUNDS <before noon> ]]> and went</p><p><![CDATA[Walk.]]></p>"
    said = ["p on the board: NO CROSSING & NO REFUNDS <before noon> and went", "p Walk."]
    assert shown(read(f"{head}{body}</body></html>")) == said
    plain = html_parser(without=frozenset([PLAINLY]))(
        Source("page.html", f"{head}{body}</body></html>".encode(), ".html")
    )
    assert shown(plain) == said


def test_a_story_over_several_rows_of_a_table_is_read_whole() -> None:
    menu = "<td><a href=a>Home</a><br><a href=b>Stories</a><br><a href=c>Links</a><br><a href=d>Guestbook</a></td>"
    rows = "".join(f"<tr><td></td><td><p>Row {n} begins.</p>{f'<p>{WALKED}</p>' * 12}</td></tr>" for n in (2, 3))
    first = f"<tr>{menu}<td><h2>The Wall</h2><h4>by Ann Bell</h4>{f'<p>{WALKED}</p>' * 9}</td></tr>"
    parsed = read(page(f"<table>{first}{rows}</table>"))
    assert parsed.book.metadata.authors == ("Ann Bell",)
    assert shown(parsed) == [
        *[f"p {WALKED}"] * 9,
        "p Row 2 begins.",
        *[f"p {WALKED}"] * 12,
        "p Row 3 begins.",
        *[f"p {WALKED}"] * 12,
    ]


def test_the_lines_of_a_preformatted_text_with_blocks_in_it_are_kept() -> None:
    parsed = read(page(f"{prose()}<pre>LOG\n06:00 all well\n<p>07:00 lamp out</p>\n08:00 dark</pre>"))
    assert shown(parsed) == ["prose(2)", "p LOG / 06:00 all well", "p 07:00 lamp out", "p 08:00 dark"]


def test_an_unclosed_comment_is_told_with_its_line() -> None:
    parsed = read(page(f"{prose()}\n\n<p>One.</p>\n<!-- never closed\n<p>Two.</p>"))
    (told,) = [d for d in parsed.findings if d.code == "html-unclosed"]
    assert told.origin is not None
    assert told.origin.line == 4
    assert shown(parsed) == ["prose(2)", "p One.", "p never closed", "p Two."]
