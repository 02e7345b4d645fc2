"""Lists that say the order of the pieces beside them: these are one collection, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, left_out, stories_of
from tests.folders import books, lay, told

POEMS = {"heron": "Heron", "first-frost": "First Frost", "bus-shelter-rain": "Bus Shelter, Rain", "kettle": "Elegy for a Kettle"}  # fmt: skip
ORDER = ["first-frost", "kettle", "heron", "bus-shelter-rain"]


def pieces() -> dict[str, str]:
    return {f"{name}.txt": f"{title}\n\n{told(name, 2)}" for name, title in POEMS.items()}


LISTS = {
    "_order.txt": "Small Weathers - running order\n\n" + "\n".join(f"{n}. {POEMS[p]}" for n, p in enumerate(ORDER, 1)),
    "order.txt": "\n".join(POEMS[p] for p in ORDER),
    "running order.txt": "\n".join(f"{p}.txt" for p in ORDER),
    "00 Reihenfolge.md": "# Reihenfolge\n\n" + "\n".join(f"- [{POEMS[p]}]({p}.txt)" for p in ORDER),
    "Sequence.txt": "SEQUENCE\n\n" + "\n".join(f"{POEMS[p]} - p. {9 * n}" for n, p in enumerate(ORDER)),
    "📋 ordre.txt": "\n".join(f"{n}) {POEMS[p]}" for n, p in zip(("i", "ii", "iii", "iv"), ORDER, strict=True)),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_pieces_of_a_list_are_one_collection_in_its_order(tmp_path: Path, name: str) -> None:
    lay(tmp_path / "Small Weathers", {**pieces(), name: LISTS[name]})
    tree = folder_tree(tmp_path)
    (story,) = stories_of(tree)
    assert [file.stem for file in story.files] == ORDER
    assert story.stem == "Small Weathers"
    assert {o.path.name: o.what.kind for o in left_out(tree)} == {name: "no story"}


def test_chapters_with_a_foreword_and_an_afterword_are_in_the_order_of_the_list(tmp_path: Path) -> None:
    chapters = {"the ferry.txt": told("a"), "the bell.txt": told("b"), "a dog.txt": told("c")}
    around = {"Nachwort.txt": told("n"), "About these tales.txt": told("f")}
    lay(tmp_path, {**chapters, **around, "chapter order.txt": "The Ferry\nThe Bell\nA Dog\n"})
    assert books(tmp_path) == {("About these tales.txt", *chapters, "Nachwort.txt")}


def test_what_is_listed_and_not_there_is_told(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {**pieces(), "order.txt": "1. Heron\n2. First Frost\n3. Tide Table\n4. Bus Shelter, Rain\n5. Kettle\n"},
    )
    (story,) = stories_of(folder_tree(tmp_path))
    assert story.book is not None
    assert story.book.remarks == ("order.txt lists “Tide Table”, and no file here is called so",)


def test_a_folder_that_is_called_anything_leaves_the_title_to_the_list(tmp_path: Path) -> None:
    lay(tmp_path / "Downloads", {**pieces(), "_order.txt": LISTS["_order.txt"]})
    assert [story.stem for story in stories_of(folder_tree(tmp_path))] == ["Small Weathers"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("order.txt", "Heron\nFirst Frost\nKettle\n"),  # one poem is in no list
        ("order.txt", "Heron\nFirst Frost\nHeron\nKettle\nBus Shelter, Rain\n"),  # twice
        ("order.txt", "Heron\nbut before it\nFirst Frost\nand perhaps\nKettle\nor else\nBus Shelter, Rain\n"),
        ("order.txt", told("a story of that name")),
        ("birds.txt", LISTS["order.txt"]),  # no name of a list
        ("reading order.txt", LISTS["order.txt"]),  # of books
    ],
)
def test_what_does_not_cover_the_pieces_orders_nothing(tmp_path: Path, name: str, text: str) -> None:
    lay(tmp_path / "Small Weathers", {**pieces(), name: text})
    assert {tuple(f.rpartition("/")[2] for f in book) for book in books(tmp_path)} >= {(piece,) for piece in pieces()}


def test_books_that_are_listed_are_no_pieces(tmp_path: Path) -> None:
    novels = {f"{name}.txt": told(name, 20) * 25 for name in ("weir", "kiln")}
    lay(tmp_path, {**novels, "order.txt": "1. Weir\n2. Kiln\n"})
    assert {(name,) for name in novels} <= books(tmp_path)


def test_the_collection_has_each_piece_under_its_title(tmp_path: Path) -> None:
    lay(tmp_path / "Small Weathers", {**pieces(), "_order.txt": LISTS["_order.txt"]})
    lines = convert(tmp_path / "Small Weathers", to=("txt",))["txt"].decode().splitlines()
    assert [line for line in lines if line in POEMS.values()] == [POEMS[p] for p in ORDER]


@pytest.mark.parametrize("front", ["About these letters", "Foreword", "Vorwort"])
@pytest.mark.parametrize("back", ["Afterword", "Nachwort", "Epilogue"])
def test_matter_beside_letters_stands_before_and_behind_them(tmp_path: Path, front: str, back: str) -> None:
    letters = [f"{day} to Liesel.txt" for day in ("1946-11-03", "1947-01-19", "1947-02-02")]
    lay(tmp_path / "Letters", {f"{name}.txt": told(name) for name in (back, front)} | {n: told(n) for n in letters})
    assert books(tmp_path / "Letters") == {(f"{front}.txt", *letters, f"{back}.txt")}
