"""The tree of chapters of a text, from its groups and the headings among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from converter.document.contracts import Omission
from converter.document.model import Block, Chapter, ChapterKind, Heading, Note, Origin, SceneBreak, Text
from converter.parsers.text.blocks.footnotes import MARK, citation, signs
from converter.parsers.text.blocks.markup import named_in_heading
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.headings.families import Decision
from converter.recognisers.marks.typed_marks import Marked

CLOSING: set[ChapterKind] = {"epilogue", "afterword", "appendix", "back", "acknowledgments"}


def chapter_tree(
    groups: Sequence[RowGroup],
    decisions: Sequence[Decision],
    first: int,
    make: Callable[[Sequence[RowGroup]], list[Block]],
    inlines: Callable[[str], Marked],
    name: str,
    omissions: list[Omission],
) -> list[Chapter]:
    """The tree of chapters of these groups. Without headings it is one chapter, from group `first` on.

    `make` gives the blocks of some groups, `inlines` the words of a heading with the tags in them.
    """

    def story(part: Sequence[RowGroup]) -> list[Block]:
        return without_edge_breaks(make(part), omissions, name)

    if not decisions:
        body = without_edge_breaks(make(groups[first:]), omissions, name, headed=False)
        return [Chapter(tuple(body), origin=Origin(name, groups[first].line))] if body else []
    flat: list[tuple[Decision, Chapter]] = []
    for k, d in enumerate(decisions):
        stop = decisions[k + 1].at if k + 1 < len(decisions) else len(groups)
        blocks = tuple(story(groups[d.at + d.blocks : stop]))
        origin = Origin(name, d.line)
        head = groups[d.at : d.at + d.blocks]
        if d.depth == 2 and flat:
            owner, chapter = flat[-1]
            words = f"{d.label} {d.title}".strip() if d.title else d.label
            read = inlines(words)
            if not read.content:  # nothing but tags
                read = Marked((Text(words),))
            heading = Heading((*read.content, *_notes_of(head, make, omissions, name)), 1, origin)
            flat[-1] = (owner, replace(chapter, blocks=(*chapter.blocks, heading, *blocks)))
            omissions.extend(_tags_of(head, words, read.tags, name))
            continue
        of_label, of_title = inlines(d.label), inlines(d.title)
        label, title = of_label.content, of_title.content
        omissions.extend(_tags_of(head, f"{d.label} {d.title}", (*of_label.tags, *of_title.tags), name))
        if cited := _notes_of(head, make, omissions, name):
            label, title = (label, (*title, *cited)) if title else ((*label, *cited), title)
        flat.append((d, Chapter(blocks, label, title, d.kind, d.number, (), origin)))
    return _nest(flat)


def without_edge_breaks(
    blocks: Sequence[Block], omissions: list[Omission], name: str, *, headed: bool = True
) -> list[Block]:
    """The blocks of a chapter without breaks at its end, and at its beginning below a heading: there they part
    nothing. Letters in them are named."""
    inner = [i for i, b in enumerate(blocks) if not isinstance(b, SceneBreak)]
    if not inner and not headed:
        return list(blocks)
    start, stop = (inner[0] if headed else 0, inner[-1] + 1) if inner else (0, 0)
    for block in (*blocks[:start], *blocks[stop:]):
        if isinstance(block, SceneBreak) and any(map(str.isalnum, block.mark)):
            omissions.append(Omission("scene break", block.mark, block.origin or Origin(name, 1)))
    return list(blocks[start:stop])


def _notes_of(
    groups: Sequence[RowGroup], make: Callable[[Sequence[RowGroup]], list[Block]], omissions: list[Omission], name: str
) -> list[Note]:
    """The footnotes that a heading cites; their marks were taken off its words (`heading_words`)."""
    notes: list[Note] = []
    for group in groups:
        for footnote in group.notes:
            notes.append(Note(tuple(make(footnote.groups)), footnote.mark))
            pattern = citation(footnote.mark)
            mark = next(((m[0].strip(), r.line) for r in group.rows if (m := pattern.search(r.text))), None)
            if mark is not None and footnote.mark.isalnum():
                omissions.append(Omission(MARK, mark[0], Origin(name, mark[1])))
            omissions.extend(signs(footnote, name))
    return notes


def _tags_of(groups: Sequence[RowGroup], words: str, read: Sequence[str], name: str) -> list[Omission]:
    """The tags of a heading, named; the marks of its notes are named with the notes."""
    rows = [r for g in groups for r in g.rows]
    cited = {m[0].strip() for g in groups for n in g.notes for r in g.rows if (m := citation(n.mark).search(r.text))}
    return [o for o in named_in_heading(rows, words, read, name) if o.text not in cited]


def _nest(flat: Sequence[tuple[Decision, Chapter]]) -> list[Chapter]:
    """Volumes hold parts, parts hold chapters; what opens or closes the whole book stands beside them."""
    last_chapter = max((i for i, (d, _) in enumerate(flat) if d.depth == 1 and d.kind not in CLOSING), default=-1)
    last_part = max((i for i, (d, _) in enumerate(flat) if d.depth == 0), default=-1)
    levels = {"volume": 0, "part": 1, "act": 1}
    stack: list[tuple[int, Chapter]] = []
    out: list[Chapter] = []

    def close(level: int) -> None:
        while stack and stack[-1][0] >= level:
            _, done = stack.pop()
            if stack:
                above, holder = stack[-1]
                stack[-1] = (above, replace(holder, children=(*holder.children, done)))
            else:
                out.append(done)

    for i, (d, chapter) in enumerate(flat):
        level = levels.get(d.kind, 1) if d.depth == 0 else 2
        leaves = d.depth == 1 and d.kind in CLOSING and i > last_chapter
        leaves = leaves or (
            d.kind in ("preface", "foreword") and i < last_part and bool(stack) and bool(stack[-1][1].children)
        )
        close(0 if leaves else level)
        stack.append((level, chapter))
    close(0)
    return out
