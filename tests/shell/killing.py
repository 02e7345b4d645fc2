"""Runs of the program that are killed, or fail, at a system call: `strace` holds whoever makes it, and acts there."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from converter.catalogue.catalogue import Catalogue
from converter.catalogue.database import BESIDE, CATALOGUE
from tests.shell.running import LONGEST, STORY, chapbook, everything

NAMES = ("ash", "birch", "cedar", "elm", "fir", "hazel")
CALLS = {
    "write": "write,pwrite64",
    "fsync": "fsync,fdatasync",
    "rename": "rename,renameat,renameat2",
}
"""What the program does with files, and the names under which the system knows it."""
SETTLED = 10.0  # seconds after which nothing that a killed program began may be there any more


@dataclass(frozen=True)
class Fault:
    """What happens at which of the calls of a kind that a process makes, counted from 1 in each process: it is killed,
    or told an error ("ENOSPC")."""

    call: str
    number: int
    error: str = ""

    @property
    def words(self) -> list[str]:
        """The command line that has it happen to the program behind it."""
        names = CALLS[self.call]
        what = f"error={self.error}" if self.error else "signal=SIGKILL"
        traced = ["-e", f"trace={names}", "-e", f"inject={names}:{what}:when={self.number}"]
        return ["strace", "-f", "-qq", "-o", "/dev/null", *traced]


def stories_in(folder: Path) -> Path:
    """A folder of stories, each with a name and a title of its own."""
    stories = folder / "stories"
    stories.mkdir(parents=True)
    for name in NAMES:
        (stories / f"{name}.txt").write_text(STORY.replace("Salt", name.title()))
    return stories


def began(folder: Path, words: list[str]) -> subprocess.Popen[str]:
    """A run that makes the books of `stories`, by two processes, behind these words."""
    command = [*words, sys.executable, "-m", "converter", "stories", "--jobs", "2", "-t", "epub", "-q"]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def run_with(folder: Path, fault: Fault) -> tuple[int, str]:
    """The exit code and the complaints of a run to which this happens."""
    process = began(folder, fault.words)
    _, err = process.communicate(timeout=LONGEST)
    return process.returncode, err


def whole_books(folder: Path) -> set[str]:
    """The names of the books at their final places. Fails where one is not whole."""
    books = set()
    for path in (folder / "output").glob("[!.]*"):
        with zipfile.ZipFile(path) as book:
            assert book.testzip() is None, path
            assert book.read("mimetype") == b"application/epub+zip", path
        books.add(path.name)
    return books


def mended(folder: Path) -> None:
    """The same command once more: every book is there, known and whole, and nothing else."""
    made = {name: (folder / "output" / name).read_bytes() for name in whole_books(folder)}
    again = chapbook("stories", "-t", "epub", cwd=folder)
    assert again.code == 0, again
    assert whole_books(folder) == {f"{name}.epub" for name in NAMES}
    assert all((folder / "output" / name).read_bytes() == data for name, data in made.items())
    kept = {CATALOGUE, *(CATALOGUE + end for end in BESIDE)}
    assert {name for name in everything(folder / "output") if name.startswith(".")} <= kept
    with Catalogue(folder / "output") as catalogue:
        assert {path.name for story in catalogue.stories() for path in (r.path for r in story.books)} == whole_books(
            folder
        )


def at_work_in(folder: Path) -> list[str]:
    """The processes that work in this folder, by their numbers."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder.resolve() and b"converter" in (process / "cmdline").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


def nobody_left(folder: Path) -> bool:
    """Whether all that worked in this folder is gone, at once or soon."""
    until = time.monotonic() + SETTLED
    while at_work_in(folder):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
