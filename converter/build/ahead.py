"""Work done by processes of their own while a lone story is being made: its cover, its PDF, its checks and its proof.

For a program of one thread with a core to spare; in a batch all cores have work already. Wherever it can't be done, the
work is done by the program itself and nothing is lost.
"""

from __future__ import annotations

import contextlib
import os
import pickle
from typing import TYPE_CHECKING

from converter.build.forked_value import ForkedValue
from converter.build.settings import COVER_SIZE
from converter.build.values import pixels
from converter.document.errors import ProofError

if TYPE_CHECKING:
    from converter.build.formats import WriteOptions, Written
    from converter.build.settings import Settings
    from converter.document.contracts import Reading, Theme
    from converter.document.findings.union import Finding
    from converter.document.model import Metadata, Resource

SHORT = 150_000  # bytes of a story that is printed in one piece, and is sent to another process in no time
WORTH = 150_000  # characters of a story; forking costs as much as examining a third of them
HUGE = 20_000_000  # of so many a process of its own would hold the story twice, or itself for nothing


class _Waiting(ForkedValue):
    """A process that loads what its work needs, and begins when it is told what to work on."""

    def __init__(self) -> None:
        super().__init__()
        self.order = -1  # the pipe by which the child is told

    def ready(self) -> None:
        """Makes the process."""
        try:
            heard, order = os.pipe()
        except OSError:
            return
        # closing its copy of `order` lets the child hear the end when its parent is no more
        if self.fork(lambda: self._work(heard), closed=order):
            self.order = order
        else:
            os.close(order)
        os.close(heard)

    def _work(self, heard: int) -> object:
        raise NotImplementedError

    def _tell(self, told: object) -> bool:
        """Tells the process what to work on. False where there is none, or no more."""
        order, self.order = self.order, -1
        if order < 0:
            return False
        try:
            with os.fdopen(order, "wb") as out:
                pickle.dump(told, out, pickle.HIGHEST_PROTOCOL)
        except OSError:
            return False
        return True

    def abandon(self) -> None:
        """Ends the work when nobody wants it any more."""
        order, self.order = self.order, -1
        if order >= 0:
            os.close(order)
        super().abandon()


class CoverAhead(_Waiting):
    """Loads what drawing needs while the story is read, and draws when the metadata are known."""

    def __init__(self, family: str, size: str = COVER_SIZE) -> None:
        super().__init__()
        self.family, self.size = family, size
        self.metadata: Metadata | None = None

    def start(self, metadata: Metadata) -> None:
        """Begins to draw the cover of these metadata."""
        if self._tell(metadata):  # else the parent draws
            self.metadata = metadata

    def _work(self, heard: int) -> tuple[Resource, tuple[Finding, ...]]:
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


class PdfAhead(_Waiting):
    """Loads what prints a short story while it is read, and prints it beside its other books."""

    def __init__(self, theme: Theme, settings: Settings, options: WriteOptions) -> None:
        super().__init__()
        self.theme, self.settings, self.options = theme, settings, options
        self.reading: Reading | None = None

    def start(self, reading: Reading) -> None:
        """Begins to print this reading."""
        if self._tell(reading):
            self.reading = reading

    def _work(self, heard: int) -> Written:
        from converter.build import pipeline
        from converter.build.registry import writer

        writer("pdf").warm(self.options)
        with os.fdopen(heard, "rb") as source:
            reading = pickle.load(source)
        return pipeline.write(reading, "pdf", self.theme, self.settings)

    def result(self, reading: Reading) -> Written | None:
        """The PDF, once, or None: not started, failed, or printed of another reading. Whoever makes it then is told
        what is wrong."""
        if reading is not self.reading:
            return None
        self.reading = None
        printed: Written | None = self.value()  # type: ignore[assignment]
        return printed


class ExaminedAhead(ForkedValue):
    """Examines a long story, and counts its words, while its book is being written."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: tuple[Finding, ...] | None = None
        self.words = 0

    def begin(self, reading: Reading) -> None:
        """Examines this reading, if that is worth a process."""
        if WORTH <= sum(len(t.text) for t in reading.texts) < HUGE:
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
