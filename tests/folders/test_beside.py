"""Front and back matter, and chapters of other names, in the places where a reader looks for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, told

ORDER = (
    "Dedication", "Foreword", "Preface", "Introduction", "Prologue", "Chapter 1", "Chapter 2", "Epilogue", "Afterword",
    "Glossary", "Author's Note", "About the Author",
)  # fmt: skip
MIXED = ("ch1", "Chapter 2", "03", "chap_4", "Ch.5 - The Well", "6 - Night", "Chapter Seven")


def _places(folder: Path, stems: tuple[str, ...]) -> tuple[list[str], list[int]]:
    """The files of the only book in a folder in the order of the plan, and where in the book the text of each begins."""
    texts = {stem: told(stem) for stem in stems}
    lay(folder / "Salt", {f"{stem}.txt": texts[stem] for stem in sorted(stems)})
    (story,) = stories_of(folder_tree(folder))
    book = convert(folder, to=("txt",))["txt"].decode()
    return [f.stem for f in story.files], [book.index(texts[stem].split(",")[0]) for stem in stems]


def test_front_matter_stands_before_the_chapters_and_the_rest_behind_them(tmp_path: Path) -> None:
    planned, places = _places(tmp_path, ORDER)
    assert planned == list(ORDER)
    assert places == sorted(places)


def test_chapters_named_each_in_its_way_stand_in_their_order(tmp_path: Path) -> None:
    planned, places = _places(tmp_path, MIXED)
    assert planned == list(MIXED)
    assert places == sorted(places)


@pytest.mark.parametrize(
    "order",
    [
        ("Chapter 1", "Chapter 2", "Epilogue", "Bonus Chapter 1", "Bonus Chapter 2", "Side Story - The Cat", "Afterword"),
        ("Chapter 1", "Chapter 2", "Chapter 2 omake", "Chapter 3", "Omake"),
        ("Chapter 1", "Interlude after Chapter 1", "Chapter 2", "Interlude 2", "Interlude 2.5", "Chapter 3"),
        ("Chapter 1", "Side Story (before ch 2)", "Chapter 2", "Chapter 3"),
        ("01", "02", "03", "04 Interlude", "05"),
        ("Kapitel 1", "Kapitel 2", "Bonuskapitel nach Kapitel 2", "Kapitel 3", "Zwischenspiel"),
        ("第一章", "第二章", "番外"),
    ],
)  # fmt: skip
def test_chapters_beside_the_numbered_ones_stand_where_their_names_say(tmp_path: Path, order: tuple[str, ...]) -> None:
    planned, places = _places(tmp_path, order)
    assert planned == list(order)
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Bonus Chapter", "The Kiln\nby Bo Marsh\n\n"),  # of another hand
        ("Side Story - The Cat", "The Kiln\nby Ada Thorn\n\n"),  # a title that its name does not say
        ("Side Story - The Cat", "Chapter 1\n\nThe gulls were loud that morning.\n\nChapter 2\n\n"),  # with chapters of its own
        ("Side Story of a Cat", ""),  # any story may be called so
        ("The Omake", ""),
    ],
)  # fmt: skip
def test_a_story_that_only_sounds_like_an_extra_chapter_is_a_book(tmp_path: Path, name: str, head: str) -> None:
    chapters = {f"Ch {n}.txt": f"Salt\nby Ada Thorn\n\nChapter {n}\n\n{told(str(n))}" for n in (1, 2, 3)}
    lay(tmp_path / "Salt", {**chapters, f"{name}.txt": head + told(name)})
    assert {s.files[0].stem: len(s.files) for s in stories_of(folder_tree(tmp_path))} == {"Ch 1": 3, name: 1}


def test_an_extra_chapter_that_names_its_work_is_a_part_of_it_beside_others(tmp_path: Path) -> None:
    lay(tmp_path, {f"{n}.txt": told(n) for n in ("salt - 1", "salt - 2", "salt - 3", "salt - omake", "Eels", "Omake")})
    assert {tuple(f.stem for f in s.files) for s in stories_of(folder_tree(tmp_path))} == {
        ("salt - 1", "salt - 2", "salt - 3", "salt - omake"), ("Eels",), ("Omake",),
    }  # fmt: skip


def test_the_part_that_is_called_final_is_read_last(tmp_path: Path) -> None:
    """Also where a word behind it may be a number: "I"."""
    stems = ("[Part 1] I rented a room", "[Part 2] I rented a room", "[FINAL] I rented a room")
    planned, places = _places(tmp_path, stems)
    assert planned == list(stems)
    assert places == sorted(places)


NOVEL = ("Chapter 1", "Chapter 2", "Chapter 3")
EXTRAS = ("Bonus Chapter", "Side Story - The Cat", "Author's Note")
KILN = f"The Kiln\nby Bo Marsh\n\n{told('kiln')}"


def test_extra_chapters_stay_in_a_novel_beside_stories_that_are_signed(tmp_path: Path) -> None:
    texts = {f"{name}.txt": told(name) for name in (*NOVEL, *EXTRAS)}
    lay(tmp_path / "Salt", {**texts, "Kiln.txt": KILN})
    assert {tuple(f.stem for f in s.files) for s in stories_of(folder_tree(tmp_path))} == {(*NOVEL, *EXTRAS), ("Kiln",)}


@pytest.mark.parametrize(
    ("head", "name", "belongs"),
    [
        ("", "Salt - Bonus Chapter", True),  # the folder's name, which is the novel's
        ("Salt\nby Ada Thorn\n\n", "Bonus Chapter", True),
        ("by Ada Thorn\n\n", "Bonus Chapter", True),
        ("", "Bonus Chapter", False),
        ("by Bo Marsh\n\n", "Bonus Chapter", False),
        ("by Bo Marsh\n\n", "Salt - Bonus Chapter", False),
    ],
)
def test_an_extra_chapter_beside_unsigned_stories_says_whose_it_is(
    tmp_path: Path, head: str, name: str, belongs: bool
) -> None:
    texts = {f"{n}.txt": f"Salt\nby Ada Thorn\n\n{n}\n\n{told(n)}" for n in NOVEL}
    lay(tmp_path / "Salt", {**texts, "Eels.txt": told("eels"), f"{name}.txt": head + told(name)})
    found = {tuple(f.stem for f in s.files) for s in stories_of(folder_tree(tmp_path))}
    assert found == ({(*NOVEL, name), ("Eels",)} if belongs else {NOVEL, ("Eels",), (name,)})


def test_an_extra_chapter_beside_two_novels_goes_to_the_one_whose_author_wrote_it(tmp_path: Path) -> None:
    hands = {"Salt": "Ada Thorn", "Weir": "Bo Marsh"}
    texts = {f"{w} ch {n}.txt": f"{w}\nby {a}\n\n{told(w + n)}" for w, a in hands.items() for n in "12"}
    lay(tmp_path, {**texts, "Afterword.txt": f"Afterword\nby Bo Marsh\n\n{told('after')}"})
    found = {tuple(f.stem for f in s.files) for s in stories_of(folder_tree(tmp_path))}
    assert found == {("Salt ch 1", "Salt ch 2"), ("Weir ch 1", "Weir ch 2", "Afterword")}


def test_chapters_with_an_article_before_their_number_stand_between_preface_and_afterword(tmp_path: Path) -> None:
    stems = (
        "Preface", "Chapter the First - A Goose", "Chapter the Second - Of Gloves", "Chapter the Tenth - Debts", "Afterword",
    )  # fmt: skip
    planned, places = _places(tmp_path, stems)
    assert planned == list(stems)
    assert places == sorted(places)


def test_an_article_makes_no_number_of_a_title(tmp_path: Path) -> None:
    lay(tmp_path, {f"{n}.txt": told(n) for n in ("Chapter the Third Man", "Chapter the Second Sight", "Eels")})
    assert {len(s.files) for s in stories_of(folder_tree(tmp_path))} == {1}


def test_the_words_before_a_chapters_number_are_no_title(tmp_path: Path) -> None:
    lay(tmp_path, {f"{n}.txt": told(n) for n in ("Chapter the First", "Chapter the Second", "Eels")})
    assert "Chapter the" not in {s.stem for s in stories_of(folder_tree(tmp_path))}
