"""Stories that come to no end, grow without bound or take their process with them: ended, read plainly, told."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from converter.build.batch import Outcome, plan, remember
from converter.build.forked import ask_alone, read_alone, run_alone
from converter.build.inputs import Job
from converter.build.making import do
from converter.build.reading import read_job
from converter.build.settings import layer
from converter.build.shelving import TEMPORARY
from converter.build.story_files import StoryFiles
from converter.build.watching import StoryLimits, limits
from converter.build.workers import run_parallel
from converter.catalogue.catalogue import Catalogue
from converter.document.contracts import Reading
from converter.document.errors import ConverterError
from tests.shell.running import STORY, chapbook, everything


def work(job: Job) -> Outcome:
    """Stands for `do`: a story does what it is called, unless it is read plainly; a stubborn one does it always."""
    stem = job.group.stem
    if not job.plain or "stubborn" in stem:
        if "sleeps" in stem:
            time.sleep(600)
        if "spins" in stem:
            re.match(r"(a+)+$", "a" * 60 + "b")  # in C, and no signal handler of Python's gets a word in
        if "grows" in stem:
            held = []
            while True:
                held.append(bytearray(10_000_000))
        if "leaps" in stem:
            bytearray(10**13)
        if "exits" in stem:
            os._exit(3)
    return Outcome(job.group.name, title=stem)


def story(stem: str, **given: object) -> Job:
    seconds = 1.0 if "sleeps" in stem or "spins" in stem else 60.0
    return Job(StoryFiles((Path(f"{stem}.txt"),), stem), {"timeout": seconds, "memory": 300.0, **given})


def alone(stem: str) -> Outcome:
    return run_alone(story(stem), work)


def among_others(stem: str) -> Outcome:
    outcomes = {o.name: o for o in run_parallel([story("one"), story(stem), story("two"), story("three")], work, 2)}
    assert sorted(outcomes) == sorted(f"{s}.txt" for s in ("one", "two", "three", stem))
    assert not any(outcomes[f"{s}.txt"].error for s in ("one", "two", "three"))
    return outcomes[f"{stem}.txt"]


WAYS: list[Callable[[str], Outcome]] = [alone, among_others]
ENDINGS = [
    ("sleeps", "ended after 1 seconds"),
    ("spins", "ended after 1 seconds"),
    ("grows", "MB of memory"),
    ("leaps", "MB of memory"),
    ("exits", "killed"),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("stem", "said"), ENDINGS)
def test_a_story_that_can_not_be_read_as_usual_is_read_plainly(
    way: Callable[[str], Outcome], stem: str, said: str
) -> None:
    outcome = way(stem)
    assert not outcome.error
    (found,) = outcome.findings
    assert (found.code, found.severity) == ("read-plainly", "doubt")
    assert said in found.message


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("stem", "said"), ENDINGS)
def test_a_story_that_can_not_be_read_at_all_is_one_line(way: Callable[[str], Outcome], stem: str, said: str) -> None:
    outcome = way(f"stubborn-{stem}")
    assert said in outcome.error
    assert outcome.error.startswith(f"stubborn-{stem}.txt: there is no book")
    assert "\n" not in outcome.error


def test_many_stories_that_hang_hold_up_nobody() -> None:
    jobs = [story(f"{n}-{'stubborn-spins' if n % 3 == 0 else 'quick'}") for n in range(9)]
    outcomes = list(run_parallel(jobs, work, 2))
    assert sorted(o.name for o in outcomes) == sorted(j.group.name for j in jobs)
    assert sum(bool(o.error) for o in outcomes) == 3


def test_no_limit_is_no_limit() -> None:
    assert limits(story("a", timeout=0.0, memory=0.0)) == StoryLimits(0, 0)
    outcome = run_alone(story("a", timeout=0.0, memory=0.0), work)
    assert outcome.title == "a"


def test_what_the_asking_program_holds_is_not_the_story_s() -> None:
    held = b"x" * 600_000_000
    outcome = run_alone(story("quick"), lambda job: Outcome(job.group.name, title=str(len(bytearray(100_000_000)))))
    assert (outcome.error, outcome.title, outcome.findings) == ("", "100000000", ())
    assert "MB of memory" in run_alone(story("grows"), work).findings[0].message
    del held


def test_a_large_story_may_take_more(tmp_path: Path) -> None:
    found = []
    for n, size in enumerate((1_000, 2_000_000)):
        (tmp_path / f"{n}.txt").write_bytes(b"a" * size)
        found.append(limits(Job(StoryFiles((tmp_path / f"{n}.txt",), ""))))
    assert found[0].seconds < found[1].seconds
    assert found[0].memory < found[1].memory


def test_a_timeout_is_asked_for_as_anything_else(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "story.toml").write_text("timeout = 300\n")
    (job,) = plan([tmp_path / "story.txt"], layer({"memory": "0"}), tmp_path / "output")
    assert limits(job) == StoryLimits(300, 0)
    for wrong in ("soon", "-1", "nan", "inf"):
        run = chapbook("story.txt", "--timeout", wrong, cwd=tmp_path)
        assert run.code == 2
        assert "timeout" in run.err


def test_a_story_read_plainly_is_up_to_date_until_it_gets_more_time(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    given = {"to": ["epub"], "timeout": 1}

    def again(**more: object) -> tuple[Job, Outcome]:
        (job,) = plan([tmp_path / "story.txt"], layer({**given, **more}), tmp_path / "output")
        return job, do(job)

    from dataclasses import replace

    job, _ = again()
    plain = do(replace(job, plain=True, force=True))
    with Catalogue(tmp_path / "output") as catalogue:
        remember(tmp_path / "output", catalogue, job, plain)
    assert again()[1].kept
    assert again(timeout=2)[1].written


def gone(pid: int) -> bool:
    """Whether a process is no more, now or soon."""
    for _ in range(1_000):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


RUN = """
import os, signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
import tests.shell.test_watching as t
from converter.build.forked import run_alone
from converter.build.workers import run_parallel
folder = Path(sys.argv[2])
if __name__ == "__main__":
    jobs = [t.story(f"{n}-{name}", timeout=600.0, site=str(folder)) for n, name in enumerate(sys.argv[3:])]
    if sys.argv[1] == "alone":
        run_alone(jobs[0], t.writing)
    else:
        list(run_parallel(jobs, t.writing, 2))
