"""The shelf of a folder into which nobody may write: its books are there, what readers leave is kept elsewhere."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs
import pytest

from converter.shelf.arrivals import refresh
from converter.shelf.books import Asked
from converter.shelf.shelf import shelf_of
from converter.shelf.store import SHELF
from tests.shelf.shelves import TALE, make_books, write_stories

NOBODY = 65534


@pytest.fixture
def books() -> Iterator[Path]:
    """A folder of one book, which others may read, and beside it `own`, into which they may write."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        make_books(write_stories(place / "stories", {"a.txt": f"Title: One\n\n{TALE}"}), place / "books")
        (place / "own").mkdir()
        if os.geteuid() == 0:
            os.chown(place / "own", NOBODY, NOBODY)
        yield place / "books"


def by_nobody(books: Path, do: Callable[[], object]) -> None:
    """Has something done by a process that may not write into the folder of the books."""
    child = os.fork()
    if child:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        return
    try:
        platformdirs.user_state_dir()  # nobody may load a module from everywhere
        os.environ["XDG_STATE_HOME"] = str(books.parent / "own")
        books.chmod(0o555)
        for path in books.iterdir():
            path.chmod(0o444)
        if os.geteuid() == 0:
            os.seteuid(NOBODY)
        do()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def test_books_are_read_where_nobody_may_write(books: Path) -> None:
    shelf_of(books).store.keep_setting("before", "1")

    def look(value: str) -> None:
        shelf = shelf_of(books)
        refresh(shelf.store)
        assert shelf.store.is_elsewhere
        assert shelf.store.is_there
        assert [book.title for book in shelf.books.page(Asked()).books] == ["One"]
        assert (shelf.store.setting("before"), shelf.store.setting("kept")) == ("1", value)
        shelf.store.keep_setting("kept", "2")
        shelf.store.close()

    by_nobody(books, lambda: look(""))
    by_nobody(books, lambda: look("2"))
    assert len(list((books.parent / "own").rglob("*.db"))) == 1
    shelf = shelf_of(books)  # by somebody who may
    assert shelf.store.path == books / SHELF
    assert shelf.store.setting("kept") == ""
