"""Headings at the very front of a story that only say its title and its author, as sites set them over each page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from converter.document.model import SceneBreak
from converter.parsers.items.front import TakenTitlePage
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, Item
from converter.parsers.items.sections import Section, cites_note, head_text, same_words


def take_names_above(sections: list[Section], title: str, front: TakenTitlePage, authors: Sequence[str]) -> None:
    """Takes the headings off that head nothing and say what is known: the author's name, and the title, in any order
    and as often as they stand there. `authors` wrote the story called `title`, as the page says elsewhere. The name
    alone, without the title, may be the chapter's (who tells it), and the last heading of a page stays.
    """
    if not title or not authors or not sections:
        return
    names = (title, *authors)
    above = list(takewhile(lambda section: _says(section, names) and _heads_nothing(section), sections[:-1]))
    said = [head_text(section) for section in sections[: len(above) + 1]]
    named = any(same_words(text, name) for text in said for name in authors)
    if not named or not any(same_words(text, title) for text in said):
        return
    if above and _says(sections[len(above)], authors) and same_words(said[len(above) - 1], title):
        above.pop()  # a title with the name below it is read as one
    for section in above:
        if section.head is not None:
            rule = "duplicate title" if same_words(head_text(section), title) else "byline"
            front.omit(rule, head_text(section), section.head.origin)
    del sections[: len(above)]


def _says(section: Section, names: Sequence[str]) -> bool:
    """Whether a heading says one of these names and nothing else."""
    head = section.head
    if head is None or not head.marked or cites_note(joined(head.lines)):
        return False
    return any(same_words(head_text(section), name) for name in names)


def _heads_nothing(section: Section) -> bool:
    return not section.words and all(map(_is_space, section.items))


def _is_space(item: Item) -> bool:
    """Whether an item is blank lines or a rule."""
    return isinstance(item, Gap) or (isinstance(item, SceneBreak) and not any(map(str.isalnum, item.mark)))
