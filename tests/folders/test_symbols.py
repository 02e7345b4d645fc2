"""Pictures and other symbols in names of files say nothing: neither what a file is, nor where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from converter.recognisers.metadata.symbols_in_names import without_symbols
from tests.folders import books, lay, told


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("🌊 Глава 1 – Прилив", "Глава 1 – Прилив"),
        ("⚓️ - Chapter 5", "Chapter 5"),
        ("1️⃣ Rope", "1 Rope"),
        ("Salt ♥ 2 ★", "Salt 2"),
        ("👩‍👩‍👧🏽 Kapitel 2", "Kapitel 2"),
        ("🔥_chapter_2", "chapter_2"),
        ("💌", "💌"),
        ("№ 5 – Zima", "№ 5 – Zima"),
        ("第一章 晴れ", "第一章 晴れ"),
    ],
)
def test_a_name_without_its_symbols(name: str, bare: str) -> None:
    assert without_symbols(name) == bare


@pytest.mark.parametrize(
    "names",
    [
        ["🌊 Chapter 1 - Tide", "🔥 Chapter 2 - Lamp", "🐦 Chapter 3 - Gull"],
        ["🌊 Глава 1 – Прилив", "🔥 Глава 2 – Огонь", "🐦 Глава 3 – Чайка"],
        ["⭐ Vorwort", "☕ Kapitel 1", "🐟 Kapitel 2", "🧦 Nachwort"],
        ["1️⃣ The Quay", "2️⃣ The Tide", "3️⃣ The Bell"],
        ["✅ Salt Road 1", "🚧 Salt Road 2", "🚧 Salt Road 3"],
    ],
)
def test_files_with_a_symbol_before_their_number_are_one_book(tmp_path: Path, names: list[str]) -> None:
    lay(tmp_path / "Brackwater", {f"{name}.txt": told(name) for name in reversed(names)})
    (story,) = stories_of(folder_tree(tmp_path / "Brackwater"))
    assert [file.stem for file in story.files] == names


def test_a_chapter_is_headed_without_the_symbol_of_its_file(tmp_path: Path) -> None:
    lay(tmp_path / "Brack", {f"{name}.txt": told(name) for name in ("🌊 Chapter 1 - Tide", "🔥 Chapter 2 - Lamp")})
    lines = convert(tmp_path / "Brack", to=("txt",))["txt"].decode().splitlines()
    assert [line for line in lines if line.startswith("Chapter")] == ["Chapter 1: Tide", "Chapter 2: Lamp"]


def test_parts_in_folders_with_symbols_are_one_novel(tmp_path: Path) -> None:
    names = [f"{part}/🐟 Kapitel {n}.txt" for part in ("📗 Teil Eins", "📘 Teil Zwei") for n in (1, 2)]
    lay(tmp_path, {name: told(name) for name in names})
    assert books(tmp_path) == {tuple(names)}


def test_stories_with_nothing_but_symbols_are_their_own(tmp_path: Path) -> None:
    lay(tmp_path, {f"{name}.txt": told(name) for name in ("💌", "🔥", "🌊 The Gull")})
    assert len(books(tmp_path)) == 3
