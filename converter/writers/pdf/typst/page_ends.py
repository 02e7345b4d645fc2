"""Words at the end of a page are not parted: their other half would stand where the reader has to turn to.

Typst breaks a paragraph's lines before it knows where pages end. When that is planned, the words that could stand there
are reckoned, from how much of the paragraph is below, and are set as words that no line parts. Where none would have
been parted this changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from converter.writers.long_words import SOFT_HYPHEN
from converter.writers.pdf.typst.block_nodes import Node
from converter.writers.pdf.typst.levelling import Ends
from converter.writers.pdf.typst.runs import HYPHENS, LONGEST_HELD, Run

NEAR = 0.3  # of a line: words so near to where it is reckoned to end can't be those at the end of another one
INDENT, CAP = 0.05, 0.3  # lines that are lost beside a first line, and beside a cap
WORDS = re.compile(r"[^ \u2060—–]+|[ \u2060—–]+")  # a line may end behind a dash of its own
NARROW = "iljtfrI.,:;'!’‘ "
SAVED = 0.45  # of a letter: so much less room a narrow one takes
SPLIT = frozenset(["em", "strong", "caps", "lead", "strike", "under"])
"""Kinds of runs whose words can be told apart from one another."""
AT_END = {"link": 2, "ref": 2, "at": 2, "lang": 4, "cite": 3, "back": 3}
"""Kinds of others, and where in them their words are."""


def held(paragraph: Node, ends: Ends) -> Node:
    """What is changed in a paragraph so that the words which stand where pages end are held together."""
    drop = paragraph["k"] == "drop"
    first = [paragraph["cap"], *(piece for word in paragraph["words"] for piece in (" ", *word[1]))] if drop else []
    before = sum(_room(run) for run in first)
    name = "rest" if drop else "b"
    whole = before + sum(_room(run) for run in paragraph[name])
    line = whole / max(1.0, ends.lines - (CAP if drop else INDENT))
    at = [whole - (ends.lines - rows) * line for rows in ends.rows]
    return {name: _held(paragraph[name], [(one - NEAR * line, one + NEAR * line) for one in at], before)}


def _held(runs: Sequence[Run], spans: Sequence[tuple[float, float]], before: float) -> list[Run]:
    out: list[Run] = []
    for run in runs:
        after = before + _room(run)
        touched = any(begin < after and before < end for begin, end in spans)
        if touched and isinstance(run, str):
            out += _parted(run, spans, before)
        elif touched and run[0] in SPLIT:
            out.append([run[0], _held(run[1], spans, before)])
        else:
            out.append(run)
        before = after
    return out


def _parted(text: str, spans: Sequence[tuple[float, float]], before: float) -> Iterator[Run]:
    """A text in which the words within these spans are held."""
    done = 0
    for begin, end in spans:
        first = text.rfind(" ", 0, _at(text, begin - before)) + 1
        last = text.find(" ", _at(text, end - before))
        last = len(text) if last < 0 else last
        if first < done or first >= last:
            continue
        if done < first:
            yield text[done:first]
        yield ["held", list(_whole(text[first:last]))]
        done = last
    if done < len(text):
        yield text[done:]


def _whole(text: str) -> Iterator[Run]:
    """The words; those with hyphens of their own as such that no line parts there either."""
    plain = ""
    for word in WORDS.findall(text):
        inside = word[1:-1]
        if len(word) <= LONGEST_HELD and any(sign in inside for sign in HYPHENS) and word.isprintable():
            if plain:
                yield plain
            plain = ""
            yield ["whole", [word]]
        else:
            plain += word
    if plain:
        yield plain


def _at(text: str, room: float) -> int:
    """After how many characters so much room is taken."""
    whole = _wide(text)
    at = round(len(text) * room / whole) if whole else 0
    for _ in range(3):
        at = min(len(text), max(0, at))
        at += round((room - _wide(text[:at])) * len(text) / whole) if whole else 0
    return min(len(text), max(0, at))


def _wide(text: str) -> float:
    """How wide a text is, in letters."""
    return len(text) - SAVED * sum(map(text.count, NARROW)) - text.count(SOFT_HYPHEN)


def _room(run: Run) -> float:
    if isinstance(run, str):
        return _wide(run)
    if run[0] in AT_END:
        return sum(map(_room, run[AT_END[run[0]]]))
    if run[0] == "ruby":
        return _wide(run[1])
    return sum(map(_room, run[1])) if len(run) == 2 and isinstance(run[1], list) else 0.0
