"""The processes from which shelves have their runs forked, as the system tells of them."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PROC = Path("/proc")


def children(pid: int) -> list[int]:
    """The processes that this one began and that are still there."""
    found: list[int] = []
    for place in (PROC / str(pid) / "task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, place.read_text().split())
    return found


def fork_servers(pid: int) -> list[int]:
    """Those of them from which runs are forked."""
    return [child for child in children(pid) if b"fork_server" in _command(child)]


def begun_by(pid: int) -> list[int]:
    """All that this process began, and all that those began."""
    own = children(pid)
    return own + [other for child in own for other in begun_by(child)]


def seconds_of(pid: int) -> float:
    """The processor time of a process and of those that it has waited for."""
    with contextlib.suppress(OSError):
        times = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[11:15]
        return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
    return 0.0


def is_there(pid: int) -> bool:
    """Whether a process is at work: it is neither gone nor dead."""
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def seen(look: Callable[[], T]) -> T:
    """What is seen once there is something to see."""
    until = time.monotonic() + 30
    while not (found := look()):
        assert time.monotonic() < until
        time.sleep(0.01)
    return found


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_bytes()
    return b""
