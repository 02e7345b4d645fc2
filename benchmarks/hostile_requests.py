"""Requests that no honest client sends, made for the routes of an application by chance."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from starlette.routing import BaseRoute, Mount, Route

from benchmarks.hostile_values import (
    BODIES,
    BY_KEYS,
    CHARSETS,
    HOSTS,
    KEYS,
    KINDS,
    LENGTHS,
    NAMES,
    ODDITIES,
    ORIGINS,
    OTHERS,
    PARTS,
    SAFE,
    SAID,
    STORY,
    TEXTS,
    TOKENS,
)

Power = Literal["reading", "powerless", "powerful"]
Pair = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Known:
    """What an attacker may know of a shelf: real numbers, digests and names; and with what somebody is logged in there,
    "" on a shelf without a password."""

    port: int
    books: Sequence[tuple[int, str, str, str]]  # number, digest of a file, of the cover, title
    password: str = ""
    cookie: str = ""
    token: str = ""
    passes: str = ""


@dataclass(slots=True)
class Ask:
    """A request in its bytes. `sent` is how many of them are sent before whoever asks goes away, None for all;
    `route` what it was made for; `stranger` whether it comes from an address of its own."""

    route: str
    method: bytes
    target: bytes
    headers: list[Pair] = field(default_factory=list)
    body: bytes = b""
    sent: int | None = None
    stranger: bool = False
    is_whole: bool = True  # it has as many bytes as it says

    @property
    def raw(self) -> bytes:
        """All bytes."""
        head = b"".join(b"%s: %s\r\n" % pair for pair in self.headers)
        return b"%s %s HTTP/1.1\r\n%s\r\n%s" % (self.method, self.target, head, self.body)


class Attacker:
    """Makes requests for routes by chance; the same seed, the same requests."""

    def __init__(self, routes: Sequence[BaseRoute], known: Known, seed: int) -> None:
        self.known, self.chance = known, random.Random(seed)
        self.routes = [*_told(routes), ("/nowhere", SAFE), ("", SAFE)]
        self.changing = [(path, methods) for path, methods in self.routes if set(methods) - set(SAFE)]

    def asks(self, power: Power) -> Iterator[Ask]:
        """Requests without end: that only read; that would change something and must not; that may."""
        while True:
            yield self._ask(power)

    def _ask(self, power: Power) -> Ask:
        c = self.chance
        path, methods = c.choice(self.changing if power != "reading" and c.random() < 0.8 else self.routes)
        if power == "powerless" and not self.known.password and path.startswith(BY_KEYS):
            path, methods = (
                "/new",
                (b"POST",),
            )  # behind the others everybody may change places where there is no password
        method = c.choice(methods)
        if power == "reading":
            method = c.choice(SAFE)
        elif method in SAFE or c.random() < 0.1:
            change = [m for m in methods if m not in SAFE]
            method = c.choice(change or OTHERS)
        target = self._target(path)
        body, kind = self._body(path, power)
        ask = Ask(f"{method.decode()} {path}", method, target, body=body)
        ask.stranger = path == "/k" or (path == "/login" and self.known.password.encode() not in body)
        ask.headers = [(b"host", b"localhost:%d" % self.known.port), *self._who(power, ask, path), *self._oddities()]
        if body or method not in SAFE:
            ask.headers.append((b"content-type", kind))
            length = self._length(body)
            ask.is_whole = length == (b"content-length", str(len(body)).encode())
            ask.headers.append(length)
        ask.headers.append((b"connection", b"close"))
        if c.random() < 0.03:
            ask.sent, ask.is_whole = c.randrange(len(ask.raw)), False
        elif c.random() < 0.01:
            ask.body += bytes(c.randrange(256) for _ in range(40))  # more than was said
            ask.is_whole = False
        return ask

    def _target(self, path: str) -> bytes:
        """An address of a route with real and hostile parts in the place of its parameters, and a query."""
        c, (number, digest, cover, _) = self.chance, self.chance.choice(self.known.books)
        real = {"book": str(number), "digest": cover if path.startswith("/cover") else digest, "name": "x.epub"}
        real |= {
            "secret": self.known.passes or "x",
            "format": c.choice(("epub", "kepub", "txt", "azw3", "exe")),
            "kind": "author",
        }
        real |= {"document": digest, "path": c.choice(("shelf.css", "search.js"))}
        whole = re.sub(
            r"\{(\w+)(?::\w+)?\}", lambda m: real.get(m[1], "x") if c.random() < 0.65 else c.choice(PARTS), path
        )
        if c.random() < 0.08:
            at = c.randrange(len(whole) + 1)
            whole = whole[:at] + c.choice(("/", "//", "/../", "/./", "%2f", "%00", "\\", c.choice(PARTS))) + whole[at:]
        if c.random() < 0.02:
            whole = f"http://evil.example{whole}"
        if c.random() < 0.6:
            whole += "?" + "&".join(f"{c.choice(KEYS)}={self._quoted(self._text())}" for _ in range(c.randrange(1, 4)))
        if c.random() < 0.01:
            whole += "?" + "&".join(f"a{n}=1" for n in range(3000))
        raw = whole.encode("utf-8", "replace").replace(b" ", b"+")
        return raw if c.random() < 0.98 else raw + b"\xff"

    def _text(self) -> str:
        c = self.chance
        if c.random() < 0.3:
            return c.choice(self.known.books)[3]
        if c.random() < 0.1:
            return "".join(
                chr(c.choice((c.randrange(128), c.randrange(0x3000), c.randrange(0x110000))))
                for _ in range(c.randrange(40))
            )
        return c.choice(TEXTS)

    def _quoted(self, text: str) -> str:
        """As a query has it, now and then badly."""
        if self.chance.random() < 0.05:
            return "%" + self.chance.choice(("", "z", "ff", "ed%a0%80", "00", "u1234"))
        return "".join(f"%{byte:02x}" for byte in text.encode("utf-8", "surrogatepass"))

    def _who(self, power: Power, ask: Ask, path: str) -> Iterator[Pair]:
        """Who asks: with `powerless` somebody who may change nothing."""
        c, known = self.chance, self.known
        foreign = c.choice(
            [(b"origin", c.choice(ORIGINS)), (b"sec-fetch-site", c.choice((b"cross-site", b"same-site", b"\xff")))]
        )
        by_keys = path.startswith(BY_KEYS)
        if power == "powerless":
            ask.stranger = True
            if not by_keys and (not known.password or c.random() < 0.5):
                yield b"cookie", b"chapbook-session=" + known.cookie.encode()
                if not known.password or c.random() < 0.5:
                    yield foreign
                return
            yield b"x-auth-user", b"a"
            yield b"x-auth-key", self._secret().encode("latin-1", "replace")
            yield (
                b"authorization",
                c.choice(
                    (
                        b"Basic ",
                        b"Basic \xff",
                        b"Bearer x",
                        b"Basic " + base64.b64encode(self._secret().encode("utf-8", "replace")),
                    )
                ),
            )
            if c.random() < 0.5:
                yield b"cookie", b"chapbook-session=" + self._secret().encode("latin-1", "replace") + b'; a="\\'
            return
        if known.password and c.random() < 0.9:
            yield b"cookie", b"chapbook-session=" + known.cookie.encode()
            yield b"x-auth-key", hashlib.md5(known.password.encode(), usedforsecurity=False).hexdigest().encode()
            yield b"authorization", b"Basic " + base64.b64encode(f"a:{known.password}".encode())
        elif known.password:
            ask.stranger = True
        if c.random() < 0.05:
            yield foreign

    def _secret(self) -> str:
        return (
            self.chance.choice(("x", "", "é" * 20, "a" * 3000, self._text()))
            .replace("\r", "")
            .replace("\n", "")
            .replace("\0", "")
        )

    def _oddities(self) -> Iterator[Pair]:
        """Headers beside the point."""
        c = self.chance
        for name, values in ODDITIES:
            if c.random() < 0.06:
                yield name, c.choice(values)
        if c.random() < 0.02:
            yield b"host", c.choice(HOSTS)
        if c.random() < 0.01:
            yield c.choice(((b"x\xff", b"y"), (b"", b"y"), (b"a b", b"c"), (b"x", b"a\x00b"), (b"x", b"a\rb")))

    def _length(self, body: bytes) -> Pair:
        c = self.chance
        if c.random() < 0.93:
            return b"content-length", str(len(body)).encode()
        return c.choice(LENGTHS)

    def _body(self, path: str, power: Power) -> tuple[bytes, bytes]:
        """A body and what it is called; most often of the kind that the route takes."""
        c = self.chance
        if power == "reading":
            return (b"", b"") if c.random() < 0.9 else (b"a=b", c.choice(KINDS))
        if c.random() < 0.06:
            return c.choice(BODIES), c.choice(KINDS)
        if path.startswith(("/syncs", "/progression")):
            return self._json(path), b"application/json"
        is_right = power == "powerful" and c.random() < 0.9
        fields = [("token", self.known.token if is_right else c.choice(TOKENS))]
        number = str(c.choice(self.known.books)[0]) if c.random() < 0.7 else self._text()
        said = {
            "format": c.choice(("txt", "epub", "exe", self._text())), "book": number, "to": self._text(),
            "place": c.choice(("epubcfi(/6/4!/4/2:0)", self._text())), "fraction": c.choice(("0.5", self._text())),
            "title": self._text(), "author": self._text(), "chapter": c.choice(("", self._text())),
            "code": self._text(), "next": self._text(), "reader": c.choice(("Ada", self._text())),
            "language": c.choice(("de", self._text())),
            "series": self._text(), "series-index": self._text(), "tags": self._text(), "summary": self._text(),
            "description": self._text(), "other": number, "words": self._text(),
            "how": c.choice(("behind", "instead", self._text())), "as": c.choice(("read", "unread", self._text())),
        }  # fmt: skip
        if path == "/login":
            said["password"] = self.known.password if power == "powerful" and c.random() < 0.7 else self._secret()
        fields += [(key, value) for key, value in said.items() if c.random() < 0.7]
        files: list[tuple[str, str]] = []
        answers = path.endswith("/answer")
        if (answers or path == "/new") and c.random() < 0.15:
            story = STORY.format(self._text())
            files = [
                (c.choice(NAMES), c.choice((story, "", "\0" * 99, "PK\3\4" + "x" * 99, "\xff\xd8\xff")))
                for _ in range(c.randrange(1, 4))
            ]
            if c.random() < 0.5:
                files, fields = [], [*fields, ("text", story)]
        if files or answers or c.random() < 0.15:
            kind = b"multipart/form-data; boundary=x" + self._charset()
            return _multipart(fields, files, "cover" if answers else "files", c), kind
        form = "&".join(f"{key}={self._quoted(value)}" for key, value in fields)
        return form.encode(), b"application/x-www-form-urlencoded"

    def _charset(self) -> bytes:
        chosen = self.chance.choice(CHARSETS) if self.chance.random() < 0.2 else ""
        return f"; charset={chosen}".encode() if chosen else b""

    def _json(self, path: str) -> bytes:
        c = self.chance
        said: dict[str, object] = {
            "document": c.choice(self.known.books)[1], "progress": "/body/DocFragment[2]/body/p[1]/text().0",
            "percentage": 0.5, "device": "d", "device_id": "i",
        }  # fmt: skip
        if path.startswith("/progression"):
            said = {
                "modified": "2026-01-01T00:00:00Z", "device": {"id": "urn:x", "name": "n"}, "progression": 0.5,
                "references": ["chapter-1.xhtml#:~:text=lamp", "x.xhtml"],
            }  # fmt: skip
        for key in list(said):
            if c.random() < 0.15:
                said[key] = c.choice((*SAID, self._text()))
        if c.random() < 0.05:
            said["references"] = ["#:~:text=" + "a" * 1900] * 21
        text = json.dumps(said)
        if c.random() < 0.05:
            text = c.choice((text[:-3], "[" * 30000, "NaN", '{"a":' * 3000, '"\\ud800"', "\ufeff" + text, "1" * 5000))
        return text.encode("utf-8", "surrogatepass")


def _told(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, Sequence[bytes]]]:
    """Paths and methods of a routing table."""
    for route in routes:
        if isinstance(route, Mount):
            yield f"{route.path}/{{path}}", SAFE
        elif isinstance(route, Route):
            yield route.path, tuple(sorted(method.encode() for method in route.methods or {"GET"}))


def _multipart(
    fields: Sequence[tuple[str, str]], files: Sequence[tuple[str, str]], called: str, chance: random.Random
) -> bytes:
    """A form in parts, now and then broken."""
    parts = [f'--x\r\ncontent-disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields]
    parts += [
        f'--x\r\ncontent-disposition: form-data; name="{called}"; filename="{name}"\r\n\r\n{text}\r\n'
        for name, text in files
    ]
    whole = ("".join(parts) + "--x--\r\n").encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        at = chance.randrange(len(whole))
        whole = whole[:at] + chance.choice((b"", b"\r\n--x\r\n", b"\0", b"--x--")) + whole[at + 5 :]
    return whole
