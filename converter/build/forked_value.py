"""One value worked out by a forked process while this one does something else."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable


class ForkedValue:
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
