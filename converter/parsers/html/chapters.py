"""Items -> chapters: which headings divide the story, which stand inside a chapter, which only repeat the title."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from converter.contracts import Edit, Omission
from converter.model import Chapter, Emphasis, Inlines, Link, Origin, Paragraph, SceneBreak, Strong, Styled, Text
from converter.parsers.headings.forms import Form, read_form
from converter.parsers.headings.words import Lexicon, lexicon
from converter.parsers.html.inlines import joined
from converter.parsers.html.items import Head, Item
from converter.parsers.html.shapes import gaps_settled, item_texts, item_words, notes_placed, settle
from converter.walk import OBJECT, edit_inlines, flat_text, plain_text

SECTION_WORDS = 300  # median words between headings that are no chapter words: below it they are sub-headings
HEADING_LENGTH = 90  # characters of a paragraph that may be a heading
TITLE_PAGE_WORDS = 40  # words between a work's title and its first chapter that belong to the title page
BYLINE_WORDS = 8
CONTENTS_SHARE = 0.6  # of a contents list's words are in the headings it lists
DIVISIONS = ("division", "single")
SPEECH = "\"“”„«»‘'—–"
SPEECH = "\"“”„«»‘'—–"
BYLINE = re.compile(r"^(?:by|von|par|por|di|da|от|af|av|door)\s+\S", re.I)


@dataclass(frozen=True, slots=True)
class Divided:
    """A story in chapters; what was left out on the way; `title` and `author` as its own headings give them."""

    chapters: tuple[Chapter, ...]
    omissions: tuple[Omission, ...] = ()
    title: str = ""
    subtitle: str = ""
    author: str = ""


@dataclass(slots=True)
class Section:
    """A heading with what follows it."""

    head: Head | None
    items: list[Item]
    form: Form | None = None

    @property
    def words(self) -> int:
        """The words under the heading."""
        return sum(map(item_words, self.items))

    @property
    def divides(self) -> bool:
        """Whether the heading is worded as a division."""
        return self.form is not None and self.form.shape in DIVISIONS


def divide(items: Sequence[Item], language: str, title: str, source: str) -> Divided:
    """Chapters of a story whose work title is `title` ("" when unknown)."""
    lex = lexicon(language or "en")
    found = _written_headings(gaps_settled(items), lex)
    sections = _sections(found, lex)
    front = _title_page(sections, title, source, lex)
    sections = _merge_label_and_title(sections)
    level = _dividing_level(sections)
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
    label, title = label_and_title(head, form)
    number = form.number.value if form and form.number and form.number.value is not None else None
    kind = form.kind if form and form.shape in (*DIVISIONS, "number", "numbered-title") else "chapter"
    return Chapter(settle(notes_placed(blocks)), label, title, kind, number, (), origin)


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


def same_words(one: str, other: str) -> bool:
    """Whether two titles are the same but for signs, case and spaces."""
    key = re.sub(r"[\W_]+", "", one.casefold())
    return bool(key) and key == re.sub(r"[\W_]+", "", other.casefold())


def _cites(content: Inlines) -> bool:
    """Whether a note or a picture hangs on these words: they are not dropped."""
    return OBJECT in flat_text(content)


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
    for item in items:
        if isinstance(item, Paragraph):
            text = plain_text(item.content).strip()
            if 0 < len(text) <= HEADING_LENGTH and _reads_as_heading(item, text, lex):
                lines = _lines(item.content)
                out.append(Head(lines, 6, item.origin, marked=False))
                continue
            if 0 < len(text) <= HEADING_LENGTH and _reads_as_title(item, text, out, lex):
                out.append(Head(_lines(item.content), 6, item.origin, marked=False))
                continue
        out.append(item)
    return out


def _reads_as_title(item: Paragraph, text: str, before: Sequence[Item], lex: Lexicon) -> bool:
    """A line in the middle right under a written heading that is only a label: its title."""
    if not before or not isinstance(before[-1], Head) or before[-1].marked or item.align != "center":
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
    return tuple((Text(line.strip()),) for line in text.split("\n") if line.strip())


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
        if isinstance(item, Head):
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


def _number_above(head: Head, lex: Lexicon) -> Form | None:
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


def _dividing_level(sections: Sequence[Section]) -> int | None:
    """Headings of this level or above divide the story into chapters; None: nothing does."""
    heads = [s for s in sections if s.head is not None]
    worded = [s for s in heads if s.divides]
    if worded:
        levels = [s.head.level for s in worded if s.head and s.head.marked]
        return max(set(levels), key=lambda v: (levels.count(v), -v)) if levels else 0
    marked = [s for s in heads if s.head and s.head.marked]
    for level in sorted({s.head.level for s in marked if s.head}):
        here = [s for s in marked if s.head and s.head.level == level]
        if len(here) >= 2:
            spans = _spans(sections, level)
            return level if median(spans) >= SECTION_WORDS else None
    return None


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


# ---------------------------------------------------------------------------------------------- the title page


@dataclass(slots=True)
class Front:
    """What the story's own title page says, and what was taken off it."""

    source: str
    title: str = ""
    subtitle: str = ""
    author: str = ""
    omissions: list[Omission] = field(default_factory=list)

    def omit(self, rule: str, text: str, origin: Origin | None) -> None:
        """Notes words that are not in the story any more."""
        self.omissions.append(Omission(rule, text, origin or Origin(self.source, 1)))


