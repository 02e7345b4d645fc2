"""The style sheets of a book: the theme's, and what language and direction of writing change in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from converter.document.contracts import Theme
from converter.document.patterns import regex
from converter.writers.joined_signs import BREAKS_ANYWHERE, WORD_JOINER
from converter.writers.languages import direction, has_italics, is_unspaced
from converter.writers.tokens import looks_written, token_css
from converter.writers.tokens.margin_boxes import margin_box_css
from converter.writers.typefaces import draws_small_capitals, families_of, without_own_forms

# Columns from right to left: the whole book turns, and what the base says of sides is said again, turned.
_VERTICAL = """
html { -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; writing-mode: vertical-rl }
.scene-break { width: 0; height: 20%; margin: auto 1.6em; border: 0; border-right: 2px solid;
  border-radius: 0; box-shadow: none; -webkit-transform: none; transform: none }
.scene-break::before, .scene-break::after { display: none }
.chapter-title, .contents h1 { margin: 0 1em 0 2em; text-align: left }
.book-title { margin: 0 2em }
.side-by-side { -epub-text-combine: horizontal; -webkit-text-combine: horizontal; text-combine-upright: all }
"""
# Lines are as long as their column (JIS X 4051, GB/T 15834: no mark that closes begins a line, none that opens ends
# one); above the theme's rules, so that what is set in the middle or right stays there.
_JUSTIFIED = """.chapter > p, .chapter blockquote > p { text-align: justify }
html { line-break: strict; -webkit-line-break: strict }
"""
# Each paragraph is indented by whole signs, also the first: two in Chinese, one in Japanese and Korean. In Japanese
# books what is said begins at the edge with its bracket.
_INDENTED = """
p, p.first, p.after-break, h2 + p, h3 + p, h4 + p, h5 + p, h6 + p, blockquote p, blockquote p + p,
.note p, .note p + p, .footnote p + p, .summary p, .summary p + p, .spoiler p, .spoiler p + p,
.description p, .description p + p { text-indent: %sem }
p.spoken { text-indent: 0 }
.dedication p, .dedication p + p, .sign p, .sign p + p, .telegram p, .telegram p + p, .chat p, .chat p + p,
p.center, p.right, p.signature, p.salutation, p.dateline, p.continued,
p.aside-title, .stage-direction { text-indent: 0 }
"""
_SIGNS = {"zh": 2, "yue": 2, "ja": 1, "ko": 1}
# Their pages have so many lines each: any line of a paragraph may stand at a foot or a head (W3C, Requirements for
# Japanese Text Layout, 2.4; Chinese, 2.3).
_FILLED = "html { widows: 1; orphans: 1 }\n"
# Letters with marks above and below need more room between the lines of a heading.
_HIGH = """
h1, h2, h3, h4, h5, h6 { line-height: 1.6 }
.book-title { line-height: 1.5 }
"""
_DIGITS = {"ar": "arabic-indic", "ckb": "arabic-indic", "fa": "persian", "ps": "persian", "sd": "arabic-indic",
           "ur": "persian", "ar-dz": "", "ar-ma": "", "ar-tn": "", "ar-ly": ""}  # fmt: skip
"""The numerals of page numbers, as CSS calls them (Counter Styles Level 3); the Maghreb writes European ones."""
# Where a line may end behind any sign, none ends before the number of a note: a word joiner stands there.
_NOTED = """
::footnote-call {{ content: "{joiner}" counter(footnote{digits}) }}
::footnote-marker {{ content: counter(footnote{digits}) ". " }}
"""
_PAGE_NUMBER = regex(r"((?:target-)?counter\((?:attr\([\w -]+\), )?page)(?:, lower-roman)?\)")
HIGH_SCRIPTS = frozenset("ar arc ckb fa ps sd syr ug ur th lo my km bo dz hi mr ne".split())
_ITALIC = regex(r"font-style:\s*italic")
_SPACED = regex(r"letter-spacing:\s*[\d.]+em")  # it would tear joined letters apart
_UPRIGHT = "\nem, i, cite { font-style: normal }\n"
_BOLD = "em { font-weight: bold }\n"
_DOTTED = "em { -epub-text-emphasis-style: filled; -webkit-text-emphasis-style: filled; text-emphasis-style: filled }\n"
_RULE = regex(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
_INDENT = regex(r"text-indent:([^;}]*)")
_TOKEN = regex(r"var\((--[\w-]+)\)")
_COMMENT = regex(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_HEAD = regex(r"string\((verso|recto)")
_SIDE = regex(r"--[\w-]+|\b(left|right)\b")
_OTHER = {"left": "right", "right": "left"}
_FOUR_SIDES = regex(r"((?:margin|padding):)" + r"\s+([^\s;{}]+)" * 4)
_CAPS = regex(r"(font-variant-caps:\s*+(?:var\([^();:{}]*+\)|(?:all-)?small-caps))")
_WITH_DOTS = frozenset({"ja", "zh", "yue", "ko"})


def is_vertical(theme: Theme) -> bool:
    """Whether the theme sets its EPUBs in columns."""
    return theme.settings.get("writing") == "vertical"


def in_columns(theme: Theme) -> Theme:
    """The theme for a book whose source is set in columns."""
    return replace(theme, settings={**theme.settings, "writing": "vertical"})


def style_sheet(theme: Theme, language: str) -> str:
    """The CSS for e-readers. In a script without italics stress is bold, in East Asia a dot at each sign; there and in
    scripts with high letters other rules hold for the paragraphs."""
    css, tongue = theme.epub_css, language.partition("-")[0].lower()
    if not has_italics(language):
        css = _SPACED.sub("letter-spacing: 0", _ITALIC.sub("font-style: normal", _RULE.sub(_without_initial, css)))
        css += _UPRIGHT + (_DOTTED if tongue in _WITH_DOTS else _BOLD)
    if tongue in _SIGNS:
        css = _JUSTIFIED + css + _INDENTED % _SIGNS[tongue]
    elif tongue in HIGH_SCRIPTS:
        css += _HIGH
    if is_vertical(theme):
        return css + _VERTICAL
    return _RULE.sub(_mirrored, css) if direction(language) == "rtl" else css


def design_in(theme: Theme, language: str) -> Mapping[str, Any]:
    """The design of the theme's pages as a language's script is set by it: ragged where there are no spaces between
    words that could be stretched, justified where signs stand in squares, and no line of a paragraph is kept from a
    foot or a head there."""
    text = theme.design["text"]
    if is_unspaced(language):
        return {**theme.design, "text": {**text, "justify": False}}
    if language.partition("-")[0].lower() in _SIGNS:
        costs = {**text["costs"], "widow": 0, "orphan": 0}
        return {**theme.design, "text": {**text, "justify": True, "costs": costs}}
    return theme.design


def print_sheet(theme: Theme, language: str) -> str:
    """The theme's CSS for paper and its design's tokens, as this language's script wants them: nothing slanted and
    nothing letter-spaced that has no italics, whole signs for indents in East Asia, left and right exchanged from right
    to left."""
    tongue, spaced = language.partition("-")[0].lower(), has_italics(language)
    tokens = token_css(
        design_in(theme, language), spaced=spaced, small_capitals=draws_small_capitals(families_of(theme)["heading"])
    )
    css = margin_box_css(theme.design, spaced=spaced) + looks_written(theme.print_css, theme.design)
    if without_own_forms(theme, language):
        css = _CAPS.sub(r'\1; font-feature-settings: "locl" 0', css)
    if digits := _DIGITS.get(language.lower(), _DIGITS.get(tongue)):
        css = _PAGE_NUMBER.sub(rf"\1, {digits})", css)
    if digits or tongue in BREAKS_ANYWHERE or is_unspaced(language):
        css += _NOTED.format(joiner="" if digits else WORD_JOINER, digits=f", {digits}" if digits else "")
    if not spaced:
        css = _SPACED.sub("letter-spacing: 0", _ITALIC.sub("font-style: normal", css)) + _UPRIGHT + _BOLD
        css += "html { font-variant-numeric: lining-nums } @page { font-variant-numeric: lining-nums }\n"
    if tongue in _SIGNS:
        css += _FILLED + _INDENTED % _SIGNS[tongue]
    elif tongue in HIGH_SCRIPTS:
        css += _HIGH
    return tokens + (_RULE.sub(_turned, css) if direction(language) == "rtl" else css)


def _turned(rule: re.Match[str]) -> str:
    """The rule of a page that is read from right to left: its outer edge stays where it is, its heads change sides."""
    if rule[1].rpartition("*/")[2].strip().startswith("@"):
        return _HEAD.sub(lambda head: "string(recto" if head[1] == "verso" else "string(verso", rule[0])
    turned = _mirrored(rule)
    indent = _INDENT.search(rule[2])
    return turned if indent is None else _INDENT.sub("text-indent: 0", turned) + _first_line(rule[1], indent[1].strip())


def _first_line(selector: str, indent: str) -> str:
    """The indent of these paragraphs as an empty box before their first word: from right to left WeasyPrint takes an
    indent off the line's end."""
    before = ", ".join(f"{one.strip()}::before" for one in _COMMENT.sub("", selector).split(",") if "::" not in one)
    content = "none" if indent == "0" else f"var({token[1]}-sign)" if (token := _TOKEN.fullmatch(indent)) else '""'
    return f"\n{before} {{ content: {content}; margin-right: {indent} }}\n" if before else ""


def _without_initial(rule: re.Match[str]) -> str:
    """The rule, unless it is for initials: a script without capitals has none."""
    return "" if "::first-letter" in rule[1] else rule[0]


def _mirrored(rule: re.Match[str]) -> str:
    """The rule with left and right exchanged; a paragraph that its author set right stays there."""
    selector, declared = rule.groups()
    if ".right" not in selector.partition("*/")[2 if "*/" in selector else 0]:
        declared = _FOUR_SIDES.sub(r"\1 \2 \5 \4 \3", declared)
        declared = _SIDE.sub(lambda side: _OTHER.get(side[0], side[0]), declared)
    return f"{selector}{{{declared}}}"
