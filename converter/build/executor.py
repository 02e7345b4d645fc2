"""Where stories are made, by processes of this machine or on others: the one way in which a run asks for it.

Strategy. A run is divided into *pieces*. A piece can be sent anywhere; where it is, it says which stories it has, and
is given a function that makes them in processes that are watched (`workers.py`), the same everywhere. What a piece
tells comes back as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from converter.build.attempts import Task
from converter.build.inputs import Job
from converter.build.outcomes import Outcome, fault
from converter.build.workers import run_parallel
from converter.document.errors import ConverterError
from converter.document.record import dataclass

Make = Callable[[Sequence[Job]], Iterator[Outcome]]
Tells = TypeVar("Tells")
Tells_co = TypeVar("Tells_co", covariant=True)


@dataclass(frozen=True, slots=True)
class LostPiece:
    """A piece of which nothing came back, and why."""

    name: str
    why: str


class Piece(Protocol[Tells_co]):
    """A part of a run that can be pickled. To do it twice, even at once, does no harm."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def run(self, make: Make) -> Iterator[Tells_co]:
        """Does it: its stories are made by `make`. Raises ConverterError where it can't be done at all."""


class Executor(Protocol):
    """Has pieces done. What they tell comes in the order in which it is known; one that is lost costs no other."""

    def results(self, pieces: Iterable[Piece[Tells]]) -> Iterator[Tells | LostPiece]:
        """What all pieces tell; they are taken from the iterable as there is room for them."""


class LocalPool:
    """So many processes of this machine (`workers`), that share the stories of one piece after another.

    `do` makes one story; `started` hears which is begun.
    """

    def __init__(self, workers: int, do: Task, started: Callable[[Job], None] | None = None) -> None:
        self.workers, self.do, self.started = max(1, workers), do, started

    def make(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """The outcomes of these jobs, as they come."""
        yield from run_parallel(jobs, self.do, self.workers, self.started, shared=True)

    def results(self, pieces: Iterable[Piece[Tells]]) -> Iterator[Tells | LostPiece]:
        """See `Executor`."""
        for piece in pieces:
            yield from done_here(piece, self.make)


def done_here(piece: Piece[Tells], make: Make) -> Iterator[Tells | LostPiece]:
    """What a piece tells that is done by this process; why it is lost, where that can be told."""
    try:
        yield from piece.run(make)
    except ConverterError as error:
        yield LostPiece(piece.name, str(error))
    except OSError as error:
        yield LostPiece(piece.name, f"{piece.name}: {' '.join(str(error.strerror or error).split())}")
    except Exception as error:
        yield LostPiece(piece.name, f"{piece.name}: {fault(error)}")
