"""What a whole archive costs: taking stories out of shards, making them here and on a cluster, telling the catalogue.

`python -m benchmarks.archives [STORIES]`: so many stories of 2,000 words (200) are made three ways, one after another
on this machine; ten times as many are only taken out. Times are of the clock: look at what else the machine does.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from converter.build.batch import build, plan
from converter.build.executor import Executor, LocalPool
from converter.build.making import do
from converter.cluster.addresses import file_at
from converter.cluster.contents import count, taken_out
from converter.cluster.ray_cluster import RayCluster
from converter.cluster.run import ArchiveRun, merged
from converter.cluster.sources import Shard, shard_kind
from tests.cluster.making import WORDS, answer, put, record, table, tarred, zipped

OPTIONS = {"to": ("epub",)}
LENGTH = 2_000  # words


def story(number: int) -> str:
    """A story of its own, in three chapters."""
    chance = random.Random(number)
    lines = [f"Title: The {chance.choice(WORDS).title()} of {number}", "Author: Ada Thorn", ""]
    for chapter in (1, 2, 3):
        lines += [f"Chapter {chapter}", ""]
        for _ in range(LENGTH // 3 // 60):
            said = (" ".join(chance.choices(WORDS, k=12)).capitalize() for _ in range(5))
            lines += [" ".join(f"{words}." for words in said), ""]
    return "\n".join(lines)


@contextmanager
def timed(what: str, stories: int) -> Iterator[None]:
    """Says how long something took for so many stories."""
    begun = time.monotonic()
    yield
    took = time.monotonic() - begun
    print(f"{what:38} {took:7.1f} s {stories / took:9,.0f} a second   load {os.getloadavg()[0]:.1f}", flush=True)


def shards(texts: list[str]) -> dict[str, bytes]:
    """The same stories in each kind of shard."""
    files = {f"story-{n:05}.txt": text.encode() for n, text in enumerate(texts)}
    pages = (f"<html><body><h1>{n}</h1><pre>{text}</pre></body></html>".encode() for n, text in enumerate(texts))
    crawled = (record(f"https://tales.example/{n}", answer(page, packed=True)) for n, page in enumerate(pages))
    return {
        "a.tar": tarred(files, "w"),
        "a.tar.gz": tarred(files),
        "a.zip": zipped(files),
        "a.parquet": table({"id": list(files), "text": texts}),
        "a.warc.gz": b"".join(crawled),
    }


def read(folder: Path, name: str, stories: int) -> None:
    """Counts a shard's stories, and takes them out."""
    kind = shard_kind(name)
    assert kind
    shard = Shard(file_at(str(folder / name)), kind)
    with timed(f"{name}: counted", stories):
        assert count(shard) == stories
    with timed(f"{name}: taken out", stories):
        assert (
            sum(e.job is not None for e in taken_out(shard, range(stories), folder / f"out-{name}", OPTIONS)) == stories
        )


def archive(source: Path, output: Path, stories: int, what: str, executor: Callable[[], Executor]) -> None:
    """Makes all stories of an archive, in pieces of 50."""
    run = ArchiveRun([str(source)], str(output), OPTIONS, fewest=50)
    run.find(executor())
    with timed(what, stories):
        assert sum(1 for _ in run.results(executor())) == stories
    with timed(f"{what}: told to the catalogue", stories):
        assert merged(run) == ""


def main(stories: int) -> None:
    """All of it."""
    workers = min(2, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many = stories * 10
        put(folder, shards([story(n) for n in range(many)]))
        for shard in ("a.tar", "a.tar.gz", "a.zip", "a.parquet", "a.warc.gz"):
            read(folder, shard, many)
        few = put(folder / "few", {"a.tar.gz": tarred({f"s{n:05}.txt": story(n).encode() for n in range(stories)})})
        loose = put(folder / "loose", {f"s{n:05}.txt": story(n).encode() for n in range(stories)})
        with timed(f"a folder, {workers} processes", stories):
            jobs = plan([loose], OPTIONS, folder / "one")
            assert sum(1 for _ in build(jobs, folder / "one", workers=workers)) == stories
        archive(few, folder / "two", stories, f"a shard, {workers} processes", lambda: LocalPool(workers, do))
        begun = time.monotonic()
        with RayCluster("local", processors=workers) as cluster:
            print(f"the cluster begun in {time.monotonic() - begun:.1f} s")
            archive(few, folder / "three", stories, f"a shard, Ray, {workers} processors", lambda: cluster)
        sizes = {
            kind: [p.stat().st_size for p in (folder / "three").rglob(f"*.{kind}")] for kind in ("epub", "parquet")
        }
        catalogue = (folder / "three" / ".chapbook.db").stat().st_size
        for what, size in (*((kind, sum(found)) for kind, found in sizes.items()), ("catalogue", catalogue)):
            print(f"{what}: {size / stories / 1_000:.1f} kB a story")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
