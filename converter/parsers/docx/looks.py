"""What the styles of a Word document say: how runs and paragraphs look, and what kind of paragraph is meant.

Word's own styles have names in the language of the program that made the file ("Überschrift 1"); a style of a person's
own says its kind by what it is based on or by its level in the outline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal

from converter.document.record import dataclass
from converter.parsers.docx.package import W
from converter.recognisers.vocabulary import listed_words

OFF = frozenset(("0", "false", "off", "none"))
TOGGLES = ("i", "b", "smallCaps", "caps", "strike", "vanish")
TYPESET = re.compile(r"heading|title|quot|toc|header|footer", re.I)  # in names of styles whose italics are their type
SET_APART = re.compile(r"quot|block text|(?:foot|end)note|annotation|\btoc\b", re.I)
EDGES = frozenset(f"{W}{name}" for name in "top bottom between".split())
HEADING_WORDS = 30  # of a paragraph that only its level in the outline makes a heading
BODY = 9  # the level of what is no heading
NUMBERS = tuple("123456789")  # of headings, behind their names
Kind = Literal["", "heading", "title", "subtitle"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of runs (toggle -> on), of its paragraphs' alignment, whether it draws a rule, and what kind of
    paragraph it is for (a heading's level from 1)."""

    toggles: Mapping[str, bool] = field(default_factory=dict)
    align: str = ""
    ruled: bool = False
    kind: Kind = ""
    level: int = 0


NO_LOOK = Look()


class Styles:
    """The looks of a document's styles by their ids, with those they are based on."""

    def __init__(self, root: Any) -> None:
        self._styles = {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")} if root is not None else {}
        self._looks: dict[str, Look] = {}
        self._chains: dict[str, list[Any]] = {}
        defaults = [
            k for k, s in self._styles.items() if s.get(f"{W}type") == "paragraph" and is_on(s.get(f"{W}default"))
        ]
        self.default = defaults[0] if defaults else ""

    def chain(self, key: str) -> list[Any]:
        """A style and those that it is based on, the nearest first."""
        if key not in self._chains:
            chain: list[Any] = []
            seen: set[str] = set()
            at = key
            while at in self._styles and at not in seen:
                seen.add(at)
                chain.append(self._styles[at])
                at = value_of(self._styles[at], "basedOn")
            self._chains[key] = chain
        return self._chains[key]

    def look(self, key: str) -> Look:
        """The look of a style."""
        if key not in self._looks:
            self._looks[key] = _together(key, self.chain(key))
        return self._looks[key]

    def of(self, paragraph: Any) -> str:
        """The id of a paragraph's style."""
        return value_of(paragraph.find(f"{W}pPr"), "pStyle") or self.default

    def kind(self, paragraph: Any) -> tuple[Kind, int]:
        """What a paragraph is, and its level as a heading: by its style, else by its own level in the outline."""
        style = self.of(paragraph)
        look = self.look(style)
        if look.kind and style != self.default:
            return look.kind, look.level
        level = outline_level(paragraph.find(f"{W}pPr"))
        few = level and sum(len((t.text or "").split()) for t in paragraph.iter(f"{W}t")) <= HEADING_WORDS
        return ("heading", level) if few else ("", 0)

    def is_set_apart(self, paragraph: Any) -> bool:
        """Whether a paragraph is a heading, or its style says that it is a quotation or a note: no item of a list."""
        if self.kind(paragraph)[0]:
            return True
        chain = self.chain(self.of(paragraph))
        return bool(chain) and SET_APART.search(value_of(chain[0], "name")) is not None


# -------------------------------------------------------------------------------------------------- properties


def value_of(element: Any, name: str) -> str:
    """The value of an element's child; "" where there is none."""
    said = element.find(f"{W}{name}") if element is not None else None
    return str(said.get(f"{W}val", "")) if said is not None else ""


def align_of(properties: Any) -> str:
    """The alignment that properties of a paragraph say."""
    return value_of(properties, "jc")


def outline_level(properties: Any) -> int:
    """The level of a heading that properties of a paragraph say, from 1; 0 where it is none."""
    said = value_of(properties, "outlineLvl")
    return int(said) + 1 if said.isdecimal() and len(said) == 1 and int(said) < BODY else 0


def is_ruled(properties: Any) -> bool:
    """Whether properties of a paragraph draw a rule above or below it."""
    borders = properties.find(f"{W}pBdr") if properties is not None else None
    return borders is not None and any(
        e.tag in EDGES and e.get(f"{W}val", "none") not in ("none", "nil") for e in borders
    )


def is_on(value: str | None) -> bool:
    """Whether a toggle with this value is on."""
    return value is None or value.lower() not in OFF


def _together(key: str, chain: list[Any]) -> Look:
    """The look of a style and of those it is based on, the nearest first; headings and quotations have one by kind."""
    kind, level = _kind(key, chain)
    typeset = bool(kind) or (bool(chain) and TYPESET.search(value_of(chain[0], "name")) is not None)
    toggles: dict[str, bool] = {}
    align, ruled = "", False
    for style in chain:
        looks = style.find(f"{W}rPr")
        for name in TOGGLES:
            said = looks.find(f"{W}{name}") if looks is not None else None
            if said is not None and not typeset:
                toggles.setdefault(name, is_on(said.get(f"{W}val")))
        align = align or align_of(style.find(f"{W}pPr"))
        ruled = ruled or is_ruled(style.find(f"{W}pPr"))
    return Look(toggles, align, ruled, kind, level)


def _kind(key: str, chain: list[Any]) -> tuple[Kind, int]:
    """The kind that the nearest of these styles says: by its name in any language, or by its level in the outline."""
    for nearest, style in enumerate(chain):
        name = value_of(style, "name")
        if SET_APART.search(name):
            break
        found = _named_kind(name)
        if found[0] and (not nearest or found[1]):
            return found
        properties = style.find(f"{W}pPr")
        if level := outline_level(properties):
            return "heading", level
        if value_of(properties, "outlineLvl"):
            break  # its text is said to be none of the outline's
    return _named_kind(key) if not chain else ("", 0)


def _named_kind(name: str) -> tuple[Kind, int]:
    words = " ".join(name.casefold().split(",")[0].split())
    if words in listed_words("styles", "title"):
        return "title", 0
    if words in listed_words("styles", "subtitle"):
        return "subtitle", 0
    if words.endswith(NUMBERS) and words[:-1].rstrip(" \t_-") in listed_words("styles", "heading"):
        return "heading", int(words[-1])
    return "", 0
