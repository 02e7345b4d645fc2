"""A folder of stories to EPUB: Chapbook by two processes and by one, pandoc and calibre in a shell loop, two at a time.

    python -m benchmarks.folder [--stories 1000] [--words 5000] [--peers 60]

What the others need for a story doesn't depend on their number, so that they get the first `--peers` of the stories.
Besides the rates: the same folder once more, nothing changed, and how the memory of all our processes grows with the
stories.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.invented import novel
from benchmarks.memory import Together
from benchmarks.speed import ENVIRONMENT
from converter.build.batch import plan

SEEDS = 50  # texts that are invented; each of the others is one of them with a title of its own


def stories_in(folder: Path, count: int, words: int) -> list[Path]:
    """So many stories of so many words, no two alike."""
    texts = [novel(words, seed=seed) for seed in range(min(SEEDS, count))]
    paths = []
    for number in range(count):
        path = folder / f"story-{number:05}.txt"
        said = texts[number % len(texts)].split("\n", 1)
        path.write_text(
            f"The Invented Sea of Number {number}\n{said[1]}\nIt was the story of number {number}.\n", "utf-8"
        )
        paths.append(path)
    return paths


def timed(command: Sequence[str], cwd: Path) -> tuple[float, float]:
    """Seconds and peak MB of a command and of all that it begins."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = Together(process.pid)
    code = process.wait()
    took = time.perf_counter() - start
    if code:
        raise SystemExit(f"failed ({code}): {' '.join(command[:6])}")
    return took, watch.stop()


def loop(command: str, files: Sequence[Path], cwd: Path) -> float:
    """Seconds that a shell loop takes for these files, two at a time; `{}` in the command is a file's name."""
    listed = "\n".join(path.name for path in files)
    start = time.perf_counter()
    subprocess.run(
        ["xargs", "-P", "2", "-I", "{}", "sh", "-c", command],
        input=listed, text=True, cwd=cwd, env=ENVIRONMENT, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - start


def main() -> None:
    """Prints a table of stories a minute."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--stories", type=int, default=1_000)
    options.add_argument("--words", type=int, default=5_000)
    options.add_argument("--peers", type=int, default=60)
    asked = options.parse_args()
    chapbook = str(Path(sys.executable).with_name("chapbook"))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = place / "stories"
        folder.mkdir()
        paths = stories_in(folder, asked.stories, asked.words)
        rates: dict[str, float] = {}

        def ours(label: str, *more: str) -> None:
            took, peak = timed([chapbook, "stories", "-t", "epub", "-q", *more], place)
            rates[label] = asked.stories / took * 60
            print(f"{label:32}{took:9.2f} s {rates[label]:9.0f} a minute {peak:7.0f} MB", flush=True)

        began = time.perf_counter()
        planned = len(plan([folder], {"to": ("epub",)}, place / "two"))
        print(f"{'planned, at first look':32}{time.perf_counter() - began:9.2f} s {planned:9} stories", flush=True)
        ours("chapbook, two processes", "--jobs", "2", "-o", "two")
        ours("the same again, unchanged", "--jobs", "2", "-o", "two")
        ours("chapbook, one process", "--jobs", "1", "-o", "one")
        few = paths[: asked.peers]
        for label, tool, command in (
            ("pandoc, two at a time", "pandoc", "pandoc -f markdown {} -o {}.epub --metadata title=Invented"),
            ("calibre, two at a time", "ebook-convert", "ebook-convert {} {}.epub"),
        ):
            if shutil.which(tool):
                took = loop(command, few, folder)
                rates[label] = len(few) / took * 60
                print(f"{label:32}{took:9.2f} s {rates[label]:9.0f} a minute ({len(few)} stories)", flush=True)
        two = rates["chapbook, two processes"]
        for label, rate in rates.items():
            if "unchanged" not in label and rate != two:
                print(f"two processes to {label}: {two / rate:.2f}")


if __name__ == "__main__":
    main()
