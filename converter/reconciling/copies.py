"""A copy of a story: what its file says of itself, and what each of its chapters is known by."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.document.alignment import bare_letters
from converter.document.record import dataclass
from converter.document.traversal import children, leaves
from converter.document.words import chapter_name, chapter_text
from converter.recognisers.headings.forms import SENTENCE_END
from converter.recognisers.lines.notices import replaces_text
from converter.recognisers.lines.remarks import remarks_in
from converter.recognisers.metadata.copies_in_names import counts_versions, version_name, without_copy
from converter.recognisers.metadata.titles_in_names import from_file_name
from converter.recognisers.metadata.versions import date_in, day_said, version_of
from converter.reconciling.fingerprints import bare_words, bodies_differ, digest_of, sketch_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.document.model import Block, Blocks, Book, Chapter, ChapterKind, Metadata
    from converter.reconciling.fingerprints import Alike

NOT_SAID = ("", "file name", "nobody")  # where a title comes from that the file itself does not say
SURE = 0.25  # of the smaller text's runs: a version with a quarter of its words changed has more; turns of phrase less
THROUGHOUT = 9  # tenths of the smaller text with something of the other: no passage that both quote
OWN_BODY = 0.1  # of a text that is its own in one stretch, where numbers say that two chapters are different ones
NAMED_BODY = 0.25  # where the names of their files say it alone: a revision may have an end of its own
SEVERAL_BODIES = 0.15  # where the rest stands in three files at least
JOTTED, JOTTED_LINE = 30, 4  # words of a list that somebody jotted down, and of a line of it
_NUMBER = re.compile(r"[0-9]{1,4}")
LAST = 20  # characters that tell whether a sentence ends
LOST = "\ufffd"  # a character that nobody can read any more


@dataclass(frozen=True, slots=True)
class ChapterPrint:
    """What a chapter is known by, its heading apart. `digest` stands for its words, `sketch` for its runs of words;
    `marks` counts what is more than bare words (italics, notes, pictures), `lost` letters that can't be read; `name` is
    "" where it has no heading."""

    name: str
    kind: ChapterKind
    number: int | None
    depth: int
    line: int
    words: int
    digest: str
    sketch: bytes
    marks: int = 0
    lost: int = 0
    open_end: bool = False  # in the midst of a sentence
    titled: bool = False  # more than a word and a number, "Chapter 4"
    cut_out: bool = False  # of a longer one, where another copy is divided
    gone: bool = False  # a note that its author took it back, and none of its text
    remarks: tuple[tuple[int, int], ...] = ()  # words that a reader of a draft wrote into it, by their marks


@dataclass(frozen=True, slots=True)
class Copy:
    """One file (or a folder that is one book) as a copy of some story; `title` is what the file itself says.

    `changed` is the date that it names for its last change, else for its publication, else one in the file's name;
    `saved` when the file was written, in seconds; `version` what its name says (see `version_of`). `dates` are the same
    two of each chapter where a copy lies in several files, else nothing.
    """

    file: str
    stem: str
    chapters: tuple[ChapterPrint, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    series: str = ""
    series_index: str = ""
    changed: str = ""
    saved: float = 0.0
    version: int = 0
    jotted: bool = False  # a few short lines, none of which says a whole sentence: something to buy, or to do
    dates: tuple[tuple[str, float], ...] = ()
    likely: str = ""  # the date of the revision that an undated copy is of, by its chapters

    @property
    def words(self) -> int:
        """The words of all its chapters."""
        return sum(c.words for c in self.chapters)

    def dated_as(self, chapters: Sequence[int]) -> Copy:
        """The copy, as old as the files that hold these of its chapters."""
        if not self.dates:
            return self
        changed, saved = zip(*(self.dates[at] for at in chapters), strict=True)
        return replace(self, changed=max(changed), saved=max(saved))

    @property
    def own_words(self) -> int:
        """The same without what looks like a reader's remarks."""
        return self.words - sum(end - start for c in self.chapters for start, end in c.remarks)


def copy_of(book: Book, file: str, stem: str, saved: float = 0.0) -> Copy:
    """The copy that a file's book is; `file` is what messages call it, `stem` its name without suffix."""
    said = book.metadata
    return Copy(
        file,
        stem,
        tuple(print_of(chapter, depth) for depth, chapter in book.walk()),
        _title(said),
        said.authors,
        said.series,
        said.series_index,
        day_said(said.updated) or day_said(said.published) or date_in(stem),
        saved,
        version_of(stem),
        _is_jotted([chapter for _, chapter in book.walk()]),
    )


def _is_jotted(chapters: Sequence[Chapter]) -> bool:
    lines = [line for chapter in chapters for line in chapter_text(chapter).splitlines() if line.strip()]
    few = len(chapters) == 1 and sum(len(line.split()) for line in lines) <= JOTTED
    return few and not any(
        SENTENCE_END.search(line.rstrip()[-LAST:]) or len(line.split()) > JOTTED_LINE for line in lines
    )


def print_of(chapter: Chapter, depth: int) -> ChapterPrint:
    """The print of one chapter, without its children."""
    text = body_text(chapter)
    words = bare_words(text)
    return ChapterPrint(
        chapter_name(chapter),
        chapter.kind,
        chapter.number,
        depth,
        chapter.origin.line if chapter.origin else 0,
        len(words),
        digest_of(words),
        sketch_of(words),
        _marks(chapter.blocks),
        text.count(LOST),
        bool(words) and not SENTENCE_END.search(text.rstrip()[-LAST:]),
        bool(chapter.title),
        gone=replaces_text(text),
        remarks=_remarks(text),
    )


