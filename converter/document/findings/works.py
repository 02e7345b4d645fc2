"""What is told about works in several files: archives, folders of chapters, parts that are missing or there twice."""

from __future__ import annotations

from typing import ClassVar, Literal

from converter.document.errors import ConverterError
from converter.document.findings.told import Severity, Told
from converter.document.model import Origin
from converter.document.record import dataclass

ArchiveFault = Literal["twice", "text", "book", "packed", "missing"]
ONE_CHAPTER = "holds chapter "
NAMES_SHOWN = 3  # files without a place that a message names


@dataclass(frozen=True, slots=True)
class StoryPart(Told):
    """Some chapters of a longer story: how many it has in all (`whole`) and how many are here, in one page or in all
    that was given together; of a page with one chapter the number, where it is known."""

    code: ClassVar[str] = "story-part"
    severity: ClassVar[Severity] = "warning"
    whole: int
    here: int
    number: str = ""
    scope: Literal["page", "together"] = "page"
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which part is here, and what to do."""
        if self.scope == "together":
            return f"{self.here} of {self.whole} chapters are here; save the others too"
        which = f"holds {self.here} of {self.whole} chapters"
        if self.number and self.here == 1:
            which = f"{ONE_CHAPTER}{self.number} of {self.whole}"
        return f"the page {which}; save the others too and convert them together"

    @staticmethod
    def number_in(message: str) -> int:
        """The number of the one chapter of which such a message tells; 0 where it tells of no number."""
        _, one, said = message.partition(ONE_CHAPTER)
        number = said.partition(" ")[0]
        return int(number) if one and number.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class ArchivePart(Told):
    """A file in an archive that is not read, or not as it should be: it is there twice, it is a text or a book beside
    pages, it can't be unpacked (`reason`), or the book names it and it is not there."""

    code: ClassVar[str] = "archive-part"
    severity: ClassVar[Severity] = "warning"
    name: str
    fault: ArchiveFault
    reason: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The file, and what is wrong with it."""
        return f"{self.name} {self.why}"

    @property
    def why(self) -> str:
        """What is wrong; it goes on after the file's name."""
        match self.fault:
            case "twice":
                return "is there twice; the last of them is read"
            case "text":
                return "is a text and not read with the archive's pages; unpack it and convert it by itself"
            case "book":
                return "is not read with the archive's pages; unpack it and convert it by itself"
            case "packed":
                return self.reason
            case "missing":
                return "is named in the book's reading order and is not there; download it again"


@dataclass(frozen=True, slots=True)
class MailAttached(Told):
    """A file that is attached to a mail and not read."""

    code: ClassVar[str] = "mail-attached"
    severity: ClassVar[Severity] = "warning"
    name: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which file, and what to do."""
        return f"{self.name} is attached to the mail and not read; save it, and convert it by itself if it is a story"


@dataclass(frozen=True, slots=True)
class ArchiveAuthors(Told):
    """The pages of an archive are by different people: those who signed each, every group once."""

    code: ClassVar[str] = "archive-authors"
    severity: ClassVar[Severity] = "doubt"
    signed: tuple[tuple[str, ...], ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Who they are, and what to do."""
        who = " and by ".join(", ".join(names) for names in self.signed)
        return f"the archive holds works by {who}, and they became one book; unpack it to convert them apart"


@dataclass(frozen=True, slots=True)
class WorkOrder(Told):
    """Files whose place in a work of so many files nothing tells."""

    code: ClassVar[str] = "work-order"
    severity: ClassVar[Severity] = "doubt"
    unplaced: tuple[str, ...]
    files: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The files by their names, and how an order is given."""
        shown = ", ".join(name.rpartition("/")[2] for name in self.unplaced[:NAMES_SHOWN])
        more = " ..." if len(self.unplaced) > NAMES_SHOWN else ""
        what = f"{shown}{more} stand{'s' if len(self.unplaced) == 1 else ''} among the {self.files} files"
        return f"nothing tells where {what}; name the files in order, with --together"


@dataclass(frozen=True, slots=True)
class WorkDates(Told):
    """Files in the order of dates in their names that can be read both ways: which way was taken, and one name."""

    code: ClassVar[str] = "work-dates"
    severity: ClassVar[Severity] = "doubt"
    files: int
    day_first: bool
    example: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was taken for the day, and how an order is given."""
        first, then = ("day", "month") if self.day_first else ("month", "day")
        return (
            f"{self.files} files stand in the order of the dates in their names, read as {first} before {then} "
            f"({self.example}); if they are meant the other way round, name the files in order, with --together"
        )


@dataclass(frozen=True, slots=True)
class WorkPartRefused(Told):
    """A part that holds no story, or can't be read: what is wrong with it, and the remedy."""

    code: ClassVar[str] = "work-part-refused"
    severity: ClassVar[Severity] = "warning"
    what: str
    remedy: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The words of the error."""
        error = ConverterError(self.what, self.origin.source if self.origin else "", self.remedy)
        return f"a part is left out: {error}"


@dataclass(frozen=True, slots=True)
class WorkPartGone(Told):
    """Files that a book was made of before, and that lie nowhere any more: it is made without them."""

    code: ClassVar[str] = "work-part-gone"
    severity: ClassVar[Severity] = "doubt"
    names: tuple[str, ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The files."""
        more = f" and {len(self.names) - NAMES_SHOWN} more" if len(self.names) > NAMES_SHOWN else ""
        what = f"{', '.join(self.names[:NAMES_SHOWN])}{more}"
        return f"the book was made of more files before: {what} {'is' if len(self.names) == 1 else 'are'} gone"


@dataclass(frozen=True, slots=True)
class WorkPartRepeated(Told):
    """A part with the same text as an earlier one."""

    code: ClassVar[str] = "work-part-repeated"
    severity: ClassVar[Severity] = "warning"
    earlier: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The earlier one."""
        return f"this part is the same as {self.earlier} and is left out"


@dataclass(frozen=True, slots=True)
class WorkUnsure(Told):
    """So many files that are one work, or stories of their own: either was a close call."""

    code: ClassVar[str] = "work-unsure"
    severity: ClassVar[Severity] = "doubt"
    files: int
    taken_for: Literal["one work", "stories"]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What they were taken for, and how the other is asked for."""
        if self.taken_for == "one work":
            return (
                f"{self.files} files were taken for the chapters of one work; if they are stories of their own, name "
                "them one by one (--together, or a story.toml in the folder, says that they are one)"
            )
        return (
            f"{self.files} numbered files of this folder were taken for stories of their own; if they are chapters of "
            "one work, convert them with --together, or put a story.toml into the folder"
        )


@dataclass(frozen=True, slots=True)
class StoryTwin(Told):
    """A file that tells the same story as the one that is read, and is left out."""

    code: ClassVar[str] = "story-twin"
    severity: ClassVar[Severity] = "info"
    name: str
    of: str
    why: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The file, and why it is not made."""
        return f"{self.name} is left out beside {self.of}: {self.why}"


@dataclass(frozen=True, slots=True)
class StoryAlike(Told):
    """A file that may tell the same story as the one that is read, and becomes a book of its own."""

    code: ClassVar[str] = "story-alike"
    severity: ClassVar[Severity] = "doubt"
    name: str
    of: str
    why: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The file, and why it is made, too."""
        return f"{self.name} beside {self.of}: {self.why}"
