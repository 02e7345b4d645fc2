"""What a page and a Markdown file say in the same elements is the same in the book."""

from __future__ import annotations

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.html import html_parser
from converter.parsers.markdown import markdown_parser
from tests.pages.making import prose, shown

LONG = "the ferry left at six and nobody on the quay could say who had paid for it " * 12


def table(*rows: str) -> str:
    """Rows of cells; one that begins with "!" heads others."""
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def cells(*words: str) -> str:
    return "".join(f"<th>{w[1:]}</th>" if w.startswith("!") else f"<td>{w}</td>" for w in words)


ALIKE = {
    "a column with a head": table(*map(cells, ("!Crew", "Ada", "Bram", "Cy"))),
    "a column without": table(*map(cells, ("Level up", "Strength 4", "Luck 2"))),
    "long cells below heads": table(cells("!Who", "!What"), cells("Ada", LONG)),
    "long cells beside heads": table(cells("!Ada", LONG), cells("!Bram", LONG)),
    "long cells alone": table(cells("Ada", LONG), cells("Bram", LONG)),
    "a table in a headed table": table(cells("!Who", "!What"), cells("Ada", table(cells("rope", "knife")))),
    "a table in a table": table(cells("Ada", table(cells("rope", "knife")))),
    "words with their reading": "<p>He lived in <ruby> 東\n京 <rt>とう  きょう</rt> there</ruby> then.</p>",
}


def parsed(suffix: str, told: str) -> Parsed:
    text = f"{prose(1)}\n\n{told}\n\n{prose(1)}"
    if suffix == ".md":
        return markdown_parser()(Source("story.md", text.encode(), ".md"))
    return html_parser()(Source("story.html", f"<title>The Ferry</title><body>{text}</body>".encode(), ".html"))


@pytest.mark.parametrize("name", ALIKE)
def test_a_page_and_markdown_agree(name: str) -> None:
    page, markdown = (shown(parsed(suffix, ALIKE[name])) for suffix in (".html", ".md"))
    assert page == markdown
