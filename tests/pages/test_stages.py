"""The stages of a page, as they are printed for whoever mends a site's table."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.cli.inspect import STAGES as ASKED
from converter.document.contracts import Source
from converter.document.errors import SettingError
from converter.parsers import STAGES
from converter.parsers.html.stage_lines import stage_lines_of
from converter.parsers.html.stages import Request
from tests.pages.making import page
from tests.shell.running import chapbook

MARKUP = page(
    "<nav><a href=/>Home</a></nav><main><h1>The Weir</h1><p style='text-align:center'>One lamp.</p>"
    "<p hidden>Never seen.</p><p>She went down to the water in the morning and counted the boats.</p></main>"
)


def lines(name: str, markup: bytes = MARKUP) -> list[str]:
    return list(stage_lines_of(Source("page.html", markup, ".html"), name, Request()))


def test_the_page_is_told_element_by_element() -> None:
    told = lines("page")
    assert told[0] == "address: unknown; 8 elements"
    assert [line.split()[1:] for line in told[-2:]] == [
        ["p", "Never", "seen."],
        ["p", *"She went down to the water in the morning and counted the boats.".split()],
    ]


def test_styles_are_told_where_there_are_any() -> None:
    assert lines("styled") == ["     1 p: align center"]


def test_every_exclusion_has_its_rule_and_its_owner() -> None:
    assert lines("annotated") == ["site: unknown", "     1 p excluded as hidden [hidden] Never seen."]
    told = lines("extracted")
    assert "     1 nav excluded as navigation [tag, role or name] Home" in told
    assert told[0] == "by: unknown; headings inside divide: yes"


def test_items_and_chapters_are_told_in_their_order() -> None:
    assert lines("flow")[:4] == [
        "part 1: without a heading",
        "     1   heading 1: The Weir",
        "     1   paragraph: One lamp.",
        "     1   paragraph: She went down to the water in the morning and counted the boats.",
    ]
    assert "fact title: The Weir (page, heading)" in lines("divided")


def test_the_command_knows_the_stages_there_are() -> None:
    assert ASKED == STAGES
    with pytest.raises(SettingError, match="no stage is called 'soup'; known are page, styled"):
        lines("soup")


@pytest.mark.slow
def test_a_format_that_is_read_at_once_says_so(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("She went down to the water.\n", encoding="utf-8")
    done = chapbook("inspect", "story.txt", "--stage", "page", cwd=tmp_path)
    assert done.code == 1
    assert "story.txt: .txt files are read in one stage; --stage is for web pages" in done.line
