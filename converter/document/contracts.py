"""The few signatures of the program, and the values that travel between its rooms.

parse    Source -> Parsed                           parsers/
improve  Book -> Improved                           passes/
check    (Book, omissions) -> Iterable[Finding]     checks/
write    (Book, Theme) -> bytes                     writers/
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from converter.document.model import Book, Metadata, Origin
from converter.document.record import dataclass

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

SourceKind = Literal["text", "markdown", "html"]
PackedKind = Literal["epub", "docx"]
Notes = Literal["inline", "end", "drop"]  # author's notes: where they stood, at their chapter's end, or left out
NotesAt = Literal["chapter", "book"]  # where an EPUB's footnotes stand: at their chapter's end, or all at the book's
ParagraphHabit = Literal["", "blank", "indent", "lines", "wrapped"]  # what a person says parts them; "" = measured
Engine = Literal["auto", "weasyprint", "typst"]  # what lays out a PDF's pages; auto: what there is
Hidden = Literal["drop", "keep"]
MadeFor = Literal["screen", "print"]  # what a PDF is read on


class Assets(Protocol):
    """Files that lie beside a story. Nothing outside the story's own folder can be reached."""

    def __call__(self, path: str) -> bytes | None:
        """The bytes of the file at this relative path, or None: missing, outside, or too large."""


def no_assets(path: str) -> bytes | None:  # noqa: ARG001
    """The assets of a story that has no folder (standard input, a test)."""
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """One input as bytes. `name` is what messages call it; `suffix` chooses the parser (".txt", lower case)."""

    name: str
    data: bytes
    suffix: str
    assets: Assets = no_assets


@dataclass(frozen=True, slots=True)
class SiteText:
    """A person's own description of a site's pages: its key, the TOML, and where it was read."""

    key: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that holds its texts packed, as its bytes: the proof reads its words for itself."""

    kind: PackedKind
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A story's file (or a page of it) as it was decoded: what the proof reads for itself.

    `kind` says what is markup in it: nothing in "text", character references in "markdown", tags as well in "html".
    `packed`: the file out of which this text came, with those behind it whose names begin with that file's name.
    """

    name: str
    text: str
    kind: SourceKind = "text"
    packed: Packed | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """Words of the source that are not in the story on purpose: the rule, the place, the words as they stand there.

    `letters`: how many letters and digits of the source's text stand before it, where the parser counted them: a surer
    place than the line. `start` and `end` are offsets in code points of the `SourceText`; the proof finds them.
    """

    rule: str
    text: str
    origin: Origin
    letters: int = -1
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Insertion:
    """Words of the book that its source's text doesn't have at that place, and why: a title out of a file's name."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One decision and why: `topic` ("encoding", "paragraphs", "heading", ...), what was decided, and from what.

    `confidence` is between 0 and 1. `links` are addresses, in the page's order, where it is links that were found.
    """

    topic: str
    found: str
    why: str
    confidence: float = 1.0
    origin: Origin | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser understood. `texts` are the decoded files it was given, in the order in which the book has them:
    the words in them that are neither in the book nor in an omission are lost (see `proof/`). `moves` are the places of
    blocks that it put elsewhere on purpose: a note whose citation is no text."""

    book: Book
    texts: tuple[SourceText, ...]
    findings: tuple[Finding, ...] = ()
    omissions: tuple[Omission, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    moves: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace text[start:end] by `new`. Offsets in code points of a unit's flat text."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that was applied: which rule, what stood there, what stands there now, and some text around it."""

    rule: str
    before: str
    after: str
    context: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Improved:
    """A better book, and every change made to it."""

    book: Book
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A story understood and improved, with everything that can be told about how.

    `unbalanced`: its words are not those of the file, however it was read, and a finding says so. `on_cover`: what a
    cover says that was drawn; None where there is none, or a picture of its own.
    """

    book: Book
    texts: tuple[SourceText, ...]
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    omissions: tuple[Omission, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    moves: tuple[Origin, ...] = ()
    undivided: bool = False  # the person says that there are no chapters
    unbalanced: bool = False
    on_cover: Metadata | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A look, as data: CSS for e-readers, CSS for print, the names of its fonts, and a few choices (`theme.toml`).

    `design` is print's look once more, as values (`print.toml`); `own_css`: a person's own CSS or files belong to it,
    which `design` knows nothing of.
    """

    name: str
    title: str
    description: str
    epub_css: str
    print_css: str
    settings: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    design: Mapping[str, Any] = field(default_factory=dict)
    own_css: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of the printed story: the number it bears, and its text without its notes."""

    number: str
    text: str


Parser = Callable[[Source], Parsed]
Pass = Callable[[Book], Improved]
