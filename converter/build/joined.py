"""The book of several copies of one story: the chapters that were chosen, in order, as one reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from converter.build.given import EarlierBook
from converter.build.identity import settled_identifier
from converter.build.volumes import chapter_linked
from converter.document.contracts import Omission, Reading
from converter.document.findings.copies import CopyGone, CopyNames, CopyNumbers, CopyRemarks
from converter.document.findings.metadata import MetadataFileName, MetadataNoAuthor, MetadataNoTitle
from converter.document.findings.works import StoryPart
from converter.document.model import PARTS, Book, Chapter, Metadata, Origin
from converter.document.record import dataclass
from converter.document.words import chapter_keys, chapter_name, chapter_text, most_in_columns
from converter.parsers.works.pictures import WorkPictures
from converter.recognisers.metadata.copies_in_names import common_name, unversioned, version_name
from converter.recognisers.metadata.resolution import UNTITLED, metadata_findings, resolve
from converter.recognisers.metadata.titles_in_names import from_file_name
from converter.reconciling.alignment import aligned
from converter.reconciling.choice import REASONS, Choice, choices_of
from converter.reconciling.copies import NOT_SAID, Copy, body_text, newest, print_of
from converter.reconciling.division import Divided, divided_alike
from converter.reconciling.drafts import with_likely_dates
from converter.reconciling.fingerprints import bare_words
from converter.reconciling.headings import headed, headings_of
from converter.reconciling.notes import with_notes
from converter.reconciling.result import Reconciled, prove, told
from converter.reconciling.rows import stretches

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

TIMES_DIVIDED = 3  # at most: a draft of a draft
BY_NAME = "file name"  # where a title comes from that no file says
OF_NAMES = (MetadataNoTitle.code, MetadataFileName.code, MetadataNoAuthor.code)


@dataclass(frozen=True, slots=True)
class Joined:
    """The reading that copies of one story became, and what is told of it."""

    reading: Reading
    result: Reconciled


def joined(
    copies: Sequence[Copy], readings: Sequence[Reading], earlier: EarlierBook | None = None, around: str = ""
) -> Joined:
    """One reading from those of all copies of a story, each proved by itself; `copies` says what each is known by, in
    the same order, `around` how the folder is called in which all of them lie. Raises ProofError where a chapter would
    be lost."""
    copies, divided = _divided(with_notes(copies), readings)
    walks = [its.chapters for its in divided]
    texts = [[body_text(chapter) for chapter in walk] for walk in walks]
    words = {(c, at): bare_words(text) for c, its in enumerate(texts) for at, text in enumerate(its)}
    alignment = aligned(copies)
    copies = with_likely_dates(copies, alignment.slots)
    told_in = {(c, at): text for c, its in enumerate(texts) for at, text in enumerate(its)}
    choices = choices_of(alignment.slots, copies, words, told_in)
    chapters, pictures = _chapters(readings, divided, choices)
    cover = readings[newest(copies)].book.cover
    told_by = [replace(readings[copy].book, chapters=(chapter,)) for (copy, _), chapter in chapters.items()]
    vertical = any(book.vertical for book in told_by) and most_in_columns(told_by)
    book = Book(Metadata(), _nested(copies, choices, chapters), tuple(pictures.kept), cover, vertical)
    prove(copies, choices, walks, book)
    metadata = _metadata(copies, readings, choices, around)
    metadata = replace(metadata, identifier=settled_identifier(metadata, book, earlier))
    names = {place: chapter_name(chapter) for place, chapter in chapters.items()}
    versions = (doubt for choice in choices for doubt in choice.doubts)
    doubts: tuple[Finding, ...] = (
        *alignment.doubts,
        *_numbers(copies, choices, names),
        *_names(copies, metadata),
        *_remarks(copies, choices),
        *_gone(copies, choices),
        *versions,
    )
    book = replace(book, metadata=metadata)
    reading = _reading(book, readings, doubts, tuple(_not_kept(copies, walks, choices)))
    return Joined(reading, told(metadata.title, metadata.authors, copies, choices, texts, doubts, names))


def _reading(
    book: Book, readings: Sequence[Reading], doubts: tuple[Finding, ...], left_out: tuple[Omission, ...]
) -> Reading:
    """The reading of this book, with what is known of all files that it was made from."""
    return Reading(
        book,
        tuple(chain.from_iterable(r.texts for r in readings)),
        tuple(chain.from_iterable(r.changes for r in readings)),
        (*doubts, *_of_files(book, readings)),
        (*chain.from_iterable(r.omissions for r in readings), *left_out),
        tuple(chain.from_iterable(r.evidence for r in readings)),
        tuple(chain.from_iterable(r.insertions for r in readings)),
        tuple(chain.from_iterable(r.moves for r in readings)),
    )


# -------------------------------------------------------------------------------------------------- the chapters


def _divided(copies: Sequence[Copy], readings: Sequence[Reading]) -> tuple[Sequence[Copy], list[Divided]]:
    """The copies with their chapters as long as those of others: again where one was divided, for that tells where a
    third one is to be."""
    walks: list[Sequence[Chapter]] = [[chapter for _, chapter in reading.book.walk()] for reading in readings]
    whole = [Divided(tuple(walk), tuple(range(len(walk)))) for walk in walks]
    now, its = copies, whole
    for _ in range(TIMES_DIVIDED):
        found = divided_alike([one.chapters for one in its], [copy.chapters for copy in now])
        if all(len(a.chapters) == len(b.chapters) for a, b in zip(found, its, strict=True)):
            break
        its = [
            Divided(new.chapters, tuple(old.before[place] for place in new.before))
            for new, old in zip(found, its, strict=True)
        ]
        now = [_redivided(copy, one) for copy, one in zip(copies, its, strict=True)]
    return now, its


def _redivided(copy: Copy, divided: Divided) -> Copy:
    """What a copy is known by when some of its chapters were divided."""
    if len(divided.chapters) == len(copy.chapters):
        return copy
    prints = [print_of(c, copy.chapters[n].depth) for c, n in zip(divided.chapters, divided.before, strict=True)]
    cut_out = [n for n, place in enumerate(divided.before) if divided.before.count(place) > 1]
    dates = tuple(copy.dates[n] for n in divided.before) if copy.dates else ()
    copy = replace(copy, dates=dates)
    return replace(copy, chapters=tuple(replace(p, cut_out=True) if n in cut_out else p for n, p in enumerate(prints)))


def _chapters(
    readings: Sequence[Reading], divided: Sequence[Divided], choices: Sequence[Choice]
) -> tuple[dict[tuple[int, int], Chapter], WorkPictures]:
    """The chapters that were kept, without their children, by copy and place, with the names that pictures and the
    keys that links have in the new book. One without a heading has that of another version."""
    pictures = WorkPictures()
    kept: dict[tuple[int, int], Chapter] = {}
    for copy, (reading, its) in enumerate(zip(readings, divided, strict=True)):
        places = [at for c in choices if c.kept.copy == copy for at in c.kept.chapters]
        bare = [replace(its.chapters[at], children=()) for at in places]
        if places:
            bare = list(pictures.take(reading.book.resources, bare))
        kept |= {(copy, at): chapter for at, chapter in zip(places, bare, strict=True)}
    for place, given in headings_of(choices).items():
        kept[place] = headed(kept[place], given, lambda p: divided[p[0]].chapters[p[1]])
    now = _keys_now(choices, [kept[c.kept.copy, at] for c in choices for at in c.kept.chapters])
    for copy, (reading, its) in enumerate(zip(readings, divided, strict=True)):
        old = chapter_keys(reading.book)
        targets = {old[place]: now[copy, at] for at, place in reversed(list(enumerate(its.before)))}
        kept |= {at: chapter_linked(chapter, targets) for at, chapter in kept.items() if at[0] == copy}
    return kept, pictures


def _keys_now(choices: Sequence[Choice], row: Sequence[Chapter]) -> dict[tuple[int, int], str]:
    """The key that each chapter of each copy has in the new book, or the version of it that was kept; `row` are the
    chapters of the book."""
    keys = iter(chapter_keys(Book(Metadata(), tuple(row))))
    now: dict[tuple[int, int], str] = {}
    for choice in choices:
        own = [next(keys) for _ in choice.kept.chapters]
        now |= {(choice.kept.copy, at): key for at, key in zip(choice.kept.chapters, own, strict=True)}
        now |= {(r.version.copy, at): own[0] for r in choice.rivals for at in r.version.chapters}
    return now


def _nested(
    copies: Sequence[Copy], choices: Sequence[Choice], chapters: Mapping[tuple[int, int], Chapter]
) -> tuple[Chapter, ...]:
    """The chapters with those that belong to a part within it."""
    rows = list(_depths(copies, choices))
    return _below(rows, chapters, 0, len(rows), 0)


def _depths(copies: Sequence[Copy], choices: Sequence[Choice]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The depth of each chapter. One that only copies without parts have is as deep as the chapter before it."""
    flat = [all(c.depth == 0 for c in copy.chapters) for copy in copies]
    depth, kind = 0, ""
    for choice in choices:
        versions = (choice.kept, *(r.version for r in choice.rivals))
        deep = [p.depth for v in versions if not flat[v.copy] for p in v.prints[:1]]
        for at, print_ in zip(choice.kept.chapters, choice.kept.prints, strict=True):
            if deep:
                depth = max(deep)
            elif print_.kind != "chapter":
                depth = 0
            elif kind in PARTS:
                depth += 1
            kind = print_.kind
            yield depth, (choice.kept.copy, at)


