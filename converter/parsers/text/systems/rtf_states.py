"""What holds in Rich Text Format until something else is said: for words in a group, for a paragraph."""

from __future__ import annotations

from dataclasses import dataclass

from converter.parsers.text.systems.rtf_looks import PLAIN_SIZE


@dataclass(slots=True)
class RichState:
    """What holds in a group: where its words go, their stress, code page, and the characters that stand for one."""

    room: str = ""  # "" for the story
    marks: frozenset[str] = frozenset()
    page: str = ""
    fallback: int = 1
    size: int = PLAIN_SIZE  # half points
    hidden: bool = False
    gone: bool = False  # struck out of the story by the person


@dataclass(slots=True)
class RichParagraph:
    """How a paragraph is set, until the next one says otherwise."""

    indent: int = 0
    inset: bool = False  # the whole of it
    level: int = 0  # of a heading, from 1; 0 for none
    in_table: bool = False
