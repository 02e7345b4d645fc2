"""Folders that hold one novel, whose files say so in their own ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, told

TITLES = ("Tether", "Low Water", "The Beacon", "Cargo", "Home Ring", "Rope", "Salt", "Oil", "Night")
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def stems(folder: Path) -> dict[str, list[str]]:
    return {s.stem: [f.stem for f in s.files] for s in stories_of(folder_tree(folder))}


@pytest.mark.parametrize("count", [3, 5, 9])
def test_files_with_titles_that_roman_numbers_name_are_one_book_as_those_of_digits(tmp_path: Path, count: int) -> None:
    for folder, names in (("digits", [str(n) for n in range(1, count + 1)]), ("romans", ROMANS[:count])):
        titled = zip(names, TITLES, strict=False)
        lay(tmp_path / folder, {f"{name}.txt": f"{t}\n\n{told(folder + t)}" for name, t in titled})
        assert stems(tmp_path / folder) == {folder: list(names)}


@pytest.mark.parametrize("folder", ["chapters", "Chapters", "Kapitel", "manuscript"])
def test_numbered_files_in_a_folder_of_chapters_are_one_book(tmp_path: Path, folder: str) -> None:
    names = [f"0{n}-{t.lower().replace(' ', '-')}" for n, t in enumerate(TITLES[:5], 1)]
    home = tmp_path / "Tin Harbour"
    lay(home / folder, {f"{n}.md": f"# {t}\n\n{told(t)}" for n, t in zip(names, TITLES, strict=False)})
    assert stems(home) == {"Tin Harbour": names}


def test_stories_by_several_people_are_no_book_whatever_their_folder_is_called(tmp_path: Path) -> None:
    hands = ("Ada Thorn", "Bo Marsh", "Cy Oakes")
    texts = {
        f"0{n} {t}.txt": f"{t}\nby {h}\n\n{told(t)}" for n, (t, h) in enumerate(zip(TITLES, hands, strict=False), 1)
    }
    lay(tmp_path / "chapters", texts)
    assert [len(files) for files in stems(tmp_path).values()] == [1, 1, 1]