def _below(
    rows: Sequence[tuple[int, tuple[int, int]]],
    chapters: Mapping[tuple[int, int], Chapter],
    start: int,
    end: int,
    depth: int,
) -> tuple[Chapter, ...]:
    """The chapters of these rows; one that is deeper than `depth` is a child of the one before it."""
    out: list[Chapter] = []
    while start < end:
        behind = next((n for n in range(start + 1, end) if rows[n][0] <= max(depth, rows[start][0])), end)
        children = _below(rows, chapters, start + 1, behind, rows[start][0] + 1)
        out.append(replace(chapters[rows[start][1]], children=children))
        start = behind
    return tuple(out)


def _not_kept(
    copies: Sequence[Copy], walks: Sequence[Sequence[Chapter]], choices: Sequence[Choice]
) -> Iterator[Omission]:
    """The chapters that are in no book, each with its place and why another was kept."""
    for choice in choices:
        file = copies[choice.kept.copy].file
        for rival in choice.rivals:
            other = copies[rival.version.copy].file
            for at, print_ in zip(rival.version.chapters, rival.version.prints, strict=True):
                rule = f"another version is kept, of {file}, which {REASONS[rival.reason]}"
                yield Omission(rule, chapter_text(walks[rival.version.copy][at]), Origin(other, max(1, print_.line)))


