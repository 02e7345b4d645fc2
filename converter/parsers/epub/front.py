"""The pages before an EPUB's first chapter: its title page is taken off, what stands beside it are leaves of their own;
and chapters in a text to which the contents list leads with one entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.contracts import Omission
from converter.document.model import Chapter, Origin, Paragraph, Text
from converter.document.record import dataclass
from converter.document.words import block_text, plain_text
from converter.parsers.items.chapters import Divided, divide
from converter.parsers.items.front_leaves import STORY_WORDS
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.sections import same_words

SENTENCE_ENDS = tuple('.!?…”’"»。」')
FEWEST = 2  # chapters, by their numbers or words, that divide a text to which one entry leads
STUB = Origin("\0", 1)  # where chapters stand that are here only so that what is before them is known as front


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a book while its front is read: title, authors, language, the name of its file."""

    title: str
    authors: tuple[str, ...]
    language: str
    name: str


def is_brief(items: Sequence[Item]) -> bool:
    """Whether sentences are too few among items to be part of the story; a title page's lines are none, nor are those
    of a printed contents list."""
    texts = (block_text(item).strip() for item in items if not isinstance(item, Gap | HeadingItem))
    return sum(len(text.split()) for text in texts if text.endswith(SENTENCE_ENDS)) < STORY_WORDS


def stubs(heads: Sequence[tuple[str, Sequence[Item]]]) -> list[Item]:
    """The chapters of a book, by heading and text, as what stands behind its front: their headings and first lines."""
    out: list[Item] = []
    for words, items in heads:
        first = next((item for item in items if isinstance(item, Paragraph) and plain_text(item.content).strip()), None)
        if words and first is not None:
            out += [HeadingItem(((Text(words),),), 2, STUB, named=True), replace(first, origin=STUB)]
    return out


def read_front(items: Sequence[Item], behind: Sequence[Item], known: Known) -> Divided | None:
    """A page of the front without the title page's lines and printed contents, its dedication, its mottos and what
    else it says as chapters. `behind`: the stubs of the chapters. None where the page can't be told from them."""
    made = divide([*items, *behind], known.language, known.title, known.name, known.authors)
    named = ["".join(map(plain_text, item.lines)) for item in behind if isinstance(item, HeadingItem)]
    own: list[Chapter] = []
    listed: list[Omission] = []
    for one in made.chapters:
        if one.origin == STUB:
            return replace(made, chapters=tuple(own), omissions=(*made.omissions, *listed))
        if one.children:
            return None
        words = " ".join(filter(None, (plain_text(one.label), plain_text(one.title))))
        if not one.blocks and any(same_words(words, name) for name in named):
            listed.append(Omission("contents list", words, one.origin or Origin(known.name, 1)))
        else:
            own.append(one)
    return None


def chapters_inside(items: Sequence[Item], known: Known) -> Divided | None:
    """The chapters of a text to which one entry leads that says nothing ("Start"); None where its lines don't divide
    it."""
    made = divide(items, known.language, known.title, known.name, known.authors)
    inside = [c for one in made.chapters for c in (one, *one.children)]
    return made if sum(bool(c.label or c.number is not None) for c in inside) >= FEWEST else None
