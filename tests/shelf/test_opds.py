"""The catalogue for reading apps, as Thorium's own parser and KOReader's rules see it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from converter.shelf.books import Asked
from converter.shelf.opds.links import AUTHENTICATION_TYPE
from converter.shelf.shelf import Shelf, shelf_of
from tests.shelf.opds_clients import JSON_TYPE, KoReader, thorium
from tests.shelf.shelves import PASSWORD, TALE, browser, make_books, shelf_in, write_stories

HOST = "http://localhost:8737"
ATOM = "{http://www.w3.org/2005/Atom}"
ODD = 'Two\nlines & <b>"quotes"</b> \x01\x0b\ufffe 🕯 <![CDATA[x]]>'
PATHS = (
    "",
    "/new",
    "/crawlable",
    "/authors",
    "/series",
    "/tags",
    "/languages",
    "/books?author=Ada+Thorn",
    "/search?q=salt",
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("opds"))


def many_books(folder: Path, number: int) -> Shelf:
    """A shelf with so many books, whose files are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    shelf = shelf_of(folder)
    with shelf.store.writing() as connection:
        for n in range(1, number + 1):
            by = [] if n % 10 == 3 else [f"Author {n % 700}", f"Second {n % 3}"][: 1 + n % 2]
            title = ODD if n % 50 == 7 else f"Story {n}"
            values = (
                n,
                f"s{n}.txt",
                "",
                title,
                json.dumps(by),
                f"Cycle {n % 40}" if n % 4 == 0 else "",
                str(n),
                "en",
                ODD,
            )
            connection.execute(
                "INSERT INTO books VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '[\"a & b\"]', '[]', 9, 1, 0, ?, 1700000000, 1700000000, ?, '', '', '')",
                (*values, "c" * 32 if n % 2 else "", n),
            )
            connection.executemany("INSERT INTO people VALUES (?, ?)", [(name, n) for name in by])
            connection.execute("INSERT INTO found (rowid, title, people) VALUES (?, ?, ?)", (n, title, " ".join(by)))
            files = [(n, at, form, f"s{n}.{form}", f"{n:032x}", 1000) for at, form in enumerate(("epub", "azw3"))]
            connection.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", files)
    return shelf


def required(shelf: Shelf) -> None:
    """What the specifications ask of every feed of a shelf."""
    client = browser(shelf)
    for path in PATHS:
        answer = client.get(f"/opds{path}")
        assert answer.headers["content-type"].startswith("application/atom+xml;profile=opds-catalog;kind=")
        assert answer.headers["vary"] == "Accept"
        feed = ET.fromstring(answer.content)
        for part in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"{ATOM}{name}")) == 1, (path, name)
                assert part.findtext(f"{ATOM}{name}")
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids)
        links = list(feed.iter(f"{ATOM}link"))
        assert {"self", "start", "search"} <= {link.get("rel") for link in links}
        assert all(link.get("type") and urlsplit(link.get("href", "")).netloc for link in links)
        own = next(link.get("href", "") for link in links if link.get("rel") == "self")
        assert client.get(own).content == answer.content
        said = client.get(f"/opds{path}", headers={"accept": JSON_TYPE})
        assert said.headers["content-type"] == JSON_TYPE
        assert said.content == client.get(f"/opds/v2{path}").content
        as_json = said.json()
        assert as_json["metadata"]["title"]
        assert {"self", "start", "search"} <= {link["rel"] for link in as_json["links"]}
        assert len([key for key in ("navigation", "publications", "groups") if as_json.get(key)]) == 1
        assert "[]" not in re.sub(r'"(?:[^"\\]|\\.)*"', "0", said.text), "no list is empty"
        assert all(door["title"] and door["href"] for door in as_json.get("navigation", ()))
        for book in as_json.get("publications", ()):
            assert book["links"][0]["rel"].startswith("http://opds-spec.org/acquisition")


def test_feeds_are_as_the_specifications_say(shelf: Shelf) -> None:
    required(shelf)


