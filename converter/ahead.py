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
    """Starts drawing when the metadata are known. Wherever that can't be done, `result` gives None and nothing is lost.

    For a program of one thread with a core to spare; in a batch all cores have work already.
    """

    def __init__(self, family: str) -> None:
        self.family = family
        self.child = 0
        self.pipe = -1
        self.metadata: Metadata | None = None

    def start(self, metadata: Metadata) -> None:
        """Begins to draw the cover of these metadata."""
        if not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
            return
        self.metadata = metadata
        try:
            near, far = os.pipe()
            child = os.fork()
        except OSError:
            return
        if not child:
            self._draw(metadata, far)
        self.child, self.pipe = child, near
        os.close(far)

    def _draw(self, metadata: Metadata, far: int) -> NoReturn:
        """The child: whatever goes wrong here, the parent draws the cover itself."""
        status = 1
        try:
            from converter.covers import cover_problems, draw_cover

            drawn = draw_cover(metadata, family=self.family), cover_problems(metadata)
            with os.fdopen(far, "wb") as out:
                pickle.dump(drawn, out)
            status = 0
        finally:
            os._exit(status)

    def result(self, metadata: Metadata) -> tuple[Resource, tuple[Diagnostic, ...]] | None:
        """The cover and what it can't show, or None: not started, failed, or drawn for other metadata."""
        if not self.child:
            return None
        pipe, self.pipe = self.pipe, -1
        with os.fdopen(pipe, "rb") as source:
            data = source.read()
        _, status = os.waitpid(self.child, 0)
        self.child = 0
        if status or metadata != self.metadata:
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
            if self.pipe >= 0:
                os.close(self.pipe)
        self.pipe = -1
