"""Parts of a work whose heading stands at the top of several files: "ACT I / Scene 2" below "ACT I / Scene 1"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.contracts import Omission
from converter.document.model import PARTS, Chapter, Origin
from converter.document.words import chapter_name
from converter.parsers.works.titles import fold


class Whole(NamedTuple):
    """Chapters, and the headings that were left out when they were joined."""

    chapters: list[Chapter]
    repeated: list[Omission]


def parts_whole(chapters: Sequence[Chapter]) -> Whole:
    """The chapters of all files with what stands under one part's heading, file after file, under that heading once."""
    whole: list[Chapter] = []
    repeated: list[Omission] = []
    for chapter in chapters:
        if whole and _goes_on(whole[-1], chapter):
            whole[-1] = replace(whole[-1], children=(*whole[-1].children, *chapter.children))
            origin = chapter.origin or Origin("", 1)
            repeated.append(Omission("repeated heading", chapter_name(chapter), origin))
        else:
            whole.append(chapter)
    return Whole(whole, repeated)


def _goes_on(before: Chapter, chapter: Chapter) -> bool:
    """Whether a part is the one before it again: the same heading, and nothing between it and its first chapter."""
    if chapter.kind not in PARTS or chapter.kind != before.kind or chapter.blocks or not chapter.children:
        return False
    name = fold(chapter_name(chapter))
    return bool(before.children) and bool(name) and name == fold(chapter_name(before))
