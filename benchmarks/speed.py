"""Seconds and peak memory of Chapbook beside pandoc and calibre, on the same text in the same run.

    python -m benchmarks.speed [--words 120000] [--runs 3] [--pdf]

Each command is run once unseen, then `--runs` times in turn, and the fastest counts: what else the machine does only
ever adds time. Python may keep its compiled modules, as an installed program's are; where PYTHONDONTWRITEBYTECODE is
set and the program runs from its sources, every start compiles them anew (0.15 s).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.invented import novel
from benchmarks.memory import Together

ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


@dataclass
class Measured:
    """The best of several runs: wall-clock and processor seconds, and the peak memory in MB."""

    name: str
    wall: float = float("inf")
    processor: float = float("inf")
    memory: float = 0.0
    size: int = 0


def run(command: list[str], book: Path | None, into: Measured, *, together: bool = False) -> None:
    """Runs the command once and keeps the better figures. The memory is that of its largest process, or of all of them
    `together`."""
    if book:
        book.unlink(missing_ok=True)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    watch = Together(process.pid) if together else None
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or (book and not book.exists()):
        raise SystemExit(f"failed: {' '.join(command)}")
    into.wall = min(into.wall, wall)
    into.processor = min(into.processor, usage.ru_utime + usage.ru_stime)
    into.memory = max(into.memory, (watch.stop() if watch else 0) or usage.ru_maxrss / 1024)
    into.size = book.stat().st_size if book else 0


def compare(
    title: str,
    commands: dict[str, tuple[list[str], Path | None]],
    runs: int,
    *,
    together: bool = False,
    unseen: bool = True,
) -> None:
    """Runs all the commands in turn, once `unseen` before, and prints a table; ratios are to the first of them."""
    results = {name: Measured(name) for name in commands}
    for command, book in commands.values() if unseen else ():
        run(command, book, Measured(""))
    for _ in range(runs):
        for name, (command, book) in commands.items():
            run(command, book, results[name], together=together)
    print(f"\n{title}")
    print(f"{'':22}{'seconds':>9}{'cpu s':>8}{'peak MB':>9}{'book KB':>9}{'time':>8}{'memory':>8}")
    first = next(iter(results.values()))
    for r in results.values():
        ratio = "" if r is first else f"{r.wall / first.wall:7.2f}x{r.memory / first.memory:8.2f}x"
        print(f"{r.name:22}{r.wall:9.2f}{r.processor:8.2f}{r.memory:9.0f}{r.size / 1024:9.0f} {ratio}")


def main() -> None:
    """Writes the text, runs what is installed, prints the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--words", type=int, default=120_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--wrapped", action="store_true", help="hard-wrapped lines instead of a line a paragraph")
    options.add_argument("--pdf", action="store_true", help="also the PDF")
    asked = options.parse_args()
    chapbook = str(Path(sys.executable).with_name("chapbook"))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        long, short = place / "novel.txt", place / "short.txt"
        long.write_text(novel(asked.words, wrapped=asked.wrapped), "utf-8")
        short.write_text(novel(5_000, seed=2), "utf-8")
        for story, words in ((long, asked.words), (short, 5_000)):
            ours, theirs, others = place / "ours.epub", place / "theirs.epub", place / "others.epub"
            commands: dict[str, tuple[list[str], Path | None]] = {
                "chapbook": ([chapbook, str(story), str(ours), "--force"], ours)
            }
            if shutil.which("pandoc"):
                title = ["--metadata", "title=Invented"]
                commands["pandoc"] = (["pandoc", "-f", "markdown", str(story), "-o", str(theirs), *title], theirs)
            if shutil.which("ebook-convert"):
                commands["calibre"] = (["ebook-convert", str(story), str(others)], others)
            compare(f"{words:,} words to EPUB", commands, asked.runs)
        compare(
            "starting up",
            {
                "chapbook --help": ([chapbook, "--help"], None),
                "python -c pass": ([sys.executable, "-c", "pass"], None),
                "import converter": ([sys.executable, "-c", "import converter"], None),
            },
            max(5, asked.runs),
        )
        if asked.pdf:
            book = place / "ours.pdf"
            compare(
                f"{asked.words:,} words to PDF", {"chapbook": ([chapbook, str(long), str(book), "--force"], book)}, 1
            )


if __name__ == "__main__":
    main()
