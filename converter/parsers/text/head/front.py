"""The head of a story file and the title page of a book: what becomes metadata, what stays to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from converter.document.contracts import Omission
from converter.document.model import Origin
from converter.document.patterns import regex
from converter.parsers.text.blocks.footnotes import citation
from converter.parsers.text.blocks.markup import untagged
from converter.parsers.text.head.below_titles import stands_below_titles
from converter.parsers.text.head.imprint_rows import take_imprint
from converter.parsers.text.head.mail_head import begins_with_mail, take_mail_head
from converter.parsers.text.head.story_words import TITLE_WORDS
from converter.parsers.text.head.summaries import summary_end
from converter.parsers.text.head.telling import begins_head, ends_telling, is_fact, is_stat, labelled_head, together
from converter.parsers.text.head.title_rows import HeadBlock, TitlePage
from converter.parsers.text.head.typescript import running_head, take_address
from converter.parsers.text.lines.layout import Layout, RowGroup
from converter.parsers.text.lines.rows import Row, may_end_paragraph
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.lines.letterheads import letterhead
from converter.recognisers.lines.letters import begins_epigraph
from converter.recognisers.marks.tags import running_tags
from converter.recognisers.metadata.fields import HeadFields, in_head, read_field, read_stat_line
from converter.recognisers.metadata.names import author_in

HEADER_FIELDS = {"title", "author", "translator", "editor", "illustrator", "language", "subtitle"}
FRONT_GROUPS = 60  # a head is over by then; measured: at most 23 blocks
PROSE = 25  # words; a block of more that ends a sentence is the story
TELLING_BLOCKS = 2  # shorter blocks that tell, one after the other: the story has begun
OVER_LETTER = 8  # blocks, in which its head and its greeting stand
TITLE_LINES = 3  # blocks before the first heading: the first of so few is a title
SAID = regex(r"[.!?…,;:—–-][\"'”’»)\]*_]{0,4}\Z")  # how speech ends; a title in quotes has no such sign
SENTENCE_WORDS = 8  # with a full stop behind them: a sentence of the story, no subtitle


@dataclass(slots=True)
class TextFront:
    """The head's values, the groups it used up, and the words that left the text with them."""

    head: HeadFields = field(default_factory=HeadFields)
    used: set[int] = field(default_factory=set)
    omissions: list[Omission] = field(default_factory=list)
    notes: list[RowGroup] = field(default_factory=list)
    kept: dict[int, list[Row]] = field(default_factory=dict)
    language: str = "en"
    announced: frozenset[str] = frozenset()  # lines with which the page around the story announces notes

    def keep(self, at: int, group: RowGroup, rest: Sequence[Row]) -> None:
        """What is left of a group of which rows became metadata."""
        lines = {r.line for r in rest}
        if lines:
            self.kept[at] = [r for r in group.rows if r.line in lines]
        else:
            self.used.add(at)


def read_header(rows: Sequence[Row], front: TextFront) -> None:
    """The fields of a digital library's header (its words are already left out as a whole)."""
    label = ""
    for row in rows:
        text = row.text.strip("[]")
        entry = read_field(text)
        if entry and entry[0] in HEADER_FIELDS:
            name, value, label = entry
            front.head.add(name, value, row.line, label)
            last = name
        elif label and row.gap == 0 and row.indent > 1 and not entry:
            if last == "title":
                front.head.add("subtitle", text, row.line)
                last = ""
            elif last:
                front.head.extend(last, text)
        else:
            label, last = "", ""


def read_front(
    groups: Sequence[RowGroup], stop: int, front: TextFront, name: str, layout: Layout, *, headed: bool = False
) -> None:
    """Read the groups before `stop`, which is the first heading if the story is `headed`; each row used as metadata is
    listed as an omission. A mail's head with which the story begins is the story's."""
    if not _is_mail_of_story(groups, front, name):
        _read_head(groups, stop, front, name, layout, headed=headed)


def _read_head(
    groups: Sequence[RowGroup], stop: int, front: TextFront, name: str, layout: Layout, *, headed: bool
) -> None:
    headed = headed and stop <= FRONT_GROUPS
    stop = min(stop, FRONT_GROUPS, len(groups))
    labelled = labelled_head(groups[:stop])
    corner = _take_corner(groups[:stop], front, name, before_story=_is_below_titles(groups, stop, front.language))
    later = _later_corner(groups, corner, stop, front, name)
    page = _title_page(groups, later, front, name, _labelled_title(groups[:stop], labelled), corner)
    few = _is_few(groups[:stop])
    over = False
    telling = 0  # blocks, one after the other
    tags = running_tags(r.text for g in groups[:stop] for r in g.rows)
    for at, group in _unread(groups[:stop], front):
        rows = [_bare(r, group, tags) for r in group.rows]
        if _takes_whole(groups, at, rows, summary_end(groups, at, stop, headed=headed), front, name):
            continue
        telling = telling + 1 if tells(group) else 0
        if telling == TELLING_BLOCKS or _is_story(rows):
            if at < labelled:
                continue
            break
        over = over and not begins_head(groups, at, front.head)
        rest, facts, has_title = _labelled(rows, together(groups, at), front, layout, first=at == 0, over=over)
        page.titled |= has_title
        if rest and not facts:
            rest, facts = page.take(rest, HeadBlock(group, at, _below(groups, at), at + 1 == stop, few))
            over = over or (ends_telling(rest) and not _is_note(rest[0].text))
        elif facts and at == 0:
            rest, facts = _titled(page, rest, facts, HeadBlock(group, at, None, False, few))
        if facts:
            front.omissions += _omissions_of(group, facts, name)
            front.keep(at, group, rest)


