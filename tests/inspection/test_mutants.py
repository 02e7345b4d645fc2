"""Each defect of a book is told with its code, and EPUBCheck calls the same ones errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.checker.epub import Flaw, check_epub
from converter.cli.flaw_lines import flaw_lines
from tests.checkers.epubcheck import check_books
from tests.inspection.mutants import MUTANTS
from tests.inspection.test_check_epub import DATA


@pytest.mark.parametrize("name", MUTANTS)
def test_a_defect_is_told_with_its_code(name: str) -> None:
    mutant = MUTANTS[name]
    told = {f.code for f in check_epub(mutant.of(DATA)) if f.severity != "info"}
    assert mutant.code in told if mutant.code else not told, told


def test_the_book_without_a_defect_has_none() -> None:
    assert check_epub(DATA) == ()


@pytest.mark.slow
def test_epubcheck_calls_the_same_defects_errors(tmp_path: Path) -> None:
    places = {name: tmp_path / f"{number}.epub" for number, name in enumerate(MUTANTS)}
    for name, place in places.items():
        place.write_bytes(MUTANTS[name].of(DATA))
    said = check_books(list(places.values()))
    ours = {name: _worst(check_epub(place.read_bytes())) for name, place in places.items()}
    theirs = {name: _worst(said[place]) for name, place in places.items()}
    assert ours == theirs


def _worst(flaws: object) -> str:
    found = {f.severity for f in flaws}  # type: ignore[attr-defined]
    return "error" if "error" in found else "warning" if "warning" in found else ""


def test_many_flaws_of_a_kind_are_one_line() -> None:
    many = [Flaw("a.xhtml", n, "attribute-unknown", "<p> has no attribute align") for n in range(1, 1824)]
    lines = list(flaw_lines("book.epub", [*many, Flaw("b.xhtml", 2, "link-broken", "there is no c.xhtml")]))
    assert len(lines) == 3
    assert "1,823 such: a.xhtml:2, a.xhtml:3, a.xhtml:4, and 1,819 more" in lines[0]
    assert lines[1] == "book.epub/b.xhtml:2: error: there is no c.xhtml [link-broken]"
    assert "1,824 errors" in lines[2]
    assert len(list(flaw_lines("book.epub", many, whole=True))) == 1823
