"""Breaks between scenes on paper: a sign for each, or white for those that were left blank beside drawn ones."""

from __future__ import annotations

import pytest

from converter.document.contracts import Engine
from converter.document.model import Block, Chapter, SceneBreak
from tests.print.feature import said, small, text
from tests.print.test_fits import lines, place, printed

DRAWN, BLANK = SceneBreak("* * *"), SceneBreak(blank=True)


def told(*breaks: SceneBreak) -> Chapter:
    """One line between any two of these breaks."""
    blocks: list[Block] = [said("The first scene.")]
    for n, one in enumerate(breaks):
        blocks += [one, said(f"Scene {n} is over.")]
    return Chapter(tuple(blocks), title=text("Scenes"))


@pytest.mark.parametrize(("style", "rows"), [("classic", 4), ("modern", 4), ("manuscript", 2)])
def test_what_was_left_blank_is_a_line_of_white_beside_drawn_breaks(engine: Engine, style: str, rows: int) -> None:
    sheets = printed(small(told(DRAWN, BLANK, DRAWN, BLANK)), engine, style)
    at = [place(sheets, f"Scene {n} is over.")[2] for n in range(4)]
    line = (at[3] - at[2]) / 2
    assert at[1] - at[0] == pytest.approx(2 * line, abs=0.2)
    assert at[2] - at[1] == pytest.approx(rows * line, abs=0.2)
    signs = [words for page in sheets for _, _, words in lines(page) if words in ("❦", "#")]
    assert len(signs) == {"classic": 2, "modern": 0, "manuscript": 4}[style]  # a rule in one, each marked in the last


def test_breaks_of_one_kind_have_the_style_s_sign(engine: Engine) -> None:
    for kind in (DRAWN, BLANK):
        sheets = printed(small(told(kind, kind, kind)), engine)
        assert sum(words == "❦" for page in sheets for _, _, words in lines(page)) == 3


def test_a_white_break_at_the_head_of_a_page_is_a_sign(engine: Engine) -> None:
    sheets = printed(small(told(DRAWN, *[BLANK] * 60)), engine)
    above = []
    for page in sheets:
        at = [words for _, _, words in lines(page)]
        above += [at[n - 1] for n, words in enumerate(at) if words == "❦"]
    assert len(above) > 2
    assert all(words in ("Scenes", "Nobody") for words in above[1:])  # but for the drawn one, running heads
