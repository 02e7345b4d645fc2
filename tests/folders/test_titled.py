"""Files that say one title, and each which part of it they are: one book, whatever the files are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert, read
from converter.build.folders import folder_tree, stories_of
from converter.recognisers.metadata.pieces_in_titles import Piece, piece_in_title
from tests.folders import books, lay, page, told

IDS = ("611204", "77120", "9004", "8811203")


@pytest.mark.parametrize(
    ("title", "piece"),
    [
        ("Ember & Ash (1/3)", Piece("Ember & Ash", 1, 3)),
        ("Ember and Ash, part 2", Piece("Ember and Ash", 2)),
        ("The Mill: Part Two", Piece("The Mill", 2)),
        ("Der Müller, Teil 3: Mehl", Piece("Der Müller", 3)),
        ("Le Pont [2 sur 4]", Piece("Le Pont", 2, 4)),
        ("Part 2 of The Mill", Piece("The Mill", 2)),
        ("Мельница – часть 2", Piece("Мельница", 2)),
        ("Part 2", None),
        ("Untitled (1/2)", None),
        ("The Mill 2", None),  # perhaps its sequel
        ("Chapter the Third Man", None),
        ("The part 1 of us wanted", None),
        ("The Mill (3/2)", None),
    ],
)
def test_a_title_says_which_part_it_is_of(title: str, piece: Piece | None) -> None:
    assert piece_in_title(title) == piece


@pytest.mark.parametrize(
    "titles",
    [
        ["Ember & Ash (1/3)", "Ember & Ash (2/3)", "Ember & Ash (3/3)"],
        ["Ember and Ash, part 1", "Ember and Ash, part 2"],
        ["Der Müller, Teil 1", "Der Müller, Teil 2", "Der Müller, Teil 3: Mehl"],
        ["Le Pont (2/4)", "Le Pont (4/4)"],
    ],
)
@pytest.mark.parametrize("kind", ["html", "txt"])
def test_parts_in_titles_make_one_book_in_order(tmp_path: Path, titles: list[str], kind: str) -> None:
    names = [f"{at}.{kind}" for at in IDS[: len(titles)]]
    texts = {name: f"{title}\n\n{told(name)}" for name, title in zip(names, titles, strict=True)}
    if kind == "html":
        texts = {name: page(title.replace("&", "&amp;"), told(name)) for name, title in zip(names, titles, strict=True)}
    other = page("Soup for Ghosts", told("soup")) if kind == "html" else f"Soup for Ghosts\n\n{told('soup')}"
    lay(tmp_path, {f"700.{kind}": other} | dict(reversed(texts.items())))
    assert books(tmp_path) == {tuple(names), (f"700.{kind}",)}


def test_a_book_is_called_as_its_parts_say(tmp_path: Path) -> None:
    lay(tmp_path, {f"{at}.html": page(f"The Mill ({n}/2)", told(at)) for n, at in enumerate(IDS[:2], 1)})
    (story,) = stories_of(folder_tree(tmp_path))
    assert story.stem == "The Mill"
    assert story.book is not None
    assert story.book.remarks == ()  # the numbers in the names are no chapters'
    lines = convert(tmp_path, to=("txt",))["txt"].decode().splitlines()
    assert "The Mill" in lines
    assert [line for line in lines if "/2" in line] == ["The Mill (1/2)", "The Mill (2/2)"]


HEAD = "SALT LINE\nby R. Okafor\n\nChapter {}\n\n"
NUMBERS = ("One", "Two", "Three")


@pytest.mark.parametrize(
    "names",
    [("CHAPTE~1.TXT", "CHAPTE~2.TXT", "CH4AB2~1.TXT"), ("gamma.txt", "alpha.txt", "beta.txt"), ("b.txt", "a.txt")],
)
@pytest.mark.parametrize("head", [HEAD, HEAD.replace("Chapter", "Part"), "Der Salzweg\n\nKapitel {}\n\n"])
def test_chapters_below_one_title_are_one_book_in_the_order_of_their_headings(
    tmp_path: Path, names: tuple[str, ...], head: str
) -> None:
    numbers = NUMBERS if "Kapitel" not in head else ("1", "2", "3")
    lay(tmp_path, {name: head.format(n) + told(name) for name, n in zip(names, numbers, strict=False)})
    assert books(tmp_path) == {names}


def test_pages_of_one_title_and_site_are_chapters(tmp_path: Path) -> None:
    body = "<html><head><title>The Kiln Road - Tales of Ash</title></head><body><h1>The Kiln Road</h1><h2>Chapter {}</h2><p>{}</p></body></html>"
    names = ("c8.html", "a1.html", "b7.html")
    lay(tmp_path, {name: body.format(n, told(name)) for name, n in zip(names, NUMBERS, strict=True)})
    assert books(tmp_path) == {names}


@pytest.mark.parametrize(
    "heads",
    [
        (HEAD.format("One"), HEAD.format("Two").replace("R. Okafor", "Bo Hill")),  # two people
        (HEAD.format("One"), HEAD.format("One")),  # begun twice
        (HEAD.format("One"), HEAD.format("Two").replace("SALT LINE", "Eels")),
        ("Salt Line\n\nChapter One\n\n", "Salt Line\n\nChapter Four\n\n"),  # unsigned, and it does not go on
        ("Untitled (1/2)\n\n", "Untitled (2/2)\n\n"),
    ],
)
def test_other_heads_join_nothing(tmp_path: Path, heads: tuple[str, str]) -> None:
    lay(tmp_path, {f"{name}.txt": head + told(name) for name, head in zip(("hare", "lark"), heads, strict=True)})
    assert books(tmp_path) == {("hare.txt",), ("lark.txt",)}


def test_volumes_of_a_series_below_its_title_are_books_of_their_own(tmp_path: Path) -> None:
    texts = {
        f"Salt Crown Book {n} - {name}.txt": f"Salt Crown\nBook {n}: {name}\nby Ada Thorn\n\nPrologue\n\n{told('first')}\n\n"
        f"Chapter 1\n\n{told(name)}\n\nChapter 2\n\n{told(name * 2)}"
        for n, name in enumerate(("Brine", "Thaw", "Spindrift"), 1)
    }
    lay(tmp_path, texts)
    assert books(tmp_path) == {(name,) for name in texts}


@pytest.mark.parametrize(
    "signed", ["by R. Okafor, age 15", "by R. Okafor (aged 9)", "by R. Okafor, Year 7", "by R. Okafor, 4b"]
)
def test_what_the_first_part_s_title_page_says_is_the_book_s(tmp_path: Path, signed: str) -> None:
    parts = {
        f"EEL{n}.TXT": f"PART THE {word}\n\n{told(word)}" for n, word in enumerate(("FIRST", "SECOND", "THIRD"), 1)
    }
    lay(tmp_path, parts | {"EEL1.TXT": f"THE EEL WHO SANG\n\n{signed}\n\n\n{parts['EEL1.TXT']}"})
    said = read(tmp_path).metadata
    assert (said.title, said.authors) == ("The Eel Who Sang", ("R. Okafor",))


def test_two_stories_of_one_title_far_apart_in_a_numbered_heap_are_two(tmp_path: Path) -> None:
    heap = {
        f"{n:04}-{word}.txt": f"Title: The {word.title()} of {n}\nAuthor: Ida Quill\n\n{told(word)}"
        for n, word in enumerate(("weir", "salt", "oar", "lamp", "tar", "ice"), 100)
    }
    title = "Title: The Slow Ferry\nAuthor: Ida Quill\n"
    twins = {"0002-bell.txt": f"{title}\nChapter 1\n\n{told('bell')}", "0980-rope.txt": f"{title}\n{told('rope')}"}
    lay(tmp_path, twins | heap)
    assert books(tmp_path) == {(name,) for name in twins | heap}


@pytest.mark.parametrize("names", [("0002-bell.txt", "0003-rope.txt"), ("2040-bell.txt", "3180-rope.txt")])
def test_chapters_of_one_title_are_one_book(tmp_path: Path, names: tuple[str, str]) -> None:
    heads = [f"Title: The Slow Ferry\nAuthor: Ida Quill\n\nChapter {n}\n\n" for n in (1, 2)]
    lay(tmp_path, {name: head + told(name) for name, head in zip(names, heads, strict=True)})
    assert books(tmp_path) == {names}
