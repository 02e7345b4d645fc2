"""Many findings of one cause, told as one: how many they are, of how many, and where the first of them stand."""

from __future__ import annotations

from typing import assert_never

from converter.document.findings.chapters import (
    ChapterEmpty,
    ChapterMissing,
    ChapterOrder,
    ChapterRepeated,
    ChapterTwice,
    HeadingDoubt,
)
from converter.document.findings.told import Severity, Told
from converter.document.findings.words import EmphasisOpen, QuotesUnbalanced, SentenceBroken, SpaceStray, WordDoubled
from converter.document.model import Origin
from converter.document.record import dataclass

Heaped = (  # of which there may be a heap
    HeadingDoubt
    | EmphasisOpen
    | QuotesUnbalanced
    | SentenceBroken
    | SpaceStray
    | WordDoubled
    | ChapterEmpty
    | ChapterMissing
    | ChapterOrder
    | ChapterRepeated
    | ChapterTwice
)


@dataclass(frozen=True, slots=True)
class Heap(Told):
    """So many findings like `first`, among so many (`all`: paragraphs, headings) that might be so; `places` are those
    that are shown."""

    first: Heaped
    count: int
    all: int
    places: tuple[Origin, ...] = ()

    @property
    def code(self) -> str:
        """That of each of them."""
        return self.first.code

    @property
    def severity(self) -> Severity:
        """That of each of them."""
        return self.first.severity

    @property
    def section(self) -> str:
        """That of each of them."""
        return self.first.section

    @property
    def cause(self) -> str:
        """What they share."""
        return self.first.cause

    @property
    def origin(self) -> Origin | None:
        """The place of the first."""
        return self.first.origin

    @property
    def message(self) -> str:
        """The likely cause, the count, the first places."""
        if len({place.source for place in self.places}) > 1:
            return f"{self._sentence()}; first in {', '.join(map(str, self.places))}"
        if self.places:
            return f"{self._sentence()}; first in lines {', '.join(str(place.line) for place in self.places)}"
        return self._sentence()

    def _sentence(self) -> str:
        n, out_of, cause = f"{self.count:,}", f"{self.all:,}", self.cause
        match self.first:
            case HeadingDoubt():
                reason = f"{n} headings were taken for one doubtful reason ({cause})"
                return f"{reason}; --chapter or --no-chapters changes that"
            case EmphasisOpen():
                opened = f"“{cause}” opens emphasis {n} times that nothing closes"
                return f"{opened}: it may mean something else here, and stays as a sign"
            case QuotesUnbalanced():
                return (
                    f"in {n} of {out_of} paragraphs the quotation marks don't pair: speech may be marked in some other "
                    "way, with dashes, single marks, or one mark for each paragraph"
                )
            case SentenceBroken():
                ends = f"{n} of {out_of} paragraphs end in mid-sentence"
                return f"{ends}: lines of verse, or cut by a program, may have become paragraphs"
            case SpaceStray():
                return f"{n} times a space stands before a comma or full stop: it may be a habit, or come of a scan"
            case WordDoubled():
                return f"“{cause} {cause}” stands there {n} times: it may be meant"
            case ChapterEmpty():
                nothing = f"nothing stands under {n} of {out_of} headings"
                return f"{nothing}: a list of chapters may have been taken for chapters"
            case ChapterMissing():
                return f"{n} times chapter numbers are missing: this may be a selection, or numbers of other things"
            case ChapterOrder():
                return f"{n} times chapters come out of order: several works, or a list, may stand in one file"
            case ChapterRepeated():
                return f"{n} times a chapter's number comes twice: several works, or a list, may stand in one file"
            case ChapterTwice():
                return f"{n} chapters have the same text as another: the file may hold the story twice"
            case _:
                assert_never(self.first)
