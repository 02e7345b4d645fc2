"""Novels whose parts are folders with chapters that are numbered on through."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, others, told

CHAPTERS = (
    "Part One - Snow/01 The Letter", "Part One - Snow/02 Sledge", "Part Three - Thaw/05 Drip", "Part Three - Thaw/06 South",
    "Part Two - Deep/03 Wolves", "Part Two - Deep/04 Rations",
)  # fmt: skip
READ = (*CHAPTERS[:2], *CHAPTERS[4:], *CHAPTERS[2:4])
AROUND = ("00 Front matter/dedication", *READ, "Epilogue", "Acknowledgements")
RTF = r"{{\rtf1\ansi {}\par}}"


def stories(folder: Path) -> list[tuple[str, list[str]]]:
    found = stories_of(folder_tree(folder))
    return [(s.stem, [str(f.relative_to(folder).with_suffix("")) for f in s.files]) for s in found]


@pytest.mark.parametrize("ending", ["txt", "rtf"])
def test_parts_with_what_stands_around_them_are_one_book(tmp_path: Path, ending: str) -> None:
    texts = {name: told(name) for name in AROUND}
    as_rtf = {n: RTF.format(t.strip().replace("\n\n", "\\par ")) if ending == "rtf" else t for n, t in texts.items()}
    lay(tmp_path / "Wintering", {f"{name}.{ending}": as_rtf[name] for name in reversed(AROUND)})
    lay(tmp_path / "Wintering", {"cut scenes/wolves.txt": told("cut")})
    assert stories(tmp_path / "Wintering") == [("Wintering", list(AROUND)), ("wolves", ["cut scenes/wolves"])]
    (tmp_path / "Wintering" / "cut scenes" / "wolves.txt").unlink()
    book = convert(tmp_path / "Wintering", to=("txt",))["txt"].decode()
    places = [book.index(texts[name].split(",")[0]) for name in AROUND]
    assert places == sorted(places)


def test_a_title_page_in_the_front_matter_names_it(tmp_path: Path) -> None:
    page = "THE WINTERING\n\na novel\n\nAda Thorn\n"
    lay(tmp_path, {**{f"{n}.txt": told(n) for n in AROUND}, "00 Front matter/title.txt": page})
    tree = folder_tree(tmp_path)
    assert [s.stem for s in stories_of(tree)] == ["THE WINTERING"]
    assert others(tree)["title.txt"].kind == "beside"


def test_what_is_left_out_of_a_part_is_said(tmp_path: Path) -> None:
    again = {"Part One - Snow/02 Sledge (1).txt": told(READ[1])}
    lay(tmp_path, {f"{n}.txt": told(n) for n in READ} | again)
    (found,) = stories_of(folder_tree(tmp_path))
    assert found.book
    assert [(t.name, t.of) for t in found.book.twins] == [(next(iter(again)), f"{READ[1]}.txt")]


@pytest.mark.parametrize(
    "names",
    [
        ("Part One/01 Kiln", "Part One/02 Eels", "Part Two/01 Salt", "Part Two/02 Ash"),  # it begins again
        ("Part One/01 Kiln", "Part One/02 Eels", "Part Three/03 Salt"),  # a part is not here
        ("Part One/Kiln", "Part One/Eels", "Part Two/Salt", "Part Two/Ash"),
        ("Set One/01 Kiln", "Set One/02 Eels", "Set Two/03 Salt"),
    ],
)
def test_other_folders_are_no_parts(tmp_path: Path, names: tuple[str, ...]) -> None:
    lay(tmp_path, {f"{n}.txt": told(n) for n in names})
    assert len(stories(tmp_path)) > 1


def test_parts_by_several_people_are_no_book(tmp_path: Path) -> None:
    hands = ("Ada Thorn", "Bo Marsh", "Cy Oakes", "Di Lund", "Ed Crane", "Flo Low")
    lay(tmp_path, {f"{n}.txt": f"{n[-5:]}\nby {who}\n\n{told(n)}" for n, who in zip(READ, hands, strict=True)})
    assert len(stories(tmp_path)) == len(READ)
