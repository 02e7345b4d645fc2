"""Who is let in, and what every answer carries."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import anyio
import pytest
from starlette.routing import Mount, Route
from starlette.types import Message

from converter.shelf import app, guard
from converter.shelf.access import MISSES, Limiter, key_of
from converter.shelf.books import Asked
from converter.shelf.plain_names import plain_stem, saved_as
from converter.shelf.shelf import Shelf
from tests.shelf.shelves import PASSWORD, TALE, browser, shelf_in

FREE = ("/login", "/static", "/opds/authentication.json", "/k", "/healthcheck", "/users/create")


@pytest.fixture(scope="module")
def open_shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return shelf_in(tmp_path_factory.mktemp("open"))


@pytest.fixture
def locked(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path, password=PASSWORD, stories={"salt.txt": f"Title: Salt\nAuthor: Ada Thorn\n\n{TALE}"})


def addresses(shelf: Shelf) -> list[tuple[str, str]]:
    """Every route of the shelf, with things that are there in the place of its parameters."""
    (book, *_) = shelf.books.page(Asked()).books
    values = {"book": str(book.id), "digest": book.files[0].digest, "name": "x.epub"}
    found = []
    for route in app.app_of(shelf).routes:
        if isinstance(route, Mount):
            found.append(("GET", f"{route.path}/shelf.css"))
        elif isinstance(route, Route):
            path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: values.get(m[1], "x"), route.path)
            path = path.replace(values["digest"], book.cover) if path.startswith("/cover") else path
            found += [(method, path) for method in sorted((route.methods or {"GET"}) - {"HEAD"})]
    return found


def test_every_address_asks_for_the_password(locked: Shelf) -> None:
    client = browser(locked)
    said = {}
    for method, path in addresses(locked):
        if path.startswith(FREE):
            continue
        answer = client.request(method, path)
        said[method, path] = answer.status_code
        assert b"Ada Thorn" not in answer.content
    assert said
    assert {(m, p): s for (m, p), s in said.items() if s not in (303, 401)} == {}


def test_nothing_is_let_in_under_another_name(open_shelf: Shelf) -> None:
    """A page of another site whose name was bent to this machine (DNS rebinding)."""
    client = browser(open_shelf)
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1", "a@evil.example"):
        assert client.get("/", headers={"host": host}).status_code in (400, 421), host
    for host in ("localhost:1", "127.0.0.1", "[::1]:8737", "LOCALHOST"):
        assert client.get("/", headers={"host": host}).status_code == 200, host


def test_logging_in_and_out(locked: Shelf) -> None:
    client = browser(locked)
    assert client.get("/?q=salt").headers["location"] == "/login?next=%2F%3Fq%3Dsalt"
    assert client.post("/login", data={"password": "wrong"}).status_code == 403
    answer = client.post("/login", data={"password": PASSWORD, "next": "/?q=salt"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=salt")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "Ada Thorn" in client.get("/").text
    kept = dict(client.cookies)
    assert client.post("/logout", data={"token": "x"}).status_code == 403
    token = re.search(r'name="token" value="(\w+)"', client.get("/").text)
    assert token
    assert client.post("/logout", data={"token": token[1]}).status_code == 303
    again = browser(locked, cookies=kept)
    assert again.get("/").status_code == 303, "a cookie that was copied is good after log-out"


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "x"]
)
def test_log_in_leads_nowhere_else(locked: Shelf, wanted: str) -> None:
    answer = browser(locked).post("/login", data={"password": PASSWORD, "next": wanted})
    assert answer.headers["location"] == "/"


def test_guessing_takes_long(locked: Shelf) -> None:
    client = browser(locked)
    codes = [client.post("/login", data={"password": f"guess {n}"}).status_code for n in range(MISSES + 2)]
    assert codes[0] == 403
    assert codes[-1] == 429
    assert client.post("/login", data={"password": PASSWORD}).status_code == 429
    told = client.get("/get/1/x/y", auth=("reader", PASSWORD))
    assert told.status_code == 429, "one limit for all ways in"
    assert int(told.headers["retry-after"]) > 0
    assert client.get("/get/1/x/y").status_code == 401


def test_the_limit_is_forgiven() -> None:
    now = [0.0]
    limiter = Limiter(3, 10.0, lambda: now[0])
    for _ in range(3):
        assert limiter.waits("a") == 0
        limiter.failed("a")
    assert limiter.waits("a") > 0
    assert limiter.waits("b") == 0
    now[0] += 11
    assert limiter.waits("a") == 0


def test_readers_say_the_password_with_each_request(locked: Shelf) -> None:
    client = browser(locked)
    (book,) = locked.books.page(Asked()).books
    path = f"/get/{book.id}/{book.files[0].digest}/x.epub"
    refused = client.get(path)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic ")
    assert "opds-spec.org/auth/basic" in refused.text
    assert client.get(path, auth=("anybody", PASSWORD)).content[:2] == b"PK"
    assert client.get("/", auth=("anybody", PASSWORD)).status_code == 303, "pages go by sessions alone"
    assert locked.access.knows_key(key_of(PASSWORD), "here")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_no_other_site_changes_anything(open_shelf: Shelf, headers: dict[str, str]) -> None:
    client = browser(open_shelf)
    for method, path in addresses(open_shelf):
        if method not in guard.SAFE and not path.startswith(("/users", "/syncs", "/progression")):
            assert client.request(method, path, headers=headers).status_code == 403, (method, path)


def test_no_get_changes_anything(open_shelf: Shelf) -> None:
    client = browser(open_shelf)
    with sqlite3.connect(open_shelf.store.path) as connection:
        before = list(connection.iterdump())
        for method, path in addresses(open_shelf):
            if method == "GET":
                client.get(path)
        assert list(connection.iterdump()) == before


def test_every_answer_is_strict(open_shelf: Shelf) -> None:
    client = browser(open_shelf)
    nonces = set()
    for path in ("/", "/book/1", "/nowhere", "/static/shelf.css", "/login"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        nonces.add(re.findall(r"'nonce-([^']+)'", policy)[0])
    assert len(nonces) == 5


def test_what_books_say_is_text(tmp_path: Path) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    story = f"Title: {evil}\nAuthor: Ada {evil}\nSeries: {evil}\nTags: {evil}\nSummary: {evil}\n\n{TALE}"
    shelf = shelf_in(tmp_path, stories={"a.txt": story})
    client = browser(shelf)
    (book,) = shelf.books.page(Asked()).books
    for path in ("/", f"/book/{book.id}", f"/?q={evil}", f"/?author={evil}"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


@pytest.mark.parametrize(
    ("by", "title", "header"),
    [
        ("Ada Thorn", "St. Ives", 'attachment; filename="Ada_Thorn_-_St._Ives.epub"'),
        ("", "灯", "attachment; filename=\"book-7.epub\"; filename*=UTF-8''%E7%81%AF.epub"),
        (
            "Ö/d\n",
            'A "B"',
            "attachment; filename=\"O_d_-_A_B.epub\"; filename*=UTF-8''%C3%96%20d%20-%20A%20B.epub",
        ),
    ],
)
def test_a_file_is_saved_under_its_title_in_any_script(by: str, title: str, header: str) -> None:
    assert saved_as(plain_stem(by, title) or "book-7", ".epub", by, title) == header


def test_a_book_is_sent_once(open_shelf: Shelf) -> None:
    client = browser(open_shelf)
    (book,) = open_shelf.books.page(Asked(words="salt")).books
    path = f"/get/{book.id}/{book.files[0].digest}/anything"
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/epub+zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="Ada_Thorn_-_The_Salt_Road.epub"'
    assert client.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    part = client.get(path, headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, b"PK")
    assert client.get(f"/get/{book.id}/{'0' * 32}/x").status_code == 404


def test_numbers_that_no_database_keeps(open_shelf: Shelf) -> None:
    client = browser(open_shelf)
    for number in ("0", "9" * 12, "9" * 30):
        for path in (f"/book/{number}", f"/get/{number}/x/y", f"/send/{number}"):
            assert client.get(path).status_code == 404, path


def test_addresses_and_headers_that_are_none(open_shelf: Shelf) -> None:
    client = browser(open_shelf)
    for path in ("/book/", "/read/", "/send/", "/progression/", "/get/"):
        end = "/x/y" if path == "/get/" else ""
        assert client.get(f"{path}{'9' * 4400}{end}").status_code == 404, "Python reads no such number"
    for origin in ("http://[", "http://[::1", "//", "x"):
        assert client.post("/new", headers={"origin": origin}).status_code == 403, origin


def test_forms_that_no_page_of_the_shelf_sends(locked: Shelf) -> None:
    client = browser(locked)
    client.post("/login", data={"password": PASSWORD})
    assert client.post("/code", data={"token": "é"}).status_code == 403
    form = b'--x\r\ncontent-disposition: form-data; name="token"\r\n\r\nx\r\n--x--\r\n'
    for charset in ("punycode", "undefined", "unicode_escape"):
        kind = f"multipart/form-data; boundary=x; charset={charset}"
        assert client.post("/code", content=form, headers={"content-type": kind}).status_code == 415, charset
    kind = "multipart/form-data; boundary=x; charset=UTF-8"
    assert client.post("/code", content=form, headers={"content-type": kind}).status_code == 403


def test_whoever_goes_away_in_the_midst_of_a_form_is_no_fault(open_shelf: Shelf) -> None:
    """The server tells it with an exception, which stood in the log."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)

    for method, path in (("POST", "/new"), ("POST", "/login"), ("PUT", "/syncs/progress")):
        headers = {"host": "localhost", "content-type": "multipart/form-data; boundary=x", "content-length": "99"}
        scope = {
            "type": "http", "method": method, "path": path, "query_string": b"", "scheme": "http", "server": None,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }  # fmt: skip
        anyio.run(app.app_of(open_shelf), scope, receive, send)
    assert [message["status"] for message in said if "status" in message] == [400, 400, 400]


def test_a_failure_is_answered_as_strictly(locked: Shelf) -> None:
    locked.store.close()  # as where its disk is gone
    answer = browser(locked, raise_server_exceptions=False).get("/opds", auth=("reader", PASSWORD))
    assert answer.status_code == 507
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
