"""Books printed once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from converter.document.contracts import Engine, MadeFor
from converter.themes import load_theme
from converter.writers.pdf import Printed, print_book
from tests.once import Once
from tests.print.feature import BOOK


@pytest.fixture(scope="session")
def printed(once: Once) -> Callable[..., Printed]:
    """The feature book in a theme, on a page, for a screen or for print, by an engine."""

    def one(theme: str, page: str = "a5", made_for: MadeFor = "screen", engine: Engine = "weasyprint") -> Printed:
        return once(
            f"printed {theme} {page} {made_for} {engine}",
            lambda: print_book(BOOK, load_theme(theme), page, made_for, engine=engine),
        )

    return one


@pytest.fixture(params=["typst", "weasyprint"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine: what a test with this asks for is true of both."""
    found: Engine = request.param
    return found


@pytest.fixture
def outline_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file for print with the outline that is taken from it at last: it tells where chapters begin."""
    monkeypatch.setattr("converter.writers.pdf.without_links", lambda data: data)
