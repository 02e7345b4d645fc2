"""The books that a story becomes, one or several volumes, and where they go on the shelf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.build.registry import format_written_to, writer
from converter.build.shelving import is_ours
from converter.build.volumes import PARTS, divided, volume_path
from converter.catalogue.records import Record
from converter.document.errors import SettingError
from converter.document.findings.metadata import SettingUnused
from converter.document.record import dataclass
from converter.limits.files import lies

if TYPE_CHECKING:
    from converter.build.ahead import CoverAhead
    from converter.build.inputs import Job
    from converter.build.settings import Settings
    from converter.document.contracts import Reading, Theme


@dataclass(frozen=True, slots=True)
class StoryBooks:
    """A reading and the books that it becomes: itself, or its volumes, each with its cover."""

    reading: Reading
    books: tuple[Reading, ...]
    asked: bool = False  # for volumes
    in_volumes: bool = False  # which may be one alone: full, and none begun after it

    @property
    def volumes(self) -> int:
        """How many books the story was divided into; 0 where nobody asked for that."""
        return len(self.books) if self.asked else 0

    def place(self, path: Path, number: int, ending: str) -> Path:
        """Where the book of this number goes, from 0, when the only one would go to `path`."""
        return volume_path(path, number + 1, ending) if self.in_volumes else path


def books_of(reading: Reading, theme: Theme, settings: Settings, ahead: CoverAhead | None = None) -> StoryBooks:
    """The story's books with their covers. Raises ProofError where the volumes have not its words."""
    from converter.build import pipeline

    size = settings.cover_size
    volumes = divided(reading.book, settings.volumes) if settings.volumes else ()
    if volumes:
        books = tuple(
            pipeline.covered(replace(reading, book=v.book, findings=()), theme, on_cover=v.on_cover, size=size)
            for v in volumes
        )
        noticed = tuple(dict.fromkeys(f for b in books for f in b.findings))
        return StoryBooks(replace(reading, findings=(*reading.findings, *noticed)), books, asked=True, in_volumes=True)
    if settings.volumes == PARTS:
        reading = replace(reading, findings=(*reading.findings, SettingUnused("--volumes")))
    drawn = ahead.result(reading.book.metadata) if ahead else None
    reading = pipeline.covered(reading, theme, drawn, size=size)
    return StoryBooks(reading, (reading,), asked=bool(settings.volumes))


def places_known(known: Mapping[Path, Record], path: Path, ending: str, *, divided: bool) -> Iterator[list[Path]]:
    """Where a story's books of one format would be: in one, or in as many volumes as the first is one of."""
    first = known.get(volume_path(path, 1, ending)) if divided else None
    if first:
        yield [volume_path(path, number, ending) for number in range(1, first.volumes + 1)]
    yield [path]


def places(job: Job, story: StoryBooks) -> Iterator[tuple[tuple[str, int], Path]]:
    """Where the books go, by format and number: over earlier books of this story, never over another's. Raises
    SettingError."""
    read = {path.resolve() for path in job.group.files}
    chosen = _laid_out(job.outputs, story)
    for path in chosen.values():
        if path.resolve() in read:
            raise SettingError("the book would take the story's own place", str(path), "name another folder with -o")
    if any(path in job.done for _, path in job.spare):
        return iter(_laid_out(job.spare, story).items())
    if job.force or not (taken := _taken(job, chosen, story)):
        return iter(chosen.items())
    earlier = {record.path for record in job.known}
    stay = {at: path for at, path in chosen.items() if path in earlier and not _taken(job, {at: path}, story)}
    whole = {name for name, _ in stay} - {name for name, number in chosen if (name, number) not in stay}
    spare = {at: chosen[at] if at[0] in whole else path for at, path in _laid_out(job.spare, story).items()}
    if not spare or _taken(job, spare, story):
        raise SettingError("another book is there", str(taken), "use --force to replace it, or another -o")
    return iter(spare.items())


def given_up(job: Job, story: StoryBooks, chosen: Mapping[tuple[str, int], Path]) -> tuple[Path, ...]:
    """Where books of this story lay, and now files of somebody else's do, so that others were `chosen` for them."""
    first, known = _laid_out(job.outputs, story), {record.path for record in job.known}
    return tuple(p for at, p in first.items() if chosen.get(at) != p and p in known and lies(p))


def _laid_out(outputs: Sequence[tuple[str, Path]], story: StoryBooks) -> dict[tuple[str, int], Path]:
    """The place of each book of a story, where these are those of the whole."""
    return {
        (name, number): story.place(path, number, writer(name).ending)
        for name, path in outputs
        for number in range(len(story.books))
    }


def _taken(job: Job, places: Mapping[tuple[str, int], Path], story: StoryBooks) -> Path | None:
    """The first of the places where a book lies that is none of this story's."""
    known = {r.path: r for r in job.known}
    for (_, number), path in places.items():
        metadata = story.books[number].book.metadata
        ours = path in job.done or is_ours(path, metadata, known.get(path), job.sources)
        if lies(path) and not ours:
            return path
    return None


def of_earlier_ways(job: Job, records: Sequence[Record]) -> list[Record]:
    """The volumes, in the formats that were made, that the job's story is no longer divided into; and its books of
    other names, where it was given new ones."""
    if not records:
        return []
    written = {record.path for record in records}
    return [
        r
        for r in job.known
        if (r.volumes or job.output)
        and r.source in job.sources
        and r.path not in written
        and (r.format or format_written_to(r.path.name)) in job.formats
    ]
