"""How the page of changes looks."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from benchmarks.heaps import told
from converter.writers.changes import changes_page
from tests.reconciling import book_of

SALT = told(1, 4, 150, title="The Salt Road")


def test_what_is_set_in_columns_has_them_and_a_doubt_is_a_line() -> None:
    made = book_of({"a.txt": SALT.text(), "b.txt": SALT.revised(0.2, 4).text()})
    page = BeautifulSoup(changes_page(made.result), "lxml")
    (style,) = page.select("style")
    rules = re.findall(r"([^{}\n]+)\{[^}]*display: grid[^}]*\}", style.text)
    assert rules
    assert len(page.select("li.doubt")) == 4
    for rule in rules:
        squeezed = [found for found in page.select(rule) if len(found.find_all(recursive=False)) < 2]
        assert squeezed == [], rule