def test_an_empty_shelf_has_feeds_too(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path)
    required(shelf)
    for new in (False, True):
        (door,) = KoReader(browser(shelf), new=new).items(f"{HOST}/opds")["items"]
        assert KoReader(browser(shelf), new=new).items(door["url"])["items"] == []
    client = browser(shelf)
    empty = thorium(*(client.get(path).text for path in ("/opds/new", "/opds/v2/new")))
    assert all("publications" not in feed for feed in empty)


@pytest.mark.parametrize("new", [False, True])
def test_koreader_walks_through_all_doors(shelf: Shelf, new: bool) -> None:
    reader = KoReader(browser(shelf), new=new)
    doors = {item["text"]: item["url"] for item in reader.items(f"{HOST}/opds")["items"]}
    assert list(doors) == ["Newest", "Authors", "Series", "Tags", "Languages"]
    titles = {book.title for book in shelf.books.page(Asked()).books}
    assert {item["text"] for item in reader.all_items(doors.pop("Newest"))} == titles
    behind = {}
    for name, address in doors.items():
        behind[name] = {
            door["text"]: [book["text"] for book in reader.all_items(door["url"])] for door in reader.all_items(address)
        }
    assert behind["Authors"]["Jörg Öhm"] == ["Die Lampe"]
    assert behind["Series"] == {"Rivers": ["Below the Weir"]}
    assert behind["Tags"] == {"ferries": ["Below the Weir"], "floods": ["Below the Weir"]}
    assert behind["Languages"]["German"] == ["Die Lampe"]
    assert [book["text"] for book in reader.search(f"{HOST}/opds", "sa thorn")] == ["The Salt Road"]
    assert [book["text"] for book in reader.search(f"{HOST}/opds", "灯下")] == ["灯下客"]
    assert reader.search(f"{HOST}/opds", 'no & <such> "book"') == []


@pytest.mark.parametrize("new", [False, True])
def test_koreader_fetches_the_books_that_are_new_to_it(shelf: Shelf, new: bool) -> None:
    """It stops at the address that it fetched last: the first file's, with the digest of its bytes in it."""
    client = browser(shelf)
    for item in KoReader(client, new=new).all_items(f"{HOST}/opds/new"):
        first = item["files"][0]
        book = next(book for book in shelf.books.page(Asked()).books if book.title == item["text"])
        assert first["type"] == "application/epub+zip"
        assert book.files[0].digest in first["href"]
        assert first["href"].endswith(".epub")
        assert 'filename="' in client.head(first["href"]).headers["content-disposition"]
        assert client.get(first["href"]).content[:2] == b"PK"


def test_thorium_sees_the_books(shelf: Shelf) -> None:
    client = browser(shelf)
    doors, books, doors2, books2 = thorium(*(client.get(f"/opds{p}").text for p in ("", "/new", "/v2", "/v2/new")))
    for feed in (doors, doors2):
        assert "publications" not in feed
        assert [door["title"] for door in feed["navigation"]] == ["Newest", "Authors", "Series", "Tags", "Languages"]
    for feed in (books, books2):
        found = {book["metadata"]["title"]: book for book in feed["publications"]}
        weir = found["Below the Weir"]
        people = weir["metadata"]["author"]
        people = people if isinstance(people, list) else [people]
        assert [person["name"] if isinstance(person, dict) else person for person in people] == ["Odile Marsh"]
        assert "A ferryman’s winter." in weir["metadata"]["description"]
        assert any(link["type"] == "application/epub+zip" for link in weir["links"])
        assert weir["images"][0]["type"] == "image/jpeg"
    assert books2["publications"][0]["metadata"]["title"]


