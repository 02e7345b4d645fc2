"""A long story as several books of one series: cut by a number of chapters, or at its own parts.

Values in, values out: `divided` gives each volume as a `Volume`. A volume is made of nothing but its own chapters and
of what is said about the whole story and does not change when that grows, so that volume 1 keeps its bytes when
chapter 101 is written. Each word of the story is in exactly one volume, which is proved before any is written.
"""

from __future__ import annotations

import uuid
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from converter.document.errors import ProofError
from converter.document.model import (
    EARLIEST,
    Block,
    Blocks,
    Book,
    Chapter,
    ChapterKind,
    Inline,
    Inlines,
    Link,
    Metadata,
    Note,
    Preformatted,
    Span,
)
from converter.document.record import dataclass
from converter.document.traversal import children, pictures_in, with_children
from converter.document.words import chapter_keys, chapter_name, chapter_strands

PARTS = "parts"
_COUNTED: frozenset[ChapterKind] = frozenset(["chapter", "scene", "interlude"])
_DIVIDERS: tuple[frozenset[ChapterKind], ...] = (frozenset(["volume"]), frozenset(["part", "act"]))
_NO_SPACE = frozenset(["ja", "zh", "yue", "ko"])  # "第1巻" follows a title without a comma


@dataclass(frozen=True, slots=True)
class Volume:
    """One volume: its number from 1, the book, and what its cover is drawn from (the look of the whole story's)."""

    number: int
    book: Book
    on_cover: Metadata


def volume_path(path: Path, number: int, ending: str) -> Path:
    """Where a volume goes when the whole book would go to `path`, whose name has this ending."""
    return path.with_name(f"{path.name.removesuffix(ending)}-volume-{number}{ending}")


def divided(book: Book, how: str) -> tuple[Volume, ...]:
    """The volumes; none where there is nothing to divide: fewer chapters than `how` says, fewer than two parts.

    `how` is a number of chapters, or "parts". What stands before the first chapter is in the first volume, what stands
    behind the last chapter (an afterword, an appendix) in the last. Raises ProofError.
    """
    walked = list(book.walk())
    numbers = _by_parts(walked) if how == PARTS else _by_count(walked, int(how))
    if not numbers:
        return ()
    names = [chapter_name(part) for part in _named_by(walked, numbers)] if how == PARTS else [""] * max(numbers)
    parted = _parted(book.chapters, iter(numbers))
    keys: dict[int, list[str]] = {}
    for key, number in zip(chapter_keys(book), numbers, strict=True):
        keys.setdefault(number, []).append(key)
    nowhere = dict.fromkeys(chapter_keys(book), "")
    volumes = []
    for number, name in enumerate(names, 1):
        chapters = _linked_within(tuple(parted[number]), keys[number], nowhere)
        shown = pictures_in(chapters)
        resources = tuple(r for r in book.resources if r.name in shown)
        own = Book(_metadata(book.metadata, number, name), chapters, resources, book.cover, book.vertical)
        volumes.append(Volume(number, own, _on_cover(book.metadata, number, name)))
    _prove(book, volumes)
    return tuple(volumes)


# ------------------------------------------------------------------------------------------------ where to cut


def _by_count(walked: Sequence[tuple[int, Chapter]], most: int) -> list[int]:
    """The volume of each chapter; a chapter with scenes in it is one and is never cut."""
    counted = list(_counted(walked))
    if sum(counted) < most:
        return []
    last = max((at for at, counts in enumerate(counted) if counts), default=-1)
    numbers = []
    number = 1
    inside = -1  # the depth of the chapter in which this one stands
    held = 0
    for at, ((depth, _), counts) in enumerate(zip(walked, counted, strict=True)):
        if inside >= 0 and depth <= inside:
            inside = -1
        if inside < 0 and held == most and at <= last:
            number, held = number + 1, 0
        if counts:
            held, inside = held + 1, depth
        numbers.append(number)
    return numbers


def _counted(walked: Sequence[tuple[int, Chapter]]) -> Iterator[bool]:
    """Of each chapter: whether it counts as one, and stands in no other that does."""
    inside = -1
    for depth, chapter in walked:
        if inside >= 0 and depth <= inside:
            inside = -1
        counts = inside < 0 and chapter.kind in _COUNTED and (chapter.kind == "chapter" or not chapter.children)
        counts = counts and bool(chapter.blocks or chapter.children or chapter_name(chapter))
        if counts:
            inside = depth
        yield counts


def _by_parts(walked: Sequence[tuple[int, Chapter]]) -> list[int]:
    """The volume of each chapter: the highest volumes or parts that there are two of begin one each."""
    for kinds in _DIVIDERS:
        for level in sorted({depth for depth, chapter in walked if chapter.kind in kinds}):
            dividers = [depth == level and chapter.kind in kinds for depth, chapter in walked]
            if sum(dividers) > 1:
                numbers = []
                number = 0
                for divides in dividers:
                    number += divides
                    numbers.append(max(number, 1))
                return numbers
    return []


def _named_by(walked: Sequence[tuple[int, Chapter]], numbers: Sequence[int]) -> list[Chapter]:
    """Of each volume the part that names it."""
    named: dict[int, Chapter] = {}
    for (_, chapter), number in zip(walked, numbers, strict=True):
        if number not in named or (named[number].kind not in PARTS and chapter.kind in PARTS):
            named[number] = chapter
    return [named[number] for number in sorted(named)]


