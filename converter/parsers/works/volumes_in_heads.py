"""Volumes that the files of a work say in their heads: "Volume 2" below the title and above the chapter's heading.

A reader sees in each file which volume its chapter is in. Where the files say different ones, the volumes are parts of
the book, and each is said once; where all say the same, it is the book's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from converter.document.contracts import Omission
from converter.document.model import Chapter, ChapterKind, Origin, Text
from converter.document.words import chapter_name, plain_text
from converter.parsers.works.order import FilePart
from converter.parsers.works.titles import fold
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.volumes_in_names import place_in_volume

FEWEST = 2  # volumes
HALF = 0.5  # of the files at least say theirs in their heads
COUNTED = ("part", "volume")
RULES = ("head of the file", "title page", "subtitle")  # by which the line was left out


class Volume(NamedTuple):
    """A volume as the heads of its files word it."""

    label: str
    kind: ChapterKind
    number: int
    origin: Origin


class InVolumes(NamedTuple):
    """The parts without the lines that say their volumes, and the volume of each; None for what stands in none."""

    parts: list[FilePart]
    volumes: list[Volume | None]


def in_volumes(parts: Sequence[FilePart]) -> InVolumes:
    """The volumes in which these parts of a work stand, in reading order. A part whose head says none stands in the
    one that its name says."""
    said = [_said(part) for part in parts]
    told = [volume for volume in said if volume]
    by_number = {volume.number: volume for volume in reversed(told)}
    if len(told) <= HALF * len(parts) or len(by_number) < FEWEST:
        return InVolumes(list(parts), [None] * len(parts))
    numbers = [v.number if v else _named(part) for v, part in zip(said, parts, strict=True)]
    volumes = [None if number is None else by_number.get(number) for number in numbers]
    shown = _shown(said, volumes)
    kept = [_without_line(p, v, shown=at in shown) for at, (p, v) in enumerate(zip(parts, said, strict=True))]
    return InVolumes(kept, volumes)


def _shown(said: Sequence[Volume | None], volumes: Sequence[Volume | None]) -> set[int]:
    """The parts whose lines are the headings: of those that stand one after the other in a volume the first that says
    it."""
    shown = set()
    for _, run in groupby(range(len(said)), lambda at: volumes[at]):
        shown |= set([at for at in run if said[at]][:1])
    return shown


def with_volumes(chapters: Sequence[tuple[Chapter, Volume | None]]) -> list[Chapter]:
    """The chapters of a work, each with the volume in which it stands, under their volumes."""
    out: list[Chapter] = []
    for volume, run in groupby(chapters, lambda pair: pair[1]):
        inside = [chapter for chapter, _ in run]
        if volume is None:
            out += inside
            continue
        own = tuple(_inside(chapter, volume) for chapter in inside)
        label = (Text(volume.label),)
        out.append(Chapter((), label, (), volume.kind, volume.number, own, volume.origin))
    return out


def _said(part: FilePart) -> Volume | None:
    """The volume that the line below the title says and nothing else, or the heading above the only chapter's."""
    lex = lexicon(part.parsed.book.metadata.language or "en")
    if heading := _heading(part):
        number = heading.number or 0
        return Volume(chapter_name(heading), heading.kind, number, heading.origin or Origin(part.name, 1))
    subtitle = part.parsed.book.metadata.subtitle
    form = read_form(subtitle, lex) if subtitle else None
    if form is None or form.kind not in COUNTED or form.number is None or form.title:
        return None
    lines = (o for o in part.parsed.omissions if o.rule in RULES)
    line = next((row for o in lines for row in o.text.split("\n") if fold(row) == fold(subtitle)), "")
    origin = next((o.origin for o in part.parsed.omissions if line in o.text.split("\n")), Origin(part.name, 1))
    return Volume(line, form.kind, form.number.value, origin) if line and form.number.value is not None else None


def _heading(part: FilePart) -> Chapter | None:
    """The heading of a volume with which a part begins, and which has no more than a number."""
    first = part.chapters[0] if part.chapters else None
    one = first is not None and len(part.chapters) - 1 + len(first.children) > 0 and not first.blocks
    counts = first is not None and first.kind in COUNTED and first.number is not None and not first.title
    inside = any(chapter.kind in COUNTED for chapter in part.chapters[1:])
    return first if one and counts and not inside else None


def _named(part: FilePart) -> int | None:
    place = place_in_volume(normalize("NFC", part.stem.lower()))
    return place.volume if place else None


def _without_line(part: FilePart, volume: Volume | None, *, shown: bool) -> FilePart:
    """A part without the line that says its volume: it is `shown` as the heading, or said again."""
    if volume is None:
        return part
    parsed = part.parsed
    again = [] if shown else [Omission("repeated heading", volume.label, volume.origin)]
    if heading := _heading(part):
        book = replace(parsed.book, chapters=(*heading.children, *part.chapters[1:]))
        return replace(part, parsed=replace(parsed, book=book, omissions=(*parsed.omissions, *again)))
    omissions: list[Omission] = []
    for omission in parsed.omissions:
        rows = omission.text.split("\n")
        if omission.rule not in RULES or volume.label not in rows:
            omissions.append(omission)
            continue
        for at, row in enumerate(rows):
            origin = replace(omission.origin, line=omission.origin.line + at)
            omissions += [Omission(omission.rule, row, origin)] if row != volume.label else again
    book = replace(parsed.book, metadata=replace(parsed.book.metadata, subtitle=""))
    return replace(part, parsed=replace(parsed, book=book, omissions=tuple(omissions)))


def _inside(chapter: Chapter, volume: Volume) -> Chapter:
    """A chapter in its volume: one that the volume's number heads ("Vol 2 Illustrations") is no volume by itself."""
    again = chapter.kind in COUNTED and chapter.number == volume.number and not chapter.children
    return replace(chapter, kind="chapter", number=None) if again and plain_text(chapter.title) else chapter