"""


def writing(job: Job) -> Outcome:
    """Says which processes there are, leaves a book half-written, and hangs."""
    folder = Path(str(job.options["site"]))
    child = os.fork()
    if child:
        Path(folder, f"{TEMPORARY}{os.getpid()}-x.epub").touch()
        Path(folder, f"pids-{os.getpid()}").write_text(f"{os.getpid()} {child}")
    return work(job)


@pytest.fixture
def hanging(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A watcher with stories that hang, in Python and in C, and the processes that it and they began."""
    mode, names = request.param
    process = subprocess.Popen([sys.executable, "-c", RUN, mode, str(tmp_path), *names], stderr=subprocess.DEVNULL)
    pids: list[int] = []
    for _ in range(2_000):
        pids = [int(p) for f in tmp_path.glob("pids-*") for p in f.read_text().split()]
        if len(pids) == 2 * len(names):
            break
        time.sleep(0.02)
    assert len(pids) == 2 * len(names)
    time.sleep(0.2)
    yield process, pids
    process.kill()
    process.wait()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("hanging", [("alone", ["spins"]), ("many", ["spins", "sleeps"])], indirect=True)
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_the_watcher_ends_all(
    tmp_path: Path, hanging: tuple[subprocess.Popen[bytes], list[int]], sent: signal.Signals
) -> None:
    process, pids = hanging
    assert not any(gone_now(p) for p in pids)
    process.send_signal(sent)
    process.wait(60)
    assert all(gone(p) for p in pids)


