"""One rule of a style sheet that gives tokens: how a value of a design is called there, and what it is in CSS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from converter.themes.design import is_stroke

Table = Mapping[str, Any]

LINES = frozenset(["above", "below", "stanza", "bar-rows", "lifted", "next-author"])
POINTS = frozenset(["radius", "outline", "thickness"])
PERCENT = frozenset(["width"])
PLAIN = frozenset(["weight", "height"])
IN_LINES = frozenset(["contents-gap", "table-caption-gap", "figure-caption-gap", "opener-before"])  # or else em
IN_PARTS = frozenset([f"opener-{title}-end" for title in ("title", "part-title", "long-title")])  # percent of the line
TYPSTS = frozenset(["text-gaps", "text-tracking", "text-costs"])  # of breaking lines, for which CSS has no words
FIGURES = {"old-style": "oldstyle-nums proportional-nums", "lining": "lining-nums", "": "normal"}
ALIGN = {"centre": "center"}
SIDES = ("top", "end", "bottom", "start")
VERSE_STEPS = (1, 2, 3, 4)
PROPERTIES: Mapping[str, str] = {
    "face": "font-family", "size": "font-size", "weight": "font-weight", "style": "font-style", "em": "--em-style",
    "caps": "font-variant-caps", "tracking": "letter-spacing", "colour": "color", "figures": "font-variant-numeric",
    "hyphens": "hyphens", "line": "text-decoration",
}  # fmt: skip
"""What a look may say, by the ends of its tokens' names, and the property that says it."""


class TokenRule:
    """One rule: a selector and the tokens that hold there, by name."""

    def __init__(self, selector: str, colours: Table, *, spaced: bool) -> None:
        self.selector, self.colours, self.spaced = selector, colours, spaced
        self.said: dict[str, str] = {}

    def table(self, name: str, table: Table) -> None:
        """Takes a table with those inside it."""
        for key, value in table.items():
            full = f"{name}-{key}" if name else key
            if full in TYPSTS:
                continue
            if isinstance(value, Mapping):
                self.table(full, value)
            else:
                for end, text in self._named(full, key, value):
                    self.said[f"{name}-{end}" if name else end] = text
        if table.get("all-caps"):
            self.said[f"{name}-caps" if name else "caps"] = "all-small-caps"

    def css(self) -> str:
        """The rule; what is said of nothing is no rule."""
        return f"{self.selector} {{ {'; '.join(f'--{n}: {v}' for n, v in self.said.items())} }}\n" if self.said else ""

    def stroke(self, value: str) -> str:
        """A stroke as a border."""
        if not value:
            return "none"
        width, colour, *dash = value.split()
        return f"{width}pt {'dashed' if dash else 'solid'} {self.colour(colour)}"

    def colour(self, value: str) -> str:
        """A colour by its name in the design, or itself."""
        return f"var(--{value})" if value in self.colours else value

    def _named(self, full: str, key: str, value: Any) -> Iterator[tuple[str, str]]:
        """The tokens of one value: the ends of their names, and what they are in CSS."""
        if isinstance(value, bool):
            yield from _switch(key, value)
        elif isinstance(value, str):
            yield from self._word(key, value)
        elif isinstance(value, list):
            yield from _sides(key, value)
        elif key in ("sink", "part-sink"):
            yield key, f"calc(var(--sink) * {value})"
        elif key == "rows":
            yield "leading", f"{value}rlh"
        elif key == "height":
            yield "leading", f"{value}"
        elif key == "tracking" and not self.spaced:
            yield key, "0em"
        else:
            yield key, f"{value}{_unit(full, key)}"
            if key == "indent":  # what stands for it from right to left (sheets.py)
                yield "indent-sign", '""' if value else "none"

    def _word(self, key: str, value: str) -> Iterator[tuple[str, str]]:
        if key == "face":
            yield key, f"var(--{value}-font)"
        elif key == "figures":
            yield key, FIGURES[value]
        elif key == "align":
            yield key, ALIGN.get(value, value)
        elif key == "style":
            yield key, value if self.spaced else "normal"
            yield "em", "normal" if value == "italic" else "italic"
        elif key in ("colour", "fill"):
            yield key, self.colour(value) if value else "transparent"
        elif is_stroke(key):
            yield key, self.stroke(value)


def _switch(key: str, value: bool) -> Iterator[tuple[str, str]]:
    if key == "justify":
        yield "align", "justify" if value else "start"
    elif key == "hyphenate":
        yield "hyphens", "auto" if value else "manual"
    elif key == "underline":
        yield "line", "underline" if value else "none"
    elif key == "ligatures":
        yield key, "common-ligatures" if value else "none"
    elif key == "caps":
        yield key, "small-caps" if value else "normal"
    elif key == "own-line":
        yield "display", "block" if value else "inline"
    elif key in ("kept", "whole"):
        yield key, "avoid" if value else "auto"


def _sides(key: str, value: list[float]) -> Iterator[tuple[str, str]]:
    if len(value) == 2:
        yield key, f"{value[0]}em {value[1]}em"
        return
    for side, much in zip(SIDES, value, strict=True):
        yield f"{key}-{side}", f"{much}{'rlh' if side in ('top', 'bottom') else 'em'}"


def _unit(full: str, key: str) -> str:
    if key in LINES or full in IN_LINES:
        return "rlh"
    if key in PERCENT or full in IN_PARTS:
        return "%"
    if key in POINTS:
        return "pt"
    return "" if key in PLAIN else "em"


def verse_indents(verse: Table) -> Iterator[tuple[str, str]]:
    """How far lines of verse are set in that their author has set in by so many steps."""
    for step in VERSE_STEPS:
        yield f"verse-indent-{step}", f"{verse['hang'] + verse['step'] * step:g}em"


def quoted(words: str) -> str:
    """A text as CSS writes it; none where there is nothing to say."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"' if words else "none"


def declarations(look: Table, colours: Table, *, spaced: bool) -> str:
    """A look by itself, as what stands between the braces of a rule."""
    rule = TokenRule("", colours, spaced=spaced)
    rule.table("", look)
    return "; ".join(f"{PROPERTIES[key]}: {value}" for key, value in rule.said.items() if key in PROPERTIES)
