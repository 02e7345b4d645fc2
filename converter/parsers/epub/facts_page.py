"""The page on which a program that packs serials says what a work is: a fact on each line, with its label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import Tag

from converter.document.model import Metadata
from converter.parsers.epub.book_page import BookPage
from converter.parsers.epub.own_pages import FRONT, exclude_body, is_known, known_words, text_lines
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.extraction.facts import Facts
from converter.recognisers.metadata.fields import HeadFields, read_field

FEWEST = 3  # lines with a label that is known
LABEL_WORDS = 3  # of a label that isn't: "Packaged: ...", "Story URL: ..."
WHERE = "EPUB, its page of facts"
_LABELLED = re.compile(r"([^\W\d_][\w ]{1,28}):\s+\S")


def take_facts_pages(book: BookPage, excluded: Exclusions, facts: Facts) -> None:
    """Excludes the pages at the front that say nothing but what the work is, in lines of labels and values beside its
    title and author; adds what they say to `facts`, below what the package says."""
    for number in range(min(FRONT, len(book.documents))):
        for body in book.bodies[number]:
            if body in excluded or body.find("img") is not None:
                continue
            said = facts.metadata()
            head = _facts_on(body, excluded, said)
            if head is not None:
                made = head.metadata()
                for name in (n for n in made.__dataclass_fields__ if n not in ("provenance", "extra")):
                    facts.add(name, getattr(made, name), WHERE)
                exclude_body(body, "metadata", excluded)


def _facts_on(body: Tag, excluded: Exclusions, said: Metadata) -> HeadFields | None:
    """What a page of facts says; None for any other page."""
    lines = list(text_lines(body, excluded.ids))
    read = [read_field(line) for line in lines]
    if sum(r is not None and bool(r[1]) for r in read) < FEWEST:
        return None
    known = known_words(said)
    head = HeadFields()
    last = ""
    for at, (line, field) in enumerate(zip(lines, read, strict=True)):
        if field is not None:
            last, value, label = field
            head.add(last, value, at + 1, label)
        elif last == "description" and _ends(lines, at):
            head.extend("description", line)
        elif not (is_known(line, known, declared=not last) or _is_labelled(line)):
            return None
    return head


def _is_labelled(line: str) -> bool:
    label = _LABELLED.match(line)
    return label is not None and len(label[1].split()) <= LABEL_WORDS


def _ends(lines: Sequence[str], at: int) -> bool:
    """Whether no line from here on has a label: the summary, which stands last, has paragraphs."""
    return all(read_field(line) is None for line in lines[at:])
