"""Work that is done by processes of their own while a lone story is being made: its cover, its checks and its proof.

For a program of one thread with a core to spare; in a batch all cores have work already. Wherever it can't be done, the
work is done by the program itself and nothing is lost.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from converter.build.settings import COVER_SIZE
from converter.build.values import pixels
from converter.document.errors import ProofError

if TYPE_CHECKING:
    from converter.document.contracts import Reading
    from converter.document.findings.union import Finding
    from converter.document.model import Metadata, Resource

WORTH = 150_000  # characters of a story; forking costs as much as examining a third of them


class _Child:
    """A forked process that works out one value."""

    def __init__(self) -> None:
        self.child = 0
        self.pipe = -1

    def fork(self, work: Callable[[], object], closed: int = -1) -> bool:
        """Begins the work, whose value can be pickled; `closed` is a descriptor the child must not hold. False where
        there is no process to be had."""
        if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
            return False
        try:
            pipe, answer = os.pipe()
            child = os.fork()
        except OSError:
            return False
        if not child:
            status = 1
            try:
                os.close(pipe)
                if closed >= 0:
                    os.close(closed)
                value = work()
                with os.fdopen(answer, "wb") as out:
                    pickle.dump(value, out)
                status = 0
            finally:
                os._exit(status)
        os.close(answer)
        self.child, self.pipe = child, pipe
        return True

    def value(self) -> object | None:
        """What was worked out, once; None where the work failed or was never begun."""
        if not self.child:
            return None
        pipe, self.pipe = self.pipe, -1
        with os.fdopen(pipe, "rb") as source:
            data = source.read()
        _, status = os.waitpid(self.child, 0)
        self.child = 0
        return pickle.loads(data) if not status else None

    def abandon(self) -> None:
        """Ends the work when nobody wants it any more; does nothing when it is done."""
        child, self.child = self.child, 0
        with contextlib.suppress(OSError):
            if child:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            if self.pipe >= 0:
                os.close(self.pipe)
        self.pipe = -1


class CoverAhead(_Child):
    """Loads what drawing needs while the story is read, and draws when the metadata are known."""

    def __init__(self, family: str, size: str = COVER_SIZE) -> None:
        super().__init__()
        self.family, self.size = family, size
        self.order = -1  # the pipe by which the child is told
        self.metadata: Metadata | None = None

    def ready(self) -> None:
        """Makes the process that will draw."""
        try:
            heard, order = os.pipe()
        except OSError:
            return
        # closing its copy of `order` lets the child hear the end when its parent is no more
        if self.fork(lambda: self._draw(heard), closed=order):
            self.order = order
        else:
            os.close(order)
        os.close(heard)

    def start(self, metadata: Metadata) -> None:
        """Begins to draw the cover of these metadata."""
        order, self.order = self.order, -1
        if order < 0:
            return
        try:
            with os.fdopen(order, "wb") as out:
                pickle.dump(metadata, out)
        except OSError:  # the child is gone: the parent draws
            return
        self.metadata = metadata

    def _draw(self, heard: int) -> tuple[Resource, tuple[Finding, ...]]:
        from converter.covers import cover_problems, draw_cover, load_drawing

        load_drawing(pixels(self.size))
        with os.fdopen(heard, "rb") as source:
            metadata = pickle.load(source)
        return draw_cover(metadata, family=self.family, size=pixels(self.size)), cover_problems(metadata)

    def result(self, metadata: Metadata) -> tuple[Resource, tuple[Finding, ...]] | None:
        """The cover and what it can't show, or None: not started, failed, or drawn for other metadata."""
        if metadata != self.metadata:
            return None
        drawn: tuple[Resource, tuple[Finding, ...]] | None = self.value()  # type: ignore[assignment]
        return drawn

    def abandon(self) -> None:
        """Ends the drawing when there will be no book."""
        order, self.order = self.order, -1
        if order >= 0:
            os.close(order)
        super().abandon()


class ExaminedAhead(_Child):
    """Examines a long story, and counts its words, while its book is being written."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: tuple[Finding, ...] | None = None
        self.words = 0

    def begin(self, reading: Reading) -> None:
        """Examines this reading, if that is worth a process."""
        if sum(len(t.text) for t in reading.texts) >= WORTH:
            self.fork(lambda: _examined(reading))

    def meanwhile(self, reading: Reading) -> None:
        """Examines it now where no process does, and something else is waited for. `result` tells what is wrong."""
        if not self.child:
            with contextlib.suppress(ProofError):
                self.result(reading)

    def result(self, reading: Reading) -> tuple[Finding, ...]:
        """What was found, however often it is asked for. Raises ProofError where words were lost."""
        if self.findings is None:
            done: tuple[tuple[Finding, ...], int] | None = self.value()  # type: ignore[assignment]
            self.findings, self.words = done or _examined(reading)
        return self.findings


def _examined(reading: Reading) -> tuple[tuple[Finding, ...], int]:
    from converter.build.pipeline import examination
    from converter.document.words import count_words

    return examination(reading), count_words(c for _, c in reading.book.walk())
