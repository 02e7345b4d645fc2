"""Reading in the browser: the wall around a book, the place that is kept, and a book that means harm."""

from __future__ import annotations

import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from converter.shelf.books import Asked
from converter.shelf.shelf import Shelf
from converter.shelf.sync import progress
from converter.shelf.sync.digests import sampled
from converter.shelf.sync.places import Place
from tests.checkers.shelf import browse, served
from tests.shelf.shelves import PASSWORD, STORIES, TALE, browser, make_books, shelf_in, write_stories

PLACE = "epubcfi(/6/4!/4/2/1:0)"
NOTED = """# Noted

The lamp[^1] went out at the second bell.

Nobody lit it again.

[^1]: A lamp of brass, from Odile's aunt.
"""
LONG = "Title: The Long Walk\nAuthor: Ada Thorn\n\n" + "\n\n".join(
    f"Chapter {chapter}\n\n"
    + "\n\n".join(
        f"On mile {chapter}.{mile} they met a carter, who had lost a wheel, and spoke with him of the weather for a while."
        for mile in range(40)
    )
    for chapter in range(1, 4)
)
ABROAD = "The café on the hill was shut; “Tokyo,” said the carter’s wife, “is 東京 there, and peace is שָׁלוֹם here.”"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("reading"))


def test_the_wall_around_a_book(shelf: Shelf) -> None:
    """A script needs the nonce; frames are the book's own; nothing is asked of anybody else."""
    client = browser(shelf)
    policies = [client.get("/read/1").headers["content-security-policy"] for _ in range(2)]
    assert policies[0] != policies[1], "the same nonce twice"
    rules = dict(rule.strip().split(" ", 1) for rule in policies[0].split(";"))
    assert re.fullmatch(r"'nonce-[\w-]{16,}'", rules["script-src"])
    assert rules["default-src"] == rules["object-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["frame-src"] == "blob:"
    assert rules["connect-src"] == "'self'"


def test_what_only_scripts_do_is_not_shown_without_them(shelf: Shelf) -> None:
    page = browser(shelf).get("/read/1").text
    (sheet,) = re.findall(r'<noscript><link rel="stylesheet" href="(.+?)"></noscript>', page)
    hidden = browser(shelf).get(sheet).text.partition("{")[0]
    assert all(shown in hidden for shown in ("#said", ".bar button"))


def test_the_place_is_kept(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    client = browser(shelf)
    assert 'data-place=""' in client.get("/read/1").text
    for fraction in ("0.25", "0.5"):
        assert client.post("/read/1/place", data={"place": PLACE, "fraction": fraction}).status_code == 204
    assert f'data-place="{PLACE}" data-fraction="0.5"' in client.get("/read/1").text
    assert "Read on (50 %)" in client.get("/book/1").text
    assert shelf.store.asked("SELECT kind, fraction FROM places ORDER BY id") == [("browser", 0.25), ("browser", 0.5)]


def test_where_another_reader_was_is_where_one_reads_on(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    client = browser(shelf)
    client.post("/read/1/place", data={"place": PLACE, "fraction": "0.25"})
    progress.note(shelf.store, Place("x", "koreader", "/body/DocFragment[2]", 0.75, "Kobo", "K1", book=1))
    assert 'data-place="" data-fraction="0.75"' in client.get("/read/1").text, "of no file that is known"
    file = next((tmp_path / "books").glob(f"{shelf.books.get(1).files[0].path}"))  # type: ignore[union-attr]
    said = {"document": sampled(file), "percentage": 0.4, "device": "Kobo", "device_id": "K1"}
    client.put("/syncs/progress", json={**said, "progress": "/body/DocFragment[3]/body/section/p/text().1"})
    assert 'data-place="epubcfi(/6/6!/4/2/' in client.get("/read/1").text


@pytest.mark.parametrize(
    "said",
    [
        {"place": "javascript:1", "fraction": "0"},
        {"place": PLACE, "fraction": "nan"},
        {"place": PLACE, "fraction": "2"},
        {"place": "epubcfi(" + "x" * 3000, "fraction": "0"},
        {},
    ],
)
def test_what_is_no_place_is_not_kept(shelf: Shelf, said: dict[str, str]) -> None:
    assert browser(shelf).post("/read/1/place", data=said).status_code == 400
    assert shelf.store.asked("SELECT * FROM places") == []


def test_a_form_has_a_limit(shelf: Shelf) -> None:
    answer = browser(shelf).post("/read/1/place", data={"place": "x" * 1_000_000, "fraction": "0"})
    assert answer.status_code == 413


def test_a_place_needs_the_token_of_the_session(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, password=PASSWORD, stories={"a.txt": f"Title: One\n\n{TALE}"})
    client = browser(shelf)
    client.post("/login", data={"password": PASSWORD})
    token = re.search(r'data-token="(\w+)"', client.get("/read/1").text)
    assert token
    said = {"place": PLACE, "fraction": "0.1"}
    assert client.post("/read/1/place", data=said).status_code == 403
    assert client.post("/read/1/place", data={**said, "token": token[1]}).status_code == 204


# ------------------------------------------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("read")
    stories = STORIES | {"long.txt": f"{LONG}\n\n{ABROAD}\n", "noted.md": NOTED}
    make_books(write_stories(place / "stories", stories), place / "books")
    return place / "books"


def number_of(books: Path, title: str) -> int:
    """The number that the shelf gives to a book: that of its place on the first page."""
    from converter.shelf.arrivals import refresh
    from converter.shelf.shelf import shelf_of

    shelf = shelf_of(books)
    refresh(shelf.store)
    return next(book.id for book in shelf.books.page(Asked()).books if book.title == title)


@pytest.mark.slow
def test_somebody_reads_on_at_another_window_size(books: Path) -> None:
    path = f"/read/{number_of(books, 'The Long Walk')}"
    openings = [
        {"path": path, "width": 1000, "height": 700, "turns": 3},
        {"path": path, "width": 360, "height": 640, "dark": True},
        {"path": path, "width": 1000, "height": 700},
    ]
    with served(books) as address:
        found = browse(address, "read", openings=openings)
    first, small, again = found["seen"]
    assert first["fraction"] > 0
    assert first["text"].strip()[:40] == again["text"].strip()[:40]
    assert first["text"].strip()[:15] in small["text"] or small["text"].strip()[:15] in first["text"]
    assert first["contents"] == ["Chapter 1", "Chapter 2", "Chapter 3"]
    assert [seen["violations"] for seen in found["seen"]] == [[], [], []]
    assert [seen["wide"] for seen in found["seen"]] == [1000, 360, 1000]
    assert set(first["frames"]) == {"The Long Walk"}, "what a screen reader calls the frame"
    assert found["errors"] == []


@pytest.mark.slow
def test_notes_pop_up(books: Path) -> None:
    with served(books) as address:
        found = browse(address, "note", path=f"/read/{number_of(books, 'Noted')}")
    assert "A lamp of brass" in found["seen"]["text"]
    assert found["seen"]["name"] == "Note"
    assert found["seen"]["focus"] == "1", "whoever goes by keys is at the note's mark again"
    dialogs = ("contents", "search", "looks", "note")
    assert found["seen"]["outside"] == [[name, True, False] for name in dialogs], "closed by a click outside alone"
    assert found["errors"] == []


@pytest.mark.slow
def test_a_window_that_was_left_open_is_where_one_read_on(books: Path) -> None:
    with served(books) as address:
        found = browse(address, "elsewhere", path=f"/read/{number_of(books, 'The Long Walk')}")
    first, other, again = found["seen"]["seen"]
    assert first < other
    assert again == pytest.approx(other)
    assert found["seen"]["said"] == "This is where you read on elsewhere."
    assert found["errors"] == []


@pytest.fixture(scope="module")
def by_keys(books: Path) -> dict[str, Any]:
    """What somebody saw who goes about in a book by the keys."""
    words = ["e", "CAFE on", "carter's", "東京", "שלום", "nowhere", "mile 2.1"]
    with served(books) as address:
        found = browse(address, "keys", path=f"/read/{number_of(books, 'The Long Walk')}", words=words)
    assert found["errors"] == []
    seen: dict[str, Any] = found["seen"]
    return seen


@pytest.mark.slow
def test_a_chapter_is_chosen_by_keys(by_keys: dict[str, Any]) -> None:
    chosen, on, back = by_keys["chapter"]["seen"]
    assert chosen < on
    assert back == pytest.approx(chosen), "Space with Shift turns back"
    assert by_keys["chapter"]["open"] == 0, "Space has not opened the contents again"
    assert by_keys["chapter"]["current"] == ["Chapter 3"]
    assert re.fullmatch(r"[45] min left in chapter", by_keys["chapter"]["left"]), "of 900 words and more"


@pytest.mark.slow
def test_words_are_found_by_keys(by_keys: dict[str, Any]) -> None:
    search = by_keys["search"]
    much, accents, mark, chinese, hebrew, nowhere, many = search["found"]
    assert much["said"] == "More than 200 hits for “e”: these are the first. More words find fewer."
    assert len(much["hits"]) == 200
    assert (accents["said"], accents["marked"], accents["chapters"]) == (
        "1 hit for “CAFE on”",
        ["café on"],
        ["Chapter 3"],
    )
    assert accents["hits"][0].startswith("The café on the hill was shut"), "with the words around"
    assert [found["marked"] for found in (mark, chinese, hebrew)] == [["carter’s"], ["東京"], ["שָׁלוֹם"]]
    assert (nowhere["said"], nowhere["hits"]) == ("No hit for “nowhere”", [])
    assert (many["said"], many["chapters"]) == ("11 hits for “mile 2.1”", ["Chapter 2"])


@pytest.mark.slow
def test_from_a_hit_one_comes_back(by_keys: dict[str, Any]) -> None:
    search = by_keys["search"]
    assert "mile 2.1" in search["hit"]["text"]
    assert search["hit"]["marks"] > 0
    assert search["hit"]["isInBook"], "who goes by keys reads on"
    assert search["next"] == "2 of 11"
    assert search["keptAtHit"] == search["kept"], "a hit is no place that is kept"
    assert search["back"]["fraction"] == pytest.approx(search["at"]["fraction"])
    assert search["back"]["marks"] == 0
    assert search["looked"] == [{"violations": [], "wide": 320}] * 2


@pytest.mark.slow
def test_typeface_width_and_spacing_are_taken_at_once(by_keys: dict[str, Any]) -> None:
    before, after = by_keys["looks"]["before"], by_keys["looks"]["after"]
    assert "sans-serif" not in before["typeface"]
    assert "sans-serif" in after["typeface"]
    assert after["width"] < before["width"]
    assert after["spacing"] > before["spacing"]
    assert after["text"].strip()[:15] in before["text"] or before["text"].strip()[:15] in after["text"], (
        "the place is the same"
    )
    assert by_keys["looks"]["kept"] == ["sans", "narrow", "loose"]
    assert by_keys["looks"]["looked"] == [{"violations": [], "wide": 320}]


@contextmanager
def counting() -> Iterator[tuple[str, list[str]]]:
    """A server of somebody else, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("access-control-allow-origin", "*")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def hostile(path: Path, other: str, own: str) -> None:
    """An EPUB that tries what books can try: to run something, to ask `other` or its reader's own shelf for something."""
    run = (
        "try { top.document.title = 'taken' } catch (e) {} fetch('"
        + other
        + "/fetched'); new Image().src = '"
        + own
        + "book/1?run'"
    )
    page = f"""<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Evil</title>
<meta http-equiv="refresh" content="0; url={other}/refreshed"/><base href="{other}/"/>
<link rel="stylesheet" href="{other}/outside.css"/><link rel="prefetch" href="{other}/prefetched"/><link rel="stylesheet" href="evil.css"/>
<style>@import "{other}/imported.css"; p {{ background: url({other}/background.png) }} @font-face {{ font-family: x; src: url({other}/font.woff) }}</style>
<script>{run}</script><script src="{own}static/search.js"></script><script src="{other}/outside.js"></script><script src="evil.js"></script></head>
<body onload="{run}"><h1>Evil</h1><p onclick="{run}" style="font-family: x; background: url({other}/inline.png)">Words of the book.</p>
<img src="{other}/outside.png" alt=""/><img src="{own}book/1?image" alt=""/><img src="/book/1?plain" alt=""/><img src="x" onerror="{run}" alt=""/>
<picture><source srcset="{other}/source.png"/><img src="x" srcset="{other}/set.png 2x" alt=""/></picture>
<video src="{other}/film.mp4" poster="{other}/poster.png" autoplay="autoplay"></video><audio src="{other}/sound.mp3" autoplay="autoplay"></audio>
<iframe src="{other}/frame.html"></iframe><iframe srcdoc="&lt;script&gt;{run}&lt;/script&gt;"></iframe>
<object data="{other}/object.html"></object><embed src="{other}/embedded.html"/>
<form action="{own}logout" method="post"><input name="x" autofocus="autofocus" onfocus="{run}"/><button>Go</button>Words in a form.</form>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="{run}"><script>{run}</script><image xlink:href="{other}/svg.png"/><use href="{other}/used.svg#x"/>
<a xlink:href="javascript:{run}"><text>x</text></a></svg>
<p><a href="javascript:{run}" ping="{other}/ping">A link.</a></p></body></html>"""
    files = {
        "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">evil</dc:identifier><dc:title>Evil</dc:title><dc:language>en</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="p" href="p.xhtml" media-type="application/xhtml+xml"/><item id="c" href="evil.css" media-type="text/css"/><item id="j" href="evil.js" media-type="text/javascript"/></manifest><spine><itemref idref="p"/></spine></package>',
        "nav.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol><li><a href="p.xhtml">&lt;img src=x onerror="{run}"&gt;</a></li></ol></nav></body></html>',
        "p.xhtml": page,
        "evil.css": f'@import "{other}/css.css"; body {{ background: url({other}/css.png) }}',
        "evil.js": run,
    }
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        for name, text in files.items():
            book.writestr(name, text)


@pytest.mark.slow
def test_a_book_that_means_harm_runs_nothing_and_asks_nobody(tmp_path: Path) -> None:
    make_books(write_stories(tmp_path / "stories", {"a.txt": f"Title: One\n\n{TALE}"}), tmp_path / "books")
    (book,) = (tmp_path / "books").glob("*.epub")
    with served(tmp_path / "books") as address, counting() as (other, asked):
        hostile(book, other, address)
        found = browse(
            address, "read", openings=[{"path": "/read/1", "width": 800, "height": 600, "turns": 1, "find": "words"}]
        )
    (seen,) = found["seen"]
    assert "Words of the book." in seen["words"]
    assert "Words in a form." in seen["words"]
    assert seen["title"].startswith("One")
    assert seen["wide"] == 800
    assert seen["search"]["hits"] == ["Words of the book.", "GoWords in a form."]
    assert seen["search"]["chapters"][0].startswith("<img src=x"), "what a book says is text"
    assert set(seen["search"]["elements"]) == {"h3", "ul", "li", "a", "mark"}
    assert asked == []
    own = [url.removeprefix(address) for url in found["requests"] if url.startswith(address)]
    assert [url for url in own if not url.startswith(("static/", "read/1", "get/1/"))] == []
    assert re.findall(r"<(?:script|iframe|form|object|embed|base|input)\b|\son\w+=|javascript:", seen["html"]) == []
