"""Leave to have one more process at work, shared by all processes of a run: as many work as it has workers.

A worker that has no story any more gives its leave to the others; whoever has a long story takes it for a helper, and
gives it back. Like the job server of GNU make: a byte in a pipe is one leave.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


class Slots:
    """The leaves that nobody has: at first none, for every worker is at work."""

    def __init__(self, taking: Connection, giving: Connection) -> None:
        self.taking, self.giving = taking, giving
        os.set_blocking(taking.fileno(), False)

    def take(self) -> bool:
        """Takes a leave, where there is one; nobody is waited for."""
        try:
            return bool(os.read(self.taking.fileno(), 1))
        except OSError:
            return False

    def give(self) -> None:
        """Gives a leave to whoever wants it."""
        with contextlib.suppress(OSError):
            os.write(self.giving.fileno(), b".")

    def close(self) -> None:
        """Ends this process's part in it."""
        self.taking.close()
        self.giving.close()