@pytest.mark.parametrize("new", [False, True])
def test_two_thousand_books_with_odd_titles(tmp_path: Path, new: bool) -> None:
    shelf = many_books(tmp_path, 2000)
    reader = KoReader(browser(shelf), new=new)
    for path in ("new", "crawlable"):
        items = reader.all_items(f"{HOST}/opds/{path}")
        assert len(items) == len({item["files"][0]["href"] for item in items}) == 2000
        assert items[0]["text"] == "Story 2000"
    odd = [item for item in items if not item["text"].startswith("Story")]
    assert {item["text"] for item in odd} == {'Two lines & <b>"quotes"</b> 🕯 <![CDATA[x]]>'}
    assert len(odd) == 40
    assert {item["author"] for item in items if item["text"] == "Story 3"} == {""}
    authors = reader.all_items(f"{HOST}/opds/authors")
    assert len(authors) == len(shelf.books.names("author"))
    cycle = reader.all_items(f"{HOST}/opds/books?series=Cycle+4")
    assert [item["text"] for item in cycle] == [f"Story {n}" for n in range(4, 2001, 40)]
    client = browser(shelf)
    feeds = thorium(*(client.get(p).text for p in ("/opds/crawlable", "/opds/v2/crawlable")))
    assert [len(feed["publications"]) for feed in feeds] == [250, 250]
    required(shelf)


@pytest.mark.parametrize("new", [False, True])
def test_facets_narrow_what_is_shown(tmp_path: Path, new: bool) -> None:
    shelf = shelf_in(
        tmp_path,
        stories={
            "a.txt": f"Title: Salt\nAuthor: Ada Thorn\nTags: sea, night\nLanguage: en\n\n{TALE}",
            "b.txt": f"Title: Sand\nAuthor: Ada Thorn\nTags: sea\nLanguage: de\n\n{TALE}",
            "c.txt": f"Title: Öl\nAuthor: Özge Åström; Ada Thorn\nTags: 灯\nLanguage: de\n\n{TALE}",
        },
    )
    reader = KoReader(browser(shelf), new=new)

    def shown(address: str) -> set[str]:
        return {item["text"] for item in reader.all_items(address)}

    groups = reader.facets(f"{HOST}/opds/new")
    other = "Özge Åström" if new else "Author: Özge Åström"
    assert [row[:3] for row in groups["Author"]] == [("Ada Thorn", 3, False), (other, 1, False)]
    assert [row[:2] for row in groups["Language"]] == [("German", 2), ("English", 1)]
    assert [row[:2] for row in groups["Tag"]] == [("sea", 2), ("night", 1), ("灯" if new else "Tag: 灯", 1)]
    for rows in groups.values():
        for _, count, _, address in rows:
            assert len(shown(address)) == count
    sea = groups["Tag"][0][3]
    assert shown(sea) == {"Salt", "Sand"}
    narrowed = reader.facets(sea)
    assert "Author" not in narrowed, "all of them are by one"
    assert [row[:3] for row in narrowed["Tag"]][:2] == [("Any", 3, False), ("sea", 2, True)]
    assert shown(narrowed["Tag"][0][3]) == {"Salt", "Sand", "Öl"}
    german = {row[0]: row[3] for row in narrowed["Language"]}["German"]
    assert shown(german) == {"Sand"}
    found = reader.items(f"{HOST}/opds")["search"].replace("%s", "thorn")
    assert shown({row[0]: row[3] for row in reader.facets(found)["Language"]}["English"]) == {"Salt"}
    assert reader.facets(f"{HOST}/opds/crawlable") == reader.facets(f"{HOST}/opds") == {}
    client = browser(shelf)
    (seen,) = thorium(client.get(f"/opds{'/v2' * new}/new").text)
    assert [len(group["links"]) for group in seen["facets"]] == [2, 2, 3]


def test_a_feed_that_holds_all_books_says_so(shelf: Shelf, tmp_path: Path) -> None:
    assert "<fh:complete/>" in browser(shelf).get("/opds/crawlable").text
    assert "<fh:complete/>" not in browser(many_books(tmp_path, 600)).get("/opds/crawlable").text


