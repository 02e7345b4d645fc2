"""A cover drawn in a process of its own while the story is still being improved: a quarter of a short story's time."""

from __future__ import annotations

import contextlib
import os
import pickle
from typing import TYPE_CHECKING

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
            self.pipe, far = os.pipe()
            self.child = os.fork()
        except OSError:
            return
        if self.child:
            os.close(far)
            return
        with contextlib.suppress(BaseException):  # whatever happens here, the parent draws the cover itself
            os.close(self.pipe)
            from converter.covers import cover_problems, draw_cover

            drawn = draw_cover(metadata, family=self.family), cover_problems(metadata)
            with os.fdopen(far, "wb") as out:
                pickle.dump(drawn, out)
            os._exit(0)
        os._exit(1)

    def result(self, metadata: Metadata) -> tuple[Resource, tuple[Diagnostic, ...]] | None:
        """The cover and what it can't show, or None: not started, failed, or drawn for other metadata."""
        if not self.child:
            return None
        with os.fdopen(self.pipe, "rb") as source:
            data = source.read()
        _, status = os.waitpid(self.child, 0)
        self.child = 0
        if status or metadata != self.metadata:
            return None
        drawn: tuple[Resource, tuple[Diagnostic, ...]] = pickle.loads(data)
        return drawn

    def abandon(self) -> None:
        """Ends the drawing when there will be no book."""
        if self.child:
            import signal

            os.close(self.pipe)
            with contextlib.suppress(OSError):
                os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
            self.child = 0
