"""Marks that stand once: a word between slashes, struck words, dotted words, dots alone between scenes."""

from __future__ import annotations

import pytest

from converter.document.contracts import Source
from converter.document.model import Emphasis, Paragraph, SceneBreak, Styled
from converter.parsers.text import text_parser
from converter.proof import prove_parsed

SAID = "The lamp was lit at nine, and nobody on the pier could say who had carried the oil up there."


def marked(line: str) -> list[str]:
    parsed = text_parser()(Source("s.txt", "\n\n".join([SAID, SAID, line, SAID]).encode(), ".txt"))
    prove_parsed(parsed)
    blocks = [b for c in parsed.book.chapters for b in c.blocks if isinstance(b, Paragraph)]
    return [type(i).__name__ for b in blocks for i in b.content if isinstance(i, Emphasis | Styled)]


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("“I am so /very/ tired,” she said.", ["Emphasis"]),
        ("It was /not at all/ dark.", ["Emphasis"]),
        ("He looked in /home/ and found nothing.", []),
        ("He and/or she came on 3/4/2020.", []),
        ("The path was /home/ada/lamp and no other.", []),
        ("She chose red/green/blue.", []),
        ("“You are ~~late~~ early,” said the clock.", ["Styled"]),
        ("~~Later~~", []),
        ("彼は私の《《祖母》》だった。", ["Emphasis"]),
    ],
)
def test_a_mark_that_stands_once(line: str, kinds: list[str]) -> None:
    assert marked(line) == kinds


def breaks(language_prose: str, marks: list[str]) -> list[str]:
    text = "\n\n".join([language_prose] * 3 + marks + [language_prose] * 3)
    parsed = text_parser()(Source("s.txt", text.encode(), ".txt"))
    return [b.mark for c in parsed.book.chapters for b in c.blocks if isinstance(b, SceneBreak)]


def test_dots_alone() -> None:
    portuguese = "A lâmpada ficava acesa todas as noites, e ninguém no cais sabia quem levava o óleo até lá."
    assert breaks(SAID, [".", ".", "."]) == [". . ."]
    assert breaks(portuguese, ["..."]) == ["..."]
    assert breaks(SAID, ["..."]) == []
