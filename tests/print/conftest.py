"""Books printed once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from converter.themes import load_theme
from converter.writers.pdf import Printed, print_book
from tests.once import Once
from tests.print.feature import BOOK


@pytest.fixture(scope="session")
def printed(once: Once) -> Callable[..., Printed]:
    """The feature book in a theme, on a page."""

    def one(theme: str, page: str = "a5") -> Printed:
        return once(f"printed {theme} {page}", lambda: print_book(BOOK, load_theme(theme), page))

    return one
