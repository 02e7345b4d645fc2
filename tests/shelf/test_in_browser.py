"""The pages of a served shelf, as a browser shows them and as those use them who can't see, or have no mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checkers.shelf import browse, served
from tests.shelf.shelves import STORIES, TALE, make_books, write_stories

pytestmark = pytest.mark.slow
LONG = "Title: A Title Of Many Words About Nothing At All\nAuthor: Ada Thorn\nSummary: Long.\n\n" + TALE
MORE = {
    "donau.txt": f"Title: {'Donaudampfschifffahrt' * 4}\nAuthor: Ada Thorn\n\n{TALE}",
    "ferry.txt": f"Title: The Ferry\nAuthor: Odile Marsh\nSeries: Rivers\nSeries-Index: 1\n\n{TALE}",
    "long.txt": LONG + 'He said "no and then\n\nshe left in the middle of\n\nthe road.\n',
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("shelf")
    make_books(write_stories(place / "stories", STORIES | MORE), place / "books")
    return place


@pytest.fixture(scope="module")
def address(place: Path) -> Iterator[str]:
    with served(place / "books") as address:
        yield address


def test_every_page_is_for_everybody(address: str) -> None:
    """No rule of axe is broken, and nothing is wider than a phone, in light and dark."""
    paths = [
        "/",
        "/?q=thorn",
        "/?author=Ada+Thorn&doubts=1",
        "/?series=Rivers",
        "/names/author",
        "/names/tag",
        "/login",
        "/code",
        "/k",
        "/send/1",
    ]
    found = browse(address, "look", paths=[*paths, "/new", *(f"/book/{n}" for n in range(1, 8))])
    assert [seen for seen in found["seen"] if seen["violations"] or seen["wide"] > seen["width"]] == []
    assert found["errors"] == []
    assert {url.split("/")[2] for url in found["requests"] if not url.startswith("data:")} == {address.split("/")[2]}


def test_search_as_you_type(address: str) -> None:
    found = browse(address, "search", words="lampe")
    assert found["seen"]["titles"] == ["Die Lampe"]
    assert found["seen"]["said"] == "1 book with “lampe”"
    assert found["seen"]["address"].endswith("/?q=lampe")
    assert found["seen"]["focus"] == "q"
    assert found["errors"] == []


@pytest.mark.parametrize("plain", [False, True], ids=["at once", "without scripts"])
def test_filters(address: str, plain: bool) -> None:
    filters = [["#by-sort", "title"], ["#by-author", "Odile Marsh"], ["#by-doubts"], ["#by-author", ""]]
    found = browse(address, "filter", path="/", filters=filters, plain=plain)
    assert "Rivers" in found["seen"][0], "a stack"
    assert {"Below the Weir", "The Ferry"} < set(found["seen"][1]), "sorted by title, books are no stacks"
    assert found["seen"][2] == ["Odile Marsh", "Below the Weir", "The Ferry"]
    assert found["seen"][3] == ["Odile Marsh"]
    assert found["seen"][4][0] == "Books"
    assert "A Title Of Many Words About Nothing At All" in found["seen"][4]
    assert not {"Below the Weir", "The Ferry"} & set(found["seen"][4])
    assert found["errors"] == []


@pytest.mark.parametrize(
    ("form", "plain", "said"),
    [("txt", False, ["TXT is ready."]), ("kepub", True, [])],
    ids=["at once", "without scripts"],
)
def test_whoever_asks_for_another_format_stays_there(
    address: str, place: Path, form: str, plain: bool, said: list[str]
) -> None:
    found = browse(address, "make", path="/book/1", format=form, plain=plain)
    assert found["errors"] == []
    assert found["seen"] == {"focus": "formats", "said": said}
    assert len(list((place / "books").glob(f"*.{form}*"))) == 1
