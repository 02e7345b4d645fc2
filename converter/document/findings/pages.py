"""What is told about web pages: what they hide or miss, and what was taken for the story."""

from __future__ import annotations

from typing import ClassVar, Literal

from converter.document.findings.told import Severity, Told, times
from converter.document.model import Origin
from converter.document.record import dataclass

WORDS_SHOWN = 20  # words of each kept hidden place that a message quotes
SHOWN_WRITERS = 4


@dataclass(frozen=True, slots=True)
class HtmlUnclosed(Told):
    """A comment without an end, whose text was read."""

    code: ClassVar[str] = "html-unclosed"
    severity: ClassVar[Severity] = "warning"
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was done, and how it is mended."""
        return "a comment is never closed and would swallow what follows; it was read as text: close it with -->"


@dataclass(frozen=True, slots=True)
class HtmlUnlocated(Told):
    """A page whose story could not be told from the rest."""

    code: ClassVar[str] = "html-unlocated"
    severity: ClassVar[Severity] = "doubt"
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was taken instead."""
        return "the story could not be told from the rest of the page; all but menus and forms is taken"


@dataclass(frozen=True, slots=True)
class HtmlOtherPosts(Told):
    """Posts that are left out, because others wrote them than who wrote the first. `telling`: how many of them read
    like a story."""

    code: ClassVar[str] = "html-other-posts"
    posts: int
    author: str
    origin: Origin | None = None
    telling: int = 0

    @property
    def severity(self) -> Severity:
        """A doubt where some of them read like a story."""
        return "doubt" if self.telling else "info"

    @property
    def message(self) -> str:
        """How many, and whose are kept."""
        like = f"; {self.telling} of them may tell a story, too" if self.telling else ""
        by, out = ("is by somebody else", "is") if self.posts == 1 else ("are by other people", "are")
        return f"{times(self.posts, 'post')} {by} than {self.author} and {out} left out{like}"


@dataclass(frozen=True, slots=True)
class HtmlToldInTurn(Told):
    """A thread whose posts are by several people, all of which are taken for the story."""

    code: ClassVar[str] = "html-told-in-turn"
    SECTION: ClassVar[str] = "Told by several"
    severity: ClassVar[Severity] = "doubt"
    posts: int
    writers: tuple[str, ...]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """How many posts, and by whom."""
        shown = ", ".join(self.writers[:SHOWN_WRITERS]) + (" ..." if len(self.writers) > SHOWN_WRITERS else "")
        return f"{self.posts} posts by {len(self.writers)} people ({shown}) tell in turn; all of them are kept"


@dataclass(frozen=True, slots=True)
class HtmlHiddenStory(Told):
    """Hidden text that was taken as the story: most of the page's text, or chapters like those that are shown."""

    code: ClassVar[str] = "html-hidden-story"
    severity: ClassVar[Severity] = "doubt"
    which: Literal["most", "chapters"]
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """Which text it is."""
        if self.which == "most":
            return "most of the page's text is hidden until a script shows it; it is taken as the story"
        return "hidden text with chapters' headings like those that are shown is taken as part of the story"


@dataclass(frozen=True, slots=True)
class PagePlayed(Told):
    """The page is an interactive story, of so many passages: a reader goes from link to link, and not all are read."""

    code: ClassVar[str] = "page-played"
    severity: ClassVar[Severity] = "doubt"
    passages: int
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What became of it."""
        many = f"its {self.passages:,} passages stand" if self.passages != 1 else "its passage stands"
        return f"the page is an interactive story: {many} in the order of the file, and links lead from one to another"


@dataclass(frozen=True, slots=True)
class HtmlHidden(Told):
    """Text that the page hides: how many words in how many places. Where it was kept, as the person asked, the first
    places with their text (`quoted`), for what is kept is listed nowhere else."""

    code: ClassVar[str] = "html-hidden"
    words: int
    places: int
    kept: bool
    quoted: tuple[str, ...] = ()
    origin: Origin | None = None

    @property
    def severity(self) -> Severity:
        """A doubt where hidden text stands in the book."""
        return "doubt" if self.kept else "info"

    @property
    def message(self) -> str:
        """How much, what was done with it, and what was kept."""
        done = "kept" if self.kept else "left out"
        what = f"{self.words} hidden words in {self.places} places were {done}; `--hidden` changes that"
        return f"{what}: {' | '.join(map(_shortened, self.quoted))}" if self.kept else what


@dataclass(frozen=True, slots=True)
class LeftOutProse(Told):
    """A part of the page that was left out by a rule and reads like a story: its words, and the first of them."""

    code: ClassVar[str] = "left-out-prose"
    severity: ClassVar[Severity] = "doubt"
    rule: str
    words: int
    opening: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """What was left out, and how it is looked at."""
        remedy = "--hidden keep keeps it" if self.rule == "hidden" else "chapbook proof shows it"
        what = f"{self.words} words that read like prose were left out as {self.rule}"
        return f"{what} (“{self.opening} …”); {remedy}"


@dataclass(frozen=True, slots=True)
class SiteChanged(Told):
    """A page that looks like one of a known site, in which the site's table (by its key) finds no text."""

    code: ClassVar[str] = "site-changed"
    severity: ClassVar[Severity] = "doubt"
    site: str
    table: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The site, the table, and how the page was read."""
        failed = f"the page looks like {self.site} but the table {self.table!r} finds no text in it"
        return f"{failed}; read as an unknown page"


@dataclass(frozen=True, slots=True)
class PageContinues(Told):
    """A text that goes on at another address."""

    code: ClassVar[str] = "page-continues"
    severity: ClassVar[Severity] = "warning"
    address: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The address, and what to do."""
        return f"the text goes on at {self.address} - save that page too and convert them together"


@dataclass(frozen=True, slots=True)
class StoryUnfinished(Told):
    """A story that its site says goes on; `chapters` as the site counts them ("3/?")."""

    code: ClassVar[str] = "story-unfinished"
    severity: ClassVar[Severity] = "info"
    chapters: str
    origin: Origin | None = None

    @property
    def message(self) -> str:
        """The site's count."""
        return f"the story is unfinished: {self.chapters} chapters"


def _shortened(text: str) -> str:
    words = text.split()
    return " ".join(words[:WORDS_SHOWN]) + (" …" if len(words) > WORDS_SHOWN else "")
