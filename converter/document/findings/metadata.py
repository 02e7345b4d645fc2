"""What is told about title, author and language of a story, and about what a person asked for in vain."""

from __future__ import annotations

from typing import ClassVar, Literal

from converter.document.findings.told import Severity, Told
from converter.document.model import Origin
from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class MetadataNoTitle(Told):
    """Nobody says what the story is called."""

    code: ClassVar[str] = "metadata-no-title"
    SECTION: ClassVar[str] = "No title"
    severity: ClassVar[Severity] = "doubt"
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What is missing, and how it is said."""
        return "nobody says what the story is called; name it with --title"


@dataclass(frozen=True, slots=True)
class MetadataFileName(Told):
    """A title that is only the file's name."""

    code: ClassVar[str] = "metadata-file-name"
    SECTION: ClassVar[str] = "A file's name for a title"
    severity: ClassVar[Severity] = "doubt"
    title: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The title, and how another is said."""
        return f"the title “{self.title}” is only the file's name; say it with --title or a line “Title: ...”"


@dataclass(frozen=True, slots=True)
class MetadataNoAuthor(Told):
    """Nobody says who wrote the story."""

    code: ClassVar[str] = "metadata-no-author"
    SECTION: ClassVar[str] = "No author"
    severity: ClassVar[Severity] = "doubt"
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What is missing, and how it is said."""
        return "nobody says who wrote the story; say it with --author or a line “Author: ...”"


@dataclass(frozen=True, slots=True)
class MetadataLanguage(Told):
    """A language that was guessed, as a BCP 47 tag. `declared`: another that the page around the story says."""

    code: ClassVar[str] = "metadata-language"
    SECTION: ClassVar[str] = "The language is a guess"
    severity: ClassVar[Severity] = "doubt"
    tag: str
    origin: Origin | None = None
    declared: str = ""

    @property
    def message(self) -> str:
        """The guess, and how the language is said."""
        if self.declared:
            says = f"the page says that its language is {self.declared!r}, but its story's words are {self.tag!r}"
            return f"{says}; that is taken; say it with --language"
        return f"the language looks like {self.tag!r}, but that's a guess; say it with --language"


@dataclass(frozen=True, slots=True)
class SettingUnused(Told):
    """Something that was asked for and has no effect here; `value` is what it was set to."""

    code: ClassVar[str] = "setting-unused"
    severity: ClassVar[Severity] = "warning"
    option: Literal["--chapter", "--no-chapters", "--site", "--series-index", "--volumes"]
    value: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What has no effect, and why."""
        match self.option:
            case "--chapter" | "--no-chapters":
                return f"{self.option} has no effect here: it is for plain text, in other files the headings are marked"
            case "--site":
                return "--site has no effect here: it is for web pages"
            case "--volumes":
                return "--volumes parts has no effect here: the story has no two parts"
            case "--series-index":
                return f"the number {self.value} has no effect without a series: name it with --series"


@dataclass(frozen=True, slots=True)
class BooksRenamed(Told):
    """Books that have other names now: what their files were called."""

    code: ClassVar[str] = "books-renamed"
    SECTION: ClassVar[str] = "Books with new names"
    severity: ClassVar[Severity] = "info"
    names: tuple[str, ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was removed, and why."""
        return f"removed, for the books have other names now: {', '.join(self.names)}"


@dataclass(frozen=True, slots=True)
class BookEdited(Told):
    """A book that somebody changed since it was made: where it lies, and where it lies now that a new one is there; it
    is left as it is while nothing of the story changes."""

    code: ClassVar[str] = "book-edited"
    SECTION: ClassVar[str] = "Books that were edited"
    severity: ClassVar[Severity] = "warning"
    name: str
    kept_as: str = ""
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What became of it."""
        changed = f"{self.name} was changed since it was made"
        if self.kept_as:
            return f"{changed}; the changed book is kept as {self.kept_as}, and a new one is in its place"
        return f"{changed} and is left as it is; --force makes it anew"


@dataclass(frozen=True, slots=True)
class VolumesRemoved(Told):
    """Books of an earlier division into volumes, whose words stand in the new ones: their files' names."""

    code: ClassVar[str] = "volumes-removed"
    SECTION: ClassVar[str] = "Volumes of an earlier division"
    severity: ClassVar[Severity] = "info"
    names: tuple[str, ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was removed, and why."""
        return f"removed, for the story is divided otherwise now: {', '.join(self.names)}"


@dataclass(frozen=True, slots=True)
class CoverUnfit(Told):
    """A picture that lies beside a story as its cover and can't be one, and why."""

    code: ClassVar[str] = "cover-unfit"
    severity: ClassVar[Severity] = "doubt"
    path: str
    why: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The picture, and what is done instead."""
        return f"{self.path} is named as the cover, but {self.why}; a cover is drawn"


@dataclass(frozen=True, slots=True)
class SidecarOutside(Told):
    """A file outside the story's folder that a sidecar names under this key."""

    code: ClassVar[str] = "sidecar-outside"
    severity: ClassVar[Severity] = "warning"
    key: str
    path: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The file, and how it is named instead."""
        what = f"the {self.key} {self.path} lies outside the story's folder and is left alone"
        return f"{what}; name it with --{self.key}"