def _title_page(sections: list[Section], title: str, source: str, lex: Lexicon) -> Front:
    """Takes the work's title, subtitle and byline off the front, and contents lists out of it."""
    front = Front(source)
    first = sections[0] if sections else None
    if first is not None and first.head is None and first.items:
        _drop_title_line(first, title, front)
    index = next((i for i, s in enumerate(sections[:3]) if s.head is not None), None)
    if index is not None and _is_work_title(sections, index, title):
        _take_title(sections, index, title, front)
        while index < len(sections) and _take_byline(sections, index, front):
            pass
    _drop_contents(sections, lex, front)
    if front.omissions:
        _drop_small_lines(sections, front)
    return front


def _drop_small_lines(sections: list[Section], front: Front) -> None:
    """Headings of a title page that head nothing: smaller than a chapter's, with rules at most under them
    ("LONDON 1899")."""
    chapter = next((s.head for s in sections if s.head is not None and s.divides), None)
    while chapter is not None and sections[0].head is not chapter:
        head = sections[0].head
        if any(not isinstance(i, SceneBreak) or any(map(str.isalnum, i.mark)) for i in sections[0].items):
            return
        if head is not None:
            if head.level <= chapter.level or _cites(joined(head.lines)):
                return
            front.omit("title page", _head_text(sections[0]), head.origin)
        sections.pop(0)


def _drop_centred_title(section: Section, title: str, front: Front) -> bool:
    """Two lines in the middle of the page, the second "by Somebody"."""
    lines: list[str] = []
    count = 0
    for item in section.items[:2]:
        if not isinstance(item, Paragraph) or item.align != "center" or _cites(item.content):
            break
        lines.extend(line.strip() for line in plain_text(item.content).split("\n") if line.strip())
        count += 1
        if len(lines) > 1:
            break
    if (
        len(lines) != 2
        or not BYLINE.match(lines[1])
        or len(lines[1].split()) > BYLINE_WORDS
        or len(lines[0]) > HEADING_LENGTH
    ):
        return False
    if not title or not same_words(lines[0], title):
        front.title = lines[0]
    front.author = lines[1].split(None, 1)[1]
    first = section.items[0]
    front.omit("title page", "\n".join(lines), getattr(first, "origin", None))
    del section.items[:count]
    return True


def _head_text(section: Section) -> str:
    return " ".join(plain_text(joined(section.head.lines)).split()) if section.head else ""


def _is_work_title(sections: list[Section], index: int, title: str) -> bool:
    section = sections[index]
    head = section.head
    if head is None or not head.marked or section.divides or _cites(joined(head.lines)):
        return False
    if title:
        return same_words(_head_text(section), title) or same_words(plain_text(head.lines[0]), title)
    alone = sum(1 for s in sections if s.head and s.head.level == head.level) == 1
    return alone and not section.divides and head.level <= 2


def _take_title(sections: list[Section], index: int, title: str, front: Front) -> None:
    section = sections[index]
    head = section.head
    if head is None:
        return
    if not title:
        front.title = _head_text(section)
    elif len(head.lines) > 1 and same_words(plain_text(head.lines[0]), title):
        for line in head.lines[1:]:
            text = " ".join(plain_text(line).split())
            if BYLINE.match(text):
                front.author = text.split(None, 1)[1]
    front.omit("duplicate title", _head_text(section), head.origin)
    _behead(sections, index)


def _behead(sections: list[Section], index: int) -> None:
    """Takes a section's heading away; what stood under it joins what stood before."""
    section = sections[index]
    section.head, section.form = None, None
    if not section.items:
        sections.pop(index)
    elif index and sections[index - 1].head is None:
        sections[index - 1].items.extend(section.items)
        sections.pop(index)


def _take_byline(sections: list[Section], index: int, front: Front) -> bool:
    """A heading right under the title that names the author, or goes on with the title."""
    at = index if index < len(sections) and sections[index].head is not None else index + 1
    if at >= len(sections) or (at > index and sections[index].words > TITLE_PAGE_WORDS):
        return False
    section = sections[at]
    text = _head_text(section)
    if (
        section.head is None
        or section.divides
        or section.words > TITLE_PAGE_WORDS
        or _cites(joined(section.head.lines))
    ):
        return False
    if BYLINE.match(text) and len(text.split()) <= BYLINE_WORDS:
        front.author = front.author or text.split(None, 1)[1]
        front.omit("byline", text, section.head.origin)
        _behead(sections, at)
        return True
    following = _head_text(sections[at + 1]) if at + 1 < len(sections) else ""
    if not section.words and not front.subtitle and BYLINE.match(following):
        front.subtitle = text
        front.omit("subtitle", text, section.head.origin)
        _behead(sections, at)
        return True
    return False


def _drop_contents(sections: list[Section], lex: Lexicon, front: Front) -> None:
    """A section headed "Contents" whose few words are those of the headings after it."""
    for i, section in enumerate(sections):
        if section.head is None or _head_text(section).strip(" .:").casefold() not in lex.contents:
            continue
        later = {w for s in sections[i + 1 :] for w in _key_words(_head_text(s))}
        text = "\n".join(t for item in section.items for t in item_texts(item))
        words = _key_words(text)
        if words and sum(w in later for w in words) < CONTENTS_SHARE * len(words):
            continue
        front.omit("contents list", _head_text(section), section.head.origin)
        if text:
            front.omit("contents list", text, section.head.origin)
        sections.pop(i)
        return


def _key_words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", text.casefold()) if not w.isdigit()]


def _drop_title_line(section: Section, title: str, front: Front) -> None:
    """A first line in bold or in the middle that repeats the title; or a title and a byline, whatever the page
    is called."""
    item = section.items[0]
    if isinstance(item, Paragraph) and item.align == "center" and _drop_centred_title(section, title, front):
        return
    if (
        isinstance(item, Paragraph)
        and title
        and same_words(plain_text(item.content), title)
        and not _cites(item.content)
    ):
        front.omit("duplicate title", plain_text(item.content), item.origin)
        section.items.pop(0)
