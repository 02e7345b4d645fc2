"""Items -> chapters: which headings divide the story, which stand inside a chapter, which only repeat the title."""

from __future__ import annotations

import itertools
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
    Figure,
    Foreign,
    Inlines,
    Link,
    Origin,
    Strong,
    Styled,
    Text,
)
from converter.document.traversal import OBJECT
from converter.document.words import plain_text
from converter.parsers.items.captions import with_captions
from converter.parsers.items.chats import name_chats
from converter.parsers.items.end_line import with_end_line, without_chapters_ends
from converter.parsers.items.front import TakenTitlePage
from converter.parsers.items.front_leaves import front_leaves
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Item
from converter.parsers.items.labels import with_scene_labels
from converter.parsers.items.letters import name_letters
from converter.parsers.items.mottos import with_epigraphs
from converter.parsers.items.normalisation import blocks_of, gaps_settled, notes_placed
from converter.parsers.items.sections import DIVISIONS, PARTS, Section, is_part, merge_label_and_title, sections_of
from converter.parsers.items.title_page import take_title_page
from converter.parsers.items.written_headings import written_headings
from converter.recognisers.headings.forms import Form
from converter.recognisers.headings.words import Lexicon, lexicon
from converter.recognisers.lines.volumes import volume_of
from converter.recognisers.metadata.credits import Role

SECTION_WORDS = 300  # median words between headings that are no chapter words: below it they are sub-headings


@dataclass(frozen=True, slots=True)
class Divided:
    """A story in chapters; what was left out on the way; `title`, `author`, `series` and the like as its own headings
    give them."""

    chapters: tuple[Chapter, ...]
    omissions: tuple[Omission, ...] = ()
    title: str = ""
    subtitle: str = ""
    author: str = ""
    published: str = ""
    helpers: tuple[tuple[Role, str], ...] = ()  # who did what, the author apart
    series: str = ""
    series_index: str = ""


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
    settled = written_headings(gaps_settled(with_captions(items)), lex)
    sections = sections_of(settled, lex)
    front = take_title_page(sections, title, source, lex, authors) if titled else TakenTitlePage(source)
    sections = merge_label_and_title(sections)
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
    chapters = [with_epigraphs(c) for c in _without_picture_chapter(chapters)]
    chapters = [replace(c, blocks=tuple(name_letters(c.blocks))) for c in chapters]
    if typed:
        chapters = [replace(c, blocks=tuple(name_chats(c.blocks))) for c in chapters]
    chapters = [replace(c, blocks=tuple(with_scene_labels(c.blocks))) for c in chapters]
    omissions = list(front.omissions)
    subtitle, series, number = _series_in(front.subtitle, lex)
    chapters = without_chapters_ends(chapters, lex, source, omissions)
    return Divided(
        tuple(parted(front_leaves(chapters))),
        tuple(omissions),
        front.title,
        subtitle,
        front.author,
        front.published,
        tuple(front.helpers),
        series,
        number,
    )


def _series_in(subtitle: str, lex: Lexicon) -> tuple[str, str, str]:
    """A title page's subtitle as (subtitle, series, number in it): "The Grey Harbour, Book 2" names these alone."""
    volume = volume_of(subtitle, lex)
    if volume is None or not volume.series or volume.title:
        return subtitle, "", ""
    return "", volume.series, str(volume.number)


def chapter(head: Inlines, form: Form | None, blocks: Sequence[Item], origin: Origin | None = None) -> Chapter:
    """A chapter from its heading and what it holds."""
    label, title = _with_places(head, *label_and_title(head, form))
    number = form.number.value if form and form.number and form.number.value is not None else None
    kind = form.kind if form and form.shape in (*DIVISIONS, "number", "numbered-title") else "chapter"
    return Chapter(with_end_line(blocks_of(notes_placed(blocks))), label, title, kind, number, (), origin)


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


def _without_picture_chapter(chapters: list[Chapter]) -> list[Chapter]:
    """The chapters; pictures alone before the first heading are no chapter, but stand before the story."""
    first = chapters[0] if len(chapters) > 1 else Chapter()
    if first.label or first.title or not first.blocks or not all(isinstance(b, Figure) for b in first.blocks):
        return chapters
    return [replace(first, kind="front"), *chapters[1:]]


# -------------------------------------------------------------------------------------- which headings divide


def _dividing_level(sections: Sequence[Section], least: int) -> int | None:
    """Headings of this level or above divide the story into chapters; None: nothing does. `least` words lie between
    most of them, where they have no chapter words."""
    worded = [s for s in sections if s.head is not None and s.divides]
    if worded and (below := _level_below_parts(sections, least)):
        return below
    if worded:
        levels = [s.head.level for s in worded if s.head and s.head.marked]
        return max(set(levels), key=lambda v: (levels.count(v), -v)) if levels else 0
    counts = Counter(s.head.level for s in sections if s.head is not None and s.head.marked)
    level = min((level for level, count in counts.items() if count > 1), default=None)
    if level is None:
        return None
    return level if median(_spans(sections, level)) >= least else None


def _level_below_parts(sections: Sequence[Section], least: int) -> int:
    """The level of the chapters of parts, where nothing but parts is worded and titles follow right below most of them;
    0 where there are none."""
    heads = [(s, s.head.level) for s in sections if s.head is not None and (s.head.marked or s.divides)]
    parts = [level for s, level in heads if is_part(s)]
    deeper = [(level, s.words) for s, level in heads if parts and level > max(parts)]
    if len(parts) < sum(s.divides for s, _ in heads) or 2 * _opened(heads) <= len(parts) or len(deeper) < 2:
        return 0
    level = min(level for level, _ in deeper)
    return level if median(words for own, words in deeper if own == level) >= least else 0


def _opened(heads: Sequence[tuple[Section, int]]) -> int:
    """How many parts begin with a heading below their own."""
    pairs = itertools.pairwise(heads)
    return sum(is_part(s) and not s.words and below > level for (s, level), (_, below) in pairs)


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


def parted(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Chapters after a part's heading are its children."""
    if not any(c.kind in PARTS for c in chapters):
        return list(chapters)
    out: list[Chapter] = []
    for one in chapters:
        if (
            out and out[-1].kind in PARTS and one.kind not in (*PARTS, "afterword", "appendix", "acknowledgments")
        ) and not (one.kind == "epilogue" and out[-1].children):
            out[-1] = replace(out[-1], children=(*out[-1].children, one))
            continue
        out.append(one)
    return out
