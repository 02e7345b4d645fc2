"""A cover drawn in a process of its own while the story is still being improved: a quarter of a short story's time."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from converter.contracts import Diagnostic
    from converter.model import Metadata, Resource


class CoverAhead:
    """Loads what drawing needs while the story is read, and draws when the metadata are known.

    Wherever that can't be done, `result` gives None and nothing is lost. For a program of one thread with a core to
    spare; in a batch all cores have work already.
    """

    def __init__(self, family: str) -> None:
        self.family = family
        self.child = 0
        self.order = self.pipe = -1  # what the child is told, and what it gives
        self.metadata: Metadata | None = None

    def ready(self) -> None:
        """Makes the process that will draw."""
        if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
            return
        try:
            heard, order = os.pipe()
            pipe, given = os.pipe()
            child = os.fork()
        except OSError:
            return
        if not child:
            os.close(order)  # so that the child hears the end when its parent is no more
            os.close(pipe)
            self._draw(heard, given)
        os.close(heard)
        os.close(given)
        self.child, self.order, self.pipe = child, order, pipe

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

    def _draw(self, heard: int, given: int) -> NoReturn:
        """The child: whatever goes wrong here, the parent draws the cover itself."""
        status = 1
        try:
            from converter.covers import cover_problems, draw_cover, prepare

            prepare()
            with os.fdopen(heard, "rb") as source:
                metadata = pickle.load(source)
            drawn = draw_cover(metadata, family=self.family), cover_problems(metadata)
            with os.fdopen(given, "wb") as out:
                pickle.dump(drawn, out)
            status = 0
        finally:
            os._exit(status)

    def result(self, metadata: Metadata) -> tuple[Resource, tuple[Diagnostic, ...]] | None:
        """The cover and what it can't show, or None: not started, failed, or drawn for other metadata."""
        if not self.child or metadata != self.metadata:
            return None
        pipe, self.pipe = self.pipe, -1
        with os.fdopen(pipe, "rb") as source:
            data = source.read()
        _, status = os.waitpid(self.child, 0)
        self.child = 0
        if status:
            return None
        drawn: tuple[Resource, tuple[Diagnostic, ...]] = pickle.loads(data)
        return drawn

    def abandon(self) -> None:
        """Ends the drawing when there will be no book; does nothing when it is done."""
        child, self.child = self.child, 0
        with contextlib.suppress(OSError):
            if child:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            for end in (self.order, self.pipe):
                if end >= 0:
                    os.close(end)
        self.order = self.pipe = -1
