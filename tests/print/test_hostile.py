"""What a story can do to the printer: nothing that takes for ever, starts a program or breaks it."""

from __future__ import annotations

import subprocess
import sys

import pymupdf
import pytest

from converter.document.contracts import Engine
from converter.document.model import Book, Cell, Chapter, List, Table
from converter.proof import prove_pdf
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.feature import said, small, text

AUDITED = """
import sys
begun = []
sys.addaudithook(lambda event, args: begun.append((event, args)) if event in WATCHED else None)
WATCHED = {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork", "socket.connect"}
import ctypes.util
search = ctypes.util.find_library
from converter.themes import load_theme
from converter.writers.pdf import print_book
from tests.print.feature import BOOK
assert print_book(BOOK, load_theme("classic")).pages > 5
assert ctypes.util.find_library is search
print(begun)
"""


@pytest.mark.slow
def test_no_program_is_begun_to_find_the_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", AUDITED], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def measured(book: Book, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many characters Pango is given to measure."""
    from weasyprint.text.line_break import Layout

    given = 0
    set_text = Layout.set_text

    def counted(layout: Layout, told: str, *rest: object, **named: object) -> None:
        nonlocal given
        given += len(told)
        set_text(layout, told, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Layout, "set_text", counted)
        print_book(book, load_theme("classic"), engine="weasyprint")
    return given


def test_thousands_of_letters_without_a_space_take_no_longer_than_words(monkeypatch: pytest.MonkeyPatch) -> None:
    short, long = (small(Chapter((said("a" * count),), (), text("Long"))) for count in (3_000, 12_000))
    assert measured(long, monkeypatch) < 6 * measured(short, monkeypatch)


def test_a_word_that_is_no_word_is_printed_to_its_end(engine: Engine) -> None:
    letters = "abcdefghij" * 102
    book = small(Chapter((said(f"It said {letters}, and no more."),), (), text("Long")))
    data = print_book(book, load_theme("classic"), "148x297mm", engine=engine).data  # all of it on one page
    shown = "".join("".join(page.get_text() for page in pymupdf.open(stream=data, filetype="pdf")).split())
    assert letters in shown.translate(dict.fromkeys(map(ord, "\u200b\u2010\xad")))
    prove_pdf(book, data)


@pytest.mark.parametrize("where", ["title", "publisher", "description", "series", "body", "heading"])
def test_characters_that_no_tree_holds_break_nothing(where: str, engine: Engine) -> None:
    told = "A\x01B\x1b\x00C\ufffe\ud800"
    told_in = {where: told} if where not in ("body", "heading") else {}
    body, heading = told if where == "body" else "x", told if where == "heading" else "One"
    printed = print_book(
        small(Chapter((said(body),), (), text(heading)), **told_in), load_theme("classic"), engine=engine
    )
    assert printed.pages >= 2


def test_a_list_may_begin_anywhere(engine: Engine) -> None:
    blocks = tuple(
        List(((said("one"),), (said("two"),)), ordered=True, start=n) for n in (10**30, -(10**30), 2**31 - 1)
    )
    assert print_book(small(Chapter(blocks, (), text("Lists"))), load_theme("classic"), engine=engine).pages >= 2


def test_a_row_of_hundreds_of_cells_is_printed(engine: Engine) -> None:
    rows = tuple(tuple(Cell((said(f"{r}{c}"),)) for c in range(300)) for r in range(3))
    assert print_book(small(Chapter((Table(rows),), (), text("Wide"))), load_theme("classic"), engine=engine).pages >= 2


def test_a_list_of_a_thousand_lines_is_printed(engine: Engine) -> None:
    many = List(tuple((said(f"Line {n}."),) for n in range(1_100)))
    assert print_book(small(Chapter((many,), (), text("Long"))), load_theme("classic"), engine=engine).pages >= 20
