"""The EPUB's style sheet: the theme's, and what language and direction of writing change in it."""

from __future__ import annotations

import re

from converter.contracts import Theme
from converter.writers.languages import has_italics

# Columns from right to left: the whole book turns, and what the base says of sides is said again, turned.
_VERTICAL = """
html { -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; writing-mode: vertical-rl }
.scene-break { width: 0; height: 20%; margin: auto 1.6em; border: 0; border-right: 1px solid }
.chapter-title, .contents h1 { margin: 0 1em 0 2em; text-align: left }
.book-title { margin: 0 2em }
"""
_ITALIC = re.compile(r"font-style:\s*italic")
_UPRIGHT = "\nem, i, cite { font-style: normal }\n"
_BOLD = "em { font-weight: bold }\n"
_DOTTED = "em { -epub-text-emphasis-style: filled; -webkit-text-emphasis-style: filled; text-emphasis-style: filled }\n"
_WITH_DOTS = frozenset({"ja", "zh", "yue", "ko"})


def is_vertical(theme: Theme) -> bool:
    """Whether the theme sets its EPUBs in columns."""
    return theme.settings.get("writing") == "vertical"


def style_sheet(theme: Theme, language: str) -> str:
    """The CSS for e-readers. In a script without italics stress is bold, in East Asia a dot at each sign."""
    css = theme.epub_css
    if not has_italics(language):
        dotted = language.partition("-")[0].lower() in _WITH_DOTS
        css = _ITALIC.sub("font-style: normal", css) + _UPRIGHT + (_DOTTED if dotted else _BOLD)
    return css + _VERTICAL if is_vertical(theme) else css
