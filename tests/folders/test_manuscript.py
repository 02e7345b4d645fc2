"""Books that a writer's program has put into folders: front matter, a manuscript in parts, back matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert, read
from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, others, told

NUMBERED = (
    "1 Front Matter/2 Dedication", "1 Front Matter/3 Epigraph", "2 Manuscript/Part One - Autumn/1 Arrival",
    "2 Manuscript/Part One - Autumn/2 Matron", "2 Manuscript/Part Two - Lent/1 The Pipe", "2 Manuscript/Part Two - Lent/2 Snow",
    "2 Manuscript/Part Three - Trinity/1 The Tower", "3 Back Matter/1 Acknowledgements", "3 Back Matter/2 About the Author",
)  # fmt: skip
NAMED = (
    "Front Matter/Dedication", "Front Matter/Preface", "Manuscript/Prologue", "Manuscript/Part 1/Arrival", "Manuscript/Part 1/Matron",
    "Manuscript/Part 2/Snow", "Manuscript/Epilogue", "Back Matter/Afterword",
)  # fmt: skip
PARTS = ("Manuscript/Part I/01", "Manuscript/Part I/02", "Manuscript/Part II/01", "Manuscript/Part II/02")
FLAT = ("Draft/1 Arrival", "Draft/2 Snow", "Back Matter/Glossary of the Coast")


@pytest.mark.parametrize("names", [NUMBERED, NAMED, PARTS, FLAT], ids=("numbered", "named", "parts", "flat"))
def test_a_manuscript_in_folders_is_one_book_in_its_order(tmp_path: Path, names: tuple[str, ...]) -> None:
    home = tmp_path / "Bell Tower"
    texts = {name: told(name) for name in names}
    lay(home, {f"{name}.txt": texts[name] for name in reversed(names)})
    (found,) = stories_of(folder_tree(home))
    assert [str(f.relative_to(home).with_suffix("")) for f in found.files] == list(names)
    assert found.stem == "Bell Tower"
    book = convert(home, to=("txt",))["txt"].decode()
    places = [book.index(texts[name].split(",")[0]) for name in names]
    assert places == sorted(places)


def test_its_title_page_names_it_and_its_notes_stay_apart(tmp_path: Path) -> None:
    home = tmp_path / "export"
    page = "THE BELL TOWER YEAR\n\na novel\n\nClemency Roud\n"
    texts = {f"{name}.txt": told(name) for name in NUMBERED}
    lay(home, {**texts, "1 Front Matter/1 Title Page.txt": page, "4 Research/Boarding Schools.txt": told("schools")})
    tree = folder_tree(home)
    stories = list(stories_of(tree))
    assert [(s.stem, len(s.files)) for s in stories] == [
        ("THE BELL TOWER YEAR", len(NUMBERED)),
        ("Boarding Schools", 1),
    ]
    assert others(tree)["1 Title Page.txt"].kind == "beside"
    lay(tmp_path / "alone", {**texts, "1 Front Matter/1 Title Page.txt": page})
    said = read(tmp_path / "alone").metadata
    assert (said.title, said.subtitle, said.people[0].name) == ("THE BELL TOWER YEAR", "a novel", "Clemency Roud")


@pytest.mark.parametrize(
    "names",
    [
        ("Manuscript/Kiln", "Notes/Eels"),  # nothing stands before it, behind it or in parts
        ("Part One/Kiln", "Part One/Eels", "Part Two/Salt"),  # no manuscript
        ("Chapters/Kiln", "Draft/Eels", "Front Matter/Dedication"),  # two of them
        ("Manuscript/Kiln", "Front Matter/Dedication", "Moth"),  # a story beside them
    ],
)
def test_other_folders_are_no_manuscript(tmp_path: Path, names: tuple[str, ...]) -> None:
    lay(tmp_path, {f"{name}.txt": told(name) for name in names})
    assert [len(s.files) for s in stories_of(folder_tree(tmp_path))] == [1] * len(names)


def test_a_manuscript_by_several_people_is_no_book(tmp_path: Path) -> None:
    hands = {"Kiln": "Ada Thorn", "Eels": "Bo Marsh"}
    texts = {f"Manuscript/{t}.txt": f"{t}\nby {h}\n\n{told(t)}" for t, h in hands.items()}
    lay(tmp_path, {**texts, "Front Matter/Dedication.txt": told("d")})
    assert [len(s.files) for s in stories_of(folder_tree(tmp_path))] == [1, 1, 1]