def _parted(chapters: Sequence[Chapter], numbers: Iterator[int]) -> dict[int, list[Chapter]]:
    """The chapters of each volume. Those of a part that began in an earlier one stand without its heading."""
    volumes: dict[int, list[Chapter]] = {}
    for chapter in chapters:
        own = next(numbers)
        inner = _parted(chapter.children, numbers)
        children = tuple(inner.pop(own, ()))
        volumes.setdefault(own, []).append(
            replace(chapter, children=children) if children != chapter.children else chapter
        )
        for number, others in inner.items():
            volumes.setdefault(number, []).extend(others)
    return volumes


# ------------------------------------------------------------------------------------------------ what is said


def _metadata(whole: Metadata, number: int, name: str) -> Metadata:
    """What is said of one volume: a title and an identifier of its own, its place in the series that they are; nothing
    that changes with each new chapter of the story."""
    title = _titled(whole.title, name or _label(whole, number), whole.language, named=bool(name))
    return replace(
        whole,
        words="",
        chapters="",
        status="",
        progress="",
        updated="",
        title=title,
        series=whole.title,
        series_index=str(number),
        outer_series=whole.series,
        outer_index=whole.series_index,
        identifier=uuid.uuid5(uuid.NAMESPACE_URL, f"{whole.identifier}#volume-{number}").urn,
        isbn="",
        modified=_moment(whole),
    )


def _on_cover(whole: Metadata, number: int, name: str) -> Metadata:
    """The whole story's metadata, with the volume for a subtitle: all volumes have the look of the story."""
    said = name or _label(whole, number)
    return replace(whole, subtitle=f"{whole.subtitle} – {said}" if whole.subtitle else said)


def _label(whole: Metadata, number: int) -> str:
    from converter.writers.labels import labels_for

    return labels_for(whole.language).volume.format(number=number)


def _titled(title: str, volume: str, language: str, *, named: bool) -> str:
    if not title:
        return volume
    if named:
        return f"{title}: {volume}"
    return f"{title} {volume}" if language.partition("-")[0].lower() in _NO_SPACE else f"{title}, {volume}"


def _moment(whole: Metadata) -> str:
    """The day of publication where it is known. When one volume was changed last nobody knows: the file's own time is
    that of its newest chapter."""
    from converter.writers.package import moment

    published = moment(whole.published)
    return published if len(published) == len(EARLIEST) and published > EARLIEST else EARLIEST


# ----------------------------------------------------------------------------------------------------- links


def _linked_within(chapters: tuple[Chapter, ...], keys: Sequence[str], nowhere: dict[str, str]) -> tuple[Chapter, ...]:
    """The chapters with their links to chapters of this volume led on; one to another volume leaves its words.

    `keys` are those that the volume's chapters have in the whole book, `nowhere` has all of its keys.
    """
    new = chapter_keys(Book(Metadata(), chapters))
    targets = ChainMap(dict(zip(keys, new, strict=True)), nowhere)
    return tuple(chapter_linked(c, targets) for c in chapters)


def chapter_linked(chapter: Chapter, targets: Mapping[str, str]) -> Chapter:
    """The chapter with its links to these keys led on to others; a link to "" leaves its words."""
    return replace(
        chapter,
        blocks=_blocks_linked(chapter.blocks, targets),
        label=_linked(chapter.label, targets),
        title=_linked(chapter.title, targets),
        children=tuple(chapter_linked(c, targets) for c in chapter.children),
    )


def _blocks_linked(blocks: Blocks, targets: Mapping[str, str]) -> Blocks:
    new = tuple(_block_linked(block, targets) for block in blocks)
    return blocks if all(a is b for a, b in zip(new, blocks, strict=True)) else new


def _block_linked(block: Block, targets: Mapping[str, str]) -> Block:
    if isinstance(block, Preformatted):
        content = _linked(block.content, targets)
        return block if content is block.content else replace(block, content=content)
    held = children(block)
    runs = [_linked(run.content, targets) for run in held.runs]
    groups = [_blocks_linked(group, targets) for group in held.groups]
    same = all(a is b.content for a, b in zip(runs, held.runs, strict=True))
    same = same and all(a is b for a, b in zip(groups, held.groups, strict=True))
    return block if same else with_children(block, runs, groups)


def _linked(content: Inlines, targets: Mapping[str, str]) -> Inlines:
    new = tuple(_inline_linked(inline, targets) for inline in content)
    return content if all(a is b for a, b in zip(new, content, strict=True)) else new


def _inline_linked(inline: Inline, targets: Mapping[str, str]) -> Inline:
    if isinstance(inline, Note):
        blocks = _blocks_linked(inline.blocks, targets)
        return inline if blocks is inline.blocks else replace(inline, blocks=blocks)
    if not isinstance(inline, Span):
        return inline
    content = _linked(inline.content, targets)
    if isinstance(inline, Link) and inline.target[1:] in targets and inline.target.startswith("#"):
        key = targets[inline.target[1:]]
        return replace(inline, target=f"#{key}" if key else "", content=content)
    return inline if content is inline.content else replace(inline, content=content)


# ----------------------------------------------------------------------------------------------------- proof


def _prove(book: Book, volumes: Sequence[Volume]) -> None:
    """The volumes one after another have the story's words, each once, in its order. Raises ProofError."""
    whole = [chapter_strands(chapter) for _, chapter in book.walk()]
    together = [chapter_strands(chapter) for volume in volumes for _, chapter in volume.book.walk()]
    if whole != together:
        raise ProofError(
            f"the {len(volumes)} volumes together have not the words of the story",
            remedy="this is a fault of the program; please report it with the story",
        )
