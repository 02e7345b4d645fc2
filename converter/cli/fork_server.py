"""A process of one thread in which the program is loaded, and from which the shelf has its runs forked.

`converter/shelf/program.py` begins it and asks; what goes between the two is told there. A run is what a new Python
would make of the same command line: it has its own session, channels and surroundings, and holds nothing of this
process but what is loaded. When nobody holds the other end of its lifeline it is ended by the system, with all that it
began.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import converter.build.batch
import converter.build.executor
import converter.build.forked
import converter.cli.convert
import converter.cli.progress
import converter.cli.run_summary  # noqa: F401 -- what every run loads
from converter.build.warming import SAMPLES, make_sample, sample_for
from converter.build.watching import end, end_with
from converter.cli import main as run_program

GIVEN = 5  # descriptors that come with a run: what is asked, two channels, its lifeline, the line to who asked
QUIET = 5.0  # seconds without a run, after which what others may need is loaded, too


class ForkServer:
    """The runs that are at work. `control` is where others are asked for, `lifeline` what this process hangs on."""

    def __init__(self, control: socket.socket, lifeline: int) -> None:
        self.control, self.lifeline = control, lifeline
        self.asking: dict[int, socket.socket] = {}  # the line to who asked, by the process of the run
        self.ending: set[int] = set()  # who asked for these has hung up
        self.cold = list(SAMPLES)
        self.ended, self._wake = os.pipe()
        for number in (self.ended, self._wake):
            os.set_blocking(number, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # whoever has ended is told by a byte
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Forks runs until nobody is there to ask."""
        while True:
            lines = {line.fileno(): pid for pid, line in self.asking.items() if pid not in self.ending}
            patience = QUIET if self.cold and not self.asking else None
            asked = self.control.fileno()
            heard, _, _ = select.select([asked, self.ended, *lines], [], [], patience)
            if not heard:
                self._warm(self.cold[0])
            for number in heard:
                if number in lines:  # who asked hangs up: it is no longer wanted
                    self.ending.add(lines[number])
                    end(lines[number], None, alive=True)
            if self.ended in heard:
                os.read(self.ended, 1024)
            self._bury()
            if asked in heard and not self._answer():
                return

    def _warm(self, suffix: str) -> None:
        if suffix in self.cold:
            self.cold.remove(suffix)
            with contextlib.suppress(Exception):  # a run will tell of it
                make_sample(suffix)

    def _bury(self) -> None:
        """Takes note of the runs that are over, and tells who asked once nothing of them is left."""
        for pid in list(self.asking):
            done, status = os.waitpid(pid, os.WNOHANG)
            if not done:
                continue
            end(pid, None, alive=False)
            self.ending.discard(pid)
            with self.asking.pop(pid) as line, contextlib.suppress(OSError):
                line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))

    def _answer(self) -> bool:
        """Forks the run that is asked for. False where nobody asks any more."""
        asked, given, _, _ = socket.recv_fds(self.control, 1, GIVEN)
        if not asked:
            return False
        question, told, complaints, lifeline, number = given
        line = socket.socket(fileno=number)
        with os.fdopen(question, "rb") as file:
            run = json.load(file)
        first, kind = len(self.cold) == len(SAMPLES), sample_for(Path(run["arguments"][-1]).suffix)
        for suffix in [kind] if first else list(self.cold):
            self._warm(suffix)
        try:
            pid = os.fork()
        except OSError:  # who asked hears that nothing was begun
            pid = -1
        if not pid:
            self._run(run, told, complaints, lifeline, line)
        for number in (told, complaints, lifeline):
            os.close(number)
        if pid < 0:
            line.close()
            return True
        self.asking[pid] = line
        with contextlib.suppress(OSError):
            line.sendall(b"+")
        return True

    def _run(self, run: dict[str, Any], told: int, complaints: int, lifeline: int, line: socket.socket) -> NoReturn:
        """The run, in the process that was forked for it."""
        code: object = 1
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for other in (self.control, line, *self.asking.values()):
                other.close()
            for number in (self.ended, self._wake, self.lifeline):
                os.close(number)
            os.set_inheritable(lifeline, False)
            end_with(lifeline)
            for number, channel in ((1, told), (2, complaints)):
                os.dup2(channel, number)
                os.close(channel)
            os.environ.clear()
            os.environ.update(run["environment"])
            sys.argv = ["chapbook", *run["arguments"]]
            try:
                run_program()
            except SystemExit as ended:
                sys.stdout.flush()  # what can't be told is no success
                sys.stderr.flush()
                code = ended.code
        finally:
            os._exit(code if isinstance(code, int) else int(code is not None))


def main() -> None:
    """Serves until the other end hangs up; the words are the numbers of its descriptors."""
    control, lifeline = map(int, sys.argv[1:])
    end_with(lifeline)
    gc.disable()
    gc.freeze()
    ForkServer(socket.socket(fileno=control), lifeline).serve()
