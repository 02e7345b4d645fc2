"""A shelf that is served for months: what it holds, and what it lets go."""

from __future__ import annotations

import gc
import io
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import httpx
import pytest
from PIL import Image

from converter.checker.epub.nodes import Malformed, read_xml
from converter.document.errors import OutputError
from converter.shelf.arrivals import is_abreast, refresh
from converter.shelf.books import Asked
from converter.shelf.epub_facts import AS_IT_IS, LARGE
from converter.shelf.shelf import shelf_of
from converter.shelf.store import SHELF
from tests.checkers.shelf import served
from tests.shelf.shelves import TALE, book_of, browser, end, make_books, shelf_in, write_stories
from tests.shell.running import chapbook

LOOKING = """
import gc, os, sys, threading, time, urllib.request

port = sys.argv[2]

def look():
    for _ in range(200):
        try:
            urllib.request.urlopen("http://localhost:" + port, timeout=5).read()
        except OSError:
            time.sleep(0.05)
        else:
            print(gc.isenabled(), flush=True)
            os._exit(0)

from converter.cli import main
sys.argv = ["chapbook", "serve", sys.argv[1], "--port", sys.argv[2]]
threading.Thread(target=look, daemon=True).start()
main()
"""


def cover(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind)
    return out.getvalue()


def test_a_server_looks_for_cycles(tmp_path: Path) -> None:
    """Other commands do without; what a server does not find it holds for ever."""
    make_books(write_stories(tmp_path / "stories", {"a.txt": TALE}), tmp_path / "books")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", LOOKING, str(tmp_path / "books"), str(port)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "True"


def test_letters_in_an_address_that_are_no_signs(tmp_path: Path) -> None:
    """KOReader searches for what was typed as it stands; also where it comes in pieces, and again on one connection."""
    tale = f"Title: Die Öllampe\nAuthor: 顾青\n\n{TALE}"
    make_books(write_stories(tmp_path / "stories", {"a.txt": tale}), tmp_path / "books")
    with served(tmp_path / "books") as address:
        place = urlsplit(address)
        with socket.create_connection((str(place.hostname), place.port or 80), 10) as connection:
            for words, cut in (("öll", 0), ("顾", 0), ("öllampe", 24), ("zürich", 0)):
                asked = f"GET /opds/search?q={words} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode()
                if cut:
                    connection.sendall(asked[:cut])
                    time.sleep(0.1)
                connection.sendall(asked[cut:])
                answer = HTTPResponse(connection)
                answer.begin()
                assert answer.status == 200
                assert ("Die Öllampe" in answer.read().decode()) == (words != "zürich"), words


def test_a_book_that_is_taken_out_of_the_folder_leaves_the_shelf_and_comes_back(tmp_path: Path) -> None:
    books = tmp_path / "books"
    make_books(write_stories(tmp_path / "stories", {"a.txt": f"Title: One\n\n{TALE}", "b.txt": TALE}), books)
    book = books / "a.epub"
    with served(books) as address:
        for there in (True, False, True):
            until = time.monotonic() + 20
            while (">One<" in urlopen(address).read().decode()) != there:
                assert time.monotonic() < until, there
                time.sleep(0.1)
            where = (book, tmp_path / "kept.epub") if there else (tmp_path / "kept.epub", book)
            where[0].rename(where[1])
    assert (books / SHELF).stat().st_mode & 0o077 == 0, "it keeps a secret"


def test_lan_without_anybody_to_ask(tmp_path: Path) -> None:
    make_books(write_stories(tmp_path / "stories", {"a.txt": TALE}), tmp_path / "books")
    run = chapbook("serve", "books", "--lan", cwd=tmp_path, anew=True)
    assert run.code == 1
    assert "CHAPBOOK_PASSWORD" in run.line


