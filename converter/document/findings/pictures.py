"""What is told about pictures of a story that can't be shown."""

from __future__ import annotations

from typing import ClassVar

from converter.document.findings.told import Severity, Told
from converter.document.model import Origin
from converter.document.record import dataclass

ADDRESS_SHOWN = 120  # characters of an address
DESCRIBED, DESCRIPTION_SHOWN = 5, 300  # descriptions of missing pictures that the message quotes; characters of each


@dataclass(frozen=True, slots=True)
class ImageUnusable(Told):
    """A picture that is broken or too large (`reason`: what whoever opened it says), or an archive's cover; it may have
    no name. Nothing was said of a cover that is too small to be seen."""

    code: ClassVar[str] = "image-unusable"
    severity: ClassVar[Severity] = "warning"
    name: str
    reason: str
    cover: bool = False
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which picture, and why."""
        if self.cover:
            return f"the archive's cover is left out: {self.reason or 'it is too small to be seen'}"
        return f"the picture {self.name or 'without a name'} is left out: {self.reason}"


@dataclass(frozen=True, slots=True)
class ImageMissing(Told):
    """Pictures that are not beside the page: how many, the first one's address, and what the page says they show. Of a
    Word document: those that it lacks, or that only a word processor draws (a chart, a shape)."""

    code: ClassVar[str] = "image-missing"
    severity: ClassVar[Severity] = "doubt"
    pictures: int
    first: str
    described: tuple[str, ...] = ()
    origin: Origin | None = None
    document: bool = False

    @property
    def message(self) -> str:
        """Which are missing, what they show, and what to do."""
        first = self.first[:ADDRESS_SHOWN]
        where = "not beside the page"
        whose, remedy = "page", "save the page complete with its pictures"
        if self.document:
            where = "not in the document, or only drawn by the word processor,"
            whose, remedy = "document", "put such pictures into it as PNG or JPEG"
        if self.pictures > 1:
            which = f"{self.pictures} pictures are {where} and are left out (the first is {first})"
        else:
            which = f"a picture is {where} and is left out ({first})"
        if self.described:
            others = len(self.described) - DESCRIBED
            more = f" and {others} more" if others > 0 else ""
            shown = ", ".join(f"“{_shortened(text)}”" for text in self.described[:DESCRIBED])
            which = f"{which}, and the {whose} describes what is missing: {shown}{more}"
        return f"{which}; {remedy}"


def _shortened(text: str) -> str:
    return text if len(text) <= DESCRIPTION_SHOWN else text[:DESCRIPTION_SHOWN].rstrip() + " …"
