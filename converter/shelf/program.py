"""The program as the workshop runs it: forked from a process where it is loaded, else begun by a new Python.

To start Python, load the program and compile its patterns takes longer than most stories. The process that forks
(`cli/fork_server.py`) is begun with the first run, and let go when there was none for a while. For each run it is sent
a byte with five descriptors: a file that says what is asked, the two files in which the run writes, the lifeline that
ends the run, and a line on which a "+" comes when it was forked, and its exit code when it is over and nothing of it is
left. To hang up on that line ends the run. Where anything of this fails, the run is lost, and made by a new Python.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock
from typing import Protocol

BEGINS = "import sys; sys.path[:] = {}; from converter.cli{} import main; main()"
FORKED_WITHIN = 60.0  # seconds; where it must be begun and loaded, a slow machine needs ten
ENDED_WITHIN = 10.0  # seconds
MOST_LOST = 3  # runs one after the other, after which no more are forked


class Lost(Exception):
    """The process that forks is no more: nothing is known of the run, which is ended."""


class Run(Protocol):
    """The program at work on something."""

    def wait(self, seconds: float) -> int | None:
        """Its exit code; None where it is still at work after so long. Raises Lost."""

    def end(self) -> None:
        """Ends it with all that it began, if it is not over."""


class _New:
    """A run by a new Python, with a session of its own."""

    def __init__(self, arguments: Sequence[str], told: int, complaints: int) -> None:
        self._process = subprocess.Popen(
            _command("", *arguments), stdin=subprocess.DEVNULL, stdout=told, stderr=complaints, start_new_session=True
        )

    def wait(self, seconds: float) -> int | None:
        """See `Run`."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None

    def end(self) -> None:
        """See `Run`."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


class _Server:
    """The process that forks, as it is seen from here. Raises OSError where there is none to be had."""

    def __init__(self) -> None:
        control, theirs = socket.socketpair()
        lifeline, self._line = os.pipe()
        with theirs:
            try:
                self.process = subprocess.Popen(
                    _command(".fork_server", str(theirs.fileno()), str(lifeline)),
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    start_new_session=True, pass_fds=(theirs.fileno(), lifeline),
                )  # fmt: skip
            except OSError:
                control.close()
                os.close(self._line)
                raise
            finally:
                os.close(lifeline)
        control.settimeout(ENDED_WITHIN)
        self._control = control
        self.is_proven = False  # a run of it came to its end
        self.at_work: set[_Forked] = set()

    def fork(self, arguments: Sequence[str], told: int, complaints: int) -> _Forked:
        """A run. Raises OSError where nobody is there to fork it."""
        line, theirs = socket.socketpair()
        lifeline, life = os.pipe()
        run = _Forked(self, line, life)
        try:
            with tempfile.TemporaryFile() as asked, theirs:
                asked.write(json.dumps({"arguments": list(arguments), "environment": dict(os.environ)}).encode())
                asked.seek(0)
                given = [asked.fileno(), told, complaints, lifeline, theirs.fileno()]
                socket.send_fds(self._control, [b"+"], given)
        except OSError:
            run.hang_up()
            raise
        finally:
            os.close(lifeline)
        self.at_work.add(run)
        return run

    def end(self) -> None:
        """Lets the process go; the system ends it."""
        with suppress(OSError):
            os.close(self._line)
        self._control.close()
        self.process.kill()
        self.process.wait()


class _Forked:
    """A run that the process forks for us; `life` is the end of its lifeline that is held."""

    def __init__(self, server: _Server, line: socket.socket, life: int) -> None:
        self._server, self._line, self._life = server, line, life
        self._asked = time.monotonic()
        self._heard = b""
        self._lock = Lock()
        self._over = False

    def wait(self, seconds: float) -> int | None:
        """See `Run`."""
        with self._lock:
            self._listen(seconds)
            if self._heard.endswith(b"\n"):
                self._server.is_proven = True
                return int(self._heard[1:])
            late = not self._heard and time.monotonic() - self._asked > FORKED_WITHIN
        if self._over or late:
            raise Lost
        return None

    def _listen(self, seconds: float) -> None:
        """Hears what is told within so long; its exit code comes when all of it is over."""
        until = time.monotonic() + seconds
        while not self._over:
            self._line.settimeout(max(0.0, until - time.monotonic()))
            try:
                said = self._line.recv(64)
            except (BlockingIOError, TimeoutError):
                return
            except OSError:
                said = b""
            self._heard += said
            self._over = not said or self._heard.endswith(b"\n")

    def end(self) -> None:
        """See `Run`."""
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)
        with self._lock:
            self._listen(0)
            if self._heard:  # else it is not there yet, and will find that nobody wants it
                self._listen(ENDED_WITHIN)
            if self._heard and not self._over:
                self._server.process.kill()  # it hears nothing any more
            self._over = True
        self.hang_up()

    def hang_up(self) -> None:
        """Lets go of the run: what is still at work is ended by the system."""
        self._server.at_work.discard(self)
        with self._lock:
            self._line.close()
            life, self._life = self._life, -1
            if life >= 0:
                os.close(life)


class Program:
    """Begins runs of the program, one or several at a time."""

    def __init__(self) -> None:
        self._server: _Server | None = None
        self._used = 0.0  # when a run was begun last
        self._lock = Lock()
        self._lost = 0 if hasattr(os, "fork") and hasattr(socket, "send_fds") else MOST_LOST

    def begin(self, arguments: Sequence[str], told: int, complaints: int, *, anew: bool = False) -> Run:
        """The program at work on these words; it writes into the files `told` and `complaints`. `anew`: by a new
        Python, since it was lost before. Raises OSError."""
        with self._lock:
            self._used = time.monotonic()
            if anew:
                self._lost = 1 if self._server and self._server.is_proven else self._lost + 1
                self._let_go()
            for _ in range(0 if anew or self._lost >= MOST_LOST else 2):  # it may have died since the last run
                with suppress(OSError):
                    self._server = self._server or _Server()
                    return self._server.fork(arguments, told, complaints)
                self._let_go()
        return _New(arguments, told, complaints)

    def rest(self, unused: float) -> None:
        """Ends the process that forks, for it takes memory, unless it was used within so many seconds; the next run
        begins it again."""
        with self._lock:
            if self._server and not self._server.at_work and time.monotonic() - self._used >= unused:
                self._let_go()

    def end(self) -> None:
        """Ends the process that forks, whatever is at work."""
        with self._lock:
            self._let_go()

    def _let_go(self) -> None:
        server, self._server = self._server, None
        if server:
            server.end()


def _command(module: str, *words: str) -> list[str]:
    """Python at the `main` of this module of the command line, which is loaded from where this process loads: never
    from the current folder, in which anything may lie."""
    return [sys.executable, "-P", "-c", BEGINS.format(ascii([str(place) for place in sys.path]), module), *words]


PROGRAM = Program()  # for all shelves of this process: what is loaded is the same for all
