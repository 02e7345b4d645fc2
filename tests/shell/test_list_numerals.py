"""Lists that count in letters or in roman numbers do so in every format."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pymupdf
import pytest

from converter.document.list_numbers import list_number
from converter.document.model import Numerals
from tests.shell.running import chapbook

STORY = (
    "<html><body><h1>The Toll</h1><p>The salt came down the valley on the backs of mules, and it came late that year.</p>"
    "<ol type='i' start='4'><li>Count the carts.</li><li>Weigh the salt.</li></ol>"
    "<p>Nobody had told Petra that the road was closed, so she had opened it.</p>"
    "<ol type='A'><li>Mend the bridge.</li></ol><p>And so they did.</p></body></html>"
)


@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_every_format_has_the_numbers_of_the_page(engine: str, tmp_path: Path) -> None:
    (tmp_path / "toll.html").write_text(STORY)
    run = chapbook("convert", "toll.html", "-t", "epub,txt,pdf", "--engine", engine, cwd=tmp_path)
    assert run.code == 0, run.err
    text = (tmp_path / "output" / "toll.txt").read_text(encoding="utf-8")
    assert "iv. Count the carts.\n\nv. Weigh the salt." in text
    assert "A. Mend the bridge." in text
    with zipfile.ZipFile(tmp_path / "output" / "toll.epub") as book:
        pages = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
    assert re.findall(r"<ol class=\"list\"[^>]*>", pages) == [
        '<ol class="list" start="4" type="i">', '<ol class="list" type="A">',
    ]  # fmt: skip
    with pymupdf.open(tmp_path / "output" / "toll.pdf") as document:
        seen = " ".join(" ".join(page.get_text().split()) for page in document)
    for item in ("iv. Count the carts.", "v. Weigh the salt.", "A. Mend the bridge."):
        assert item in seen


@pytest.mark.parametrize(
    ("number", "numerals", "written"),
    [(27, "a", "aa"), (26, "A", "Z"), (1994, "I", "MCMXCIV"), (0, "a", "0"), (4000, "i", "4000"), (7, "1", "7")],
)
def test_numbers_as_lists_write_them(number: int, numerals: Numerals, written: str) -> None:
    assert list_number(number, numerals) == written
