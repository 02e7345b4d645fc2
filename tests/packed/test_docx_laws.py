"""A law of Word documents, whatever stands in them: each paragraph's words are in the book once, in their order, with
their looks; headings, lists, tables and notes stay what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from converter.document.model import (
    Blocks,
    Emphasis,
    Heading,
    Inlines,
    List,
    Note,
    Paragraph,
    Strong,
    Styled,
    Table,
)
from converter.document.words import plain_text
from tests.packed.documents import STYLES, Document, p, r, read

NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/></w:lvl>'
    f'</w:abstractNum><w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
    for n, (kind, mark) in enumerate((("bullet", "•"), ("decimal", "%1.")), 1)
)
LOOKS = {"italic": "<w:i/>", "bold": "<w:b/>", "raised": '<w:vertAlign w:val="superscript"/>', "": ""}
WORDS = st.text("abcdeghiklmnoprstuwäßéжя", min_size=3, max_size=9)
RUNS = st.lists(st.tuples(WORDS, st.sampled_from([*LOOKS, "", "", "note"])), min_size=4, max_size=9)
PARTS = st.one_of(
    st.tuples(st.just("prose"), RUNS),
    st.tuples(st.just("heading"), RUNS.map(lambda runs: [(word, "") for word, _ in runs[:4]])),
    st.tuples(st.sampled_from(("bullets", "numbers")), st.lists(RUNS, min_size=1, max_size=4)),
    st.tuples(st.just("table"), st.lists(st.lists(RUNS, min_size=2, max_size=2), min_size=1, max_size=3)),
)


@dataclass
class Made:
    """A document under way: its body, its notes, and what a reader sees of it, a line for each unit."""

    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    words: int = 0

    def add(self, kind: str, held: list) -> None:  # type: ignore[type-arg]
        match kind:
            case "prose":
                self.body.append(p(*self.runs(held)))
                self.shown.append(f"p {self.said(held)}")
            case "heading":
                self.body.append(p(*self.runs(held), style="Heading1"))
                self.shown.append(f"h {self.said(held)}")
            case "bullets" | "numbers":
                number = 1 if kind == "bullets" else 2
                listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
                self.body += (p(*self.runs(item), more=listed) for item in held)
                self.shown += (f"{kind} {self.said(item)}" for item in held)
                self.body.append(p("And so it went on, day after day, as it had."))
                self.shown.append("p And so it went on, day after day, as it had.")
            case _:
                rows = "".join(
                    f"<w:tr>{''.join(f'<w:tc>{p(*self.runs(cell))}</w:tc>' for cell in row)}</w:tr>" for row in held
                )
                self.body.append(
                    f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>{p('They all read it, and nobody spoke.')}"
                )
                self.shown += (f"cell {self.said(cell)}" for row in held for cell in row)
                self.shown.append("p They all read it, and nobody spoke.")

    def runs(self, held: list[tuple[str, str]]) -> Iterator[str]:
        """The runs of a paragraph; a note hangs on the word before it."""
        for at, (word, look) in enumerate(held):
            gap = " " if at else ""
            if look == "note":
                self.notes.append(p(r(f"of {word}")))
                yield r(f"{gap}{word}") + f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
            else:
                yield r(gap) + r(word, LOOKS[look])

    def said(self, held: list[tuple[str, str]]) -> str:
        marks = {"note": "{0}[of {0}]", "italic": "_{0}_", "bold": "*{0}*", "raised": "^{0}^", "": "{0}"}
        return " ".join(marks[look].format(word) for word, look in held)


def _said(content: Inlines) -> str:
    """Inlines with their looks spelled out, as `Made.said` has them; a look that goes on over a space is two."""
    out = []
    for inline in content:
        match inline:
            case Emphasis(inner):
                out.append(re.sub(r"\S+", r"_\g<0>_", _said(inner)))
            case Strong(inner):
                out.append(re.sub(r"\S+", r"*\g<0>*", _said(inner)))
            case Styled("super", inner):
                out.append(re.sub(r"\S+", r"^\g<0>^", _said(inner)))
            case Note(blocks):
                out.append(f"[{' '.join(line.partition(' ')[2] for line in _lines(blocks))}]")
            case _:
                out.append(plain_text((inline,)))
    return "".join(out)


def _lines(blocks: Blocks, kind: str = "p") -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(content):
                yield f"{kind} {_said(content)}"
            case Heading(content):
                yield f"h {_said(content)}"
            case List(items, ordered):
                for item in items:
                    yield from _lines(item, "numbers" if ordered else "bullets")
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield from _lines(cell.blocks, "cell")
            case _:
                yield f"{type(block).__name__}"


@settings(max_examples=10, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=5))
def test_what_is_written_is_read(parts: list[tuple[str, list]]) -> None:  # type: ignore[type-arg]
    made = Made([p("The Salt Road", style="Title")])
    for n, part in enumerate(parts):
        made.add(*part)
        made.add("prose", [(f"plainly{n}", ""), ("they", ""), ("walked", ""), ("on.", "")])
    document = Document("".join(made.body), tuple(made.notes), styles=STYLES, numbering=NUMBERING)
    read_back = []
    for _, chapter in read(document).book.walk():
        heading = " ".join(filter(None, (_said(chapter.label), _said(chapter.title))))
        read_back += [f"h {heading}"] if heading else []
        read_back += _lines(chapter.blocks)
    assert read_back == made.shown
