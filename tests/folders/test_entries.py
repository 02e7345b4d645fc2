"""Numbered stories of several people: each is a book with its title and its author, and no chapter of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, told

SIGNED = (("The Last Bus", "K. Oakes"), ("Blue Hour", "Dov Perrin"), ("Kite", "Enid Crane"), ("Bread", "Fay Low"))


@pytest.mark.parametrize("word", ["Entry", "story", "Submission #", "PIECE"])
@pytest.mark.parametrize("form", ["{0} 0{1} - {2} - {3}", "{0}_{1}_-_{2}_-_{3}", "{0} {1}: {2} by {3}"])
def test_entries_have_their_titles_and_authors(tmp_path: Path, word: str, form: str) -> None:
    names = [form.format(word, n, t, a).replace("_", " " if ":" in form else "_") for n, (t, a) in enumerate(SIGNED, 1)]
    lay(tmp_path / "contest", {f"{name}.txt": told(name) for name in names})
    found = [s.book for s in stories_of(folder_tree(tmp_path)) if s.book]
    assert [(b.title, b.author, b.series) for b in found] == [(t, a, "") for t, a in SIGNED]


@pytest.mark.parametrize(
    "names",
    [
        [f"Entry 0{n} - {t} - Ada Thorn" for n, (t, _) in enumerate(SIGNED, 1)],  # one author
        [f"Entry {n}" for n in range(1, 5)],  # of a journal
        [f"Chapter {n} - {t} - {a}" for n, (t, a) in enumerate(SIGNED, 1)],  # whose eyes it is told through
    ],
)
def test_other_rows_stay_one_book(tmp_path: Path, names: list[str]) -> None:
    lay(tmp_path / "The Weir", {f"{name}.txt": told(name) for name in names})
    assert [len(s.files) for s in stories_of(folder_tree(tmp_path))] == [len(names)]
