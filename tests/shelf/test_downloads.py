"""Files and covers as clients ask for them that have some of it already."""

from __future__ import annotations

from email.utils import formatdate
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from converter.shelf.arrivals import refresh
from converter.shelf.downloads import FOR_EVER, address, catalogue_address
from converter.shelf.shelf import Shelf
from tests.shelf.shelves import PASSWORD, TALE, book_of, browser, make_books, shelf_in, write_stories

HOUR = 3600


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("downloads"), stories={"a.txt": f"Title: Salt\n\n{TALE}"})


@pytest.fixture(scope="module")
def client(shelf: Shelf) -> TestClient:
    return browser(shelf)


def asked(client: TestClient, path: str, **headers: str) -> int:
    """The status of what is answered to these headers; nothing is said beside 304."""
    answer = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert answer.status_code != 304 or not answer.content
    return answer.status_code


def test_a_file_that_did_not_change_is_not_sent_again(shelf: Shelf, client: TestClient) -> None:
    book = book_of(shelf, "salt")
    path = address(book, book.files[0])
    first = client.get(path)
    tag, then = first.headers["etag"], first.headers["last-modified"]
    for tags in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        assert asked(client, path, if_none_match=tags) == 304, tags
    assert asked(client, path, if_none_match=tag.strip('"')) == 200
    changed = (shelf.folder / book.files[0].path).stat().st_mtime
    assert asked(client, path, if_modified_since=then) == 304
    assert asked(client, path, if_modified_since=formatdate(changed + HOUR, usegmt=True)) == 304
    assert asked(client, path, if_modified_since=formatdate(changed - HOUR, usegmt=True)) == 200
    for said in ("yesterday", "", "Mon, 99 Nov 99999 00:00:00 GMT"):
        assert asked(client, path, if_modified_since=said) == 200, said
    assert asked(client, path, if_modified_since=then, if_none_match='"x"') == 200, "the tag is what counts"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("bytes=0-9", 206),
        ("Bytes = 4-, -5", 206),
        ("bytes=999999999-", 416),
        *(
            (said, 200)
            for said in ("bytes=abc", "bytes=9-3", "bytes=", "0-9", "pages=1-2", "bytes=0-9,x", "bytes=9-,5-1")
        ),
    ],
)
def test_a_range_that_names_no_part_is_not_looked_at(shelf: Shelf, client: TestClient, said: str, status: int) -> None:
    book = book_of(shelf, "salt")
    assert asked(client, address(book, book.files[0]), range=said) == status


def test_covers_have_tags(shelf: Shelf, client: TestClient) -> None:
    digest = book_of(shelf, "salt").cover
    paths = [f"/cover/{digest}.jpg", f"/cover/large/{digest}.jpg"]
    tags = [client.get(path).headers["etag"] for path in paths]
    assert len(set(tags)) == 2
    for path, tag in zip(paths, tags, strict=True):
        assert [asked(client, path, if_none_match=said) for said in (tag, "*", '"x"')] == [304, 304, 200]
        assert asked(client, path.replace(digest, "0" * len(digest)), if_none_match="*") == 404


def test_the_address_of_a_file_that_grew_gives_what_is_here_now(tmp_path: Path) -> None:
    """Itself, not by another address: KOReader would come there without its password."""
    stories = write_stories(tmp_path / "stories", {"a.txt": f"Title: Salt\n\n{TALE}"})
    make_books(stories, tmp_path / "books", to=("epub", "kepub"))
    shelf = shelf_in(tmp_path, password=PASSWORD, stories={})
    client = browser(shelf)
    client.auth = ("any", PASSWORD)
    book = book_of(shelf, "salt")
    earlier, kepub = address(book, book.files[0]), catalogue_address(book, book.files[1])
    before = client.get(earlier)
    assert before.headers["cache-control"] == FOR_EVER
    write_stories(tmp_path / "stories", {"a.txt": f"Title: Salt\n\n{TALE}\nNobody came.\n"})
    make_books(stories, shelf.folder, to=("epub", "kepub"))
    refresh(shelf.store)
    now = book_of(shelf, "salt")
    new = client.get(address(now, now.files[0]))
    answer = client.get(earlier, headers={"if-none-match": before.headers["etag"]})
    assert answer.status_code == 200
    assert answer.content == new.content != before.content
    assert (answer.headers["etag"], answer.headers["content-location"]) == (new.headers["etag"], new.request.url.path)
    assert "immutable" not in answer.headers["cache-control"]
    assert asked(client, earlier, if_none_match=new.headers["etag"]) == 304
    assert asked(client, earlier, if_modified_since=answer.headers["last-modified"]) == 200
    part = client.get(earlier, headers={"range": "bytes=100-"})
    assert (part.status_code, part.content) == (200, new.content), "no end of one file behind the beginning of another"
    assert client.get(address(now, now.files[0]), headers={"range": "bytes=100-"}).status_code == 206
    assert client.get(kepub).content == client.get(address(now, now.files[1])).content != client.get(earlier).content
    assert browser(shelf).get(earlier).status_code == 401
