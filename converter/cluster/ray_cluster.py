"""The executor that has pieces done by a cluster (Ray): on this machine, or on those that belong to an address.

Strategy. Ray moves pieces to machines and notices when one is gone: then its pieces are begun again elsewhere. It
neither bounds time nor memory; that is done inside a piece, by the same processes as in every run, so that no story can
take a worker of Ray's with it. A worker has one story at a time, for Ray counts a processor a piece.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any

from converter.build.attempts import Task
from converter.build.executor import LocalPool, LostPiece, Piece, Tells, done_here
from converter.build.making import do
from converter.cluster.addresses import EXTRA
from converter.document.errors import ConverterError, SettingError

LOCAL = "local"  # a cluster of this machine alone, begun and ended with the run
STORE = 80_000_000  # bytes for what pieces tell: Ray wants no less than 75 MB
AHEAD = 2  # pieces for each processor that are handed to Ray at a time
RETRIES = 3  # of a piece whose machine was lost
PATIENCE = 1.0  # seconds from one look at the size of the cluster to the next
SURROUNDINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is told to anybody
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
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
        told = {"include_dashboard": False, "log_to_driver": False, "logging_level": "critical"}
        local = {"num_cpus": self.processors, "object_store_memory": STORE, "_node_ip_address": "127.0.0.1"}
        try:
            ray.init(
                address=self.address, **(told | local if own else {"log_to_driver": False, "logging_level": "critical"})
            )
        except Exception as error:  # ConnectionError, RuntimeError, ValueError, those of gRPC ...
            said = " ".join(str(error).split())[:200] or type(error).__name__
            raise ConverterError(f"the cluster doesn't answer ({said})", self.address, "check --cluster") from None
        self._ray = ray
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ray.shutdown()

    def results(self, pieces: Iterable[Piece[Tells]]) -> Iterator[Tells | LostPiece]:
        """See `Executor`. What a piece tells comes when the whole piece is done."""
        ray = self._ray
        send = ray.remote(num_cpus=1, max_retries=RETRIES, scheduling_strategy="SPREAD")(_done)
        waiting: dict[Any, Piece[Tells]] = {}
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
                        waiting[send.remote(piece, self.task)] = piece
                done, _ = ray.wait(list(waiting), timeout=PATIENCE) if waiting else ((), ())
                for reference in done:
                    yield from self._told(waiting.pop(reference), reference)
        finally:
            for reference in waiting:
                with contextlib.suppress(Exception):  # the cluster may be gone
                    ray.cancel(reference, force=True)

    def _told(self, piece: Piece[Tells], reference: Any) -> Sequence[Tells | LostPiece]:
        try:
            told: Sequence[Tells | LostPiece] = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            said = (str(error).strip().splitlines() or [""])[0][:200]
            return [LostPiece(piece.name, f"{piece.name}: the cluster lost it ({type(error).__name__}: {said})")]
        return told


def _done(piece: Piece[Tells], task: Task) -> list[Tells | LostPiece]:
    """On a machine of the cluster: what a piece tells, by one process at a time."""
    return list(done_here(piece, LocalPool(1, task).make))