def test_covers_come_without_a_password_by_their_address_alone(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, password=PASSWORD, stories={"salt.txt": f"Title: Salt\nAuthor: Ada Thorn\n\n{TALE}"})
    client = browser(shelf)
    assert client.get("/opds").status_code == client.get("/opds/v2/new").status_code == 401
    refused = client.get("/opds")
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert refused.headers["content-type"] == "application/opds-authentication+json"
    document = client.get("/opds/authentication.json")
    assert document.content == refused.content
    (said,) = thorium(document.text)
    assert said["authentication"][0]["type"] == "http://opds-spec.org/auth/basic"
    assert said["id"] == f"{HOST}/opds/authentication.json"
    feed = client.get("/opds/v2/new", auth=("anybody", PASSWORD)).json()
    cover = feed["publications"][0]["images"][0]["href"]
    assert client.get(cover).content[:3] == b"\xff\xd8\xff"
    large = feed["publications"][0]["images"][1]["href"]
    assert len(client.get(large).content) > len(client.get(cover).content)
    assert client.get(large.partition("?")[0]).status_code == 401
    assert client.get(cover[:-1]).status_code == client.get(cover.partition("?")[0]).status_code == 401
    file = feed["publications"][0]["links"][0]["href"]
    assert client.get(f"{file}?{urlsplit(cover).query}").status_code == 401
    shelf.access.set_password("another one")
    assert client.get(cover).status_code == 401


def test_what_is_no_page_is_not_found(shelf: Shelf) -> None:
    client = browser(shelf)
    for path in ("/opds//", "/opds/authors?page=9", "/opds/nothing", "/opds/v2/opensearch.xml"):
        assert client.get(path).status_code == 404, path
    for path in ("/opds/authors?page=x", "/opds/new?before=-1", "/opds/new?before=9" + "9" * 40, "/opds/books"):
        assert client.get(path).status_code == 200, path


def test_addresses_may_end_with_a_slash(shelf: Shelf) -> None:
    client = browser(shelf)
    for path in ("/opds", "/opds/new", "/opds/authors", "/opds/v2", "/opds/v2/search"):
        assert client.get(f"{path}/").content == client.get(path).content, path


@pytest.mark.parametrize(
    ("accept", "as_json"),
    [
        ("*/*", False),
        ("application/opds+json", True),
        ("application/opds+json, application/atom+xml;profile=opds-catalog, */*", True),
        ("application/atom+xml, application/opds+json;q=0", False),
        ("application/atom+xml;q=0.4, application/opds+json;q=0.5", True),
        ("application/opds+json; q=0.5, */*;q=0.8", False),
        ("APPLICATION/OPDS+JSON;q=x", True),
        ("text/html,application/xml;q=0.9", False),
    ],
)
def test_what_is_liked_more_is_answered(shelf: Shelf, accept: str, as_json: bool) -> None:
    answer = browser(shelf).get("/opds", headers={"accept": accept})
    assert (answer.headers["content-type"] == JSON_TYPE) == as_json


def test_a_feed_is_sent_again_when_it_changed(tmp_path: Path) -> None:
    shelf = many_books(tmp_path, 3)
    client = browser(shelf)
    for path in ("/opds/new", "/opds/v2/new", "/opds/v2/book/3"):
        tag = {"if-none-match": client.get(path).headers["etag"]}
        answer = client.get(path, headers=tag)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag["if-none-match"])
        for change in (
            "books SET title = title || '!' WHERE id = 3",
            "settings SET value = value || '0a' WHERE key = 'secret'",
        ):
            with shelf.store.writing() as connection:
                connection.execute(f"UPDATE {change}")
            answer = client.get(path, headers=tag)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache")
            tag = {"if-none-match": answer.headers["etag"]}


def test_identifiers_are_of_this_shelf_and_stay(shelf: Shelf, tmp_path: Path) -> None:
    def ids(shelf: Shelf) -> list[str]:
        client = browser(shelf)
        return [found for path in PATHS for found in re.findall("<id>(.*?)</id>", client.get(f"/opds{path}").text)]

    own = ids(shelf)
    assert own == ids(shelf)
    doors = own[1:6]
    feeds = {re.search("<id>(.*?)</id>", browser(shelf).get(f"/opds{path}").text)[1] for path in PATHS}  # type: ignore[index]
    assert not feeds & {*doors}, "a door is not the feed behind it"
    assert not {*own} & {*ids(many_books(tmp_path, 30))}


