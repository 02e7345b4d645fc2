"""Codes that let e-readers in, and the small pages behind them."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from converter.shelf.access import MISSES, Limiter
from converter.shelf.app import app_of
from converter.shelf.arrivals import refresh
from converter.shelf.books import Asked
from converter.shelf.devices.code_page import reader_of
from converter.shelf.devices.codes import GUESSES, LENGTH, OPEN, PASS, SIGNS, Codes
from converter.shelf.network import LOOPBACK
from converter.shelf.shelf import Shelf, shelf_of
from tests.shelf.shelves import PASSWORD, STORIES, TALE, browser, make_books, shelf_in, write_stories
from tests.writers.reading import files

KOBO = "Mozilla/5.0 (Linux; U; Android 2.0; en-us;) AppleWebKit/538.1 (KHTML, like Gecko) (Kobo Touch 0391/4.45.23640)"
NEW_KOBO = "Mozilla/5.0 (Linux) AppleWebKit/538.1 eReader"
KINDLE = (
    "Mozilla/5.0 (X11; U; Linux armv7l like Android; en-us) AppleWebKit/531.2+ Version/5.0 Safari/533.2+ Kindle/3.0+"
)
WAIT = "Too many wrong codes"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    many = {f"n{n}.txt": f"Title: Number {n}\n\n{TALE}" for n in range(25)}
    return shelf_in(tmp_path_factory.mktemp("codes"), password=PASSWORD, stories=many | STORIES)


def shown(client: TestClient) -> str:
    """A new code, made by who is logged in."""
    client.post("/login", data={"password": PASSWORD})
    token = re.search(r'name="token" value="(\w+)"', client.get("/code").text)
    assert token
    text = client.post("/code", data={"token": token[1]}).text
    found = re.search(r'class="code" role="status">(\w+)<', text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("password", "address", "said"),
    [
        (PASSWORD, "http://localhost:8737", "<strong>http://192.0.2.7:8737/k</strong>"),
        (PASSWORD, "http://[::1]:8737", "<strong>http://192.0.2.7:8737/k</strong>"),
        (PASSWORD, "http://127.0.0.1", "<strong>http://192.0.2.7/k</strong>"),
        (PASSWORD, "https://books.example", "<strong>https://books.example/k</strong>"),
        ("", "http://localhost:8737", "chapbook serve --lan"),
    ],
)
def test_the_address_is_one_that_a_reader_can_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str, address: str, said: str
) -> None:
    monkeypatch.setattr("converter.shelf.devices.code_page.lan_address", lambda: "192.0.2.7")
    shelf = shelf_of(tmp_path, password_needed=bool(password))
    client = TestClient(app_of(shelf, (*LOOPBACK, "books.example")), address)
    if password:
        shelf.access.set_password(password)
        client.post("/login", data={"password": password})
    token = re.search(r'name="token" value="(\w*)"', client.get("/code").text)
    assert said in client.post("/code", data={"token": token[1] if token else ""}).text


def let_in(shelf: Shelf, agent: str = KOBO) -> tuple[TestClient, str]:
    """A reader that was let in, and the address of its books: person and reader use one application."""
    client = browser(shelf)
    code = shown(client)
    client.cookies.clear()
    client.headers["user-agent"] = agent
    answer = client.post("/k", data={"code": f" {code[:2].lower()} {code[2:]} "})
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    return client, answer.headers["location"]


def test_a_code_is_good_once() -> None:
    now = [0.0]
    codes = Codes(Limiter(), lambda: now[0])
    assert codes.redeem("", "a") == codes.redeem("AAAAA", "a") == ""
    code = codes.make()
    assert len(code) == LENGTH
    assert set(code) <= set(SIGNS)
    secret = codes.redeem(f"{code[:2]}-{code[2:]}".lower(), "a")
    assert secret
    assert codes.redeem(code, "a") == ""
    assert codes.lets_in(secret, "a")
    assert not codes.lets_in(secret, "b")
    assert not codes.lets_in("", "")
    now[0] += PASS + 1
    assert not codes.lets_in(secret, "a")
    late = codes.make()
    now[0] += OPEN + 1
    assert codes.redeem(late, "a") == ""


def test_a_new_code_ends_the_one_before() -> None:
    codes = Codes(Limiter())
    first, second = codes.make(), codes.make()
    assert codes.redeem(first, "a") == ""
    assert codes.redeem(second, "a")


def test_guesses_of_all_together_end_a_code() -> None:
    codes = Codes(Limiter())
    code = codes.make()
    for n in range(GUESSES):
        assert codes.redeem("222", f"10.0.0.{n}") == ""
    assert codes.redeem(code, "10.0.1.1") == ""


def test_a_right_code_forgives_the_wrong_ones_before() -> None:
    codes = Codes(Limiter())
    for _ in range(3):
        code = codes.make()
        for _ in range(6):
            assert codes.redeem("22222", "here") == ""
        assert codes.redeem(code, "here")


def test_guessing_takes_long(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, password=PASSWORD, stories={"a.txt": TALE})
    client = browser(shelf)
    said = [client.post("/k", data={"code": "22222"}) for _ in range(MISSES + 1)]
    assert [answer.status_code for answer in said[:2]] == [403, 403]
    assert said[-1].status_code == 429
    assert WAIT in said[-1].text
    assert client.post("/login", data={"password": PASSWORD}).status_code == 429, "one limit for all ways in"


def test_a_kobo(locked: Shelf) -> None:
    client, home = let_in(locked)
    text = client.get(f"{home}?q=road").text
    ways = re.findall(r'class="get" href="([^"]+)">(\w+)<', text)
    assert [form for _, form in ways] == ["KEPUB", "EPUB"]
    kepub = client.get(ways[0][0])
    assert ways[0][0].endswith("/Ada_Thorn_-_The_Salt_Road.kepub.epub")
    assert kepub.headers["content-disposition"] == 'attachment; filename="Ada_Thorn_-_The_Salt_Road.kepub.epub"'
    assert b"koboSpan" in files(kepub.content)["EPUB/chapter-1.xhtml"]
    assert client.get(ways[0][0]).content == kepub.content
    epub = client.get(ways[1][0])
    (book,) = locked.books.page(Asked(words="road")).books
    assert epub.content == (locked.folder / book.files[0].path).read_bytes()
    assert client.get(ways[1][0].replace("/epub/", "/pdf/")).status_code == 404
    assert client.get(ways[1][0].replace(book.files[0].digest, "0" * 32)).status_code == 404


def test_volumes_are_told_apart(tmp_path: Path) -> None:
    words = " ".join(f"Chapter {n}\n\nThe lamp went out, and {n} of them waited.\n\n" for n in range(1, 25))
    write_stories(tmp_path / "stories", {"long.txt": f"Title: Long\n\n{words}"})
    make_books(tmp_path / "stories", tmp_path / "books", volumes="2")
    shelf = shelf_of(tmp_path / "books", password_needed=True)
    shelf.access.set_password(PASSWORD)
    refresh(shelf.store)
    client, home = let_in(shelf)
    ways = re.findall(r'class="get" href="([^"]+)">(KEPUB \d+)<', client.get(home).text)
    assert [said for _, said in ways] == [f"KEPUB {n}" for n in range(1, 13)]
    assert [way.rpartition("/")[2] for way, _ in ways] == [f"Long_{n}.kepub.epub" for n in range(1, 13)]
    last = client.get(ways[-1][0])
    assert last.headers["content-disposition"] == 'attachment; filename="Long_12.kepub.epub"'
    assert b"24 of them" in b"".join(files(last.content).values())


def test_a_kindle(locked: Shelf) -> None:
    client, home = let_in(locked, KINDLE)
    text = client.get(f"{home}?q=lampe").text
    ways = re.findall(r'class="get" href="([^"]+)">(\w+)<', text)
    assert "EPUB" not in dict(map(reversed, ways))  # type: ignore[arg-type]
    assert "can be mailed" in text
    if shutil.which("ebook-convert"):
        ((way, form),) = ways
        assert form == "AZW3"
        assert re.fullmatch(r"[\w.-]+", way.rpartition("/")[2])
        assert client.get(way).content[60:68] == b"BOOKMOBI"


def test_a_program_that_hangs_stops_no_page(locked: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "ebook-convert"
    tool.write_text("#!/bin/sh\nexec sleep 2\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    client, home = let_in(locked, KINDLE)
    ((way, _),) = re.findall(r'class="get" href="([^"]+)">(\w+)<', client.get(f"{home}?q=weir").text)
    codes: list[int] = []
    asking = [threading.Thread(target=lambda: codes.append(client.get(way).status_code)) for _ in range(8)]
    for thread in asking:
        thread.start()
    time.sleep(0.5)
    began = time.monotonic()
    assert client.get(home).status_code == 200
    assert time.monotonic() - began < 1
    assert codes == [503] * 4
    for thread in asking:
        thread.join(30)
    assert sorted(codes) == [500] * 4 + [503] * 4


def test_the_newest_come_first_and_all_are_reached(locked: Shelf) -> None:
    client, home = let_in(locked)
    seen: list[str] = []
    way = home
    for _ in range(9):
        text = client.get(way).text
        seen += re.findall(r"<h2>([^<]*)</h2>", text)
        more = re.search(r'href="([^"]+)">More books', text)
        if not more:
            break
        way = more[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == locked.books.count() == 29
    assert seen[:20] == [book.title for book in locked.books.page(Asked(most=20)).books]
    assert re.findall(r"<h2>([^<]*)</h2>", client.get(f"{home}?for=other&q=lampe").text) == ["Die Lampe"]


@pytest.mark.parametrize("way", ["/k/x", "/k/", "/k/x/get/1/2/epub/x.epub"])
def test_nobody_comes_in_without_a_code(locked: Shelf, way: str) -> None:
    answer = browser(locked).get(way)
    assert answer.status_code in (403, 404)
    assert "Salt" not in answer.text


def test_only_who_is_logged_in_makes_codes(locked: Shelf) -> None:
    client = browser(locked)
    assert client.post("/code").status_code == 401
    assert client.get("/code").status_code == 303
    client.post("/login", data={"password": PASSWORD})
    assert client.post("/code", data={"token": "x"}).status_code == 403


@pytest.mark.parametrize(
    "body", [b"", b"code=" + b"2" * 5_000, b"&" * 900, b"\xff\xfe=%00", b"code=%ff%00\n\r", b"code=\xc4\xb0\xc4\xb1"]
)
def test_what_is_no_code(locked: Shelf, body: bytes) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert browser(locked).post("/k", content=body, headers=form).status_code in (403, 413, 429)
    locked.access.limiter.__init__()  # type: ignore[misc]


@pytest.mark.parametrize(
    ("agent", "said", "kind"),
    [(KOBO, "", "kobo"), (NEW_KOBO, "", "kobo"), (KINDLE, "", "kindle"), ("Mozilla", "", "other"), ("", "", "other"),
     (KOBO, "kindle", "kindle"), (KINDLE, "<x>", "kindle")],
)  # fmt: skip
def test_which_reader_asks(agent: str, said: str, kind: str) -> None:
    assert reader_of(agent, said) == kind


class Small(HTMLParser):
    """The elements of a page, and the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_the_pages_are_small(locked: Shelf) -> None:
    client, home = let_in(locked)
    for way in ("/k", home):
        text = client.get(way).text
        page = Small()
        page.feed(text)
        assert not page.elements & {"script", "img", "svg", "template", "dialog", "details"}
        assert not {name for name in page.attributes if name.startswith("on")} | page.attributes & {"style"}
        assert len(text.encode()) < 20_000
    style = client.get("/static/k.css").text
    assert not re.search(r"flex|grid|var\(|calc\(|@media|@import|url\(", style)
