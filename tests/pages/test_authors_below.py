"""The line right below a title names the author: the same rules for pages, Markdown and plain text."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.markdown import markdown_parser
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.making import PROSE, page, prose, read, shown

STORY = "\n\n".join(PROSE * 2)
WORD = "<meta name=Generator content='Microsoft Word 15'><title>The Salt Ledger</title>"
DOCS = "<style>.c1{color:#000}.title{font-size:20pt}</style>"


def in_markdown(text: str) -> Parsed:
    parsed = markdown_parser()(Source("story.md", text.encode(), ".md"))
    prove_parsed(parsed)
    return parsed


def in_text(text: str) -> Parsed:
    parsed = text_parser()(Source("story.txt", text.encode(), ".txt"))
    prove_parsed(parsed)
    return parsed


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Rosa Quell", "Rosa Quell"),
        ("by The Gate Keeper", "The Gate Keeper"),
        ("by someone else", "someone else"),
        ("by u/gate_keeper", "gate_keeper"),
        ("by Nobody in Particular", "Nobody in Particular"),
    ],
)
def test_who_stands_below_a_title_is_the_author_in_every_format(line: str, author: str) -> None:
    files = [
        read(page(f"<h1>The Salt Ledger</h1><p>{line}</p>{prose()}")),
        read(page(f"<h1>The Salt Ledger</h1><h4>{line}</h4>{prose()}")),
        in_markdown(f"# The Salt Ledger\n\n*{line}*\n\n{STORY}\n"),
        in_markdown(f"# The Salt Ledger\n\n{line}\n\n{STORY}\n"),
        in_text(f"The Salt Ledger\n\n{line}\n\n\n{STORY}\n"),
    ]
    assert [p.book.metadata.authors for p in files] == [(author,)] * len(files)
    assert [p.book.metadata.title for p in files] == ["The Salt Ledger"] * len(files)
    assert [shown(p) for p in files] == [["prose(2)"]] * len(files)


@pytest.mark.parametrize(
    "line", ["By the Sea", "by the sea", "By The Sea", "by night", "The Widow", "Old Brandt, again."]
)
def test_a_line_below_a_title_that_names_nobody_is_kept(line: str) -> None:
    files = [
        read(page(f"<h1>The Salt Ledger</h1><p>{line}</p>{prose()}")),
        in_markdown(f"# The Salt Ledger\n\n{line}\n\n{STORY}\n"),
    ]
    assert [p.book.metadata.authors for p in files] == [(), ()]
    assert [shown(p) for p in files] == [[f"p {line}", "prose(2)"]] * 2


def test_names_below_several_headings_tell_the_chapters() -> None:
    body = f"<h1>The Salt Ledger</h1><p>Rosa Quell</p>{prose()}<h2>Chapter 2</h2><p>Tom Reed</p>{prose()}"
    parsed = read(page(body))
    assert parsed.book.metadata.authors == ()
    assert "p Rosa Quell" in shown(parsed)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (WORD, "<p class=MsoTitle>The Salt Ledger</p><p class=MsoNormal align=center>Rosa Quell</p><h1>One</h1>"),
        (
            WORD,
            "<p class=MsoTitle>The Salt Ledger</p><p class=MsoNormal align=center>Rosa Quell</p><p>&nbsp;</p><h1>One</h1>",
        ),
        (
            DOCS,
            "<p class='c1 title' align=center>The Salt Ledger</p><p class='c1 subtitle' align=center>Rosa Quell</p><h1>One</h1>",
        ),
        (
            "<title>The Salt Ledger, de Rosa Quell</title>",
            "<h1>The Salt Ledger</h1><p class=autor>Rosa Quell</p><h2>Chapter 1</h2>",
        ),
        ("<title>The Salt Ledger, de Rosa Quell</title>", "<h1>The Salt Ledger</h1><h2>Chapter 1</h2>"),
    ],
)
def test_title_pages_of_word_processors_and_of_a_tab(head: str, body: str) -> None:
    second = "<h1>Two</h1>" if "One" in body else "<h2>Chapter 2</h2>"
    parsed = read(page(f"{body}{prose()}{second}{prose()}", head))
    assert (parsed.book.metadata.title, parsed.book.metadata.authors) == ("The Salt Ledger", ("Rosa Quell",))
    assert not any("Rosa" in line for line in shown(parsed))
    assert len(parsed.book.chapters) == 2


def test_a_title_that_goes_on_behind_a_comma_names_nobody() -> None:
    parsed = read(page(f"<h1>The Salt Ledger</h1>{prose()}", "<title>The Salt Ledger, de la mar</title>"))
    assert parsed.book.metadata.authors == ()
