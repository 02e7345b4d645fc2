"""The EPUB's style sheet: the theme's, and what language and direction of writing change in it."""

from __future__ import annotations

import re

from converter.document.contracts import Theme
from converter.writers.languages import direction, has_italics

# Columns from right to left: the whole book turns, and what the base says of sides is said again, turned.
_VERTICAL = """
html { -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; writing-mode: vertical-rl }
.scene-break { width: 0; height: 20%; margin: auto 1.6em; border: 0; border-right: 1px solid }
.chapter-title, .contents h1 { margin: 0 1em 0 2em; text-align: left }
.book-title { margin: 0 2em }
"""
_ITALIC = re.compile(r"font-style:\s*italic")
_SPACED = re.compile(r"letter-spacing:\s*[\d.]+em")  # it would tear joined letters apart
_UPRIGHT = "\nem, i, cite { font-style: normal }\n"
_BOLD = "em { font-weight: bold }\n"
_DOTTED = "em { -epub-text-emphasis-style: filled; -webkit-text-emphasis-style: filled; text-emphasis-style: filled }\n"
_RULE = re.compile(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
_SIDE = re.compile(r"\b(left|right)\b")
_FOUR_SIDES = re.compile(r"((?:margin|padding):)" + r"\s+([^\s;{}]+)" * 4)
_WITH_DOTS = frozenset({"ja", "zh", "yue", "ko"})


def is_vertical(theme: Theme) -> bool:
    """Whether the theme sets its EPUBs in columns."""
    return theme.settings.get("writing") == "vertical"


def style_sheet(theme: Theme, language: str) -> str:
    """The CSS for e-readers. In a script without italics stress is bold, in East Asia a dot at each sign."""
    css = theme.epub_css
    if not has_italics(language):
        dotted = language.partition("-")[0].lower() in _WITH_DOTS
        css = _SPACED.sub("letter-spacing: 0", _ITALIC.sub("font-style: normal", css))
        css += _UPRIGHT + (_DOTTED if dotted else _BOLD)
    if is_vertical(theme):
        return css + _VERTICAL
    return _RULE.sub(_mirrored, css) if direction(language) == "rtl" else css


def _mirrored(rule: re.Match[str]) -> str:
    """The rule with left and right exchanged; a paragraph that its author set right stays there."""
    selector, declared = rule.groups()
    if ".right" not in selector.partition("*/")[2 if "*/" in selector else 0]:
        declared = _FOUR_SIDES.sub(r"\1 \2 \5 \4 \3", declared)
        declared = _SIDE.sub(lambda side: "right" if side[1] == "left" else "left", declared)
    return f"{selector}{{{declared}}}"
