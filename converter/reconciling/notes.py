"""Notes that stand in place of chapters which their author took back: no text of these, and no version of any.

A note says so in its words (`replaces_text`), or it stands in place of several chapters: one short text under three
numbers at least, in one file or in the files of one folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from converter.recognisers.lines.notices import GONE_WORDS
from converter.reconciling.copies import numbers_named

if TYPE_CHECKING:
    from converter.reconciling.copies import Copy

IN_PLACE_OF = 3  # chapters that have one text: it is none of theirs
Number = int | tuple[int, ...]


def with_notes(copies: Sequence[Copy]) -> list[Copy]:
    """The copies, with the chapters marked as gone that are one note in place of several."""
    numbers: dict[tuple[str, str], set[Number]] = {}
    for copy in copies:
        for at in range(len(copy.chapters)):
            if number := _number(copy, at):
                numbers.setdefault((_home(copy), copy.chapters[at].digest), set()).add(number)
    repeated = {key for key, its in numbers.items() if len(its) >= IN_PLACE_OF}
    return [_marked(copy, {digest for home, digest in repeated if home == _home(copy)}) for copy in copies]


def _number(copy: Copy, at: int) -> Number | None:
    """The number of a chapter of few words, in its heading or in the name of the file that it is alone."""
    print_ = copy.chapters[at]
    if not 0 < print_.words <= GONE_WORDS:
        return None
    if print_.number is not None or len(copy.chapters) > 1:
        return print_.number
    return numbers_named(copy.stem)[1] or None


def _home(copy: Copy) -> str:
    return copy.file if len(copy.chapters) > 1 else str(PurePath(copy.file).parent)


def _marked(copy: Copy, digests: set[str]) -> Copy:
    if not any(p.digest in digests for p in copy.chapters):
        return copy
    return replace(copy, chapters=tuple(replace(p, gone=p.gone or p.digest in digests) for p in copy.chapters))
