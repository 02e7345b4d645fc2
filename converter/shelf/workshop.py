"""Books that are made at the wish of somebody before the shelf: by the program itself, in a process of its own
(`program.py`).

One after the other, so that the pages stay quick. A process that takes too long is ended with all that it began.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Literal

from converter.document.errors import OutputError
from converter.document.record import dataclass
from converter.shelf.program import PROGRAM, Lost, Run

LONGEST = 1_800.0  # seconds; the program itself ends most stories much earlier
MOST_WAITING = 100
MOST_REMEMBERED = 500  # works that are over
SPEAKER = "chapbook: "  # stands before what the program complains of
RESTED_AFTER = 300.0  # seconds without work
LOOKED_AT = 0.2  # seconds between two looks at how far a process came
LONGEST_LINE = 64 * 1024  # bytes that the program tells of a story
MOST_SAID = 4 * 1024 * 1024  # bytes of what the program tells
LONGEST_MAKING = "300"  # seconds for a story
TAKEN_UP = "taken up"
State = Literal["waiting", "reading", "made", "wrong"]


@dataclass(frozen=True, slots=True)
class Work:
    """Something to be made: `key` says of what, `name` what people call it; `arguments` are those of `chapbook
    convert` but for the folder, the last one the path. `said` is what is wrong, or what was found; `stories` are the
    rows that the program told. `same_as` is the source of the story that was here already, where nothing is made. So
    far `done` stories `of` so many are over; 0 where that is not known."""

    id: str
    key: str
    name: str
    arguments: tuple[str, ...]
    state: State = "waiting"
    said: str = ""
    stories: tuple[dict[str, Any], ...] = ()
    same_as: str = ""
    done: int = 0
    of: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in ("made", "wrong")


def arguments_of(path: Path, formats: Sequence[str], more: Sequence[str] = ()) -> list[str]:
    """What `chapbook convert` is told so that it makes the story at this path, in these formats and with `more`
    options."""
    return ["-t", ",".join(formats or ("epub",)), "--timeout", LONGEST_MAKING, *more, "--", str(path.absolute())]


class Busy(Exception):
    """So much is waiting that nothing more is taken."""


class Workshop:
    """Makes books in a folder, one after the other. From the workshop's own thread `finished` is called after each,
    `refused` where none can be made, and before these `settled` with a work's key and with what is wrong: what it gives
    is told. `kept` is given each work when it is begun and when it is over; `works` are those of an earlier time, of
    which the ones that are not over are begun by `take_up`. `over` may be set to what is called with each that is over,
    and may begin others."""

    def __init__(
        self,
        folder: Path,
        finished: Callable[[], object],
        longest: float = LONGEST,
        refused: Callable[[Work], object] = lambda _: None,
        kept: Callable[[Work], object] = lambda _: None,
        works: Iterable[Work] = (),
        settled: Callable[[str, str], str] = lambda _, said: said,
    ) -> None:
        self.folder, self.finished, self.longest, self.refused, self.kept = folder, finished, longest, refused, kept
        self.settled = settled
        self.over: Callable[[Work], object] = lambda _: None
        self._looks_behind = False  # what is over may have something else begun
        self._works: dict[str, Work] = {work.id: work for work in works}
        self._lock = Lock()
        self._waiting: SimpleQueue[str] = SimpleQueue()
        self._thread: Thread | None = None
        self._run: Run | None = None
        self._closed = False

    def begin(self, key: str, name: str, arguments: Sequence[str], told: tuple[dict[str, Any], ...] = ()) -> Work:
        """Has something made; what is under way already is not begun again. `told` are rows that stand before those
        that the program will tell. Raises Busy."""
        with self._lock:
            under_way = [work for work in self._works.values() if not work.is_over]
            if same := next((work for work in under_way if work.key == key), None):
                return same
            if len(under_way) >= MOST_WAITING:
                raise Busy
            work = self._add(Work(secrets.token_urlsafe(9), key, name, tuple(arguments), stories=told))
            self._queue(work)
        return work

    def take_up(self) -> None:
        """Begins what an earlier time left unfinished: its first row says so, for whatever the program tells of it now,
        it may have made it then."""
        with self._lock:
            for work in [work for work in self._works.values() if not work.is_over]:
                self._works[work.id] = replace(work, stories=({"state": TAKEN_UP}, *work.stories))
                self._queue(work)

    def _queue(self, work: Work) -> None:
        self._waiting.put(work.id)
        if not self._thread:
            self._thread = Thread(target=self._toil, daemon=True)
            self._thread.start()

    def clear(self, start: str) -> tuple[str, ...]:
        """Forgets what is over, of keys with this beginning: the numbers of those works."""
        with self._lock:
            over = tuple(w.id for w in self._works.values() if w.is_over and w.key.startswith(start))
            for number in over:
                del self._works[number]
        return over

    def note(self, key: str, name: str, same_as: str, told: tuple[dict[str, Any], ...] = ()) -> None:
        """Remembers something that need not be made: the story with this source is the same."""
        with self._lock:
            self._add(Work(secrets.token_urlsafe(9), key, name, (), "made", stories=told, same_as=same_as))

    def _add(self, work: Work) -> Work:
        self.kept(work)
        for before in [w.id for w in self._works.values() if w.key == work.key and w.is_over]:
            del self._works[before]  # of one thing the last is told
        self._works[work.id] = work
        for old in [work.id for work in self._works.values() if work.is_over][:-MOST_REMEMBERED]:
            del self._works[old]
        return work

    def close(self) -> None:
        """Ends what is being made; nothing more is begun."""
        with self._lock:
            self._closed = True
            if self._run:
                self._run.end()

    @property
    def under_way(self) -> int:
        """How much is not over yet."""
        return sum(not work.is_over for work in self.works()) + self._looks_behind

    def works(self, start: str = "") -> tuple[Work, ...]:
        """What is or was made, of keys with this beginning, in the order of its coming."""
        with self._lock:
            return tuple(work for work in self._works.values() if work.key.startswith(start))

    def work(self, number: str) -> Work | None:
        """The work of this number."""
        with self._lock:
            return self._works.get(number)

    def _toil(self) -> None:
        while True:
            number = self._next()
            work = self._note(number, state="reading")
            try:
                said, stories = self._made(work)
                final = bool(said) and not self._closed
                said = said if self._closed else self.settled(work.key, said)
            except Exception as error:  # whatever it is, the next one is made
                said, stories, final = f"it could not be made ({type(error).__name__})", (), False
            with suppress(OutputError):
                self.finished()
                if final:
                    self.refused(replace(work, stories=stories))
            place = work.arguments[-1]
            stories = tuple({**row, "problem": _without_places(str(row.get("problem", "")), place)} for row in stories)
            said = _without_places(said, place).removeprefix(SPEAKER)
            self._looks_behind = True
            stories = (*work.stories, *stories)
            work = self._note(number, state="wrong" if said else "made", said=said, stories=stories)
            if not self._closed:  # what was ended with the shelf is begun again with it
                with suppress(OutputError):
                    self.kept(work)
                    self.over(work)
            self._looks_behind = False

    def _next(self) -> str:
        """What waits longest. While nothing does for long, the memory that making takes is left to others."""
        with suppress(Empty):
            return self._waiting.get(timeout=RESTED_AFTER)
        PROGRAM.rest(RESTED_AFTER)
        return self._waiting.get()

    def _made(self, work: Work) -> tuple[str, tuple[dict[str, Any], ...]]:
        """Runs the program: what is wrong ("" for nothing), and a row for each story."""
        try:
            return self._tried(work)
        except Lost:
            return self._tried(work, anew=True)

    def _tried(self, work: Work, *, anew: bool = False) -> tuple[str, tuple[dict[str, Any], ...]]:
        words = ["convert", "--json-lines", "-o", str(self.folder.absolute()), *work.arguments]
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complaints:
            with self._lock:
                if self._closed:
                    return "the shelf was closed", ()
                run = self._run = PROGRAM.begin(words, told.fileno(), complaints.fileno(), anew=anew)
            try:
                code = self._code(run, work, told.fileno())
            finally:
                run.end()  # and whatever it left behind
                self._run = None
            if code is None:
                return f"it took longer than {self.longest:,.0f} seconds, and was ended", ()
            told.seek(0)
            stories = tuple(_rows(told.read(MOST_SAID)))
            problem = next((str(row["problem"]) for row in stories if row.get("problem")), "")
            if problem or code == 0:
                return problem, stories
            complaints.seek(0)
            last = complaints.read(MOST_SAID).decode("utf-8", "replace").strip().splitlines()[-1:]
            return (last or ["it could not be made"])[0], stories

    def _code(self, run: Run, work: Work, told: int) -> int | None:
        """Waits until a run is over, and notes how far it came: its exit code, None where it takes too long. Raises
        Lost."""
        until = time.monotonic() + self.longest
        while (left := until - time.monotonic()) > 0:
            if (code := run.wait(min(LOOKED_AT, left))) is not None:
                return code
            done, of = _so_far(told)
            if of:
                self._note(work.id, done=done, of=of)
        return None

    def _note(self, number: str, **news: Any) -> Work:
        with self._lock:
            self._works[number] = replace(self._works[number], **news)
            return self._works[number]


def _so_far(told: int) -> tuple[int, int]:
    """How many stories are over, and of how many, by the last whole line of what the program tells into this file."""
    size = os.fstat(told).st_size
    end = os.pread(told, LONGEST_LINE, max(0, size - LONGEST_LINE))  # the program writes where a seek would move it
    rows = _rows(b"\n".join(end.split(b"\n")[-2:-1]))
    number, total = (rows[0].get(key) for key in ("number", "of")) if rows else (0, 0)
    return (number, total) if isinstance(number, int) and isinstance(total, int) else (0, 0)


def _without_places(said: str, place: str) -> str:
    """What was said without the folders in which a gift lies: where that is is nobody's business."""
    return said.replace(f"{place}{os.sep}", "").replace(f"{Path(place).parent}{os.sep}", "")


def _rows(told: bytes) -> list[dict[str, Any]]:
    rows = []
    for line in told.splitlines():
        with suppress(ValueError):
            row = json.loads(line)
            if isinstance(row, dict):
                rows.append(row)
    return rows