def _is_mail_of_story(groups: Sequence[RowGroup], front: TextFront, name: str) -> bool:
    """Whether a mail begins the story. The head of the mail in which the story was sent is used up."""
    count = take_mail_head(groups, front.head)
    for at in range(count):
        front.omissions += _omissions_of(groups[at], groups[at].rows, name)
        front.keep(at, groups[at], ())
    return not count and begins_with_mail(groups)


def _title_page(
    groups: Sequence[RowGroup], left_out: range, front: TextFront, name: str, title: str, corner: int
) -> TitlePage:
    """What reads the title page; `left_out` are groups that are no witness for the words of the story."""
    story = [g for at, g in enumerate(groups) if at not in left_out]
    return TitlePage(front.head, front.language, story, name.rpartition(".")[0], title, corner)


def _unread(groups: Sequence[RowGroup], front: TextFront) -> Iterator[tuple[int, RowGroup]]:
    """The groups, with their places, that are left to be read; the head of a letter stays where it is."""
    for at in range(_over_letter(groups), len(groups)):
        if at not in front.used:
            yield at, groups[at]


def _over_letter(groups: Sequence[RowGroup]) -> int:
    """How many groups are the head of a letter, which stays where it is."""
    rows = [(at, row) for at, group in enumerate(groups[:OVER_LETTER]) for row in group.rows]
    end = letterhead([line for k, (_, row) in enumerate(rows) for line in (*[""] * (k and row.gap), row.text)])
    return rows[end - 1][0] + 1 if end else 0


def _below(groups: Sequence[RowGroup], at: int) -> RowGroup | None:
    return groups[at + 1] if at + 1 < len(groups) else None


def _labelled_title(groups: Sequence[RowGroup], labelled: int) -> str:
    """The title that a label names in the head, before the story tells; "" where none does. It wins over all that
    stands around it, but for a title with a byline."""
    for at, group in enumerate(groups):
        for row in group.rows:
            field = read_field(row.text)
            if not field and author_in(row.text):
                return ""
            if field and field[0] == "title" and field[1]:
                return field[1]
        if at >= labelled and tells(group):
            break
    return ""


def _take_summary(groups: Sequence[RowGroup], at: int, end: int, front: TextFront, name: str) -> int:
    """The paragraphs below the label of a summary, up to `end`, become the story's description: the group behind."""
    told = [r for g in groups[at:end] for r in g.rows][1:]
    if not told or front.head.one("description"):
        return at
    front.head.add("description", " ".join(r.text for r in told), told[0].line)
    for k, group in enumerate(groups[at:end], at):
        front.omissions += _omissions_of(group, group.rows, name)
        front.keep(k, group, ())
    return end


def _takes_whole(
    groups: Sequence[RowGroup], at: int, rows: Sequence[Row], end: int, front: TextFront, name: str
) -> bool:
    """Whether a block is used up as a whole: a summary, which goes on to `end`, or the book's imprint."""
    if _take_summary(groups, at, end, front, name) > at:
        return True
    if not take_imprint(rows, front.head):
        return False
    front.omissions += _omissions_of(groups[at], rows, name)
    front.keep(at, groups[at], ())
    return True


def _titled(
    page: TitlePage, rest: Sequence[Row], facts: Sequence[Row], block: HeadBlock
) -> tuple[list[Row], list[Row]]:
    """The rows that are left and the facts, once the rows above the first fact are read as a title page."""
    named = page.take([r for r in rest if r.line < facts[0].line], block, facts[0].text)[1]
    return [r for r in rest if r not in named], sorted([*named, *facts], key=lambda r: r.line)


def _is_below_titles(groups: Sequence[RowGroup], at: int, language: str) -> bool:
    """Whether a block is the story or its first chapter's heading: the title stands above it."""
    if at >= len(groups):
        return False
    text = groups[at].rows[0].text
    form = read_form(text, lexicon(language)) if groups[at].words <= TITLE_WORDS else None
    return groups[at].words > TITLE_WORDS or (form is not None and form.shape in ("division", "single"))


