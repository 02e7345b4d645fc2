"""The author of a Markdown file or a page, named without "by": a name alone, right below the title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from converter.document.contracts import Omission
from converter.document.model import Emphasis, Metadata, Origin, Paragraph, Person, Strong, Text
from converter.document.patterns import regex
from converter.document.words import plain_text
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.credits import edits, kind_in_byline
from converter.recognisers.metadata.names import byline, clean_name, is_bare_name

SAID_BY = "text, heading"
SAMPLE = 500  # paragraphs that tell which words the story writes in small letters
_WORD = regex(r"[^\W\d_]+")


def take_author_line(items: Sequence[Item], name: str) -> tuple[list[Item], Metadata, list[Omission]]:
    """The items without the line, what it says (whom it names, and of what kind the work is), and the line as left out;
    nothing where there is none."""
    told = [at for at, item in enumerate(items[:6]) if not isinstance(item, Gap)][:3]
    if len(told) < 3:
        return list(items), Metadata(), []
    title, line = items[told[0]], items[told[1]]
    text = _name_in(line) or (_line_of(line) if isinstance(title, HeadingItem) and title.level == 1 else "")
    author = byline(text) or text
    if not isinstance(title, HeadingItem) or _divides(title) or not is_bare_name(author, _small_words(items)):
        return list(items), Metadata(), []
    if any((_name_in(b) or _is_name(b)) and isinstance(a, HeadingItem) for a, b in pairwise(_told(items[told[1] :]))):
        return list(items), Metadata(), []  # so do those stand who tell a chapter
    kept = [item for at, item in enumerate(items) if at != told[1]]
    person = Person(clean_name(author), "edt" if edits(text) else "aut")
    said = Metadata(people=(person,), subtitle=kind_in_byline(text), provenance=(("people", SAID_BY),))
    return kept, said, [Omission("author", text, getattr(line, "origin", None) or Origin(name, 1))]


def _line_of(item: Item) -> str:
    """The words of a paragraph that is plain text on one line; else ""."""
    match item:
        case Paragraph((Text(words),)) if "\n" not in words.strip():
            return words.strip()
        case _:
            return ""


def _is_name(item: Item) -> bool:
    return is_bare_name(_line_of(item), frozenset())


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
