"""Books printed once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from converter.themes import load_theme
from converter.writers.pdf import Printed, print_book
from tests.print.feature import BOOK

_PRINTED: dict[tuple[str, str], Printed] = {}


@pytest.fixture(scope="session")
def printed() -> Callable[..., Printed]:
    """The feature book in a theme, on a page."""

    def one(theme: str, page: str = "a5") -> Printed:
        if (theme, page) not in _PRINTED:
            _PRINTED[theme, page] = print_book(BOOK, load_theme(theme), page)
        return _PRINTED[theme, page]

    return one
