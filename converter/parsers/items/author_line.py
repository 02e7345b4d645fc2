"""The author of a Markdown file or a page, named without "by": a name alone in emphasis, right below the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from converter.document.contracts import Omission
from converter.document.model import Emphasis, Origin, Paragraph, Strong
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.names import byline, is_bare_name

SAMPLE = 500  # paragraphs that tell which words the story writes in small letters
_WORD = regex(r"[^\W\d_]+")


def take_author_line(items: Sequence[Item], name: str) -> tuple[list[Item], str, list[Omission]]:
    """The items without the line, the author that it names, and the line as left out; "" where there is none."""
    told = [at for at, item in enumerate(items[:6]) if not isinstance(item, Gap)][:3]
    if len(told) < 3:
        return list(items), "", []
    title, line = items[told[0]], items[told[1]]
    author = byline(_name_in(line)) or _name_in(line)
    if not isinstance(title, HeadingItem) or _divides(title) or not is_bare_name(author, _small_words(items)):
        return list(items), "", []
    if any(_name_in(b) and isinstance(a, HeadingItem) for a, b in pairwise(_told(items[told[1] :]))):
        return list(items), "", []  # so do those stand who tell a chapter
    kept = [item for at, item in enumerate(items) if at != told[1]]
    return kept, author, [Omission("author", _name_in(line), getattr(line, "origin", None) or Origin(name, 1))]


def _told(items: Sequence[Item]) -> Iterator[Item]:
    return (item for item in items if not isinstance(item, Gap))


def _name_in(item: Item) -> str:
    """What a paragraph says that is one emphasis; else ""."""
    match item:
        case Paragraph((Emphasis(words) | Strong(words),)):
            return plain_text(words).strip()
        case _:
            return ""


def _divides(title: HeadingItem) -> bool:
    """Whether a heading is a chapter's by its words."""
    form = read_form(" ".join(map(plain_text, title.lines)), lexicon("en"))
    return form is not None and form.shape == "division"


def _small_words(items: Sequence[Item]) -> frozenset[str]:
    """The words that the story writes without a capital."""
    paragraphs = islice((item for item in items if isinstance(item, Paragraph)), SAMPLE)
    words = (word for p in paragraphs for word in _WORD.findall(plain_text(p.content)))
    return frozenset(word for word in words if word[0].islower())
