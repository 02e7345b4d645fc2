"""The head of a story file and the title page of a book: what becomes metadata, what stays to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.footnotes import citation
from converter.parsers.text.habit import Group, Habit
from converter.parsers.text.markup import untagged
from converter.parsers.text.rows import Row, ends_sentence
from converter.parsers.text.telling import begins_head, ends_telling, is_fact, tells_on, together
from converter.recognisers.fields import (
    BY,
    BY_ALONE,
    LONGEST_NAME,
    PARTICLES,
    TRANSLATED,
    Head,
    clean_name,
    in_head,
    is_person,
    read_field,
    read_stat_line,
    tidy_title,
)
from converter.recognisers.headings.families import Decision, title_key
from converter.recognisers.tags import running_tags

TITLE_WORDS = 16
HEADER_FIELDS = {"title", "author", "translator", "editor", "illustrator", "language", "subtitle"}
FRONT_GROUPS = 60  # a head is over by then; measured: at most 23 blocks
PROSE = 25  # words; a block of more that ends a sentence is the story
TOLD = 2  # shorter blocks that tell, one after the other: the story has begun
SENTENCE_WORDS = 8  # with a full stop behind them: a sentence of the story, no subtitle
LONGEST_SUFFIX = 3  # letters before the full stop of a name: "Esq."
OF_NAMES = PARTICLES - frozenset("and et la le les of the und y zu".split())  # what may stand in a name unsaid before
ONE_LINE = regex(r"(.{2,80}?),?\s+by\s+([^\W\d_][\w.'’\- ]{2,40}?)(?:\s*[\[(]\d{4}[\])])?\s*\Z", re.I)
BRACKETED = regex(r"[\[(].{0,60}[\])]\Z")
FURNITURE = regex(r"(?:the|an?)\s+.{0,40}edition\b|complete(?: and unabridged)?\Z|illustrated\b", re.I)


@dataclass(slots=True)
class Front:
    """The head's values, the groups it used up, and the words that left the text with them."""

    head: Head = field(default_factory=Head)
    used: set[int] = field(default_factory=set)
    omissions: list[Omission] = field(default_factory=list)
    notes: list[Group] = field(default_factory=list)
    kept: dict[int, list[Row]] = field(default_factory=dict)
    language: str = "en"


def read_header(rows: Sequence[Row], front: Front) -> None:
    """The fields of a digital library's header (its words are already left out as a whole)."""
    label = ""
    for row in rows:
        text = row.text.strip("[]")
        found = read_field(text)
        if found and found[0] in HEADER_FIELDS:
            name, value, label = found
            front.head.add(name, value, row.line, label)
            last = name
        elif label and row.gap == 0 and row.indent > 1 and not found:
            if last == "title":
                front.head.add("subtitle", text, row.line)
                last = ""
            elif last:
                front.head.extend(last, text)
        else:
            label, last = "", ""


def read_front(groups: Sequence[Group], stop: int, front: Front, name: str, habit: Habit) -> None:
    """Read the groups before the first heading (`stop`); each row used as metadata is listed as an omission."""
    stop = min(stop, FRONT_GROUPS, len(groups))
    by_next = titled = over = False
    told = 0
    tags = running_tags(r.text for g in groups[:stop] for r in g.rows)
    for at in range(stop):
        group = groups[at]
        rows = [_bare(r, group, tags) for r in group.rows]
        words = sum(r.text.count(" ") + 1 for r in rows)
        if words > PROSE and not read_field(rows[0].text) and not _is_stat(rows[0].text):
            break
        told = told + 1 if tells(group) else 0
        if told == TOLD:
            break
        over = over and not begins_head(groups, at, front.head)
        left, taken, has_title = _labelled(rows, together(groups, at), front, habit, first=at == 0, over=over)
        titled = titled or has_title
        if left and not taken:
            left, used, by_next, titled = _title_rows(left, group, at, stop, groups, front, by_next, titled)
            taken.extend(used)
            over = over or (ends_telling(left) and not _is_note(left[0].text))
        if taken:
            said = {r.line: r.text for r in group.rows}
            runs: list[list[Row]] = []
            for row in taken:  # rows that the story keeps may stand between them
                if runs and not any(runs[-1][-1].line < r.line < row.line for r in group.rows):
                    runs[-1].append(row)
                else:
                    runs.append([row])
            front.omissions += [
                Omission("head of the file", "\n".join(said[r.line] for r in run), Origin(name, run[0].line))
                for run in runs
            ]
            if left:
                lines = {r.line for r in left}
                front.kept[at] = [r for r in group.rows if r.line in lines]
            else:
                front.used.add(at)


