"""What is extracted from a page, whoever found it: a site's table, or a reader of unknown pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from bs4.element import Tag

from converter.document.contracts import Evidence
from converter.document.record import dataclass
from converter.limits.own_patterns import OwnPattern
from converter.parsers.html.extraction.facts import Facts

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

By = Literal["site", "unknown"]
Pattern = re.Pattern[str] | OwnPattern


@dataclass(frozen=True, slots=True)
class PartNote:
    """An author's note or a summary beside a chapter: of which kind, and the element that names it."""

    element: Tag
    kind: str
    name: Tag | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the story under one heading; without one, headings inside it may divide it."""

    bodies: tuple[Tag, ...]
    head: Tag | None = None
    before: tuple[PartNote, ...] = ()
    after: tuple[PartNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """The parts of the story, and what the page says about it.

    `by`: a site's table found them, or a reader of unknown pages. `divides`: headings inside a
    part divide it. `apart`: a scene break stands between two bodies. `asides`: notes inside the text (id(element) ->
    kind). `listed`: how many chapters the page's own list has (0: it has none); `selected`: the one it shows.
    """

    parts: tuple[Part, ...]
    facts: Facts
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    by: By = "unknown"
    divides: bool = True
    apart: bool = False
    asides: Mapping[int, str] = field(default_factory=dict)
    listed: int = 0
    selected: str = ""
    posts: bool = False  # the bodies are posts or parts that repeat
    chapter_headings: frozenset[int] = frozenset()  # ids of what the page says elsewhere to be its chapter's name
    head_pattern: Pattern | None = None  # what of a heading's text is the heading

    @property
    def bodies(self) -> tuple[Tag, ...]:
        """The elements of the story in their order."""
        return tuple(body for part in self.parts for body in part.bodies)
