"""The parts of a story as chapters: by the heading over each, or by the headings inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bs4.element import Tag

from converter.document.contracts import Evidence, Insertion, Omission
from converter.document.edit_script import flat_text
from converter.document.model import (
    NAMED_ROLES,
    Aside,
    Block,
    Book,
    Chapter,
    Inlines,
    Metadata,
    Origin,
    Paragraph,
    Person,
    SceneBreak,
)
from converter.document.record import dataclass
from converter.document.traversal import OBJECT
from converter.document.words import block_text, first_words, plain_text, word_count
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.bylines import BYLINE
from converter.parsers.html.extraction.extracted import Extracted
from converter.parsers.html.extraction.facts import Facts, set_above
from converter.parsers.html.flow.parts import Flow, PartItems
from converter.parsers.html.structure.completeness import completeness
from converter.parsers.html.structure.numbered_posts import numbers_named
from converter.parsers.html.structure.recurring_lines import take_stock
from converter.parsers.html.structure.typed_emphasis import emphasis_read
from converter.parsers.html.structure.watermarks import without_injected
from converter.parsers.items.chapters import chapter, divide
from converter.parsers.items.header import take_header
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item
from converter.parsers.items.letter_books import told_in_letters
from converter.parsers.items.letters import name_letters
from converter.parsers.items.normalisation import blocks_of, gaps_settled
from converter.parsers.items.sections import same_words
from converter.parsers.items.sign_offs import with_sign_offs
from converter.parsers.switches import SITE_LINES, TITLE_PAGE
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.language.detection import detect_language
from converter.recognisers.lines.authors_notes import speaks_to_readers, surely_to_readers
from converter.recognisers.metadata.author_lines import signed_by
from converter.recognisers.metadata.fields import without_site_tags
from converter.recognisers.metadata.names import split_names

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

LANGUAGE_LETTERS, LANGUAGE_ROOTS = 2_000, 3  # enough to tell the language of a story
OPENING_WORDS, OPENING_LETTERS = 40, 40  # of a story that a description may repeat
NOTES_WORDS = 120  # of notes before a work that are no chapter: half a page
TITLE_LETTERS = 200  # of a line that repeats a title
ABOVE_HEAD = 8  # items of a text, in which its heading may stand below what its author says first
OWN = ("subtitle", "published", "series", "series_index")  # facts of a story's own title page, beside title and author
BROWSERS_TITLES = ("page, title", "og:title")  # sources of a title that is less sure than what stands over the story


@dataclass(frozen=True, slots=True)
class Division:
    """The story's chapters and all that is known of it. `insertions`: headings that no text of the page has there."""

    chapters: tuple[Chapter, ...]
    facts: Facts
    omissions: tuple[Omission, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    insertions: tuple[Insertion, ...] = ()
    findings: tuple[Finding, ...] = ()


def divided(page: Page, extracted: Extracted, flow: Flow, without: frozenset[str]) -> Division:
    """The flow of a page's story as chapters. `without`: what is left alone (`parsers/switches.py`)."""
    division = _Divider(page, extracted, flow, without)
    for part in flow.parts:
        division.take(part, last=part is flow.parts[-1])
    numbered = numbers_named(division.chapters, lexicon(division.language or "en"))
    chapters, evidence = emphasis_read(told_in_letters(with_sign_offs(numbered)), page.name)
    insertions = tuple(Insertion("a heading from the site's list of chapters", h) for h in division.headings)
    findings = completeness(page, extracted, division.facts, len(chapters)) if extracted.by == "site" else ()
    omissions = tuple(division.omissions)
    _drop_excerpt(division.facts, chapters)
    return Division(tuple(chapters), division.facts, omissions, tuple(evidence), insertions, tuple(findings))


def _is_handle(authors: Sequence[str]) -> bool:
    """Whether authors are one word, as people call themselves on a site: what the story signs is surer."""
    return len(authors) == 1 and len(authors[0].split()) == 1


def _drop_excerpt(facts: Facts, chapters: Sequence[Chapter]) -> None:
    """Takes back a description that only gives how the text begins."""
    said = _letters(facts.text("description"))
    opening = _letters(" ".join(first_words(Book(Metadata(), tuple(chapters)), OPENING_WORDS).split()))
    if len(opening) >= OPENING_LETTERS and len(said) >= OPENING_LETTERS and opening[:OPENING_LETTERS] in said:
        facts.values.pop("description", None)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


class _Divider:
    """The chapters so far."""

    def __init__(self, page: Page, extracted: Extracted, flow: Flow, without: frozenset[str]) -> None:
        self.page, self.extracted, self.flow, self.without = page, extracted, flow, without
        self.facts = extracted.facts.copied()
        self.language = self.facts.text("language")
        self.chapters: list[Chapter] = []
        self.omissions: list[Omission] = []
        self.headings: list[str] = []

    def take(self, part: PartItems, *, last: bool) -> None:
        """The next part. What nobody cited stands at the end of the last one."""
        uncited = self.flow.uncited if last else ()
        head = self._unless_title(part)
        items = list(part.items)
        if self.extracted.divides and not head:
            self._divide(part, self._without_site_lines([*items, *uncited]))
        else:
            self._headed(part, head, self._without_site_lines(items), uncited)

    def _unless_title(self, part: PartItems) -> Inlines:
        """A part's heading, unless it only says the work's title over all of it."""
        title = self.facts.text("title")
        repeats = same_words(plain_text(part.head), title) and OBJECT not in flat_text(part.head)
        if not part.head or len(self.flow.parts) > 1 or not repeats:
            return part.head
        self.omissions.append(Omission("duplicate title", plain_text(part.head), self.page.origin(part.start)))
        return ()

    def _without_site_lines(self, items: Sequence[Item]) -> list[Item]:
        """The items without what the site says between them, and above and below them, where the links of authors stand
        on known sites, too."""
        if SITE_LINES in self.without:
            return list(items)
        items, lines = take_stock(items, self.page, ways=self.extracted.by != "unknown")
        self.omissions.extend(lines)
        own, injected = without_injected(items, self.page)
        self.omissions.extend(injected)
        return own

    def _divide(self, part: PartItems, items: Sequence[Item]) -> None:
        """A part without a heading of its own, by those inside it."""
        facts = self.facts
        titled = TITLE_PAGE not in self.without
        if titled:
            items, fields, omissions = take_header(items, self.page.name)
            self.omissions.extend(omissions)
            header = Facts()
            header.take(fields.metadata())
            set_above(header, facts)
        language = facts.text("language") or self._detected()
        whole = [*part.front, *part.before, *items, *part.after]
        made = divide(whole, language, facts.text("title"), self.page.name, facts.metadata().authors, titled=titled)
        self.omissions.extend(made.omissions)
        if made.title and facts.sources.get("title", "").endswith(BROWSERS_TITLES):
            facts.values.pop("title")
        facts.add("title", made.title, "page, heading")
        for name in OWN:
            facts.add(name, getattr(made, name), "page, heading")
        if made.author and facts.sources.get("people", "") == BYLINE and _is_handle(facts.metadata().authors):
            facts.values.pop("people")
        helpers = tuple(Person(name, NAMED_ROLES[role]) for role, name in made.helpers)
        facts.add("people", (*split_names(made.author), *helpers), "page, heading")
        self.chapters.extend(_noted(made.chapters) if len(self.flow.parts) > 1 else made.chapters)

    def _detected(self) -> str:
        """The language of the story's beginning."""
        roots: Sequence[Tag] = self.extracted.bodies[:LANGUAGE_ROOTS]
        return detect_language(" ".join(one_line(r)[:LANGUAGE_LETTERS] for r in roots))[0]

    def _headed(self, part: PartItems, head: Inlines, items: Sequence[Item], uncited: Sequence[Item]) -> None:
        """A part that is one chapter."""
        form = read_form(" ".join(plain_text(head).split()), lexicon(self.language or "en")) if head else None
        front = _front_matter(part.front)
        before = part.before if front else (*part.front, *part.before)
        items = self._without_repeated_head(gaps_settled(items), head)
        made = chapter(head, form, [*before, *items, *part.after], self.page.origin(part.start))
        made = replace(made, blocks=tuple(name_letters(made.blocks)))
        number = self.facts.values.get("chapter-number", "")
        if len(self.flow.parts) == 1 and made.number is None and str(number).isdecimal():
            made = replace(made, number=int(str(number)))
        if uncited:
            made = replace(made, blocks=(*made.blocks, *blocks_of(uncited, inner=True)))
        self.chapters.extend(front)
        if made.blocks:
            self.chapters.append(made)
            if part.unseen and head:
                self.headings.append(part.unseen)
        elif head and not part.unseen:
            omission = Omission("heading without text", plain_text(head), self.page.origin(part.start))
            self.omissions.append(omission)

    def _without_repeated_head(self, items: list[Item], head: Inlines) -> list[Item]:
        """The items without a first line that says the chapter's or the work's title once more. Where the chapter's
        stands below a few lines, these are what its author says before it; who wrote it is no news there."""
        at = next((i for i, text in enumerate(map(_line, items[:ABOVE_HEAD])) if self._says(text, head)), None)
        above = items[:at] if at is not None and all(map(_may_stand_above, items[:at])) else []
        if not above and at != 0:  # nothing names the chapter again
            end = next((i for i, item in enumerate(items) if not (isinstance(item, Gap) or self._known(item))), 0)
            for item in items[:end]:
                self._omit_known(item)
            return items[end:]
        if at is None:
            return items
        remarks = [item for item in above if not self._known(item)]
        for item in above:
            self._omit_known(item)
        self._omit_line(items[at], "duplicate title")
        blocks = blocks_of(remarks, inner=True)
        note = [Aside(blocks, "note-before", (), getattr(above[0], "origin", None))] if blocks else []
        return [*note, *items[at + 1 :]]

    def _says(self, text: str, head: Inlines) -> bool:
        """Whether a line says a chapter's heading once more."""
        if not head or not text:
            return False
        names = [plain_text(head), re.sub(r"^.*?[:.–—-]\s+", "", plain_text(head))]
        form = read_form(text, lexicon(self.language or "en"))
        own = [text, form.title] if form is not None and form.shape == "division" and form.title else [text]
        return any(n and same_words(t, n) for n in names for t in own)

    def _known(self, item: Item) -> bool:
        """Whether a line only says what the work is called, or who wrote it."""
        line, title = _line(item), self.facts.text("title")
        names = filter(None, (title, without_site_tags(title), *self.facts.metadata().authors))
        return bool(line) and any(same_words(signed_by(line) or line, name) for name in names)

    def _omit_known(self, item: Item) -> None:
        if self._known(item):
            self._omit_line(item, "byline" if signed_by(_line(item)) else "duplicate title")

    def _omit_line(self, item: Item, rule: str) -> None:
        origin = getattr(item, "origin", None) or Origin(self.page.name, 1)
        self.omissions.append(Omission(rule, _line(item), origin))


def _line(item: Item) -> str:
    """The words of a heading or a paragraph that may be one; "" for any other item."""
    if isinstance(item, HeadingItem):
        text = flat_text(joined(item.lines))
    elif isinstance(item, Paragraph):
        text = flat_text(item.content)
    else:
        return ""
    return " ".join(text.split()) if len(text) <= TITLE_LETTERS and OBJECT not in text else ""


def _may_stand_above(item: Item) -> bool:
    """Whether an item may stand above a chapter's heading in its text: a paragraph, a line of a title, blank lines."""
    return isinstance(item, Paragraph | Gap | HeadingItem)


def _noted(chapters: Sequence[Chapter]) -> Sequence[Chapter]:
    """The chapters of a post. What its author says to readers above the first heading, and nothing else stands there,
    is a note of the chapter below."""
    if len(chapters) < 2 or chapters[0].label or chapters[0].title or chapters[1].children:
        return chapters
    above = [b for b in chapters[0].blocks if not (isinstance(b, SceneBreak) and not any(map(str.isalnum, b.mark)))]
    if not _is_remark(above):
        return chapters
    inside = [i for b in above for i in (b.blocks if isinstance(b, Aside) and not b.title else (b,))]
    note = Aside(tuple(inside), "note-before", (), above[0].origin)
    return [replace(chapters[1], blocks=(note, *chapters[1].blocks)), *chapters[2:]]


def _is_remark(blocks: Sequence[Block]) -> bool:
    """Whether these are what an author says to readers: all of them do, and one surely."""
    sure = any(isinstance(b, Aside) or surely_to_readers(block_text(b)) for b in blocks)
    if not sure or sum(word_count(block_text(b)) for b in blocks) > NOTES_WORDS:
        return False
    return all(isinstance(b, Aside) or (isinstance(b, Paragraph) and speaks_to_readers(block_text(b))) for b in blocks)


def _front_matter(notes: Sequence[Aside]) -> list[Chapter]:
    """The work's own notes, which stand before the heading of its first chapter, as a chapter named after them; a few
    lines are front matter that no contents list names."""
    if not notes or not notes[0].title:
        return []  # a note without a name is no chapter
    if sum(word_count(block_text(note)) for note in notes) <= NOTES_WORDS:
        return [Chapter(tuple(notes), kind="front", origin=notes[0].origin)]
    first = replace(notes[0], title=())
    return [Chapter((first, *notes[1:]), (), notes[0].title, "preface", None, (), notes[0].origin)]
