"""What is told about the characters of a file: how they were read, mended, lost, or make no sense."""

from __future__ import annotations

from typing import ClassVar, Literal

from converter.document.findings.told import Severity, Told, times
from converter.document.model import Origin
from converter.document.record import dataclass

LONGEST_WORD = 60  # characters between two spaces; longer are addresses, rules of signs, and what is no text
NAME_ENCODING = "save it as UTF-8, or name its encoding (--encoding koi8-r, or cp037 for a file of a mainframe)"

Repair = Literal[
    "double", "strays", "cut off", "pairs", "lone", "cp1252", "controls", "marks", "zero-width", "hyphens", "accents"
]
COUNTED: dict[Repair, str] = {
    "pairs": "surrogate pairs joined",
    "lone": "lone surrogates replaced by U+FFFD",
    "cp1252": "control characters read as the cp1252 marks they stand for",
    "controls": "control characters removed",
    "marks": "marks without meaning inside the text removed (U+FEFF, U+FFFC)",
    "zero-width": "zero-width spaces removed",
    "hyphens": "soft hyphens removed",
    "accents": "letters and accents written apart joined",
}
Nonsense = Literal["long words", "few letters", "no words", "two scripts", "capitals inside", "accents"]


@dataclass(frozen=True, slots=True)
class EncodingRepaired(Told):
    """Damage that was mended: of which kind, how many times, and what the text had been read as (`codec`)."""

    code: ClassVar[str] = "encoding-repaired"
    severity: ClassVar[Severity] = "info"
    repair: Repair
    count: int
    codec: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was mended."""
        if self.repair == "double":
            places = times(self.count, "place")
            return f"double-encoded UTF-8 repaired in {places} (it had been read as {self.codec})"
        if self.repair == "strays":
            return f"{times(self.count, 'stray byte')} inside UTF-8 read as {self.codec}"
        if self.repair == "cut off":
            return f"the last character was cut off ({self.count} bytes left over)"
        return f"{self.count} {COUNTED[self.repair]}"


@dataclass(frozen=True, slots=True)
class EncodingLost(Told):
    """Characters that nobody can read any more."""

    code: ClassVar[str] = "encoding-lost"
    SECTION: ClassVar[str] = "Characters nobody can read any more"
    severity: ClassVar[Severity] = "warning"
    count: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """How many, and what shows in their place."""
        return f"{times(self.count, 'character')} could not be read and shows as a box; find a better copy"


@dataclass(frozen=True, slots=True)
class EncodingDoubt(Told):
    """The encoding that was guessed, and from what."""

    code: ClassVar[str] = "encoding-doubt"
    SECTION: ClassVar[str] = "The encoding is a guess"
    severity: ClassVar[Severity] = "doubt"
    encoding: str
    why: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The guess and its remedy."""
        guess = f"read as {self.encoding}, but that is a guess ({self.why})"
        return f"{guess}; save the file as UTF-8 if letters look wrong"


@dataclass(frozen=True, slots=True)
class EncodingNonsense(Told):
    """A text that reads like a wrong encoding: what is odd in it, how many of how many are so, and one of them."""

    code: ClassVar[str] = "encoding-nonsense"
    SECTION: ClassVar[str] = "A text that reads like a wrong encoding"
    severity: ClassVar[Severity] = "doubt"
    oddity: Nonsense
    odd: int
    all: int
    example: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What is odd, and how the encoding is named."""
        return f"the text reads like a wrong encoding: {self.odd_part}; {NAME_ENCODING}"

    @property
    def odd_part(self) -> str:
        """What is odd, and how much of it there is."""
        match self.oddity:
            case "long words":
                return f"{self.odd / self.all:.0%} of it stands in words of more than {LONGEST_WORD} characters"
            case "few letters":
                return f"only {self.odd / self.all:.0%} of its characters are letters"
            case "no words":
                return "there is hardly a word in it"
            case "two scripts":
                return f"{self.odd} of {self.all} words mix letters of two scripts, as “{self.example}”"
            case "capitals inside":
                return f"{self.odd} of {self.all} words have capitals inside, as “{self.example}”"
            case "accents":
                return f"{self.odd} of {self.all} Latin letters have accents, as in “{self.example}”"
