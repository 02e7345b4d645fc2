"""Items -> chapters: which headings divide the story, which stand inside a chapter, which only repeat the title."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from converter.document.contracts import Edit, Omission
from converter.document.edit_script import edit_inlines, flat_text
from converter.document.model import (
    Anchor,
    Chapter,
    Emphasis,
    Foreign,
    Inlines,
    Link,
    Origin,
    Paragraph,
    Strong,
    Styled,
    Text,
)
from converter.document.text_units import notes_in
from converter.document.traversal import OBJECT
from converter.document.words import plain_text
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import HeadingItem, Item
from converter.parsers.items.normalisation import blocks_of, gaps_settled, item_texts, notes_placed
from converter.parsers.items.sections import DIVISIONS, HEADING_LENGTH, Section
from converter.parsers.items.title_page import TakenTitlePage, take_title_page
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import Lexicon, lexicon

SECTION_WORDS = 300  # median words between headings that are no chapter words: below it they are sub-headings
LEAST_NUMBERS = 3  # of a series that nothing but its numbers marks
LONGEST_NUMBER = 8  # characters
NUMBERED_WORDS = 40  # words below most of such numbers
SPEECH = "\"“”„«»‘'—–"


@dataclass(frozen=True, slots=True)
class Divided:
    """A story in chapters; what was left out on the way; `title` and `author` as its own headings give them."""

    chapters: tuple[Chapter, ...]
    omissions: tuple[Omission, ...] = ()
    title: str = ""
    subtitle: str = ""
    author: str = ""


def divide(
    items: Sequence[Item],
    language: str,
    title: str,
    source: str,
    authors: Sequence[str] = (),
    *,
    titled: bool = True,
    typed: bool = False,
) -> Divided:
    """Chapters of a story whose work title is `title` ("" when unknown), by these `authors`, if the page told them.
    `titled`: it may have a title page. `typed`: its author typed the headings, so they divide however little is under
    them; a page's headings may be those of an article."""
    lex = lexicon(language or "en")
    settled = _written_headings(gaps_settled(items), lex)
    sections = _sections(settled, lex)
    front = take_title_page(sections, title, source, lex, authors) if titled else TakenTitlePage(source)
    sections = _merge_label_and_title(sections)
    level = _dividing_level(sections, 0 if typed else SECTION_WORDS)
    chapters: list[Chapter] = []
    current: Section | None = None
    for section in sections:
        if section.head is None or level is None or not _divides(section, level):
            if current is None:
                current = section if section.head is None else Section(None, [section.head, *section.items])
            else:
                current = Section(
                    current.head,
                    [*current.items, *([section.head] if section.head else []), *section.items],
                    current.form,
                )
            continue
        if current is not None:
            _close(chapters, current)
        current = section
    if current is not None:
        _close(chapters, current)
    return Divided(tuple(_parted(chapters)), tuple(front.omissions), front.title, front.subtitle, front.author)


def chapter(head: Inlines, form: Form | None, blocks: Sequence[Item], origin: Origin | None = None) -> Chapter:
    """A chapter from its heading and what it holds."""
    label, title = _with_places(head, *label_and_title(head, form))
    number = form.number.value if form and form.number and form.number.value is not None else None
    kind = form.kind if form and form.shape in (*DIVISIONS, "number", "numbered-title") else "chapter"
    return Chapter(blocks_of(notes_placed(blocks)), label, title, kind, number, (), origin)


def _with_places(head: Inlines, label: Inlines, title: Inlines) -> tuple[Inlines, Inlines]:
    """A heading that links lead to is the place still when it has been parted into label and title."""
    kept = _keys((*label, *title))
    for key in (key for key in _keys(head) if key not in kept):
        label, title = ((Anchor(key, label),), title) if label else (label, (Anchor(key, title),))
    return label, title


def _keys(content: Inlines) -> list[str]:
    keys: list[str] = []
    for inline in content:
        if isinstance(inline, Anchor):
            keys.append(inline.key)
        if isinstance(inline, Emphasis | Strong | Styled | Link | Anchor | Foreign):
            keys.extend(_keys(inline.content))
    return keys


