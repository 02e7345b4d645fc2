"""What is told about single words and marks of a story: slips that were seen and not corrected."""

from __future__ import annotations

from typing import ClassVar, Literal

from converter.document.findings.told import Severity, Told
from converter.document.model import Origin
from converter.document.record import dataclass

QuoteFault = Literal["begun again", "never opened", "never closed", "not opened", "not closed"]
QUOTE_FAULTS: dict[QuoteFault, str] = {
    "begun again": "a quotation begins before the last one has ended, near {near!r}; add the missing mark",
    "never opened": "a mark closes what was never opened, near {near!r}; add the missing mark, or take this one out",
    "never closed": "a quotation is opened and never closed, near {near!r}; add the missing mark",
    "not opened": "a quotation is closed and was not opened in “{near}”",
    "not closed": "a quotation is opened and not closed in “{near}”",
}


@dataclass(frozen=True, slots=True)
class QuotesUnbalanced(Told):
    """Quotation marks that don't pair, with the words around. The pass that turns marks tells the first three faults
    by their meaning, a check of the finished book the last two by their number."""

    code: ClassVar[str] = "quotes-unbalanced"
    SECTION: ClassVar[str] = "Quotations not closed or not opened"
    severity: ClassVar[Severity] = "doubt"
    fault: QuoteFault
    near: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What is wrong, and where."""
        return QUOTE_FAULTS[self.fault].format(near=self.near)


@dataclass(frozen=True, slots=True)
class EmphasisOpen(Told):
    """A sign that opens emphasis which nothing closes."""

    code: ClassVar[str] = "emphasis-open"
    SECTION: ClassVar[str] = "Emphasis opened and never closed"
    severity: ClassVar[Severity] = "doubt"
    sign: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The sign, and what became of it."""
        return f"“{self.sign}” opens emphasis that nothing closes: it is kept as a sign"

    @property
    def cause(self) -> str:
        """The sign."""
        return self.sign


@dataclass(frozen=True, slots=True)
class SpaceStray(Told):
    """A space before a comma or full stop, with the words around."""

    code: ClassVar[str] = "space-stray"
    SECTION: ClassVar[str] = "Stray spaces"
    severity: ClassVar[Severity] = "doubt"
    sign: str
    near: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The sign, and where."""
        return f"a space before {self.sign!r} in “{self.near}”"


@dataclass(frozen=True, slots=True)
class WordDoubled(Told):
    """A word written twice, with the words around."""

    code: ClassVar[str] = "word-doubled"
    SECTION: ClassVar[str] = "Words written twice"
    severity: ClassVar[Severity] = "doubt"
    word: str
    near: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The word as it stands there, and where."""
        return f"“{self.word} {self.word}” in “{self.near}”"

    @property
    def cause(self) -> str:
        """The word, in small letters."""
        return self.word.lower()


@dataclass(frozen=True, slots=True)
class SentenceBroken(Told):
    """A paragraph that ends in mid-sentence: its last characters, and the first of the next."""

    code: ClassVar[str] = "sentence-broken"
    SECTION: ClassVar[str] = "Paragraphs that stop in mid-sentence"
    severity: ClassVar[Severity] = "doubt"
    end: str
    beginning: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Both sides of the break."""
        return f"a paragraph ends in mid-sentence: “{self.end} | {self.beginning}”"


@dataclass(frozen=True, slots=True)
class NameMixed(Told):
    """A rare name one letter away from a frequent one: how often each is there, and the words around the rare one."""

    code: ClassVar[str] = "name-mixed"
    SECTION: ClassVar[str] = "Names spelt in two ways"
    severity: ClassVar[Severity] = "doubt"
    rare: str
    seldom: int
    frequent: str
    often: int
    near: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Both names, and where the rare one stands."""
        names = f"“{self.rare}” ({self.seldom} times) beside “{self.frequent}” ({self.often} times)"
        return f"{names} in “{self.near}”"


@dataclass(frozen=True, slots=True)
class LibraryMark(Told):
    """A mark of a digital library in the midst of a story."""

    code: ClassVar[str] = "library-mark"
    severity: ClassVar[Severity] = "doubt"
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was done about it."""
        return "a library's mark stands in the midst of the story; only the mark was left out"


@dataclass(frozen=True, slots=True)
class StoryCut(Told):
    """A line that asks for an account to read on."""

    code: ClassVar[str] = "story-cut"
    SECTION: ClassVar[str] = "A story that seems cut off"
    severity: ClassVar[Severity] = "doubt"
    line: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The line, and what to do."""
        what = f"the story may be cut here: “{self.line[:100]}”"
        return f"{what}; open it with an account that may read all, and save it again"


@dataclass(frozen=True, slots=True)
class StoryTiny(Told):
    """So few words that they may be a note, a list or a notice, and no story."""

    code: ClassVar[str] = "story-tiny"
    severity: ClassVar[Severity] = "doubt"
    words: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """How few."""
        many = "is one word" if self.words == 1 else f"are {self.words} words"
        return f"there {many} in all; look whether it is a story, or a note"


@dataclass(frozen=True, slots=True)
class StoryUnlikely(Told):
    """A file that was read because a person named it, and that is something else by its ending ("a table")."""

    code: ClassVar[str] = "story-unlikely"
    severity: ClassVar[Severity] = "doubt"
    what: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What it seems to be."""
        return f"by its name this is {self.what}, and no story; it holds text, so that was read"


@dataclass(frozen=True, slots=True)
class TextNotLoaded(Told):
    """A line that stands where a page was to show its text, and could not fetch it."""

    code: ClassVar[str] = "text-not-loaded"
    SECTION: ClassVar[str] = "Texts that a page failed to load"
    severity: ClassVar[Severity] = "doubt"
    line: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The line, and what to do."""
        return f"the page says that a text is missing: “{self.line[:100]}”; save it again when all of it is shown"


@dataclass(frozen=True, slots=True)
class TextTakenBack(Told):
    """A note in the place of a chapter's text, or of a whole story's: its author has taken it back."""

    code: ClassVar[str] = "text-taken-back"
    SECTION: ClassVar[str] = "Texts that were taken back"
    severity: ClassVar[Severity] = "doubt"
    note: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The note, and what to do."""
        return (
            f"this seems to stand in the place of a text: “{self.note[:100]}”; keep an earlier copy where you have one"
        )


@dataclass(frozen=True, slots=True)
class TextScrambled(Told):
    """Letters that only a font of the site's own shows: it gives a sign no meaning that others know."""

    code: ClassVar[str] = "text-scrambled"
    severity: ClassVar[Severity] = "doubt"
    letters: int
    near: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """How many, where they begin, and what to do."""
        what = f"{self.letters} letters are private signs that only the site's own font shows, first near “{self.near}”"
        return f"{what}; look for a copy with plain letters"


@dataclass(frozen=True, slots=True)
class ForeignMarks(Told):
    """Marks of another system (LaTeX, a wiki) that were not read as such: an example, and how many there are."""

    code: ClassVar[str] = "marks-foreign"
    SECTION: ClassVar[str] = "Marks of another system that were not read"
    severity: ClassVar[Severity] = "doubt"
    system: str
    example: str
    count: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The system, and what is there of it."""
        times = f"{self.count} times" if self.count > 1 else "once"
        return f"marks of {self.system} that were not read: “{self.example[:80]}” ({times})"

    @property
    def cause(self) -> str:
        """The system."""
        return self.system
