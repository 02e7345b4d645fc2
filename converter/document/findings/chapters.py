"""What is told about headings and the row of chapters: missing, repeated, out of order, empty, doubtful."""

from __future__ import annotations

from typing import ClassVar

from converter.document.findings.told import Severity, Told
from converter.document.model import Origin
from converter.document.record import dataclass

LINE_SHOWN = 60  # characters of a line that a pattern should perhaps have found


def _with_advice(what: str, name: str) -> str:
    return f"{what} (“{name}”); see `chapbook inspect --why`"


@dataclass(frozen=True, slots=True)
class ChapterMissing(Told):
    """Numbers missing between the chapter numbered `before` (None: there is none) and `number`, which is called so; or
    behind the last one, `before`, which says of how many it is (`total`)."""

    code: ClassVar[str] = "chapter-missing"
    SECTION: ClassVar[str] = "Chapters that seem to be missing"
    severity: ClassVar[Severity] = "doubt"
    before: int | None
    number: int
    name: str
    origin: Origin | None = None
    total: int = 0

    @property
    def message(self) -> str:
        """The numbers that are missing."""
        if self.before is None:
            return _with_advice(f"the first numbered chapter is {self.number}", self.name)
        first, last = self.before + 1, self.total or self.number - 1
        missing = f"chapter {first}" if first == last else f"chapters {first} to {last}"
        if self.total:
            return _with_advice(f"no {missing}: {self.before} is the last one of {self.total}", self.name)
        return _with_advice(f"no {missing}: {self.before} is followed by {self.number}", self.name)


@dataclass(frozen=True, slots=True)
class ChapterRepeated(Told):
    """A chapter with the number of the one before it."""

    code: ClassVar[str] = "chapter-repeated"
    SECTION: ClassVar[str] = "Chapter numbers that come twice"
    severity: ClassVar[Severity] = "doubt"
    number: int
    name: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The number that comes twice."""
        return _with_advice(f"there are two chapters numbered {self.number}", self.name)


@dataclass(frozen=True, slots=True)
class ChapterOrder(Told):
    """A chapter whose number is smaller than that of the one before it."""

    code: ClassVar[str] = "chapter-order"
    SECTION: ClassVar[str] = "Chapters out of order"
    severity: ClassVar[Severity] = "doubt"
    before: int
    number: int
    name: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The two numbers."""
        return _with_advice(f"chapter {self.number} comes after chapter {self.before}", self.name)


@dataclass(frozen=True, slots=True)
class ChapterEmpty(Told):
    """A heading under which nothing stands."""

    code: ClassVar[str] = "chapter-empty"
    SECTION: ClassVar[str] = "Chapters with nothing in them"
    severity: ClassVar[Severity] = "doubt"
    name: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The heading."""
        return f"nothing stands in “{self.name}”"


@dataclass(frozen=True, slots=True)
class ChapterTwice(Told):
    """A chapter with the same text as an earlier one."""

    code: ClassVar[str] = "chapter-twice"
    SECTION: ClassVar[str] = "Chapters that are there twice"
    severity: ClassVar[Severity] = "doubt"
    name: str
    earlier: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The two names."""
        return f"“{self.name}” has the same text as “{self.earlier}”"


@dataclass(frozen=True, slots=True)
class ChapterNone(Told):
    """So many words in one chapter (which may have a name) that headings must have been missed."""

    code: ClassVar[str] = "chapter-none"
    SECTION: ClassVar[str] = "No chapters"
    severity: ClassVar[Severity] = "doubt"
    words: int
    name: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Where no chapters were found, and what to say about it."""
        where = f"in the {self.words:,} words of “{self.name}”" if self.name else f"in {self.words:,} words"
        remedy = "say how they begin with --chapter REGEX, or that there are none with --no-chapters"
        return f"no chapters were found {where}; {remedy}"


@dataclass(frozen=True, slots=True)
class ChapterPattern(Told):
    """A person's pattern that names no heading: the line inside a paragraph that it matches (`inside`, 0: none), or
    else the few lines that look most like headings."""

    code: ClassVar[str] = "chapter-pattern"
    SECTION: ClassVar[str] = "Patterns that find no chapter"
    severity: ClassVar[Severity] = "warning"
    pattern: str
    inside: int = 0
    likely: tuple[tuple[int, str], ...] = ()
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The pattern, and where to look."""
        vain = f"--chapter “{self.pattern}” matches no line that could be a heading"
        if self.inside:
            return f"{vain}, only text inside paragraphs (line {self.inside}): set a blank line around the headings"
        if not self.likely:
            return vain
        lines = "; ".join(f"{line} “{text[:LINE_SHOWN]}”" for line, text in sorted(self.likely))
        return f"{vain}; the lines most like headings are {lines}"


@dataclass(frozen=True, slots=True)
class ContentsDisregarded(Told):
    """A file's own contents list that made no chapters: what is wrong with it, a few of its entries."""

    code: ClassVar[str] = "contents-disregarded"
    SECTION: ClassVar[str] = "Contents lists that were not used"
    severity: ClassVar[Severity] = "doubt"
    why: str
    entries: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Why it was not used, and what the chapters are by instead."""
        shown = ", ".join(f"“{entry[:LINE_SHOWN]}”" for entry in self.entries)
        why = f"{self.why} ({shown})" if shown else self.why
        return f"the file's contents list was not used: {why}; look whether the chapters read off its text are right"


@dataclass(frozen=True, slots=True)
class HeadingDoubt(Told):
    """A line that was taken for a heading without much confidence; `shared`: the reason as others of its kind have it,
    where it is not the line's own."""

    code: ClassVar[str] = "heading-doubt"
    SECTION: ClassVar[str] = "Headings taken without much confidence"
    severity: ClassVar[Severity] = "doubt"
    heading: str
    why: str
    shared: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The line and the reason."""
        return f"“{self.heading}” was taken for a heading ({self.why}); --chapter or --no-chapters changes that"

    @property
    def cause(self) -> str:
        """The reason that several lines may have."""
        return self.shared or self.why


@dataclass(frozen=True, slots=True)
class NoteEnd(Told):
    """A paragraph (its first characters) near an author's note that was taken for the story, and may be the note's."""

    code: ClassVar[str] = "note-end"
    SECTION: ClassVar[str] = "Author's notes whose end is unsure"
    severity: ClassVar[Severity] = "doubt"
    text: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The paragraph, and how a note's end is shown."""
        said = f"“{self.text[:LINE_SHOWN]}” below an author's note speaks to readers and was taken for the story"
        return f"{said}; a line “---” below the note's last paragraph ends it there"
