"""The story as a tree of frozen values: Book, Chapter, Block, Inline. The one language of the program.

Standard library only. Every union is closed: a new kind must be added to `Block`, `Span` or `Leaf`, and mypy then names
every place that has to learn it (they end in `assert_never`). Who only passes through the tree asks `traversal.py`.
Crossing italics, dangling notes and half a list cannot be written down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from converter.document.record import dataclass

EARLIEST = "1980-01-01T00:00:00Z"  # the first moment that a zip file can name: of a book that nobody dates
Style = Literal["small-caps", "strike", "underline", "super", "sub", "code"]
Align = Literal["", "center", "right"]
Numerals = Literal["1", "a", "A", "i", "I"]  # of a list, as HTML names them
Direction = Literal["", "ltr", "rtl"]
ParagraphRole = Literal["", "salutation", "signature", "dateline", "stage-direction", "continued"]
QuoteKind = Literal["quote", "letter", "epigraph", "dedication", "sign", "telegram", "chat", "document"]
AsideKind = Literal["note-before", "note-after", "note", "summary", "spoiler", "box"]
ChapterKind = Literal[
    "chapter", "part", "volume", "act", "scene", "prologue", "epilogue", "interlude", "preface", "foreword",
    "introduction", "afterword", "dedication", "epigraph", "acknowledgments", "appendix", "front", "back",
]  # fmt: skip
PARTS: frozenset[ChapterKind] = frozenset(("part", "volume", "act"))  # that hold chapters
PersonRole = Literal["aut", "trl", "ill", "edt", "ctb"]  # MARC relators
Progress = Literal["", "Completed", "In-Progress"]  # as FanFicFare writes it
NAMED_ROLES: dict[str, PersonRole] = {"author": "aut", "translator": "trl", "illustrator": "ill", "editor": "edt"}
LISTS = (
    "fandoms",
    "relationships",
    "characters",
    "genres",
    "tags",
    "warnings",
)  # fields with many values


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block stood: the source's name as the person knows it, and its line, counted from 1."""

    source: str
    line: int

    def __str__(self) -> str:
        return f"{self.source}:{self.line}"


# ------------------------------------------------------------------------------------------------ inlines


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters. No line ends, no XML-illegal characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress: italics in roman text."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong stress: bold."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Styled:
    """A look that carries meaning of its own (small capitals, struck out, superscript ...)."""

    style: Style
    content: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """`target` is an http, https or mailto address, or `#KEY` with the key of a chapter or an `Anchor` in this book."""

    target: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links lead to. `key` is ASCII and begins with "at-"; of several with one key the first is meant."""

    key: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class Foreign:
    """A run in another language than its surroundings: BCP 47 tag and, where it differs, the direction."""

    language: str
    content: Inlines
    direction: Direction = ""


@dataclass(frozen=True, slots=True)
class Ruby:
    """A base with its reading set beside it (furigana)."""

    base: str
    reading: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line end that belongs to the text."""


@dataclass(frozen=True, slots=True)
class Image:
    """`resource` is the name of a `Resource` in the book. An empty `alt` says: decoration. `shown`: the width and
    height in which the source shows it, in px of a screen; zeros where nobody knows."""

    resource: str
    alt: str = ""
    shown: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, held where it is cited. `mark` is the sign it had in the source, for reports."""

    blocks: Blocks
    mark: str = ""


Span = Emphasis | Strong | Styled | Link | Anchor | Foreign  # holds a run of inlines, its `content`
Leaf = Text | Ruby | LineBreak | Image  # holds no others
Inline = Span | Leaf | Note
Inlines = tuple[Inline, ...]

# ------------------------------------------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`continued`: the sentence goes on after a verse, letter or image, so no indent."""

    content: Inlines
    role: ParagraphRole = ""
    align: Align = ""
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter; `level` 1 is the first level below the chapter's own title."""

    content: Inlines
    level: int = 1
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class SceneBreak:
    """A pause between scenes. `mark` is what stood in the source ("* * *", "oOo", "" for a rule or a picture of one);
    `blank`: nothing stood there, lines were left empty."""

    mark: str = ""
    origin: Origin | None = field(default=None, compare=False)
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks set apart from the narrative as a thing of its own: a quotation, letter, epigraph, sign, chat ..."""

    blocks: Blocks
    kind: QuoteKind = "quote"
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of verse. `indent` counts steps (0 = flush)."""

    content: Inlines
    indent: int = 0
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Verse:
    """Stanzas of lines; also anything else whose line ends matter."""

    stanzas: tuple[tuple[Line, ...], ...]
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class List:
    """Items of blocks. `start` is the first number of an ordered list, `numerals` what it is written in.

    An item that begins with "☐ " or "☑ " is one of a list of tasks: the box stands in the place of its bullet. The
    persons of a play (`cast`) have no bullets.
    """

    items: tuple[Blocks, ...]
    ordered: bool = False
    start: int = 1
    origin: Origin | None = field(default=None, compare=False)
    cast: bool = False
    numerals: Numerals = "1"


