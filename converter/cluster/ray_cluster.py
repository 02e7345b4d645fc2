"""The executor that has pieces done by a cluster (Ray): on this machine, or on those that belong to an address.

Strategy. Ray moves pieces to machines and notices when one is gone: then its pieces are begun again elsewhere. It
neither bounds time nor memory; that is done inside a piece, by the same processes as in every run, so that no story can
take a worker of Ray's with it. A worker has one story at a time, for Ray counts a processor a piece.
"""

from __future__ import annotations

import contextlib
import io
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, BinaryIO, Generic, NamedTuple, TextIO

from converter.build.attempts import Task
from converter.build.executor import LocalPool, LostPiece, Piece, Tells, done_here
from converter.build.making import do
from converter.cluster.addresses import EXTRA
from converter.document.errors import ConverterError, SettingError

LOCAL = "local"  # a cluster of this machine alone, begun and ended with the run
FOUND = "auto"  # the one of which this machine is a part
ANSWER = 10.0  # seconds in which a cluster is to take a call
ENDS = (signal.SIGTERM, signal.SIGINT)  # the signals on which a run is ended
STORE = 80_000_000  # bytes for what pieces tell: Ray wants no less than 75 MB
AHEAD = 2  # pieces for each processor that are handed to Ray at a time
RETRIES = 3  # of a piece whose machine was lost
PATIENCE = 1.0  # seconds from one look at the size of the cluster to the next
SURROUNDINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is told to anybody
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_worker_niceness": "0",  # Ray's 15 leaves a story a thirtieth of a busy processor, and its time runs out
    "PYTHONSAFEPATH": "1",  # in a folder of stories anything may lie
}


class RayCluster:
    """Pieces done by the cluster at this address, "local" for one of this machine with so many `processors`.

    `task` makes one story. To be used with `with`. Raises SettingError where Ray is not installed, ConverterError where
    the cluster doesn't answer.
    """

    def __init__(self, address: str, *, processors: int | None = None, task: Task = do) -> None:
        self.address, self.processors, self.task = address, processors, task
        self._ray: Any = None
        self._ended: Any = None

    def __enter__(self) -> RayCluster:
        own = self.address == LOCAL
        for name, value in SURROUNDINGS.items():
            os.environ.setdefault(name, value)
        if own:  # whoever reaches a cluster's ports can run code there: only this run knows the word
            os.environ["RAY_AUTH_MODE"] = "token"
            os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
        try:
            import ray
        except ImportError:
            raise SettingError("a cluster needs Ray", "--cluster", EXTRA) from None
        if not own:
            _ask_for(self.address)
        wanted = {"log_to_driver": False, "logging_level": "critical"}
        local = {"num_cpus": self.processors, "object_store_memory": STORE, "_node_ip_address": "127.0.0.1"}
        ends = {number: signal.getsignal(number) for number in ENDS}
        try:
            with contextlib.chdir(os.sep):  # workers look for modules where this process is: in no folder of stories
                ray.init(address=self.address, **wanted, **(local | {"include_dashboard": False} if own else {}))
        except Exception as error:  # ConnectionError, RuntimeError, ValueError, those of gRPC ...
            raise _silent(self.address, " ".join(str(error).split())[:200] or type(error).__name__) from None
        finally:
            for number, ending in ends.items():  # Ray has its own way with them, and says much
                signal.signal(number, self._heard(ending))
        self._ray, self._out = ray, sys.stdout
        sys.stdout = _OfThisThread(sys.stdout)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.stdout = self._out
        self._ray.shutdown()

    def results(self, pieces: Iterable[Piece[Tells]]) -> Iterator[Tells | LostPiece]:
        """See `Executor`."""
        ray = self._ray
        asked = {"num_cpus": 1, "max_retries": RETRIES, "scheduling_strategy": "SPREAD", "num_returns": "streaming"}
        send = ray.remote(**asked)(_done)
        waiting: dict[Any, _Telling[Tells]] = {}
        coming = iter(pieces)
        more = True
        try:
            while more or waiting:
                room = AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1)))
                while more and len(waiting) < room:
                    piece = next(coming, None)
                    if piece is None:
                        more = False
                    else:
                        waiting[send.remote(piece, self.task)] = _Telling(piece, set())
                for stream in self._wait(list(waiting)) if waiting else ():
                    there = True
                    while there and (reference := next(stream, None)) is not None:
                        yield from waiting[stream].new(self._told(waiting[stream].piece, reference))
                        there = bool(self._wait([stream], 0.0))
                    if there:
                        del waiting[stream]
        finally:
            for reference in waiting if self.address != LOCAL else ():  # one of our own ends with all that it does
                with contextlib.suppress(Exception):  # the cluster may be gone
                    ray.cancel(reference, force=True)

    def _wait(self, waiting: list[Any], patience: float = PATIENCE) -> Sequence[Any]:
        """One of these that tells something or is done, at the latest after so many seconds none."""
        try:
            done: Sequence[Any] = self._ray.wait(waiting, timeout=patience)[0]
        except SystemExit as left:  # Ray makes a 1 of whatever a signal's handler leaves with
            if self._ended is not None:
                left.code = self._ended
            raise
        return done

    def _heard(self, handler: Any) -> Any:
        """A signal's handler that notes with what it leaves."""

        def noting(number: int, frame: object) -> None:
            try:
                handler(number, frame)
            except SystemExit as left:
                self._ended = left.code
                raise

        return noting if callable(handler) else handler

    def _told(self, piece: Piece[Tells], reference: Any) -> Sequence[Tells | LostPiece]:
        try:
            told: Sequence[Tells | LostPiece] = self._ray.get(reference)  # one thing, and at the end all
        except self._ray.exceptions.RayError as error:
            said = (str(error).strip().splitlines() or [""])[0][:200]
            return [LostPiece(piece.name, f"{piece.name}: the cluster lost it ({type(error).__name__}: {said})")]
        return told


