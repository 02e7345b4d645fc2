"""Worker processes: a story that kills its worker costs itself and nothing else."""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from converter.build import workers
from converter.build.ahead import CoverAhead, ExaminedAhead, PdfAhead
from converter.build.batch import Outcome
from converter.build.formats import WriteOptions
from converter.build.inputs import Job
from converter.build.pipeline import Reading, examination, understand
from converter.build.settings import Settings
from converter.build.story_files import StoryFiles
from converter.build.workers import new_context, new_process, run_parallel
from converter.covers import draw_cover
from converter.document.contracts import Source
from converter.document.errors import ProofError
from converter.document.model import Metadata, Person
from converter.themes import load_theme
from tests.shell.running import STORY, chapbook


def work(job: Job) -> Outcome:
    """Stands for `do`; a story called killer ends its process as the system does when memory runs out."""
    if "killer" in job.group.stem:
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job.group.name, title=job.group.stem)


def jobs(*stems: str) -> list[Job]:
    return [Job(StoryFiles((Path(f"{s}.txt"),), s)) for s in stems]


def test_the_rest_goes_on_when_workers_die() -> None:
    stems = [f"s{n}" for n in range(9)]
    stems.insert(3, "killer-1")
    stems.insert(7, "killer-2")
    outcomes = {o.name: o for o in run_parallel(jobs(*stems), work, 2)}
    assert set(outcomes) == {f"{s}.txt" for s in stems}
    failed = {name for name, o in outcomes.items() if o.error}
    assert failed == {"killer-1.txt", "killer-2.txt"}
    assert "killed" in outcomes["killer-1.txt"].error


def test_workers_are_replaced_and_no_story_is_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "GENERATION", 2)
    stems = [f"s{n}" for n in range(11)]
    names = [o.name for o in run_parallel(jobs(*stems), work, 2)]
    assert sorted(names) == sorted(f"{s}.txt" for s in stems)


def who(job: Job) -> Outcome:
    """Stands for `do`: tells which process did it."""
    return Outcome(job.group.name, title=str(os.getpid()))


@pytest.mark.parametrize(("held", "generations", "most"), [(1e6, 9, 7), (1.0, 9, 2), (1e6, 2, 4)])
def test_a_process_goes_on_while_it_holds_little(
    monkeypatch: pytest.MonkeyPatch, held: float, generations: int, most: int
) -> None:
    monkeypatch.setattr(workers, "GENERATION", 2)
    monkeypatch.setattr(workers, "GENERATIONS", generations)
    monkeypatch.setattr(workers, "HELD", held)
    processes = [o.title for o in run_parallel(jobs(*(f"s{n}" for n in range(7))), who, 1)]
    assert max(map(processes.count, processes)) == most


METADATA = Metadata(title="The Salt Road", people=(Person("Ada Thorn"),), language="en")


def test_a_cover_drawn_ahead_is_the_cover() -> None:
    ahead = CoverAhead("")
    ahead.ready()
    ahead.start(METADATA)
    drawn = ahead.result(METADATA)
    assert drawn is None or drawn[0] == draw_cover(METADATA)
    assert (drawn is None) == ((os.cpu_count() or 1) < 2)


def test_a_cover_of_other_metadata_is_not_taken() -> None:
    ahead = CoverAhead("")
    assert ahead.result(METADATA) is None
    ahead.ready()
    ahead.start(Metadata(title="Another"))
    assert ahead.result(METADATA) is None
    ahead.abandon()


def test_a_drawing_nobody_waits_for_is_ended() -> None:
    ahead = CoverAhead("")
    ahead.ready()
    ahead.start(METADATA)
    child = ahead.child
    ahead.abandon()
    ahead.abandon()
    if child:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def short_story() -> Reading:
    source = Source("short.txt", b"The Short One\n\nHe came back to the lamp that he had left.\n", ".txt")
    return understand([source], Settings())


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
def test_a_pdf_printed_ahead_is_the_one_that_a_story_has_among_others(tmp_path: Path, engine: str) -> None:
    for name in ("stories/one.txt", "stories/two.txt", "one.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(STORY.replace("Salt", path.stem.title()))
    for asked, output in (("one.txt", "alone"), ("stories", "many")):
        assert chapbook(asked, "-t", "pdf", "--engine", engine, "-o", output, cwd=tmp_path).code == 0
    assert (tmp_path / "alone/one.pdf").read_bytes() == (tmp_path / "many/one.pdf").read_bytes()


def test_a_pdf_of_another_reading_or_that_fails_is_not_taken() -> None:
    theme, reading = load_theme("classic"), short_story()
    for settings, asked in ((Settings(page="nowhere"), replace(reading)), (Settings(page="nowhere"), reading)):
        ahead = PdfAhead(theme, settings, WriteOptions())
        assert ahead.result(reading) is None
        ahead.ready()
        ahead.start(reading)
        assert ahead.result(asked) is None
        ahead.abandon()


def long_story(lost: bool) -> Reading:
    text = "He came back to to the lamp that he had left. " * 4_000
    source = Source("long.txt", text.encode(), ".txt")
    reading = understand([source], Settings())
    return forgetful(reading) if lost else reading


def forgetful(reading: Reading) -> Reading:
    """The reading of a file that has one word more."""
    (text,) = reading.texts
    return replace(reading, texts=(replace(text, text=f"{text.text}\nwindlass"),))


def test_a_story_examined_meanwhile_is_examined_as_ever() -> None:
    reading = long_story(lost=False)
    examined = ExaminedAhead()
    examined.begin(reading)
    assert bool(examined.child) == ((os.cpu_count() or 1) >= 2)
    assert examined.result(reading) == examination(reading) != ()
    assert examined.result(reading) == examination(reading)


def test_a_word_lost_is_found_meanwhile_too() -> None:
    reading = long_story(lost=True)
    examined = ExaminedAhead()
    examined.begin(reading)
    for _ in range(2):
        with pytest.raises(ProofError, match="windlass"):
            examined.result(reading)
    examined.abandon()


def _says_so(channel: Connection, lifeline: Connection) -> None:
    channel.send(lifeline.fileno() > 0)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing forks processes there")
def test_whoever_forks_processes_may_be_killed_while_one_begins() -> None:
    """It is held at work until a process is asked for, and killed then, when nothing is answered yet."""
    from multiprocessing import forkserver

    context = new_context()
    first, *_ = new_process(context, _says_so, ())
    first.join()
    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    os.kill(pid, signal.SIGSTOP)
    killer = threading.Timer(0.5, os.kill, (pid, signal.SIGKILL))
    killer.start()
    process, channel, _line = new_process(context, _says_so, ())
    assert channel.recv() is True
    process.join()
    killer.join()