@pytest.mark.parametrize("new", [False, True])
def test_a_book_says_what_it_is(tmp_path: Path, new: bool) -> None:
    """When and by whom it was published, its series, its languages by names of their own, its files by theirs."""
    said = (
        'published = "2011-05-04"\npublisher = "Old House"\nseries = "Rivers"\nseries_index = 2\nlanguage = "en-GB"\n'
    )
    stories = {
        "a.txt": f"Title: Salt\nAuthor: Ada Thorn\n\n{TALE}",
        "a.toml": said + 'description = "One.\\n\\nTwo."\n',
    }
    stories["b.txt"] = f"Title: Sand\nLanguage: en\n\n{TALE}"
    make_books(write_stories(tmp_path / "stories", stories), tmp_path / "books", to=("epub", "kepub", "txt"))
    shelf = shelf_in(tmp_path, stories={})
    client = browser(shelf)
    reader = KoReader(client, new=new)
    salt = next(item for item in reader.all_items(f"{HOST}/opds/new") if item["text"] == "Salt")
    assert [file["title"] for file in salt["files"]] == ["EPUB", "KEPUB", "TXT"]
    names = [("EPUB", "Ada Thorn - Salt.epub"), ("TXT", "Ada Thorn - Salt.txt")]
    assert reader.buttons(salt) == names, "it would save a KEPUB under the EPUB's name"
    kepub = client.get(salt["files"][1]["href"])
    assert kepub.headers["content-disposition"].endswith('.kepub.epub"')
    assert salt["said"] == "Rivers 2\nOne.\nTwo."
    assert salt["cover"] in client.get("/opds/v2/new").text.replace("/cover/large", "")
    doors = [item["text"] for item in reader.all_items(f"{HOST}/opds/languages")]
    assert doors == ["English", "English (GB)"]
    assert ">English (GB)<" in client.get("/opds/books?language=en-GB").text
    (seen,) = thorium(client.get(f"/opds{'/v2' * new}/search?q=salt").text)
    about = seen["publications"][0]["metadata"]
    assert about["published"].startswith("2011-05-04")
    assert "Old House" in json.dumps(about["publisher"])
    (other,) = thorium(client.get(f"/opds{'/v2' * new}/search?q=sand").text)
    assert "published" not in other["publications"][0]["metadata"], "the day of its arrival is another thing"


def test_entries_lead_to_their_page_and_to_themselves(shelf: Shelf) -> None:
    client = browser(shelf)
    for entry in ET.fromstring(client.get("/opds/new").content).iter(f"{ATOM}entry"):
        (page,) = [link for link in entry.iter(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert client.get(page.get("href", "")).status_code == 200
    for book in client.get("/opds/v2/new").json()["publications"]:
        (own,) = [link for link in book["links"] if link["rel"] == "self"]
        answer = client.get(own["href"])
        assert (answer.headers["content-type"], answer.json()) == (own["type"], book)
        assert [image["rel"].rpartition("/")[2] for image in book["images"]] == ["thumbnail", "image"]
    assert client.get("/opds/v2/book/999").status_code == 404


def test_progression_says_that_it_wants_a_password(shelf: Shelf, tmp_path: Path) -> None:
    locked = shelf_in(tmp_path, password=PASSWORD, stories={"a.txt": TALE})
    for one, hint in (
        (shelf, None),
        (locked, {"href": f"{HOST}/opds/authentication.json", "type": AUTHENTICATION_TYPE}),
    ):
        feed = browser(one).get("/opds/v2/new", auth=("any", PASSWORD)).json()
        (link,) = [k for k in feed["publications"][0]["links"] if k["rel"].endswith("/progression")]
        assert link.get("properties", {}).get("authenticate") == hint
