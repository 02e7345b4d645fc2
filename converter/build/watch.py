"""A folder that is watched: a story dropped in becomes a book as soon as nobody writes to it any more.

Strategy. What the system tells of changes only says when to look; what there is to do is found as in every run, by
planning the folder anew, where the catalogue knows what is unchanged. A file that was touched a moment ago is left for
the next look, so that a half-copied one is never read and holds up no other. What failed is tried again when one of its
files is another.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from pathlib import Path
from typing import Any

from converter.build.batch import build
from converter.build.growing import Growing
from converter.build.inputs import Job
from converter.build.outcomes import Outcome
from converter.build.planning import plan
from converter.build.shelving import TEMPORARY
from converter.catalogue.database import CATALOGUE
from converter.catalogue.records import State, state_of
from converter.document.errors import ConverterError, MissingInput, NoSuchInput
from converter.limits.files import lies
from converter.reports.run import RunRow

SETTLED = 0.8  # seconds without a change after which a file counts as written; copying programs write all the time
LOOK = 200  # ms from one look at the clock to the next
POLLING = 1_000  # ms from one look at the files to the next, where the system tells no changes
REMOTE = ("nfs", "cifs", "smb", "9p", "afs", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd", "vboxsf", "davfs")
UNFINISHED = (
    ".part",
    ".partial",
    ".crdownload",
    ".download",
    ".tmp",
    ".temp",
    ".swp",
    ".swx",
    ".kate-swp",
    ".filepart",
)


class Watcher:
    """Watches the folders and files `paths`, whose books go to `output`; `options` is a checked layer. `planned` is
    called with all that is found, whenever it was looked for."""

    def __init__(
        self,
        paths: Sequence[Path],
        options: Mapping[str, Any],
        output: Path,
        *,
        workers: int = 1,
        planned: Callable[[Sequence[Job]], None] = lambda _: None,
    ) -> None:
        self.paths, self.options, self.output, self.workers = paths, options, output, workers
        self.planned = planned
        self._touched: dict[str, float] = {}
        self._failed: dict[str, tuple[State | None, ...]] = {}
        self._home = os.path.realpath(output)
        self._growing = Growing()

    def outcomes(self, stop: threading.Event, *, polling: bool = False) -> Iterator[Outcome]:
        """What becomes of the stories, first of all that are there, then of each that changes, until `stop` is set.

        `polling`: the files are looked at again and again; that is done by itself on file systems of other machines.
        Raises ConverterError where what was named can't be watched.
        """
        try:
            from watchfiles import Change, watch
        except ImportError:
            raise ConverterError(
                "watching needs watchfiles", "chapbook watch", "pip install 'chapbook[watch]'"
            ) from None
        for path in self.paths:
            if not path.exists():
                raise NoSuchInput("no such file or folder", str(path), "check the name")
        polling = polling or any(map(is_remote, self.paths))
        begun = False  # the first look comes when changes are heard already, or those made meanwhile would be lost
        for changes in watch(
            *self.paths,
            watch_filter=None,
            debounce=LOOK,
            step=LOOK // 4,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            stop_event=stop,
            force_polling=polling,
            poll_delay_ms=POLLING,
        ):
            now = time.monotonic()
            touched = {path for _, path in changes if self._concerns(path)}
            self._touched.update(dict.fromkeys(touched, now))
            self._growing.hear((p for what, p in changes if what == Change.added and p in touched), touched, now)
            grown = self._growing.grown(now)
            if not begun or grown or any(now - moment >= SETTLED for moment in self._touched.values()):
                begun = True
                yield from self._look()

    def _concerns(self, path: str) -> bool:
        """Whether a change there may be one of a story."""
        name = os.path.basename(path)  # noqa: PTH119 -- for every change in a large folder
        if name.endswith(("~", *UNFINISHED)) or name.startswith((TEMPORARY, CATALOGUE, ".")):
            return False
        return not os.path.realpath(path).startswith(self._home + os.sep)

    def _look(self) -> Iterator[Outcome]:
        """Makes the books of what has changed and is settled."""
        now = time.monotonic()
        young = {path for path, moment in self._touched.items() if now - moment < SETTLED}
        self._touched = {path: moment for path, moment in self._touched.items() if path in young}
        try:
            jobs = plan(self.paths, self.options, self.output, reserve=not self._growing)
        except MissingInput:  # there is nothing in it now
            jobs = ()
        except ConverterError as error:
            yield Outcome(str(self.paths[0]), error=str(error))
            return
        if not young and not self._growing:
            self.planned(jobs)
        wanted = [job for job in jobs if self._may_be_made(job, young)]
        by_name = {job.group.name: job for job in wanted}
        with closing(build(wanted, self.output, workers=min(self.workers, len(wanted) or 1))) as coming:
            try:
                for outcome in coming:
                    self._failed.pop(outcome.name, None)
                    if outcome.error and outcome.name in by_name:
                        self._failed[outcome.name] = _states(by_name[outcome.name])
                    if outcome.error or outcome.written:
                        yield outcome
            except ConverterError as error:
                yield Outcome(str(self.output), error=str(error))

    def _may_be_made(self, job: Job, young: Set[str]) -> bool:
        """Whether a story's files are all there, none of them is `young`, and it did not fail as they are."""
        files = _files(job)
        whole = young.isdisjoint(files) and not self._growing.hold(files)
        return whole and self._failed.get(job.group.name) != _states(job)


def gone_since(before: Sequence[Job], now: Sequence[Job]) -> list[RunRow]:
    """What is told of stories that were planned before, whose files are deleted now, and whose books stay: those that
    another story has taken over (a file that was renamed) are not told."""
    kept = {path for job in now for _, path in job.outputs}
    rows = []
    for job in before:
        books = [path for _, path in job.outputs if path not in kept and lies(path)]
        if books and not any(map(lies, job.group.files)):
            stay = f"{', '.join(map(str, books))} {'stay' if len(books) > 1 else 'stays'}"
            why = f"its file was deleted; {stay}, and `chapbook library --prune` removes what has no source"
            rows.append(RunRow(job.group.name, "left out", doubts=(why,)))
    return rows


def is_remote(path: Path) -> bool:
    """Whether a path lies on a file system whose changes another machine may make, which nobody tells us."""
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape").splitlines()
        real = os.path.realpath(path)
    except OSError:
        return False
    kinds = [(mount[1].replace("\\040", " "), mount[2]) for line in mounts if len(mount := line.split()) > 2]
    place = max((p for p, _ in kinds if real == p or real.startswith(p.rstrip("/") + "/")), key=len, default="")
    kind = next((k for p, k in reversed(kinds) if p == place), "")
    return kind.startswith(REMOTE)


def _files(job: Job) -> set[str]:
    files = (*job.group.files, *([Path(job.sidecar)] if job.sidecar else []))
    return {os.path.abspath(path) for path in files} | {os.path.realpath(path) for path in files}  # noqa: PTH100


def _states(job: Job) -> tuple[State | None, ...]:
    """What the files of a job are like, its sidecar and what could be one included."""
    first = job.group.files[0]
    sidecars = (first.with_suffix(".toml"), first.with_name("story.toml"))
    return tuple(state_of(path) for path in (*job.group.files, *sidecars))
