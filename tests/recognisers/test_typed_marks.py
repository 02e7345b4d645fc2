"""Marks that people type into a paragraph, and what they mean where a file has the habit: in `typed_marks.tsv`, `{em ...}`
is stress, "⏎" a line's end; a mark that stays is a sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.document.model import Emphasis, Inline, Inlines, LineBreak, Link, Ruby, Strong, Styled, Text
from converter.recognisers.marks.habit import learn_marks
from converter.recognisers.marks.typed_marks import read_inlines

TABLE = [row.split("\t") for row in (Path(__file__).parent / "typed_marks.tsv").read_text("utf-8").split("\n") if row]


def shown(content: Inlines) -> str:
    return "".join(map(one_shown, content))


def one_shown(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case LineBreak():
            return "⏎"
        case Emphasis(content):
            return f"{{em {shown(content)}}}"
        case Strong(content):
            return f"{{strong {shown(content)}}}"
        case Styled(style, content):
            return f"{{{style} {shown(content)}}}"
        case Link(_, content):
            return f"{{link {shown(content)}}}"
        case Ruby(base, reading):
            return f"{{ruby {base} {reading}}}"
        case _:
            return repr(inline)


@pytest.mark.parametrize(("line", "read"), TABLE)
def test_a_paragraph(line: str, read: str) -> None:
    assert shown(read_inlines(line, learn_marks([line] * 3)).content) == read


@pytest.mark.parametrize("line", ["She /came, and/ sat.", "She ~never~ came."])
def test_a_doubtful_mark_is_one_where_it_is_a_habit(line: str) -> None:
    assert shown(read_inlines(line, learn_marks([line])).content) == line
