"""What is told about several copies of one story: which version was kept on thin evidence, what contradicts itself."""

from __future__ import annotations

from typing import ClassVar

from converter.document.findings.told import Severity, Told, times
from converter.document.model import Origin
from converter.document.record import dataclass

NAMES_SHOWN = 3  # that a message names


@dataclass(frozen=True, slots=True)
class CopyVersion(Told):
    """A chapter of which it isn't clear which version is the newer one, or the whole one: the file it was kept from,
    the other file, and what speaks for the other."""

    code: ClassVar[str] = "copy-version"
    severity: ClassVar[Severity] = "doubt"
    chapter: str
    kept: str
    other: str
    why: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Both files, and why it may be wrong."""
        return f"{self.chapter or 'a chapter'} is kept from {self.kept}, but {self.other} {self.why}; compare the two"


@dataclass(frozen=True, slots=True)
class CopyOrder(Told):
    """Chapters of a file whose place among those of the other copies nothing tells, or that stand in another order."""

    code: ClassVar[str] = "copy-order"
    severity: ClassVar[Severity] = "doubt"
    chapters: tuple[str, ...]
    file: str
    contradicts: bool
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The chapters by their names."""
        names = ", ".join(self.chapters[:NAMES_SHOWN]) + (" ..." if len(self.chapters) > NAMES_SHOWN else "")
        if self.contradicts:
            return f"in {self.file} in another order than in a fuller or newer copy, whose order was kept: {names}"
        belong = "belongs" if len(self.chapters) == 1 else "belong"
        return f"nothing tells where {names} of {self.file} {belong} among the chapters of the other copies"


@dataclass(frozen=True, slots=True)
class CopyNumbers(Told):
    """Chapters of a file that have another number in the book, as the copies count in different ways: what each is
    called there and here."""

    code: ClassVar[str] = "copy-numbers"
    severity: ClassVar[Severity] = "doubt"
    chapters: tuple[tuple[str, str], ...]
    file: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The chapters by both names."""
        shown = [f"{there} is {here} here" for there, here in self.chapters[:NAMES_SHOWN]]
        more = " ..." if len(self.chapters) > NAMES_SHOWN else ""
        return f"the copies count in different ways: of {self.file}, {', '.join(shown)}{more}"


@dataclass(frozen=True, slots=True)
class CopyNames(Told):
    """Copies of one story that call it, or its author, by different names: all of them, the one that was kept first."""

    code: ClassVar[str] = "copy-names"
    severity: ClassVar[Severity] = "doubt"
    what: str  # "title", "author", "series"
    names: tuple[str, ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The names."""
        kept, *others = self.names
        return f"one story with different {self.what}s: {kept} was kept, others are {', '.join(others)}"


@dataclass(frozen=True, slots=True)
class CopyCollection(Told):
    """A file that holds several stories of which there are files of their own: it was joined with none of them."""

    code: ClassVar[str] = "copy-collection"
    severity: ClassVar[Severity] = "doubt"
    holds: tuple[str, ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The files whose stories it holds."""
        names = ", ".join(self.holds[:NAMES_SHOWN]) + (" ..." if len(self.holds) > NAMES_SHOWN else "")
        return f"it holds what {names} hold, which are different stories; it was left out of their books"


@dataclass(frozen=True, slots=True)
class CopyApart(Told):
    """Two files that share chapters and were taken for different stories: so many chapters, and what speaks against."""

    code: ClassVar[str] = "copy-apart"
    severity: ClassVar[Severity] = "doubt"
    other: str
    chapters: int
    why: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The other file, how much it shares, and why that was not enough."""
        return f"it shares {times(self.chapters, 'chapter')} with {self.other}, but {self.why}: taken for another story"


@dataclass(frozen=True, slots=True)
class CopyRemarks(Told):
    """A file that holds comments of somebody who read it, so many, which another copy has not: the book has none."""

    code: ClassVar[str] = "copy-remarks"
    severity: ClassVar[Severity] = "doubt"
    file: str
    count: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """How many, and what became of them."""
        holds = f"{self.file} holds a reader's comments ({self.count})"
        return f"{holds}: the book has its chapters as a copy without them has them"


@dataclass(frozen=True, slots=True)
class CopyGone(Told):
    """A file that holds notes in place of so many chapters, which other copies have: the book has none of the notes."""

    code: ClassVar[str] = "copy-gone"
    severity: ClassVar[Severity] = "doubt"
    file: str
    count: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """How many, and what became of them."""
        chapters = "1 chapter" if self.count == 1 else f"{self.count} chapters"
        return f"{self.file} has a note in place of {chapters}: the book has what other copies have there, and no note"


@dataclass(frozen=True, slots=True)
class CopyLeft(Told):
    """A file that is a chapter of a work by its name, beside files (one of them) that are of several stories: it shares
    no text with any, and is in none of their books."""

    code: ClassVar[str] = "copy-left"
    severity: ClassVar[Severity] = "doubt"
    beside: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The file beside it, and that it is in no book."""
        return f"by its name it is a chapter of the work of {self.beside}, but no text tells so: it is in no book"