def gone_now(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return True
    return False


def test_what_an_ended_story_began_is_ended_and_what_it_was_writing_is_gone(tmp_path: Path) -> None:
    job = story("sleeps", site=str(tmp_path))
    job = replace(job, outputs=(("epub", tmp_path / "x.epub"),))
    run_alone(job, writing)
    pids = [int(p) for f in tmp_path.glob("pids-*") for p in f.read_text().split()]
    assert len(pids) == 4
    assert all(gone(p) for p in pids)
    assert not list(tmp_path.glob(f"{TEMPORARY}*"))


def with_a_slow_pdf(job: Job) -> Outcome:
    """Like `do`, but the PDF of a story read as usual comes to no end."""
    from converter.build import pipeline

    usual = pipeline.write

    def slow(reading: Any, name: str, *rest: Any) -> Any:
        if name == "pdf" and not job.plain:
            time.sleep(600)
        return usual(reading, name, *rest)

    pipeline.write = slow
    try:
        return do(job)
    finally:
        pipeline.write = usual


def test_a_pdf_that_comes_to_no_end_costs_the_epub_nothing(tmp_path: Path) -> None:
    path = tmp_path / "salt.txt"
    path.write_text(STORY)
    (job,) = plan([path], layer({"to": ["epub"]}, "arguments"), tmp_path / "usual")
    assert not do(job).error
    (job,) = plan([path], layer({"to": ["epub", "pdf"], "timeout": 10.0}, "arguments"), tmp_path / "slow")
    outcome = run_alone(job, with_a_slow_pdf)
    assert not outcome.error
    assert [p.suffix for p in outcome.written] == [".epub", ".pdf"]
    assert "plainly for all books but" in outcome.findings[0].message
    (epub,) = (tmp_path / "usual").glob("*.epub")
    assert (tmp_path / "slow" / epub.name).read_bytes() == epub.read_bytes()


@pytest.mark.parametrize("stem", ["sleeps", "spins", "grows", "exits"])
def test_a_reading_that_comes_to_no_end_is_plain(tmp_path: Path, stem: str) -> None:
    path = tmp_path / "salt.txt"
    path.write_text(STORY)
    (usual,) = plan([path], {}, tmp_path)

    def read(job: Job) -> Reading:
        work(replace(story(stem), plain=job.plain))
        return read_job(job)

    job = replace(usual, options=story(stem).options)
    found = read_alone(job, read)
    assert found.findings[0].code == "read-plainly"
    assert found.book == read_job(replace(job, plain=True)).book


def test_a_story_that_can_not_be_read_plainly_either_is_one_line() -> None:
    def read(job: Job) -> Reading:
        work(job)
        raise AssertionError(job)

    with pytest.raises(ConverterError, match=r"stubborn-sleeps\.txt: it can't be read: it was ended after 1 seconds"):
        read_alone(story("stubborn-sleeps"), read)


def test_a_stage_that_comes_to_no_end_is_given_up() -> None:
    assert ask_alone(story("short"), lambda job: (job.group.name,)) == ("short.txt",)
    with pytest.raises(ConverterError, match=r"sleeps\.txt: it can't be read: it was ended after 1 seconds"):
        ask_alone(story("sleeps"), work)


def test_books_made_before_the_program_was_killed_are_known(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    for name in ("ash", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine", "rowan", "yew"):
        (folder / f"{name}.txt").write_text(STORY.replace("Salt", name.title()))
    process = subprocess.Popen(
        [sys.executable, "-m", "converter", "stories", "--jobs", "2", "-t", "epub"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while len(list((tmp_path / "output").glob("*.epub"))) < 4 and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.wait()
    time.sleep(0.2)  # workers end by themselves
    made = set((tmp_path / "output").glob("*.epub"))
    with Catalogue(tmp_path / "output") as catalogue:
        known = {p for p in made if catalogue.record(p)}
    assert len(made) >= 4
    assert len(made - known) <= 2  # those that were on their way from the workers
    run = chapbook("stories", "-t", "epub", cwd=tmp_path)
    assert run.code == 0
    assert f"{len(known)} up to date" in run.out or len(known) == 12
    assert {n for n in everything(tmp_path / "output") if n.startswith(".")} == {".chapbook.db"}