def label_and_title(head: Inlines, form: Form | None) -> tuple[Inlines, Inlines]:
    """A heading's inlines as (label, title): the title keeps its italics."""
    if form is None or form.shape == "title" or not form.label or OBJECT in flat_text(head):
        return (), head
    text = plain_text(head).replace("\n", " ")
    label: Inlines = (Text(form.label.strip().rstrip(":–—-").strip() or form.label),)
    if not form.title:
        return label, ()
    at = text.rfind(form.title)
    if at < 0:
        return label, (Text(form.title),)
    try:
        cut = edit_inlines(
            head, [Edit(at + len(form.title), len(text), "")] if at + len(form.title) < len(text) else []
        )
        return label, edit_inlines(cut, [Edit(0, at, "")] if at else [])
    except ValueError:
        return label, (Text(form.title),)


def _close(chapters: list[Chapter], section: Section) -> None:
    head = joined(section.head.lines) if section.head else ()
    origin = section.head.origin if section.head else next((getattr(i, "origin", None) for i in section.items), None)
    made = chapter(head, section.form, section.items, origin)
    if made.blocks or made.label or made.title:
        chapters.append(made if section.head or not chapters else replace(made, kind="front"))


# ------------------------------------------------------------------------------------- which headings are there


def _written_headings(items: Sequence[Item], lex: Lexicon) -> list[Item]:
    """Paragraphs that are worded like a chapter's heading become one."""
    out: list[Item] = []
    numbers = _numbers_alone(items, lex)
    for at, item in enumerate(items):
        if isinstance(item, Paragraph):
            text = plain_text(item.content).strip()
            short = 0 < len(text) <= HEADING_LENGTH
            if at in numbers or (
                short and (_reads_as_heading(item, text, lex) or _reads_as_title(item, text, out, lex))
            ):
                out.append(HeadingItem(_lines(item.content), 6, item.origin, marked=False))
                continue
        out.append(item)
    return out


