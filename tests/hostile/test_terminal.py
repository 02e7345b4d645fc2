"""Titles, names and messages with control characters in them: nothing of it reaches terminal, EPUB or PDF."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import select
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.hostile.test_archives import zipped
from tests.pages.making import page, prose
from tests.shell.running import STORY, Run, chapbook, everything
from tests.shell.test_check import clean

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
EVIL = "The \x1b]0;owned\x07Salt\x1b[31m \u202eRoad\u009b2J\x7f"
NAME = b"salt\x1b[2J\xff\xfe \xe2\x80\xaeroad"


def sidecar(folder: Path, stem: str = "story") -> None:
    (folder / f"{stem}.toml").write_text(
        f"title = {json.dumps(EVIL)}\nauthor = {json.dumps('Ada ' + EVIL)}\ntag = [{json.dumps(EVIL)}]\n"
        f"description = {json.dumps(EVIL)}\npublisher = {json.dumps(EVIL)}\n".replace("\x7f", "\\u007f")
    )


def safe(run: Run) -> str:
    said = run.out + run.err
    assert not UNSAFE.search(said), ascii(UNSAFE.findall(said))
    assert "Traceback" not in said
    return said


COMMANDS = (
    ("story.txt", "-v", "-t", "epub", "--force"),
    ("story.txt", "-t", "epub", "--dry-run"),
    ("inspect", "story.txt", "--why"),
    ("proof", "story.txt", "--all"),
    ("proof", "story.txt", "--html", "report.html"),
    ("inspect", "story.txt", "--json"),
    ("proof", "story.txt", "--json"),
    ("cover", "story.txt", "-o", "c.jpg"),
    ("story.txt", "--title", EVIL.replace("\x00", ""), "-t", "epub", "--force"),
    ("story.txt", "--style", EVIL),
    ("story.txt", "--chapter", "(" + EVIL),
    ("--" + EVIL,),
    (EVIL,),
    ("check", EVIL),
)


@pytest.mark.parametrize(
    "command", COMMANDS, ids=[" ".join(c)[:20].encode("ascii", "replace").decode() for c in COMMANDS]
)
def test_every_command_is_safe(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "story.txt").write_text(STORY + "\nA bell\x1b[5m rang \u202egnar\u202c, and “nobody heard it.\n")
    sidecar(tmp_path)
    run = chapbook(*command, cwd=tmp_path)
    safe(run)
    if "--json" in command:
        said = json.loads(run.out)
        assert "Salt[31m Road2J" in json.dumps(said)
    if "--html" in command:
        assert not UNSAFE.search(
            (tmp_path / "report.html").read_text("utf-8").replace("\u202e", "").replace("\u202c", "")
        )


def test_the_books_hold_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    sidecar(tmp_path)
    safe(chapbook("story.txt", cwd=tmp_path))
    with zipfile.ZipFile(tmp_path / "output" / "story.epub") as book:
        text = "".join(book.read(n).decode() for n in book.namelist() if n.endswith((".opf", ".xhtml", ".ncx")))
    assert "Salt[31m Road2J" in text
    assert not UNSAFE.search(text)
    with pikepdf.open(tmp_path / "output" / "story.pdf") as pdf:
        told = [str(v) for v in pdf.docinfo.values()] + [bytes(pdf.Root.Metadata.read_bytes()).decode()]
    assert any("Salt[31m Road2J" in value for value in told)
    assert not any(UNSAFE.search(value) for value in told)


@pytest.mark.parametrize("several", [False, True])
def test_a_name_that_is_no_text_converts(tmp_path: Path, several: bool) -> None:
    name = os.fsdecode(NAME)
    (tmp_path / name).mkdir()
    (tmp_path / name / f"{name}.txt").write_text(STORY.partition("Chapter 1")[2])
    (tmp_path / name / f"{name}.html").write_bytes(page(prose() + '<img src="gone.png">' + prose()))
    where = name if several else f"{name}/{name}.html"
    said = safe(chapbook(where, "-v", "-t", "epub", cwd=tmp_path))
    assert "\\u001b[2J" in said
    said = safe(chapbook(where, "-v", "-t", "epub", cwd=tmp_path))
    assert "up to date" in said
    made = {os.fsencode(name) for name in everything(tmp_path / "output")}
    assert len(made) == (3 if several else 2)
    assert all(os.fsdecode(name).isprintable() for name in made)
    for name in made:
        if name.endswith(b".epub"):
            with zipfile.ZipFile(
                io.BytesIO(Path(os.fsdecode(os.fsencode(tmp_path / "output") + b"/" + name)).read_bytes())
            ) as book:
                assert not UNSAFE.search("".join(book.read(n).decode() for n in book.namelist() if n.endswith(".opf")))
    run = chapbook("inspect", where, "--json", cwd=tmp_path)
    safe(run)
    found = json.loads(run.out)
    assert "\\u001b[2J" in (found[0] if several else found)["story"]
    safe(chapbook("proof", where, cwd=tmp_path))


def test_names_inside_books_are_shown_safely(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(clean())) as book:
        held = {n: book.read(n) for n in book.namelist()}
    held["EPUB/evil\x1b[2J\nfake.epub: nothing wrong\u202e.txt"] = b""
    (tmp_path / "book.epub").write_bytes(zipped(held))
    run = chapbook("check", "book.epub", "--no-epubcheck", cwd=tmp_path)
    safe(run)
    assert not any(line.startswith("fake.epub") for line in run.out.splitlines())
    safe(chapbook("check", "book.epub", "--no-epubcheck", "--json", cwd=tmp_path))


def test_a_real_terminal_hears_only_the_program_itself(tmp_path: Path) -> None:
    """With colours and the bar of several stories on: what a title holds is seen, not obeyed."""
    stories = tmp_path / "stories"
    stories.mkdir()
    for n, word in enumerate(("alder", "birch", "cedar")):
        (stories / f"{word}\x1b]0;owned\x07.txt").write_text(STORY.replace("lamp", word) * (n + 1))
        (stories / f"{word}\x1b]0;owned\x07.toml").write_text(f"title = {json.dumps(EVIL)}".replace("\x7f", "\\u007f"))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "converter", "stories", "-t", "epub", "-v", "--jobs", "2"],
        cwd=tmp_path,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(theirs)
    said = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
    assert process.wait(60) == 0, said
    os.close(ours)
    assert b"\x1b[" in said  # the program's own colours
    for sign in (b"\x1b]0;", b"\x07", b"\x1b[31mR", b"\x1b[2J", "\u202e".encode(), "\u009b".encode()):
        assert sign not in said
    assert b"u001b" in said


def test_all_printing_goes_through_the_screen() -> None:
    folder = Path(__file__).parents[2] / "converter" / "cli"
    around = re.compile(r"click\.(?:secho|echo)\(|(?<!\w)Console\(|(?<!\w)print\(|sys\.std(?:out|err)\.write")
    found = [
        p.name
        for p in folder.glob("*.py")
        if p.name != "screen.py" and around.search(re.sub(r"screen\.print|console\.print", "", p.read_text("utf-8")))
    ]
    assert not found