# ------------------------------------------------------------------------------------------------ what is said


def _metadata(copies: Sequence[Copy], readings: Sequence[Reading], choices: Sequence[Choice], around: str) -> Metadata:
    """What the copies say, first those whose chapters are in the book, of them the newest first; a title or author out
    of a file's name only where no copy says one, and then first what their names share; at last that of the folder
    around them. How long a copy says it is holds for the book when that copy has all of it."""
    used = {c.kept.copy for c in choices}
    first = sorted(used)[newest([copies[n] for n in sorted(used)])]
    order = sorted(range(len(copies)), key=lambda n: (n != first, n not in used, -copies[n].words, n))
    rows = stretches(copies)
    said = [_said(readings[n].book.metadata, whole=used == {n}) for n in order]
    called = {n: row.title if (row := rows.get(n)) else unversioned(copies[n].stem) for n in order}
    shared = common_name([name for n, name in called.items() if readings[n].book.metadata.found_in("title") == BY_NAME])
    called = {n: shared or name for n, name in called.items()}
    named = [_named(readings[n].book.metadata, called[n], copies[n]) for n in order if _is_named(readings[n])]
    metadata = resolve([*said, *named, *([from_file_name(unversioned(around))] if around else [])])
    if not metadata.title:
        metadata = replace(metadata, title=UNTITLED, provenance=(*metadata.provenance, ("title", "nobody")))
    return replace(metadata, modified=max(r.book.metadata.modified for r in readings))


def _said(metadata: Metadata, *, whole: bool) -> Metadata:
    """What a file itself says."""
    people = () if metadata.found_in("people") == BY_NAME else metadata.people
    title = "" if metadata.found_in("title") in NOT_SAID else metadata.title
    metadata = replace(metadata, title=title, people=people, identifier="")
    return metadata if whole else replace(metadata, words="", chapters="")


def _named(metadata: Metadata, called: str, copy: Copy) -> Metadata:
    """What the name of a file says: as the story is `called` there, without what tells this copy from others; nothing
    where that is all ("old")."""
    if metadata.found_in("title") == BY_NAME and not version_name(called).story:
        metadata = replace(metadata, title="")
    named = metadata.found_in("title") == BY_NAME and called != copy.stem
    title = from_file_name(called).title if named else ""
    return replace(metadata, title=title or metadata.title, identifier="", isbn="")


