"""What is told about a reading that did not go as usual: what broke down, what was given up, and what does not balance.

How a reading ended is a value of its own (`Trouble`, `Ended`): other processes send it, remedies follow from it.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from converter.document.findings.told import Severity, Told
from converter.document.model import Origin
from converter.document.record import dataclass

SAID_SHOWN = 120  # characters of an error's own words
FAULTS_SHOWN = 3  # faults in the account of the words that a message quotes
REPORT = "please report it with the story"

FaultKind = Literal["lost", "added", "moved", "joined", "parted", "unfounded"]
SAYS: dict[FaultKind, str] = {
    "lost": "would be lost",
    "added": "would be in the book that the story doesn't have",
    "moved": "would stand at another place",
    "joined": "would run together",
    "parted": "would fall apart",
    "unfounded": "are said to be left out, and do not stand there",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Words that do not balance: what is wrong with them, how many, the first of them, where, what stands before."""

    kind: FaultKind
    count: int
    text: str
    origin: Origin
    before: str = ""

    def __str__(self) -> str:
        words = "word" if self.count == 1 else "words"
        where = f"after “{self.before}”" if self.before else "at the beginning"
        return f"{self.count} {words} {SAYS[self.kind]}: “{self.text}” ({where}, line {self.origin.line})"


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault of the program: the kind of error, its own words on one line, and the place in the program if known."""

    error: str
    words: str
    place: str = ""

    def __str__(self) -> str:
        words = self.words[:SAID_SHOWN]
        return f"{self.error}{f' {words}' if words else ''}{f' in {self.place}' if self.place else ''}"


@dataclass(frozen=True, slots=True)
class Unbalanced:
    """The words of the book were not those of the file: the gravest fault, in the proof's words."""

    what: str

    def __str__(self) -> str:
        return f"with it, {self.what}"


@dataclass(frozen=True, slots=True)
class Refused:
    """There was said to be no book: an error of our own, in its words."""

    what: str

    def __str__(self) -> str:
        return self.what


def broken(error: BaseException, place: str = "") -> Broken:
    """What is told of an error that is no error of our own."""
    return Broken(type(error).__name__, " ".join(str(error).split()), place)


Trouble = Broken | Unbalanced | Refused  # what the usual reading of a story ended in


@dataclass(frozen=True, slots=True)
class OutOfTime:
    """A story that came to no end in so many seconds."""

    seconds: float
    remedy: ClassVar[str] = "give it more time with --timeout"

    def __str__(self) -> str:
        shown = f"{self.seconds:,.3g}" if self.seconds < 1_000 else f"{self.seconds:,.0f}"
        return f"it was ended after {shown} seconds"


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """A story that took more than so many MB of memory."""

    memory: float
    remedy: ClassVar[str] = "give it more --memory"

    def __str__(self) -> str:
        return f"it was ended when it took more than {self.memory:,.0f} MB of memory"


@dataclass(frozen=True, slots=True)
class Killed:
    """A story whose process died, nobody here knows of what."""

    remedy: ClassVar[str] = "try fewer --jobs"

    def __str__(self) -> str:
        return "the converter was killed while it worked on this story"


Ended = OutOfTime | OutOfMemory | Killed  # how a process was ended


@dataclass(frozen=True, slots=True)
class PassFailed(Told):
    """A rule of typography that broke down."""

    code: ClassVar[str] = "pass-failed"
    severity: ClassVar[Severity] = "doubt"
    rule: str
    fault: Broken
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was left as it was, and why."""
        return _cost(f"{self.rule} was not set right", self.fault)


@dataclass(frozen=True, slots=True)
class CheckFailed(Told):
    """The checks broke down."""

    code: ClassVar[str] = "check-failed"
    severity: ClassVar[Severity] = "doubt"
    fault: Broken
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was not done, and why."""
        return _cost("the story was not checked to its end", self.fault)


@dataclass(frozen=True, slots=True)
class ReadingGivenUp(Told):
    """One thing that was not looked for, because of the trouble with it."""

    code: ClassVar[str] = "reading-given-up"
    severity: ClassVar[Severity] = "doubt"
    given_up: str
    trouble: Trouble
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was given up, and why."""
        return f"the story was read without looking for {self.given_up} ({self.trouble}); {REPORT}"


@dataclass(frozen=True, slots=True)
class ReadPlainly(Told):
    """A story whose paragraphs stand as they are, since every other reading was in trouble."""

    code: ClassVar[str] = "read-plainly"
    severity: ClassVar[Severity] = "doubt"
    trouble: Trouble
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was done, and why."""
        return f"the story was set plainly, every paragraph as it stands ({self.trouble}); {REPORT}"


@dataclass(frozen=True, slots=True)
class EndedReading(Told):
    """The same of a story whose usual reading was ended; `done` are the files that had been written before."""

    code: ClassVar[str] = "read-plainly"
    severity: ClassVar[Severity] = "doubt"
    ended: Ended
    done: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was done, why, and what helps."""
        others = f" for all books but {', '.join(self.done)}" if self.done else ""
        what = f"{self.ended}, so the story was read plainly{others}, every paragraph as it stands"
        return f"{what}; {self.ended.remedy} and convert it again"


@dataclass(frozen=True, slots=True)
class ProofUnbalanced(Told):
    """However it was read, the words of the book are not those of the file."""

    code: ClassVar[str] = "proof-unbalanced"
    severity: ClassVar[Severity] = "error"
    faults: tuple[Fault, ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The first faults."""
        first = "; ".join(map(str, self.faults[:FAULTS_SHOWN])) + (" ..." if len(self.faults) > FAULTS_SHOWN else "")
        return f"the words of the book are not those of the file: {first}; {REPORT}"


def _cost(what: str, fault: Broken) -> str:
    """A fault of the program that cost one thing and not the book."""
    return f"{what} ({fault.error}: {fault.words[:SAID_SHOWN]}); {REPORT}"