def _remarks(text: str) -> tuple[tuple[int, int], ...]:
    """Where remarks stand among the bare words of a text."""
    found: list[tuple[int, int]] = []
    read = words = 0
    for start, end in remarks_in(text):
        words += len(bare_words(text[read:start]))
        count = len(bare_words(text[start:end]))
        found.append((words, words + count))
        words, read = words + count, end
    return tuple(found)


def are_versions(one: ChapterPrint, other: ChapterPrint, alike: Alike, *, differ: bool = False) -> bool:
    """Whether two chapters that are so much alike are versions of one: much of their text is the same, or a little and
    their headings agree; where something says that they `differ`, much of it, from the beginning to the end, and no
    stretch of each is its own."""
    if differ:
        throughout = alike.share >= SURE and alike.spread >= THROUGHOUT
        return throughout and not bodies_differ(one.sketch, other.sketch, OWN_BODY)
    return alike.share >= SURE or headings_agree(one, other)


def differ(one: Copy, at: int, other: Copy, there: int, named: float = NAMED_BODY) -> bool:
    """Whether chapters of two copies are different ones by their numbers; or by the names of files that are one chapter
    each, where each has a body of its own beside what they share ("Arrival" and "Home" with one long note), so much of
    it as `named` says."""
    if numbers_differ(one, at, other, there):
        return True
    a, b = one.chapters[at], other.chapters[there]
    if len(one.chapters) > 1 or len(other.chapters) > 1 or headings_agree(a, b) or (one.title and other.title):
        return False
    return _named_unlike(one.stem, other.stem) and bodies_differ(a.sketch, b.sketch, named)


def _named_unlike(one: str, other: str) -> bool:
    """Whether the names of two files are those of different stories: none is the other with something behind it."""
    names = [version_name(stem).story for stem in (one, other)]
    return all(names) and not names[0].startswith(names[1]) and not names[1].startswith(names[0])


def numbers_differ(one: Copy, at: int, other: Copy, there: int) -> bool:
    """Whether numbers say that chapters of two copies are different ones: those of their headings; where these say
    nothing, those in the names of files that are one chapter each ("Salt ch5", "Salt ch6")."""
    numbers = one.chapters[at].number, other.chapters[there].number
    if None not in numbers:
        return numbers[0] != numbers[1]
    if len(one.chapters) > 1 or len(other.chapters) > 1:
        return False
    names = [numbers_named(copy.stem) for copy in (one, other)]
    return names[0][0] == names[1][0] and names[0][1] != names[1][1]


def numbers_named(stem: str) -> tuple[str, tuple[int, ...]]:
    """A file's name without its numbers, and these; a version's number, a copy's and a date are none, nor what else
    stands in such a name."""
    if version_of(stem) or counts_versions(stem) or date_in(stem):
        return stem.casefold(), ()
    name = without_copy(stem)
    return _NUMBER.sub("#", name).casefold().strip(), tuple(map(int, _NUMBER.findall(name)))


def contradiction(one: Copy, other: Copy) -> str:
    """What two files say of themselves that can't be said of one story: "author", "title", "series number" or ""."""
    authors = [{bare_letters(name) for name in copy.authors} for copy in (one, other)]
    if all(authors) and authors[0].isdisjoint(authors[1]):
        return "author"
    if one.title and other.title and bare_letters(one.title) != bare_letters(other.title):
        return "title"
    numbers = (one.series_index, other.series_index)
    return "series number" if one.series and all(numbers) and numbers[0] != numbers[1] else ""


def headings_agree(one: ChapterPrint, other: ChapterPrint) -> bool:
    """Whether the headings of two chapters say the same: their number, without one their name."""
    if one.number is not None and other.number is not None:
        return (one.kind, one.number) == (other.kind, other.number)
    return bool(one.name) and bare_letters(one.name) == bare_letters(other.name)


def body_text(chapter: Chapter) -> str:
    """The text of a chapter without its heading, which another revision may word in another way."""
    return chapter_text(replace(chapter, label=(), title=()))


def _title(said: Metadata) -> str:
    """The title that a file itself says, without what people put behind it ("(complete)", "v2")."""
    if said.found_in("title") in NOT_SAID:
        return ""
    return from_file_name(said.title).title or said.title


def _marks(blocks: Blocks) -> int:
    """How much these blocks have beside bare paragraphs: what italics, notes and pictures add."""
    return sum(map(_marks_of, blocks))


def _marks_of(block: Block) -> int:
    runs, groups = children(block)
    parted = sum(max(0, sum(1 for _ in leaves(run.content)) - 1) for run in runs)
    return parted + sum(1 + _marks(group) for group in groups)


def rank(copy: Copy) -> tuple[int, int, float]:
    """The newest copy first, as far as it says so."""
    digits = "".join(c for c in copy.changed or copy.likely if c.isdecimal())
    return -int(f"{digits:0<8}"[:8]), -copy.version, -copy.saved


def newest(copies: Sequence[Copy]) -> int:
    """The place of the newest copy, the fullest of those that say nothing."""
    return min(range(len(copies)), key=lambda n: (*rank(copies[n]), -copies[n].words, n))