def _labelled(
    rows: Sequence[Row], beside: Sequence[Row], front: Front, habit: Habit, *, first: bool, over: bool
) -> tuple[list[Row], list[Row], bool]:
    """The rows that are left, those that are fields of the head, and whether one was its title.

    `over` says that the story has begun to tell: then a label is its own.
    """
    left: list[Row] = []
    taken: list[Row] = []
    in_field = label = ""
    titled = False
    for row in rows:
        text = row.text
        found = read_field(text)
        if found and (found[0] == "note" or over or not is_fact(found, row, beside, front.head)):
            left.append(row)
            in_field = ""
        elif found and not (
            found[0] == "extra" and not front.head.values and not first and found[2].casefold() == "book"
        ):
            front.head.add(found[0], found[1], row.line, found[2])
            in_field, label = found[0], found[2]
            taken.append(row)
            titled = titled or found[0] == "title"
        elif read_stat_line(text, front.head, row.line):
            taken.append(row)
            in_field = ""
        elif in_field and (habit.wrapped or in_field == "description") and not left:
            front.head.extend(in_field, text, label)
            taken.append(row)
        else:
            left.append(row)
    return left, taken, titled


def _is_note(text: str) -> bool:
    found = read_field(text)
    return found is not None and found[0] == "note"


def _bare(row: Row, group: Group, tags: frozenset[str]) -> Row:
    """A row as it is meant: without tags, and without the marks of the footnotes it cites."""
    text = untagged(row.text, tags)
    for footnote in group.notes:
        text = citation(footnote.mark).sub("", text, count=1)
    return row._replace(text=text) if text and text != row.text else row


def tells(group: Group) -> bool:
    """Whether a block is a sentence or somebody's speech, as a story has it and no head."""
    text = group.rows[0].text
    ended = ends_sentence(group.rows[-1].text)
    told = group.words > SENTENCE_WORDS and ended and not text.isupper()
    spoken = text[0] in "\"“‘'«„—–" and group.words > 2 and ended
    return (told or spoken) and not in_head(text)


def fill_from_library(front: Front, named: tuple[str, str]) -> None:
    """Title and author as a library's own lines name them fill what the head left open."""
    for field_name, value in zip(("title", "author"), named, strict=True):
        if value and not front.head.one(field_name):
            front.head.add(field_name, value, 1)


def drop_half_title(
    groups: list[Group], decisions: list[Decision], front: Front, name: str, first: int
) -> tuple[list[Group], list[Decision]]:
    """Without the half-title: the book's title alone once more from group `first` on, right before a heading."""
    key = title_key(front.head.one("title"))
    heads = {d.at for d in decisions}
    gone = {
        i
        for i, g in enumerate(groups)
        if key
        and i >= first
        and len(g.rows) == 1
        and not g.notes
        and i + 1 in heads
        and title_key(g.rows[0].text) == key
        and not _belongs_to_heading(i, decisions)
    }
    if not gone:
        return groups, decisions
    for i in sorted(gone):
        front.omissions.append(Omission("repeated title", groups[i].rows[0].text, Origin(name, groups[i].line)))
    places = [i for i in range(len(groups)) if i not in gone]
    new = {old: k for k, old in enumerate(places)}
    return [groups[i] for i in places], [d._replace(at=new[d.at]) for d in decisions if d.at in new]


def _belongs_to_heading(at: int, decisions: Sequence[Decision]) -> bool:
    """Whether it is (part of) a numbered heading: a chapter may be called like the book."""
    return any(d.at < at < d.at + d.blocks or (d.at == at and d.label) for d in decisions)


def _below_title(group: Group, at: int, k: int, text: str) -> bool:
    """The second line of the file, right below its title: a subtitle."""
    second = k == 1 == len(group.rows) - 1 if at == 0 else at == 1 and k == 0 and group.gap == 0
    return second and not ends_sentence(text)


def _title_and_author(text: str) -> re.Match[str] | None:
    """`The Salt Road, by Ada Thorn` on one line: most words of the title are capitals, and the name is one."""
    m = ONE_LINE.match(text)
    if not m or not is_person(m[2]) or re.search(r"[,;.!?]\s", m[1]) or ends_sentence(m[1]):
        return None
    words = m[1].split()
    large = sum(w[0].isupper() or w[0].isdigit() for w in words)
    return m if 2 * large >= len(words) and words[0][0].isupper() else None


def _is_stat(text: str) -> bool:
    return read_stat_line(text, Head(), 0)


