"""A shelf in a process of its own that is watched while it is attacked."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.hostile_requests import Ask, Attacker, Known
from benchmarks.invented import novel
from converter.shelf.app import app_of
from converter.shelf.shelf import shelf_of
from converter.shelf.store import SHELF
from tests.shelf.shelves import make_books

BOOKS = 30
LONGEST = 20.0  # seconds after which nobody waits for an answer any more
BODY = 256 * 1024  # bytes of an answer that are looked at
LOOKS = 2  # at a shelf that stays as it is: what is made is brought to it by a thread of its own
SECRET = b"nobody-outside-may-read-this"  # in a file beside the folder


class Law(Exception):
    """What was broken, in a few words."""


class Served:
    """A shelf in a process of its own, and what may be known of it."""

    def __init__(self, home: Path, books: Path, password: str, seed: int) -> None:
        self.home, self.folder, self.password = home, home / "books", password
        for folder in (books, books.parent / "stories"):
            shutil.copytree(folder, home / folder.name)
        (home / "secret.txt").write_bytes(SECRET)
        for name in ("tmp", "home"):
            (home / name).mkdir()
        self.port = _free_port()
        self.notes, self.said = home / "notes", home / "said"
        self.notes.touch()
        self._read = {self.notes: 0, self.said: 0}  # bytes
        environment = {
            **os.environ,
            "TMPDIR": str(home / "tmp"),
            "HOME": str(home / "home"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, "-m", "benchmarks.audited_serve", str(self.notes), str(self.folder), str(self.port)]
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [*command, *([password] if password else [])],
                stdout=said,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )
        self._wait()
        routes = app_of(shelf_of(made(home / "empty"))).routes
        self.attacker = Attacker(routes, self._known(), seed)

    def _wait(self) -> None:
        for _ in range(300):
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", self.port), 1)):
                self.honest("GET", "/login")  # answered when all books are on the shelf
                return
            time.sleep(0.1)
        raise RuntimeError(f"no shelf: {self.said.read_text()}")

    def _known(self) -> Known:
        with closing(sqlite3.connect(self.folder / SHELF)) as connection:
            asked = "SELECT id, digest, cover, title FROM books JOIN files ON book = id WHERE format = 'epub' LIMIT 100"
            return Known(self.port, tuple(connection.execute(asked)), self.password)

    def log_in(self) -> None:
        """A new session, and a pass for an e-reader, for the next round."""
        known = self._known()
        if self.password:
            answer, _ = self.honest("POST", "/login", {"password": self.password})
            found = re.search(r"chapbook-session=([^;]+)", answer.headers.get("set-cookie", ""))
            if not found:
                raise Law("nobody can log in any more")
            known = replace(known, cookie=found[1])
            self.attacker.known = known
            _, page = self.honest("GET", "/code")
            known = replace(known, token=re.search(r'name="token" value="(\w+)"', page.decode())[1])  # type: ignore[index]
        self.attacker.known = known
        _, page = self.honest("POST", "/code", {"token": known.token})
        if code := re.search(r">\s*([2-9A-Z]{5})\s*<", page.decode()):
            answer, _ = self.honest("POST", "/k", {"code": code[1]})
            known = replace(known, passes=answer.headers.get("location", "").rpartition("/")[2])
        self.attacker.known = known

    def honest(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
        """What a browser asks, and the answer."""
        body = urlencode(form or {}).encode()
        cookie = getattr(self, "attacker", None) and self.attacker.known.cookie
        headers = [
            (b"host", b"localhost:%d" % self.port),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        headers += [
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"cookie", f"chapbook-session={cookie}".encode()),
        ]
        answer = self.answer(Ask(path, method.encode(), path.encode(), headers, body))
        if not answer:
            raise Law(f"no answer to an honest {method} {path}")
        return answer[0], answer[1]

    def answer(self, ask: Ask) -> tuple[HTTPResponse, bytes, float] | None:
        """The answer, its body and the seconds it took; None where the connection was closed."""
        there = (f"127.{hash(ask.target) % 250}.{time.monotonic_ns() % 250}.9", 0) if ask.stranger else None
        began = time.monotonic()
        with closing(socket.create_connection(("127.0.0.1", self.port), LONGEST, there)) as connection:
            with suppress(OSError):
                connection.sendall(ask.raw if ask.sent is None else ask.raw[: ask.sent])
                if not ask.is_whole:
                    connection.shutdown(socket.SHUT_WR)
            answer = HTTPResponse(connection, method=ask.method.decode("latin-1"))
            try:
                answer.begin()
                took = time.monotonic() - began
                streamed = answer.headers.get_content_type() == "text/event-stream"
                return answer, b"" if streamed else answer.read(BODY), took
            except (HTTPException, ConnectionError):
                return None
            except TimeoutError:
                raise Law("no answer") from None

    def state(self) -> dict[str, str]:
        """What is there: the rows of the databases as a digest of each table, every file with its size and time."""
        found: dict[str, str] = {}
        for name in (SHELF, ".chapbook.db"):
            if (self.folder / name).exists():
                with closing(sqlite3.connect(f"file:{self.folder / name}?mode=ro", uri=True)) as connection:
                    for row in connection.iterdump():
                        table = f"{name}: {row.partition(' VALUES')[0][:60]}"
                        said = found.get(table, "") + row
                        found[table] = hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()
        for path in sorted((*self.home.iterdir(), *self.folder.rglob("*"))):
            beside = path.name.startswith(".chapbook") or path in (self.notes, self.said)
            if not beside and not path.is_dir():
                found[str(path)] = f"{path.lstat().st_size} {path.lstat().st_mtime_ns}"
        return found

    def settled(self) -> dict[str, str]:
        """Waits until nothing is being made, and nothing written for some looks: its state."""
        before: dict[str, str] = {}
        same = 0
        for _ in range(300):
            _, rows = self.honest("GET", "/new/list")
            now: dict[str, str] = {}
            with suppress(FileNotFoundError):  # it came and went
                now = self.state()
            same = same + 1 if now == before and b"<progress" not in rows and b">waiting<" not in rows else 0
            if same == LOOKS:
                return now
            before = now
            time.sleep(1)
        raise Law("what was given is still being made after five minutes")

    def news(self, path: Path) -> str:
        """What stands in a file since this was asked the last time."""
        data = path.read_bytes()[self._read[path] :]
        self._read[path] += len(data)
        return data.decode("utf-8", "replace")

    @property
    def memory(self) -> int:
        """Bytes that it holds; 0 where this can't be told."""
        with suppress(OSError):
            told = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())
            return int(told[1]) * 1024 if told else 0
        return 0

    def close(self) -> None:
        """Ends it with all that it began."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(15)


def made(folder: Path) -> Path:
    """The folder, which is there now."""
    folder.mkdir(exist_ok=True)
    return folder


def _free_port() -> int:
    with closing(socket.socket()) as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def books_in(place: Path) -> Path:
    """Thirty books: this repository's stories, and invented ones."""
    stories = place / "stories"
    shutil.copytree(Path(__file__).parent.parent / "stories", stories)
    for number in range(BOOKS - len(list(stories.iterdir()))):
        (stories / f"invented {number}.txt").write_text(novel(1_500, seed=number), "utf-8")
    make_books(stories, place / "books")
    return place / "books"
