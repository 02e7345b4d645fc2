"""Golden pages: each folder in `cases/` is one page (or the pages of one work) and what must be understood of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.document.contracts import Parsed, Source
from converter.parsers.html import IndexPage, html_parser
from converter.parsers.works.assembly import assemble
from converter.proof import prove_parsed
from tests.pages.outline import outline

CASES = sorted(p for p in (Path(__file__).parent / "cases").iterdir() if p.is_dir())
PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".htmlz", ".zip")


def read_case(case: Path) -> Parsed:
    def beside(path: str) -> bytes | None:
        found = (case / path).resolve()
        return found.read_bytes() if found.is_relative_to(case) and found.is_file() else None

    parse = html_parser()
    parsed = []
    for page in sorted(p for p in case.iterdir() if p.suffix in PAGES):
        try:
            parsed.append(parse(Source(page.name, page.read_bytes(), page.suffix, beside)))
        except IndexPage as listed:
            parsed.append(listed.index)
    return parsed[0] if len(parsed) == 1 else assemble(parsed)


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_page_is_understood_and_no_word_is_lost(case: Path, update: bool) -> None:
    parsed = read_case(case)
    prove_parsed(parsed)
    golden = case / "book.txt"
    if update:
        golden.write_text(outline(parsed), encoding="utf-8")
    assert outline(parsed) == golden.read_text(encoding="utf-8")
    assert (case / "why.md").read_text(encoding="utf-8").strip()