@pytest.mark.parametrize("text", ["<a><b>c</b></a>", "<a><b>"])
def test_what_was_read_of_a_file_is_let_go(text: str) -> None:
    """Without looking for cycles."""

    def read() -> None:
        try:
            read_xml(text.encode())
        except Malformed:
            assert "</a>" not in text

    read()
    gc.collect()
    gc.disable()
    try:
        before = len(gc.get_objects())
        for _ in range(20):
            read()
        assert len(gc.get_objects()) - before < 20
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("data", "as_it_is"), [(cover((1500, 2400)), True), (cover((300, 450), "PNG"), False), (cover((900, 2600)), False)]
)
def test_a_cover_that_fits_a_screen_is_sent_as_it_is(tmp_path: Path, data: bytes, as_it_is: bool) -> None:
    """To unpack and pack a picture takes a hundred times as long, and as much memory, as to send it."""
    stories = write_stories(tmp_path / "stories", {})
    (stories / "a.txt").write_text(TALE, "utf-8")
    (stories / "a.jpg").write_bytes(data)
    shelf = shelf_in(tmp_path, stories={})
    (book,) = shelf.books.page(Asked()).books
    answer = browser(shelf).get(f"/cover/large/{book.cover}.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert (answer.content == data) == as_it_is
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.format == "JPEG"
        assert max(picture.size) <= (AS_IT_IS[1] if as_it_is else LARGE[1])


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    make_books(write_stories(tmp_path / "stories", {"a.txt": f"Title: One\n\n{TALE}"}), tmp_path / "books")
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for _ in range(200):  # another test may have it for a moment
            try:
                other.bind(("127.0.0.1", 8737))
                break
            except OSError:
                time.sleep(0.1)
        other.listen()
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "converter", "serve", str(tmp_path / "books")],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout
        said = [process.stdout.readline() for _ in range(2)]
        process.terminate()
        process.wait(10)
    assert "listens at port 8737" in said[1]


def test_what_ctrl_c_leaves_unfinished_is_made_at_the_next_start(tmp_path: Path) -> None:
    books = tmp_path / "books"
    books.mkdir()
    command = [sys.executable, "-u", "-m", "converter", "serve", str(books)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    address = process.stdout.readline().split()[-1]
    with httpx.Client(base_url=address) as client, ExitStack() as held:
        held.callback(process.kill)
        long = "".join(f"Chapter {n}\n\n{TALE * 60}\n" for n in range(1, 10))
        client.post("/new", files=[("files", ("lamps.txt", f"Title: Lamps\n\n{long}"))])
        with client.stream("GET", "/events?of=dropped/") as events:
            assert any('"reading"' in line for line in events.iter_lines())
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[0]
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not list(books.glob("*.epub"))
    shelf = shelf_of(books)
    shelf.workshop.take_up()
    end(shelf)
    assert book_of(shelf, "lamps").chapters == 9


def test_a_folder_that_is_moved_away_empties_no_shelf(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    client = browser(shelf)
    before = client.get("/found").text
    away = shelf.folder.rename(tmp_path / "away")
    with pytest.raises(OutputError):
        refresh(shelf.store)
    assert client.get("/found").text.split("<ul", 1)[-1] == before.split("<ul", 1)[-1]
    assert "not where it was" in client.get("/").text
    assert client.post("/new", data={"text": "Salt\n\nThe road was long."}).status_code in (500, 507)
    away.rename(shelf.folder)
    assert refresh(shelf.store) == 0
    assert "not where it was" not in client.get("/").text


def test_programs_are_told_in_a_line_what_persons_see_on_a_page(tmp_path: Path) -> None:
    client = browser(shelf_in(tmp_path))
    for path in ("/opds/nonsense", "/get/7/x/y.epub", "/syncs/nothing"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/plain")
    assert "<h1>" in client.get("/get/7/x/y.epub", headers={"accept": "text/html"}).text


def test_whether_all_books_are_there_is_known(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, stories={"a.txt": TALE})
    assert is_abreast(shelf.store)
    make_books(write_stories(tmp_path / "stories", {"b.txt": f"Title: B\n\n{TALE * 2}"}), shelf.folder)
    assert not is_abreast(shelf.store)
    refresh(shelf.store)
    assert is_abreast(shelf.store)


def test_pages_are_shown_while_a_new_shelf_is_filled(tmp_path: Path) -> None:
    """A thread that asks waits for none that writes, and one that writes sees what it has written."""
    shelf = shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})
    with shelf.store.writing() as connection, ThreadPoolExecutor(1) as others:
        connection.execute("UPDATE books SET title = 'Two'")
        assert shelf.store.one("SELECT title FROM books") == ("Two",)
        assert others.submit(shelf.store.one, "SELECT title FROM books").result(10) == ("One",)
    assert shelf.store.asked("SELECT title FROM books") == [("Two",)]