def _ask_for(address: str) -> None:
    """Sees whether anybody is there: Ray would ask for minutes. Raises ConverterError."""
    if address == FOUND:
        return
    host, _, port = address.rpartition(":")
    if not host or "/" in host or not port.isdecimal():
        raise SettingError(f"{address!r} is no address of a cluster", "--cluster", f"say HOST:PORT, {LOCAL} or {FOUND}")
    try:
        socket.create_connection((host.strip("[]"), int(port)), ANSWER).close()
    except (OSError, OverflowError) as error:
        raise _silent(address, str(getattr(error, "strerror", "") or error)) from None


def _silent(address: str, why: str) -> ConverterError:
    return ConverterError(f"the cluster doesn't answer ({why})", address, "check --cluster")


class _OfThisThread(io.TextIOBase):
    """An output for what one thread prints; what others print, as Ray's do about its nodes, goes where errors go."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._thread = out, threading.get_ident()

    def write(self, text: str) -> int:
        return (self._out if threading.get_ident() == self._thread else sys.stderr).write(text)

    def flush(self) -> None:
        self._out.flush()

    def isatty(self) -> bool:
        return self._out.isatty()

    def fileno(self) -> int:
        return self._out.fileno()

    @property
    def buffer(self) -> BinaryIO:
        return self._out.buffer

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._out.encoding


class _Telling(NamedTuple, Generic[Tells]):
    """A piece at work, with the names of what it has told. One that is begun elsewhere may tell it in another order."""

    piece: Piece[Tells]
    known: set[Any]

    def new(self, told: Sequence[Tells | LostPiece]) -> Iterator[Tells | LostPiece]:
        """What of this was not told before."""
        for one in told:
            name = getattr(one, "name", one)
            if name not in self.known:
                self.known.add(name)
                yield one


def _done(piece: Piece[Tells], task: Task) -> Iterator[list[Tells | LostPiece]]:
    """On a machine of the cluster: what a piece tells, by one process at a time, each thing as it comes; at the end all
    of it."""
    told = []
    for one in done_here(piece, LocalPool(1, task).make):
        told.append(one)
        yield [one]
    yield told
