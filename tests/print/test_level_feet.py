"""The feet of pages: ragged as Typst leaves them, level when a few paragraphs are set tighter or looser, the words the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from benchmarks.invented import novel
from converter.build.pipeline import understand, write
from converter.build.settings import Settings, layer
from converter.checker.pdf import inspect_pdf
from converter.document.contracts import Reading, Source
from converter.document.model import Book
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pages import page_for, page_named
from converter.writers.pdf import print_book
from converter.writers.pdf.filling import fill
from converter.writers.pdf.typst.level import plan_for, sheet_of
from converter.writers.pdf.typst.levelling import Place, measured
from converter.writers.pdf.typst.levelling.plan import LARGEST
from converter.writers.pdf.typst.press import Press
from tests.once import Once

Marks = Mapping[int, tuple[Place, Place]]


@pytest.fixture(scope="module")
def reading(once: Once) -> Reading:
    source = Source("novel.txt", novel(24_000).encode(), ".txt")
    return once("levelled novel as read", lambda: understand([source], Settings()))


@pytest.fixture(scope="module")
def story(reading: Reading) -> Book:
    return reading.book


@pytest.fixture
def press(story: Book) -> Iterator[Press]:
    with Press(story, load_theme("classic"), page_named("a5"), marked=True) as press:
        yield press


def short_feet(press: Press, marks: Marks) -> list[int]:
    """By how many rows each page is short that the story runs over the foot of."""
    sheet, last = sheet_of(press.design), {}
    for chapter in press.numbering.chapters:
        pages: dict[int, float] = {}
        for what in chapter:
            begin, end = marks[what.number]
            full = sheet.rule.rows if end.page > begin.page else 0.0
            pages[begin.page] = max(pages.get(begin.page, 0.0), full or sheet.below(end, what))
            pages[end.page] = max(pages.get(end.page, 0.0), sheet.below(end, what))
        pages.pop(max(pages))
        last |= pages
    return [round(sheet.rule.rows - rows) for rows in last.values()]


def test_feet_are_level(press: Press) -> None:
    plan = plan_for(press)
    before, after = press.marks(), press.marks(plan)
    ragged, level = short_feet(press, before), short_feet(press, after)
    assert sum(1 for rows in ragged if rows) >= len(ragged) / 8, "or there is nothing to be levelled"
    assert sum(1 for rows in level if rows) <= len(level) / 20
    assert max(level) <= 1
    assert 0 < len(plan.factors) < len(press.numbering.paragraphs) / 8
    assert all(0 < abs(factor) <= LARGEST for factor in plan.factors.values())
    assert plan_for(press) == plan


def test_pages_are_filled_as_they_were_reckoned(press: Press) -> None:
    """What a plan is chosen by is what Typst does: every paragraph ends where the simulation has it end."""
    sheet = sheet_of(press.design)
    told = {what.number: what for chapter in press.numbering.chapters for what in chapter}
    plan = plan_for(press)
    marks = press.marks(plan)
    book = measured(press.numbering.chapters, press.marks(), sheet)
    free = sorted(press.numbering.paragraphs)
    alone = press.tried([(number, plan.factors.get(number, 0.0)) for number in free])
    set_ = {n: round((end.y - begin.y) / sheet.pitch) + 1.0 for n, (begin, end) in zip(free, alone, strict=True)}
    compared = 0
    for flow in book.flows:
        first = flow.pieces[0].number
        used, page = flow.used + plan.sunk.get(first, 0), marks[first][0].page
        for piece in flow.pieces:
            end = marks[piece.number][1]
            rows = set_.get(piece.number, piece.choices[0].rows)
            filled = fill(sheet.rule, used, piece.gap, piece.lead, rows, piece.parting)
            page += len(filled.left_over)
            assert (page, filled.used) == (end.page, sheet.below(end, told[piece.number]))
            used = filled.used
            compared += 1
    assert compared > 300


def test_no_word_is_touched_and_a_draft_is_left_as_it_comes(reading: Reading) -> None:
    theme = load_theme("classic")
    levelled, again = (print_book(reading.book, theme, "a5", engine="typst").data for _ in range(2))
    asked = layer({"to": "pdf", "engine": "typst", "draft": True, "verify": True})
    draft = write(reading, "pdf", theme, Settings(**asked)).data
    assert levelled == again
    assert levelled != draft
    with Press(reading.book, theme, page_for("a5", "screen")) as press:
        assert press.printed().data == draft, "nothing is marked in a draft"
    prove_pdf(reading.book, levelled)


@pytest.mark.slow
@pytest.mark.parametrize(("style", "hyphens"), [("serial", False), ("modern", True)])
def test_no_word_is_parted_over_a_page_and_feet_stay_level(style: str, hyphens: bool) -> None:
    """Neither one that Typst would hyphenate nor one with a hyphen of its own."""
    told = novel(24_000)
    if hyphens:
        told = re.sub(r"\b([a-z]{5,9}) ([a-z]{5,9})\b", r"\1-\2", told)
    book = understand([Source("novel.txt", told.encode(), ".txt")], Settings()).book
    with Press(book, load_theme(style), page_for("a5", "screen"), marked=True) as press:
        plan = plan_for(press)
        left, held = (press.printed(one) for one in (replace(plan, ends={}), plan))
        before, after = (Counter(flaw.code for flaw in inspect_pdf(one.data).flaws) for one in (left, held))
    assert before["hyphen-page-end"] >= 1, "or there is nothing to be held together"
    assert after["hyphen-page-end"] == 0
    assert after["foot-shorter"] <= before["foot-shorter"] + 1
    assert after["foot-short"] <= before["foot-short"]
    assert held.pages == left.pages
    prove_pdf(book, held.data)


@pytest.fixture(scope="module")
def scenes(once: Once) -> Book:
    """Chapters of many short scenes."""
    pieces = novel(12_000, seed=3).split("\n\n")
    for at in range(len(pieces) - 1, 3, -4):
        if not pieces[at].startswith(("Chapter", "\nChapter", "*")):
            pieces.insert(at, "* * *")
    source = Source("scenes.txt", "\n\n".join(pieces).encode(), ".txt")
    return once("scenes as read", lambda: understand([source], Settings())).book


def bad_ends(press: Press, marks: Marks) -> tuple[int, int]:
    """Scene breaks with nothing above them on their page, and last pages of two rows or fewer."""
    sheet, heads, few = sheet_of(press.design), 0, 0
    for chapter in press.numbering.chapters:
        heads += sum(one.scene_break and sheet.above(marks[one.number][0], one) < 1 for one in chapter)
        end = marks[chapter[-1].number][1]
        few += end.page > marks[chapter[0].number][0].page and sheet.below(end, chapter[-1]) <= 2
    return heads, few


@pytest.mark.parametrize("style", ["manuscript", "large-print"])
def test_feet_are_level_where_lines_are_ragged_too(scenes: Book, style: str) -> None:
    theme = load_theme(style)
    assert not theme.design["text"]["justify"]
    with Press(scenes, theme, page_named("a5"), marked=True) as press:
        plan = plan_for(press)
        before, after = press.marks(), press.marks(plan)
        assert plan.factors
        assert bad_ends(press, before)[0] >= 3, "or there is nothing to be mended"
        heads, few = bad_ends(press, after)
        assert heads <= 1
        assert not few
        ragged, level = short_feet(press, before), short_feet(press, after)
        assert sum(map(bool, ragged)) >= len(ragged) / 8
        assert sum(map(bool, level)) <= len(level) / 20
        assert max(level) <= 1


def test_what_is_measured_by_itself_is_set_as_in_the_book(press: Press) -> None:
    marks, pitch = press.marks(), press.design["pitch"]
    whole = [n for n in sorted(press.numbering.paragraphs) if marks[n][0].page == marks[n][1].page]
    alone = press.tried([(number, 0.0) for number in whole])
    for number, (begin, end) in zip(whole, alone, strict=True):
        first, last = marks[number]
        assert round((end.y - begin.y) / pitch) == round((last.y - first.y) / pitch)


def test_what_a_drop_cap_opens_gives_way_below_its_cap(press: Press) -> None:
    caps = [n for n, block in sorted(press.numbering.paragraphs.items()) if block["k"] == "drop"]
    told = {what.number: what for chapter in press.numbering.chapters for what in chapter}
    assert caps
    assert all(told[n].free and told[n].beside == press.design["cap-lines"] for n in caps)
    pitch = press.design["pitch"]

    def rows(factor: float) -> list[int]:
        return [round((end.y - begin.y) / pitch) for begin, end in press.tried([(n, factor) for n in caps])]

    alone, apart = rows(0.0), rows(LARGEST)
    assert all(before <= after for before, after in zip(alone, apart, strict=True))
    assert sum(alone) < sum(apart)