def _take_corner(groups: Sequence[RowGroup], front: TextFront, name: str, *, before_story: bool) -> int:
    """How many groups the address is with which a typescript begins; they are used up."""
    rows = [r for g in groups for r in g.rows]
    heads = running_head(rows[:2])
    lines = {r.line for r in (*rows[:heads], *take_address(rows[heads:], front.head, before_story=before_story))}
    count = 0
    for at, group in enumerate(groups):
        if group.line not in lines:
            break
        front.omissions += _omissions_of(group, group.rows, name)
        front.keep(at, group, ())
        count = at + 1
    return count


def _later_corner(groups: Sequence[RowGroup], start: int, stop: int, front: TextFront, name: str) -> range:
    """The groups of the same block below the title page, which some programs put there; they are used up."""
    for at in range(max(1, start), stop):
        if tells(groups[at]):
            break
        above = {r.text.strip() for g in groups[:at] for r in g.rows}
        if groups[at].rows[0].text.strip() not in above:
            continue  # the address over a letter
        rows = [r for g in groups[at:stop] for r in g.rows]
        lines = {r.line for r in take_address(rows, front.head)}
        end = next((k for k in range(at, stop) if groups[k].line not in lines), stop)
        if end > at:
            for k in range(at, end):
                front.omissions += _omissions_of(groups[k], groups[k].rows, name)
                front.keep(k, groups[k], ())
            return range(at, end)
    return range(0)


def _is_few(groups: Sequence[RowGroup]) -> bool:
    """Whether these are the few short lines of a title page, and no more than a dedication, an epigraph and a date."""
    titles = [g for at, g in enumerate(groups) if not (at and stands_below_titles(g, _below(groups, at)))]
    return 0 < len(titles) <= TITLE_LINES and all(len(g.rows) <= TITLE_LINES and not tells(g) for g in titles)


def _is_story(rows: Sequence[Row]) -> bool:
    """Whether a block of the head is too long for one, and bears no label that says what it is."""
    signs = "".join("".join(r.text.split()) for r in rows)
    if 3 * sum(map(str.isalnum, signs)) < len(signs):
        return False  # a drawing
    words = sum(len(r.text.split()) for r in rows)
    return words > PROSE and not read_field(rows[0].text) and not is_stat(rows[0].text)


def _omissions_of(group: RowGroup, facts: Sequence[Row], name: str) -> list[Omission]:
    """The rows of a group that became metadata, as they stand there; the story may keep rows between them."""
    texts = {r.line: r.text for r in group.rows}
    runs: list[list[Row]] = []
    for row in facts:
        if runs and not any(runs[-1][-1].line < r.line < row.line for r in group.rows):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [
        Omission("head of the file", "\n".join(texts[r.line] for r in run), Origin(name, run[0].line)) for run in runs
    ]


def _labelled(
    rows: Sequence[Row], beside: Sequence[Row], front: TextFront, layout: Layout, *, first: bool, over: bool
) -> tuple[list[Row], list[Row], bool]:
    """The rows that are left, those that are fields of the head, and whether one was its title.

    `over` says that the story has begun to tell: then a label is its own.
    """
    rest: list[Row] = []
    facts: list[Row] = []
    in_field = label = ""
    titled = False
    for row in rows:
        text = row.text
        fact = None if is_stat(text) else read_field(text)
        if fact and (fact[0] == "note" or begins_epigraph(text) or over or not is_fact(fact, row, beside, front.head)):
            rest.append(row)
            in_field = ""
        elif fact and not (fact[0] == "extra" and not front.head.values and not first and fact[2].casefold() == "book"):
            front.head.add(fact[0], fact[1], row.line, fact[2])
            in_field, label = fact[0], fact[2]
            facts.append(row)
            titled = titled or fact[0] == "title"
        elif read_stat_line(text, front.head, row.line):
            facts.append(row)
            in_field = ""
        elif in_field and (layout.wrapped or in_field == "description") and not rest:
            front.head.extend(in_field, text, label)
            facts.append(row)
        else:
            rest.append(row)
    return rest, facts, titled


def _is_note(text: str) -> bool:
    fact = read_field(text)
    return fact is not None and fact[0] == "note"


def _bare(row: Row, group: RowGroup, tags: frozenset[str]) -> Row:
    """A row as it is meant: without tags, and without the marks of the footnotes it cites."""
    text = untagged(row.text, tags)
    for footnote in group.notes:
        text = citation(footnote.mark).sub("", text, count=1)
    return row._replace(text=text) if text and text != row.text else row


def tells(group: RowGroup) -> bool:
    """Whether a block is a sentence or somebody's speech, as a story has it and no head."""
    text = group.rows[0].text
    ended = may_end_paragraph(group.rows[-1].text)
    sentence = group.words > SENTENCE_WORDS and ended and not text.isupper()
    spoken = text[0] in "\"“‘'«„—–" and group.words > 2 and bool(SAID.search(group.rows[-1].text[-12:]))
    return (sentence or spoken) and not in_head(text)
