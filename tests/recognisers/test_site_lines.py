"""Lines above and below a story on a homepage: in `site_lines.tsv`, read by an editor. "text" may be the story's.

On pages, lines of which no story can be are left out at its edges, and what is of doubt goes only beside them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.site_lines import bare, kind_of_line
from tests.pages.making import page, prose, read

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "site_lines.tsv").read_text("utf-8").split("\n") if row]


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_line(kind: str, line: str) -> None:
    assert kind_of_line(line, set()) == ("" if kind == "text" else kind)


@pytest.mark.parametrize(
    ("kind", "line"), [(k, t) for k, t in TABLE if k in ("words", "contact", "owner") and "|" not in t]
)
def test_a_line_that_is_a_link(kind: str, line: str) -> None:
    assert kind_of_line(line, {bare(line)}) == ("link" if kind == "owner" else "way")


@pytest.mark.parametrize(("kind", "line"), [(k, t) for k, t in TABLE if k in ("stock", "text")])
def test_below_a_story(kind: str, line: str) -> None:
    left_out = [o.text for o in read(page(f"<div>{prose(8)}<p>{line}</p></div>")).omissions]
    assert (line in left_out) == (kind == "stock")