def _numbers_alone(items: Sequence[Item], lex: Lexicon) -> frozenset[int]:
    """The places of paragraphs that are a number and nothing else, where they count from 1 through the whole story,
    with prose after each."""
    found: list[tuple[int, int]] = []
    words = [0]
    for at, item in enumerate(items):
        text = plain_text(item.content).strip() if isinstance(item, Paragraph) else ""
        form = read_form(text, lex) if 0 < len(text) <= LONGEST_NUMBER else None
        if form and form.shape == "number" and form.number and form.number.style in ("digit", "roman"):
            found.append((at, form.number.value))
            words.append(0)
        words[-1] += len(" ".join(item_texts(item)).split())
    counted = [n for _, n in found] == list(range(1, len(found) + 1))
    parted = sorted(words[1:])[len(found) // 2] >= NUMBERED_WORDS if found else False
    return frozenset(at for at, _ in found) if len(found) >= LEAST_NUMBERS and counted and parted else frozenset()


def _reads_as_title(item: Paragraph, text: str, before: Sequence[Item], lex: Lexicon) -> bool:
    """A line in the middle right under a written heading that is only a label: its title."""
    if not before or not isinstance(before[-1], HeadingItem) or before[-1].marked or item.align != "center":
        return False
    form = read_form(" ".join(plain_text(joined(before[-1].lines)).split()), lex)
    return (
        form is not None
        and form.shape == "division"
        and not form.title
        and (text.isupper() or text[-1] not in '.!?…,;”"')
    )


def _lines(content: Inlines) -> tuple[Inlines, ...]:
    text = plain_text(content)
    if "\n" not in text:
        return (_bare(content),)
    lines: list[Inlines] = [(Text(line.strip()),) for line in text.split("\n") if line.strip()]
    lines[-1] = (*lines[-1], *notes_in(content))
    return tuple(lines)


def _bare(content: Inlines) -> Inlines:
    while len(content) == 1 and isinstance(content[0], Strong | Emphasis | Styled):
        if isinstance(content[0], Styled) and content[0].style != "underline":
            break
        content = content[0].content
    return content


def _reads_as_heading(item: Paragraph, text: str, lex: Lexicon) -> bool:
    if text[0] in SPEECH and item.align != "center":
        return False
    first = text.split("\n", maxsplit=1)[0].strip()
    form = read_form(first, lex)
    if form is None:
        return False
    bare = _bare(item.content)
    if len(bare) == 1 and isinstance(bare[0], Link):
        return False  # it leads to that chapter elsewhere
    marked = item.align == "center" or bare is not item.content
    if form.shape == "division":
        return marked or not re.search(r"[.!?…,;][\"'”’»)]*$", form.title or "") or not form.title
    if form.shape == "single":
        return (marked and not form.title) or (first.isupper() and marked)
    return form.shape == "number" and marked and form.number is not None


def _sections(items: Sequence[Item], lex: Lexicon) -> list[Section]:
    sections: list[Section] = [Section(None, [])]
    for item in items:
        if isinstance(item, HeadingItem):
            text = " ".join(plain_text(joined(item.lines)).split())
            form = read_form(text, lex)
            sections.append(
                Section(item, [], form if form and form.shape != "title" else _number_above(item, lex) or form)
            )
        else:
            sections[-1].items.append(item)
    if not sections[0].items:
        sections.pop(0)
    _drop_lonely_numbers(sections)
    return sections


def _number_above(head: HeadingItem, lex: Lexicon) -> Form | None:
    """A heading of several lines, the first of them a bare number."""
    form = read_form(" ".join(plain_text(head.lines[0]).split()), lex) if len(head.lines) > 1 else None
    if form is None or form.shape != "number":
        return None
    return replace(form, shape="numbered-title", title=" ".join(plain_text(joined(head.lines[1:])).split()))


def _drop_lonely_numbers(sections: list[Section]) -> None:
    """A bare number heads a chapter only as one of a series."""
    numbered = [s for s in sections if s.form and s.form.shape in ("number", "numbered-title")]
    values = [s.form.number.value for s in numbered if s.form and s.form.number and s.form.number.value is not None]
    steps = sum(b - a == 1 for a, b in itertools.pairwise(values))
    if len(values) > 1 and steps >= len(values) // 2:
        for s in numbered:
            if s.form:
                s.form = replace(s.form, shape="division")


def _merge_label_and_title(sections: list[Section]) -> list[Section]:
    """A heading with nothing under it and the heading right after it are one: "CHAPTER I." and its title."""
    out: list[Section] = []
    for section in sections:
        before = out[-1] if out else None
        if (
            before is not None
            and before.head is not None
            and section.head is not None
            and not before.items
            and before.divides
            and before.form is not None
            and not before.form.title
            and before.form.kind not in ("part", "volume")
            and (
                not section.divides
                or (section.form is not None and section.form.shape == "single" and not before.form.word)
            )
            and section.head.level >= before.head.level
        ):
            title = joined(section.head.lines)
            before.head = replace(before.head, lines=(*before.head.lines, title))
            before.form = replace(before.form, title=" ".join(plain_text(title).split()))
            before.items = section.items
            continue
        out.append(section)
    return out


# ------------------------------------------------------------------------------------------ which ones divide


def _dividing_level(sections: Sequence[Section], least: int) -> int | None:
    """Headings of this level or above divide the story into chapters; None: nothing does. `least` words lie between
    most of them, where they have no chapter words."""
    worded = [s for s in sections if s.head is not None and s.divides]
    if worded:
        levels = [s.head.level for s in worded if s.head and s.head.marked]
        return max(set(levels), key=lambda v: (levels.count(v), -v)) if levels else 0
    counts = Counter(s.head.level for s in sections if s.head is not None and s.head.marked)
    level = min((level for level, count in counts.items() if count > 1), default=None)
    if level is None:
        return None
    return level if median(_spans(sections, level)) >= least else None


def _spans(sections: Sequence[Section], level: int) -> list[int]:
    spans: list[int] = []
    for s in sections:
        if s.head is not None and s.head.level <= level:
            spans.append(s.words)
        elif spans:
            spans[-1] += s.words
    return spans or [0]


def _divides(section: Section, level: int) -> bool:
    if section.head is None:
        return False
    return section.divides or (section.head.marked and section.head.level <= level)


def _parted(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Chapters after a part's heading are its children."""
    if not any(c.kind in ("part", "volume") for c in chapters):
        return list(chapters)
    out: list[Chapter] = []
    for one in chapters:
        if (
            out
            and out[-1].kind in ("part", "volume")
            and one.kind not in ("part", "volume", "afterword", "appendix", "acknowledgments")
        ) and not (one.kind == "epilogue" and out[-1].children):
            out[-1] = replace(out[-1], children=(*out[-1].children, one))
            continue
        out.append(one)
    return out
