"""A run over whole archives: what there is to make, what was made before, and what became of each story.

Strategy. What an address holds is counted and divided into shards of some hundred stories, each a piece of its own. A
shard is done when its table stands at the output's address, under a name that tells its stories, what was asked for and
the program's version: so a run that is begun again makes what is missing, and nothing has to be kept but the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from converter.build.apart import ask_apart
from converter.build.executor import Executor, LostPiece, Make
from converter.build.settings import from_anywhere
from converter.build.shelving import TEMPORARY
from converter.catalogue.records import digest
from converter.cluster.addresses import ELSEWHERE, is_private, local_path, names_in, read_file, whole_address
from converter.cluster.contents import count
from converter.cluster.shard import BOOKS, READING, TABLES, FolderStories, Part, ShardPiece, StoredFiles, StoryTold
from converter.cluster.sources import Shard, found_at
from converter.cluster.tables import problems_in, ready
from converter.document.errors import ConverterError, MissingInput
from converter.document.findings.reading import Ended
from converter.document.record import dataclass

FEWEST, MOST = 200, 1_000  # stories of a piece, where there are as many
COUNTS = 256  # pieces in which archives are counted: a process has a second's work before it reads from a store
PARTS = 100  # into so many an archive is divided before they become larger: each reads it from the beginning
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeptShard:
    """A shard that an earlier run has made: for each of its stories why there is no book, or ""."""

    name: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Count:
    """The piece that counts the stories of some archives."""

    shards: tuple[Shard, ...]

    @property
    def name(self) -> str:
        return self.shards[0].file.address

    def run(self, _make: Make) -> Iterator[tuple[Shard, int] | LostPiece]:
        together = self._counted(self.shards) if len(self.shards) > 1 else None
        if isinstance(together, list):
            yield from zip(self.shards, together, strict=True)
            return
        for shard in self.shards:  # one of them took the others with it
            yield from self._alone(shard)

    def _alone(self, shard: Shard) -> Iterator[tuple[Shard, int] | LostPiece]:
        try:
            told = self._counted((shard,))
        except ConverterError as error:
            yield LostPiece(shard.file.address, str(error))
        else:
            if isinstance(told, list):
                yield shard, told[0]
            else:
                yield LostPiece(shard.file.address, f"{shard.file.address}: its stories can't be counted: {told}")

    def _counted(self, shards: tuple[Shard, ...]) -> list[int] | Ended | None:
        """The numbers of stories; None where one of several can't be read."""
        ask = partial(_counts, shards)
        try:
            return ask() if is_private(self.name) else ask_apart(ask, READING)
        except ConverterError:
            if len(shards) > 1:
                return None
            raise


def _counts(shards: tuple[Shard, ...]) -> list[int]:
    return [count(shard) for shard in shards]


class ArchiveRun:
    """The stories at some addresses, to be made by an executor into books at another.

    `options` is a checked layer; `column` holds the stories of tables; `fewest` stories are in a piece where there are
    as many; with `force` nothing that was made before is kept.
    """

    def __init__(
        self,
        sources: Sequence[str],
        output: str,
        options: Mapping[str, Any],
        *,
        column: str = "",
        fewest: int = FEWEST,
        force: bool = False,
    ) -> None:
        """Raises SettingError for an address of a kind that is not known."""
        self.sources = [whole_address(source) for source in sources]
        self.output = whole_address(output)
        self.options = from_anywhere(options)
        self.column, self.fewest, self.force = column, fewest, force
        self.pieces: list[ShardPiece] = []
        self.lost: list[LostPiece] = []

    @property
    def stories(self) -> int:
        """How many stories there are, once they are found."""
        return sum(len(piece.contents) for piece in self.pieces)

    def find(self, executor: Executor) -> None:
        """Finds and counts what there is to make. Raises MissingInput, UnknownFormat, SettingError."""
        ready()
        found = found_at(self.sources, self.options, self.output, self.column)
        self.pieces += [self._piece(FolderStories(part)) for part in self._heaps(found.jobs, lambda j: j.group.name)]
        self.pieces += [self._piece(StoredFiles(part)) for part in self._heaps(found.files, lambda f: f.address)]
        counts: dict[str, int] = {}
        step = max(1, len(found.shards) // COUNTS)
        together = (found.shards[n : n + step] for n in range(0, len(found.shards), step))
        for told in executor.results([_Count(shards) for shards in together]):
            if isinstance(told, LostPiece):
                self.lost.append(told)
            else:
                counts[told[0].file.address] = told[1]
        for shard in found.shards:
            many = counts.get(shard.file.address, 0)
            step = min(max(MOST, self.fewest), max(self.fewest, many // PARTS))
            self.pieces += [self._piece(Part(shard, n, min(n + step, many))) for n in range(0, many, step)]

    def results(self, executor: Executor) -> Generator[StoryTold | KeptShard | LostPiece, None, None]:
        """What becomes of all stories, those first that were made before."""
        yield from self.lost
        done = frozenset() if self.force else names_in(f"{self.output}/{TABLES}")
        left = []
        for piece in self.pieces:
            kept = self._kept(piece) if piece.table in done else None
            if kept:
                yield kept
            else:
                left.append(piece)
        try:
            yield from executor.results(left)
        finally:
            self._sweep()

    def tables(self) -> Iterator[tuple[str, bytes]]:
        """The tables of this run's shards that are done, each with its address. Raises MissingInput."""
        there = names_in(f"{self.output}/{TABLES}")
        for piece in self.pieces:
            if piece.table in there:
                address = f"{self.output}/{TABLES}/{piece.table}"
                yield address, read_file(address)

    def _piece(self, contents: FolderStories | StoredFiles | Part) -> ShardPiece:
        return ShardPiece(contents, self.options, self.output)

    def _heaps(self, stories: Sequence[T], name: Callable[[T], str]) -> Iterator[tuple[T, ...]]:
        """The stories in heaps of about `fewest`: which is in which tells its name alone, as long as there are about as
        many, so that a new one costs no other heap."""
        many = 1
        while len(stories) > many * self.fewest:
            many *= 2
        heaps: dict[int, list[T]] = {}
        for story in stories:
            key = digest(name(story).encode("utf-8", "surrogatepass"))
            heaps.setdefault(int(key[:8], 16) % many, []).append(story)
        return (tuple(heap) for _, heap in sorted(heaps.items()))

    def _kept(self, piece: ShardPiece) -> KeptShard | None:
        address = f"{self.output}/{TABLES}/{piece.table}"
        try:
            return KeptShard(piece.name, tuple(problems_in(read_file(address), address)))
        except MissingInput:  # what can't be read is made anew
            return None

    def _sweep(self) -> None:
        """Removes what machines that were lost left unfinished on a disk."""
        folder = local_path(self.output)
        for place in (TABLES, f"{BOOKS}/*") if folder else ():
            for path in folder.glob(f"{place}/{TEMPORARY}{ELSEWHERE}*") if folder else ():
                path.unlink(missing_ok=True)


def merged(run: ArchiveRun) -> str:
    """Tells the catalogue of the output folder what the run's tables say; "" or why it can't be told. An output that is
    no folder of this machine has no catalogue."""
    from converter.cluster.merging import merge

    folder = local_path(run.output)
    if folder is None:
        return ""
    try:
        merge(folder, run.tables())
    except ConverterError as error:
        return str(error)
    return ""
