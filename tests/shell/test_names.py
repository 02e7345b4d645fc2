"""What books are called: valid on every system, by a person's template, and kept whatever comes beside them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.build.file_names import MOST_BYTES, safe_name
from converter.build.name_template import filled, template
from converter.build.values import Senseless
from converter.document.model import Metadata, Person
from tests.shell.running import STORY, chapbook

ROAD = Metadata(
    title="The Salt Road: A Beginning",
    people=(Person("Ada Thorn"), Person("Ben Ash")),
    series="Salt",
    series_index="2",
    published="2021-04-03",
    language="en",
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{title}", "The Salt Road - A Beginning"),
        ("{author}/{series} {series_index:02} - {title}", "Ada Thorn/Salt 02 - The Salt Road - A Beginning"),
        ("{authors} ({year})", "Ada Thorn, Ben Ash (2021)"),
        ("[{fandom}/]{title}", "The Salt Road - A Beginning"),
        ("{fandom} - {title}", "The Salt Road - A Beginning"),
        ("{folder}/{file}", "heap/road"),
        ("{{{series}}} [[{language}]]", "{Salt} [en]"),
        ("{fandom}/{subtitle}/{series}", "Salt"),
    ],
)
def test_templates(text: str, name: str) -> None:
    assert str(filled(template(text), ROAD, "road", "heap")) == name


def test_a_number_is_filled_up_before_its_point() -> None:
    half = Metadata(title="x", series_index="2.5")
    assert str(filled("{series_index:03}", half, "f", "d")) == "002.5"


def test_a_slash_in_a_title_is_no_folder() -> None:
    assert str(filled("{title}", Metadata(title="Love/Hate ../../etc"), "f", "d")) == "Love-Hate ..-..-etc"


def test_nothing_is_left_of_it() -> None:
    assert filled("{series}", Metadata(title="x"), "f", "d") is None


@pytest.mark.parametrize(
    "text",
    ["title", "{name}", "{title", "title}", "[{title}", "{title}]", "[a[{title}]]", "/{title}", "../{title}",
     "{title}/", "a/../{title}"],
)  # fmt: skip
def test_templates_that_make_no_sense(text: str) -> None:
    with pytest.raises(Senseless):
        template(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("Conrad", "Conrad"),
        ("What? *This*: “Now” <3 |", "What -This- - “Now” ‹3 -"),
        ("...and then. . ", "and then"),
        ("tab\tand\x1bescape", "tab_and_escape"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("???", ""),
    ],
)
def test_names_that_every_system_takes(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=400))
def test_every_name_is_valid_everywhere(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode("utf-8", "surrogatepass")) <= MOST_BYTES + 1
    assert not set(name) & set('<>:"/\\|?*')
    assert all(c.isprintable() for c in name)
    assert name == name.strip(" ").rstrip(".")
    assert name == unicodedata.normalize("NFC", name)
    assert safe_name(name) == name


def test_long_names_end_with_a_word() -> None:
    name = safe_name("word " * 80)
    assert name.endswith("word")
    assert len(name) > MOST_BYTES - 10
    assert len(safe_name("字" * 400).encode()) <= MOST_BYTES


def shelf(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*.epub")}


def heap(folder: Path, *titles: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for n, title in enumerate(titles):
        (folder / f"{n}.txt").write_text(STORY.replace("The Salt Road", title).replace("road", f"road {n}"))


def test_books_are_named_by_a_template_and_stay_so(tmp_path: Path) -> None:
    heap(tmp_path / "in", "The Weir", "The Mill")
    asked = ("in", "-t", "epub", "-o", "books")
    assert chapbook(*asked, "--name", "{author}/{title}", cwd=tmp_path).code == 0
    named = {"Ada Thorn/The Weir.epub", "Ada Thorn/The Mill.epub"}
    assert shelf(tmp_path / "books") == named
    assert "2 up to date" in chapbook(*asked, "--name", "{author}/{title}", cwd=tmp_path).out
    assert "2 up to date" in chapbook(*asked, cwd=tmp_path).out  # they keep their names
    assert chapbook(*asked, "--name", "{title}", cwd=tmp_path).code == 0
    assert shelf(tmp_path / "books") == {"The Weir.epub", "The Mill.epub"}
    assert not (tmp_path / "books" / "Ada Thorn").exists()


def test_two_stories_of_one_title_are_two_books(tmp_path: Path) -> None:
    heap(tmp_path / "in", "The Weir", "The Weir", "The Weir")
    for _ in range(2):
        assert chapbook("in", "-t", "epub", "-o", "books", "--name", "{title}", cwd=tmp_path).code == 0
        assert shelf(tmp_path / "books") == {"The Weir.epub", "The Weir (2).epub", "The Weir (3).epub"}


def test_a_template_never_takes_a_strangers_place(tmp_path: Path) -> None:
    heap(tmp_path / "in", "The Weir", "The Mill")
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "The Weir.epub").write_bytes(b"somebody's own")
    assert chapbook("in", "-t", "epub", "-o", "books", "--name", "{title}", cwd=tmp_path).code == 0
    assert (tmp_path / "books" / "The Weir.epub").read_bytes() == b"somebody's own"
    assert shelf(tmp_path / "books") == {"The Weir.epub", "The Weir (2).epub", "The Mill.epub"}


def test_a_new_neighbour_renames_nothing(tmp_path: Path) -> None:
    for folder in ("b", "c"):
        heap(tmp_path / "in" / folder, folder)
    asked = ("in/b", "in/c", "-t", "epub", "-o", "books")
    assert chapbook(*asked, cwd=tmp_path).code == 0
    before = shelf(tmp_path / "books")
    heap(tmp_path / "in" / "a", "a")
    assert chapbook("in/a", *asked, cwd=tmp_path).code == 0
    assert before < shelf(tmp_path / "books")
    assert "up to date" in chapbook("in/b", "-t", "epub", "-o", "books", cwd=tmp_path).out


def test_a_template_that_makes_no_sense_is_wrong_usage(tmp_path: Path) -> None:
    heap(tmp_path / "in", "The Weir")
    run = chapbook("in", "--name", "{titel}", cwd=tmp_path)
    assert run.code == 2
    assert "{titel}" in run.err


def test_a_template_names_books_that_were_made_without_one(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/road.txt").write_text(STORY)
    for asked, name in (((), "road"), (("--name", "{title}"), "The Salt Road"), ((), "The Salt Road")):
        assert chapbook("in", "-t", "epub", "-o", "books", *asked, cwd=tmp_path).code == 0
        assert [path.name for path in (tmp_path / "books").glob("*.epub")] == [f"{name}.epub"]


def test_new_names_say_which_books_went_and_the_library_shows_the_folder(tmp_path: Path) -> None:
    (tmp_path / "salt.txt").write_text(STORY)
    assert chapbook("salt.txt", "-t", "epub", "-o", "books", cwd=tmp_path).err == ""
    run = chapbook("salt.txt", "-t", "epub", "-o", "books", "--name", "{author}/{title}", cwd=tmp_path)
    assert "other names now: salt.epub" in run.err
    assert "Ada Thorn/The Salt Road.epub" in chapbook("library", "-o", "books", cwd=tmp_path).out


@pytest.mark.parametrize("first", ["{title}", ""])
def test_a_book_whose_named_place_was_taken_gets_a_name_beside_it(tmp_path: Path, first: str) -> None:
    """Whether the template gave the place, or the file's name did and the template gives the same."""
    (tmp_path / "in").mkdir()
    for title in ("The Weir", "The Mill"):
        (tmp_path / "in" / f"{title}.txt").write_text(STORY.replace("The Salt Road", title))
    asked = ("in", "-t", "epub", "-t", "txt", "-o", "books")
    assert chapbook(*asked, *(("--name", first) if first else ()), cwd=tmp_path).code == 0
    (tmp_path / "books" / "The Weir.epub").write_bytes(b"somebody's own")
    assert chapbook(*asked, "--name", "{title}", cwd=tmp_path).code == 0
    made = shelf(tmp_path / "books")
    assert made == {"The Weir.epub", "The Weir (2).epub", "The Mill.epub"}
    for _ in range(3):
        run = chapbook(*asked, "--name", "{title}", cwd=tmp_path)
        assert run.code == 0
        assert "2 up to date" in run.out
        assert "names now" not in run.err
        assert shelf(tmp_path / "books") == made
    assert (tmp_path / "books" / "The Weir.epub").read_bytes() == b"somebody's own"
