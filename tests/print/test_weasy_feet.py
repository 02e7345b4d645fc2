"""WeasyPrint's pages: hyphens in moderation, none at a page's end; no last page of a few lines, feet less short; the
words the same."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import replace

import pytest

from benchmarks.invented import novel
from converter.checker.pdf import inspect_pdf
from converter.document.model import Book, Chapter
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pdf import print_book
from converter.writers.pdf.weasy import engine, paragraphs
from tests.once import Once
from tests.print.feature import said, small, text

pytestmark = pytest.mark.slow

FEET = ("page-near-empty", "foot-shorter", "foot-short")
HYPHENS = ("hyphen-page-end", "hyphen-ladder", "line-half-word")


@pytest.fixture(scope="module")
def story() -> Book:
    """Short chapters: every other one is a paragraph longer."""
    told = [p for p in novel(18_000, 5).split("\n\n") if p and not p.startswith(("Title", "Chapter", "*"))]
    prose = [said(" ".join(p.replace("_", "").split())) for p in told]
    lengths = [9 + n % 7 for n in range(len(prose) // 12)]
    begins = [sum(lengths[:n]) for n in range(len(lengths))]
    chapters = (prose[begin : begin + length] for begin, length in zip(begins, lengths, strict=True))
    return small(*(Chapter(tuple(blocks), (), text(f"{n}")) for n, blocks in enumerate(chapters, 1) if blocks))


@pytest.fixture(scope="module")
def mended(once: Once, story: Book) -> bytes:
    return once("mended novel", lambda: print_book(story, load_theme("classic"), engine="weasyprint").data)


@pytest.fixture(scope="module")
def after(once: Once, mended: bytes) -> Counter[str]:
    return once("faults of the mended novel", lambda: faults(mended))


def faults(data: bytes) -> Counter[str]:
    return Counter(flaw.code for flaw in inspect_pdf(data).flaws)


def test_no_word_is_parted_over_a_page_and_hyphens_are_moderate(
    story: Book, after: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [after[code] for code in HYPHENS] == [0, 0, 0]
    monkeypatch.setattr(engine, "moderate_hyphens", nullcontext)
    left = faults(print_book(story, load_theme("classic"), engine="weasyprint").data)
    assert all(left[code] for code in HYPHENS), "or there is nothing to be moderate about"


def test_feet_are_mended(story: Book, after: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "level_feet", nullcontext)
    left = faults(print_book(story, load_theme("classic"), engine="weasyprint").data)
    assert all(left[code] for code in FEET), "or there is nothing to be mended"
    assert after["page-near-empty"] == 0
    assert after["foot-shorter"] < left["foot-shorter"]
    assert after["foot-short"] < left["foot-short"]
    assert after["line-widow"] == after["line-orphan"] == after["heading-stranded"] == 0


def test_no_word_is_touched(story: Book, mended: bytes) -> None:
    prove_pdf(story, mended)


def test_where_lines_are_ragged_no_space_is_changed(story: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages may end earlier there, for the sake of a chapter's last one."""

    def spaced(*_: object) -> None:
        raise AssertionError("a paragraph was set anew")

    monkeypatch.setattr(paragraphs, "_spaced", spaced)
    story = replace(story, chapters=story.chapters[: len(story.chapters) * 3 // 5])
    after = faults(print_book(story, load_theme("large-print"), engine="weasyprint").data)
    monkeypatch.setattr(engine, "level_feet", nullcontext)
    left = faults(print_book(story, load_theme("large-print"), engine="weasyprint").data)
    assert left["page-near-empty"] > 1, "or there is nothing to be mended"
    assert after["page-near-empty"] < left["page-near-empty"] / 4