def _title_rows(
    rows: list[Row],
    group: Group,
    at: int,
    stop: int,
    groups: Sequence[Group],
    front: Front,
    by_next: bool,
    titled: bool,
) -> tuple[list[Row], list[Row], bool, bool]:
    """Title, subtitle, `by`, author, translator: rows of a title page, in their order."""
    left: list[Row] = []
    used: list[Row] = []
    head = front.head
    for k, row in enumerate(rows):
        text = tidy_title(row.text)
        following = (
            rows[k + 1].text if k + 1 < len(rows) else groups[at + 1].rows[0].text if at + 1 < len(groups) else ""
        )
        known = head.one("title")
        if BY_ALONE.match(text) and len(text) < 40:
            by_next = True
            used.append(row)
        elif by_next and len(text) <= LONGEST_NAME and is_person(text, handle=True):
            head.add("author", clean_name(text), row.line)
            used.append(row)
            by_next = False
        elif (m := TRANSLATED.match(text)) and len(text) < 100:
            head.add("translator", m[1], row.line)
            used.append(row)
        elif (m := BY.match(text)) and is_person(m[2], handle=titled or bool(known)) and len(text) < 80:
            head.add("author", m[2], row.line)
            used.append(row)
        elif known and _same(text, known):
            titled = True
            used.append(row)
        elif known and head.one("subtitle") and _same(text, head.one("subtitle")):
            used.append(row)
        elif not titled and not known and at == k == 0 and len(rows) == 1 and (m := _title_and_author(text)):
            head.add("title", m[1], row.line)
            head.add("author", m[2], row.line)
            used.append(row)
            titled = True
        elif not titled and not known and at == 0 and k == 0 and _title_like(text, group, at, stop, groups, following):
            head.add("title", _title_case(text, front.language), row.line)
            used.append(row)
            titled = True
        elif known and _name_of_author(text, head):
            used.append(row)
        elif (
            titled
            and not head.values.get("author")
            and not head.one("subtitle")
            and (BY_ALONE.match(following) or BY.match(following) or _below_title(group, at, k, text))
        ):
            head.add("subtitle", _title_case(text, front.language), row.line)
            used.append(row)
        elif known and title_key(text) and title_key(text) in title_key(known) and not titled:
            used.append(row)  # a title set over several lines
        else:
            by_next = False
            left.append(row)
    return left, used, by_next, titled


def _title_like(text: str, group: Group, at: int, stop: int, groups: Sequence[Group], following: str) -> bool:
    if len(text.split()) > TITLE_WORDS or text[:1] in "\"“'‘«([-–—" or len(text) > 90 or tells_on(text):
        return False
    if BY.match(following) or BY_ALONE.match(following) or read_field(following) or _is_stat(following):
        return True
    if text.endswith((".", ",", ";", ":", "…")) and not text.isupper():
        return False
    follows_heading = at + 1 == stop and len(group.rows) == 1
    wide = at + 1 < len(groups) and groups[at + 1].gap >= 2 and len(group.rows) == 1
    return follows_heading or (wide and not text.endswith(("!", "?"))) or (text.isupper() and len(group.rows) <= 2)


def _same(a: str, b: str) -> bool:
    ka, kb = title_key(a), title_key(b)
    if not ka or not kb:
        return False
    short, long = sorted((ka.removeprefix("the"), kb.removeprefix("the")), key=len)
    return short == long or (len(short) >= 6 and len(short) > 0.6 * len(long) and short in long)


def _name_of_author(text: str, head: Head) -> bool:
    """The author's name as the title page has it: alone, or with capitalised words beside it ("Sir Arthur ...").

    A small word, another sign than those of initials, or a full stop after a word makes it a sentence of the story.
    """
    author = head.one("author")
    if not author or len(text.split()) > 6 or len(text) > LONGEST_NAME:
        return False
    name = re.sub(r"^by\s+", "", text, flags=re.I)
    own = [w.casefold() for w in re.findall(r"[^\W\d_]+", author)]
    words = re.findall(r"[^\W\d_]+", name)
    said = [w.casefold() for w in words]
    if not said:
        return False
    if len(own) < 2:
        return bool(own) and said == own and not re.search(r"[?!]", name)
    if re.search(r"[?!:;\"“”…]", name):
        return False
    if name.endswith(".") and not name.isupper() and (said[-1] in own or len(said[-1]) > LONGEST_SUFFIX):
        return False
    if any(w.islower() and w not in author and w not in OF_NAMES for w in words):
        return False
    rest = iter(said)
    return all(w in rest for w in own) or f"{own[-1]}, {' '.join(own[:-1])}" == name.casefold()


def _title_case(text: str, language: str = "en") -> str:
    if not text.isupper() or len(text) < 4:
        return text
    if not language.startswith("en"):  # elsewhere only the first word and names are large; names we can't tell
        return text[0] + text[1:].lower()
    small = {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "nor",
    }
    words = [w.capitalize() if not re.fullmatch(r"[IVXLC]+\W?", w) else w for w in text.split()]
    cased = [
        w.lower() if i and w.lower() in small and not words[i - 1].endswith(":") else w for i, w in enumerate(words)
    ]
    return " ".join(cased)