@dataclass(frozen=True, slots=True)
class Definition:
    """Terms, and below them what they mean: a group of blocks for each meaning. Those in a row are one list."""

    terms: tuple[Inlines, ...]
    meanings: tuple[Blocks, ...]
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; spans are between 1 and 50."""

    blocks: Blocks
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; every row has at least one."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Inlines = ()
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """An image that stands alone, with its caption."""

    image: Image
    caption: Inlines = ()
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Aside:
    """Beside the story: an author's note before or after it, a summary, a spoiler, a status box."""

    blocks: Blocks
    kind: AsideKind = "note"
    title: Inlines = ()
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Text whose spaces and line ends all matter. The only text that may hold "\\n".

    `content`: the same characters with the links and the anchors among them; () where there are none.
    """

    text: str
    origin: Origin | None = field(default=None, compare=False)
    content: Inlines = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """One speaker's turn in a play, or one message in a chat (inside a `Quote` of kind "chat")."""

    speaker: Inlines
    blocks: Blocks
    origin: Origin | None = field(default=None, compare=False)


Block = (
    Paragraph | Heading | SceneBreak | Quote | Verse | List | Definition | Table | Figure | Aside
    | Preformatted | Speech
)  # fmt: skip
Blocks = tuple[Block, ...]

# --------------------------------------------------------------------------------------- chapters, the book


@dataclass(frozen=True, slots=True)
class Chapter:
    """A division of the book. `label` ("Chapter IV.") and `title` ("The Sea") are as the source words them.

    Both may be empty (a story with no divisions is one such chapter). A part has `children`; its own `blocks` are
    what stands between its heading and its first chapter. `number` is the label's number, where it has one.
    """

    blocks: Blocks = ()
    label: Inlines = ()
    title: Inlines = ()
    kind: ChapterKind = "chapter"
    number: int | None = None
    children: tuple[Chapter, ...] = ()
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that travels with the book. `name` is ASCII, unique in the book ("image-3.jpg")."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a part in the book; `file_as` is the sorting form ("Austen, Jane"), empty when unknown."""

    name: str
    role: PersonRole = "aut"
    file_as: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said about the story. Empty means nobody said it.

    Dates are ISO 8601 (`2026-01-31` or with time and zone). `language` is a BCP 47 tag. `provenance` holds, for each
    field that has a value, where it came from ("option", "sidecar", "text, line 3", "file name", ...).
    `outer_series` is what the series is itself a part of: the volumes of one story within a series of stories.
    `identifier` is `urn:uuid:...`, `isbn` its digits alone, `progress` what `status` means; `modified` is UTC
    `2026-01-31T00:00:00Z`, given from outside like the identifier, never asked of a clock.
    """

    title: str = ""
    subtitle: str = ""
    people: tuple[Person, ...] = ()
    language: str = ""
    series: str = ""
    series_index: str = ""
    outer_series: str = ""
    outer_index: str = ""
    description: str = ""
    fandoms: tuple[str, ...] = ()
    relationships: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    rating: str = ""
    status: str = ""
    published: str = ""
    updated: str = ""
    words: str = ""
    chapters: str = ""
    publisher: str = ""
    rights: str = ""
    source: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    identifier: str = ""
    isbn: str = ""
    progress: Progress = ""
    modified: str = ""
    provenance: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of the authors, in order."""
        return tuple(p.name for p in self.people if p.role == "aut")

    def found_in(self, name: str) -> str:
        """Where field `name` came from, or ""."""
        return dict(self.provenance).get(name, "")


@dataclass(frozen=True, slots=True)
class Book:
    """One story, ready to be improved or written. `vertical`: its source sets it in columns from right to left."""

    metadata: Metadata
    chapters: tuple[Chapter, ...]
    resources: tuple[Resource, ...] = ()
    cover: Resource | None = None
    vertical: bool = False

    def walk(self) -> Iterator[tuple[int, Chapter]]:
        """All chapters in reading order, each with its depth (0 at the top)."""
        stack = [(0, c) for c in reversed(self.chapters)]
        while stack:
            depth, chapter = stack.pop()
            yield depth, chapter
            stack.extend((depth + 1, c) for c in reversed(chapter.children))