def _is_named(reading: Reading) -> bool:
    return reading.book.metadata.found_in("title") not in ("", "nobody")


def _names(copies: Sequence[Copy], metadata: Metadata) -> Iterator[CopyNames]:
    """What the copies say in different ways of what must be one."""
    kept = {"title": metadata.title, "author": ", ".join(metadata.authors), "series": metadata.series}
    for what, name in kept.items():
        values = [_value(copy, what) for copy in copies]
        others = dict.fromkeys(v for v in values if v and _letters(v) != _letters(name))
        if name and others:
            yield CopyNames(what, (name, *others), Origin(copies[newest(copies)].file, 1))


def _numbers(
    copies: Sequence[Copy], choices: Sequence[Choice], names: Mapping[tuple[int, int], str]
) -> Iterator[CopyNumbers]:
    """What of each copy is called otherwise in the book, since the copies count in different ways."""
    given = headings_of(choices)
    moved: dict[int, list[tuple[str, str]]] = {}
    for choice in choices:
        for at, print_ in zip(choice.kept.chapters, choice.kept.prints, strict=True):
            place = (choice.kept.copy, at)
            if place in given and print_.name and _letters(print_.name) != _letters(names[place]):
                moved.setdefault(choice.kept.copy, []).append((print_.name, names[place]))
    for copy, pairs in sorted(moved.items()):
        yield CopyNumbers(tuple(pairs), copies[copy].file, Origin(copies[copy].file, 1))


def _remarks(copies: Sequence[Copy], choices: Sequence[Choice]) -> Iterator[CopyRemarks]:
    """The copies that hold a reader's comments, where another one was kept for that."""
    held: dict[int, dict[tuple[int, ...], int]] = {}
    for rival in (r for choice in choices for r in choice.rivals if r.reason == "clean"):
        held.setdefault(rival.version.copy, {})[rival.version.chapters] = len(rival.version.remarks)
    for copy, counts in sorted(held.items()):
        yield CopyRemarks(copies[copy].file, sum(counts.values()), Origin(copies[copy].file, 1))


def _gone(copies: Sequence[Copy], choices: Sequence[Choice]) -> Iterator[CopyGone]:
    """The copies with notes in place of chapters that the book has from others."""
    kept = {(choice.kept.copy, at) for choice in choices for at in choice.kept.chapters}
    for place, copy in enumerate(copies):
        count = sum(print_.gone and (place, at) not in kept for at, print_ in enumerate(copy.chapters))
        if count:
            yield CopyGone(copy.file, count, Origin(copy.file, 1))


def _value(copy: Copy, what: str) -> str:
    return {"title": copy.title, "author": ", ".join(copy.authors), "series": copy.series}[what]


def _letters(text: str) -> str:
    return "".join(bare_words(text))


def _of_files(book: Book, readings: Sequence[Reading]) -> tuple[Finding, ...]:
    """What is told of the files that the book was made from, each thing once; of its names what holds for the book."""
    used = {chapter.origin.source for _, chapter in book.walk() if chapter.origin}
    told = dict.fromkeys(chain.from_iterable(reading.findings for reading in readings))
    here = sum(1 for _, chapter in book.walk() if chapter.blocks and chapter.kind != "front")
    ours = (
        f
        for f in _parts_counted(told, here)
        if f.code not in OF_NAMES and (f.origin is None or f.origin.source in used)
    )
    said = book.metadata
    return (*ours, *metadata_findings(replace(said, title="") if said.found_in("title") == "nobody" else said))


def _parts_counted(told: Iterable[Finding], here: int) -> Iterator[Finding]:
    """The findings; that chapters are missing from a copy is no news where others have them: what counts is how many
    are here of all that the fullest copy speaks of."""
    whole = None
    for finding in told:
        if not isinstance(finding, StoryPart):
            yield finding
        elif whole is None or finding.whole > whole.whole:
            whole = finding
    if whole is not None and whole.whole > here:
        yield replace(whole, here=here, number="", scope="together")


def findings_of(reading: Reading) -> tuple[Finding, ...]:
    """What the checks find in the joined book, and what was told of its files."""
    from converter.checks import check_book

    return (*reading.findings, *check_book(reading.book))
