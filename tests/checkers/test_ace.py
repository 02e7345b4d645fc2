"""DAISY Ace finds no accessibility violation in a book that has one of everything."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from converter.build.volumes import divided
from converter.document.contracts import PrintedPage
from converter.themes import load_theme
from converter.writers.epub import Extras, write_epub
from tests.checkers.programs import browser, node, node_package
from tests.writers.feature_book import BOOK, theme


def violations(book: Path, out: Path) -> list[str]:
    """One line for each violation. `-E` makes Ace fail on one; without it, it always succeeds."""
    program = node_package("@daisy/ace-cli") / "bin" / "ace.js"
    command = [node(), str(program), "-E", "-s", "-f", "-o", str(out), str(book)]
    surroundings = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser()}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    report = out / "report.json"
    assert report.is_file(), done.stdout + done.stderr
    found = []
    for subject in json.loads(report.read_text("utf-8"))["assertions"]:
        for assertion in subject.get("assertions", ()):
            test, result = assertion["earl:test"], assertion["earl:result"]
            where = subject["earl:testSubject"]["url"]
            found.append(f"{where}: {test['earl:impact']} {test['dct:title']}: {result.get('html', '')[:200]}")
    assert (done.returncode == 0) == (not found), done.stdout + done.stderr
    return found


MARKED = Extras(
    "book",
    "Ada Thorne",
    (PrintedPage("1", "For D."), PrintedPage("2", "Never turn your back on it. Prologue It began in a wind.")),
    "urn:x:1#pdf-a5",
)


@pytest.mark.parametrize("extras", [Extras(), MARKED], ids=["as usual", "notes at the end, pages marked, certified"])
def test_no_violation_in_the_feature_book(tmp_path: Path, extras: Extras) -> None:
    book = tmp_path / "feature.epub"
    book.write_bytes(write_epub(BOOK, load_theme("classic"), extras))
    assert violations(book, tmp_path / "report") == []


def test_no_violation_in_a_volume(tmp_path: Path) -> None:
    book = tmp_path / "volume.epub"
    book.write_bytes(write_epub(divided(BOOK, "parts")[0].book, load_theme("modern")))
    assert violations(book, tmp_path / "report") == []


def test_a_fault_is_found(tmp_path: Path) -> None:
    book = tmp_path / "faulty.epub"
    with zipfile.ZipFile(BytesIO(write_epub(BOOK, theme()))) as old, zipfile.ZipFile(book, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith("interlude-1.xhtml"):
                content = content.replace(b' alt="A map of the island"', b"")
            new.writestr(entry, content)
    assert any("image-alt" in line for line in violations(book, tmp_path / "report"))
