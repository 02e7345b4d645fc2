"""Breaks between scenes on paper: a sign for each, or white for those that were left blank beside drawn ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from converter.document.contracts import Engine
from converter.document.model import Block, Chapter, SceneBreak
from tests.print.feature import SENTENCES, said, small, text
from tests.print.test_fits import lines, place, printed

ROW = 15.3  # points from line to line
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


def test_a_white_break_at_the_head_or_the_foot_of_a_page_is_a_sign(engine: Engine) -> None:
    sheets = printed(small(told(DRAWN, *[BLANK] * 60)), engine)
    above, below = [], []
    for page in sheets:
        at = [words for _, _, words in lines(page)]
        signs = [n for n, words in enumerate(at) if words == "❦"]
        above += [at[n - 1] for n in signs]
        below += [at[n + 1].isdecimal() for n in signs]
    assert len(above) > 2
    edges = (head in ("Scenes", "Nobody") or foot for head, foot in zip(above[1:], below[1:], strict=True))
    assert all(edges)  # but for the drawn one, below running heads or above a page's number


def scenes(talk: int, kind: SceneBreak) -> Chapter:
    """Lines of speech that nothing makes longer or shorter, so many above a scene break, and a scene below."""
    above: list[Block] = [said(f"“{n},” said the clerk.") for n in range(talk)]
    scene = said(" ".join(SENTENCES[:5]))
    return Chapter((*above, kind, scene, scene), title=text("Chapter"))


@pytest.mark.parametrize("kinds", [(DRAWN, DRAWN), (BLANK, DRAWN)])
@pytest.mark.parametrize("language", ["en", "he"])
def test_a_sign_is_the_last_thing_on_its_page_rather_than_leave_a_hole(
    engine: Engine, language: str, kinds: tuple[SceneBreak, SceneBreak]
) -> None:
    book = small(*(scenes(talk, kinds[talk % 2]) for talk in range(13, 24)))
    sheets = printed(replace(book, metadata=replace(book.metadata, language=language)), engine)
    first = [found[:-1] for page in sheets for found in [lines(page)] if found and found[0][2] == "Chapter"]
    foot = max(found[-1][1] for found in first)
    assert len(first) == 11
    assert all(found[-1][1] > foot - 3.2 * ROW for found in first)
    assert any(found[-1][2] == "❦" for found in first) or (engine, kinds[0]) == (
        "weasyprint",
        BLANK,
    )  # whose holes are smaller
    assert all("❦" not in [words for _, _, words in lines(page)[:2]] for page in sheets)
