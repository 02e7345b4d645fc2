"""Novels whose parts are folders with chapters that are numbered on through."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert, read
from converter.build.folders import folder_tree, stories_of
from converter.document.words import chapter_name
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


ANEW = (
    "Part One - Snow/01 The Letter",
    "Part One - Snow/02 Sledge",
    "Part Two - Deep/01 Wolves",
    "Part Two - Deep/02 Ash",
)


@pytest.mark.parametrize("names", [READ, ANEW, tuple(f"Manuscript/{name}" for name in ANEW)])
def test_the_names_of_its_parts_are_headings_in_the_book(tmp_path: Path, names: tuple[str, ...]) -> None:
    lay(tmp_path / "Wintering", {f"{name}.txt": told(name) for name in (*names, "Epilogue")})
    if names[0].startswith("Manuscript"):
        (tmp_path / "Wintering" / "Epilogue.txt").rename(tmp_path / "Wintering" / "Manuscript" / "Epilogue.txt")
    (one,) = stories(tmp_path)
    assert one[0] == "Wintering"
    book = read(tmp_path / "Wintering")
    shown = [(depth, chapter_name(chapter)) for depth, chapter in book.walk()]
    assert [name for depth, name in shown if not depth] == [
        *(
            f"{(part := name.partition(' - '))[0]}: {part[2]}"
            for name in dict.fromkeys(n.split("/")[-2] for n in names)
        ),
        "Epilogue",
    ]
    assert [name.split(": ")[-1] for depth, name in shown if depth] == [
        name[-(len(name) - name.rindex("/")) + 4 :] for name in names
    ]
    convert(tmp_path / "Wintering", to=("epub",))  # which proves its words


def test_parts_that_a_text_names_itself_are_its_own(tmp_path: Path) -> None:
    texts = {f"{name}.txt": told(name) for name in ANEW}
    lay(tmp_path / "Wintering", texts | {f"{ANEW[0]}.txt": f"Part the First\n\nThe Letter\n\n{told('letter')}"})
    shown = [chapter_name(chapter) for _, chapter in read(tmp_path / "Wintering").walk()]
    assert "Part One: Snow" not in shown


def test_a_title_page_in_the_front_matter_names_it(tmp_path: Path) -> None:
    page = "THE WINTERING\n\na novel\n\nAda Thorn\n"
    lay(tmp_path, {**{f"{n}.txt": told(n) for n in AROUND}, "00 Front matter/title.txt": page})
    tree = folder_tree(tmp_path)
    assert [s.stem for s in stories_of(tree)] == ["THE WINTERING"]
    assert others(tree)["title.txt"].kind == "beside"


def test_a_title_in_capitals_is_written_as_the_folder_is(tmp_path: Path) -> None:
    page = "THE WINTERING\n\na novel\n\nAda Thorn\n"
    lay(tmp_path / "The Wintering", {**{f"{n}.txt": told(n) for n in AROUND}, "00 Front matter/title.txt": page})
    assert [s.stem for s in stories_of(folder_tree(tmp_path))] == ["The Wintering"]
    assert read(tmp_path / "The Wintering").metadata.title == "The Wintering"
    (tmp_path / "The Wintering").rename(tmp_path / "The Thaw")
    assert read(tmp_path / "The Thaw").metadata.title == "THE WINTERING"  # nobody says it otherwise


def test_what_is_left_out_of_a_part_is_said(tmp_path: Path) -> None:
    again = {"Part One - Snow/02 Sledge (1).txt": told(READ[1])}
    lay(tmp_path, {f"{n}.txt": told(n) for n in READ} | again)
    (found,) = stories_of(folder_tree(tmp_path))
    assert found.book
    assert [(t.name, t.of) for t in found.book.twins] == [(next(iter(again)), f"{READ[1]}.txt")]


@pytest.mark.parametrize(
    "names",
    [
        ("Book One/01 Kiln", "Book One/02 Eels", "Book Two/01 Salt", "Book Two/02 Ash"),  # of a series
        ("Part One/01 Kiln", "Part One/02 Eels", "Part Two/02 Salt", "Part Two/04 Ash"),
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
