"""What programs for notes and word processors write into Markdown that is no word of the story.

Ids behind headings, links between notes (`[[note|text]]`: the text is the story's), marks of highlights and callouts,
names of blocks, comments between `%%`, fields (`up:: home`) and tags at the edges; what pandoc is told of a picture or
of a few words (`{width=50%}`), and where it is to begin a page. Each is left out by name; every line keeps its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Protocol

from converter.document.patterns import regex
from converter.parsers.markdown.lines import FENCE

_LINE = 4_000
_ID = regex(r"(?<![ \t])[ \t]*\{(?:[#.][\w\-:.]{1,80}|-)(?: [#.][\w\-:.]{1,80})*\}[ \t]*\Z", within=_LINE)
_LINKED = regex(r"\[\[(?P<note>[^\[\]|\n]{1,200})\|(?P<text>[^\[\]|\n]{1,200})\]\]")
_SHOWN = regex(r"!\[\[[^\[\]\n]{1,200}\]\]")
_NOTE = regex(r"\[\[(?P<text>[^\[\]|\n]{1,200})\]\]")
_MARKED = regex(r"(?<![=\w])==(?=[^\s=])(?P<text>[^=\n]{1,300})(?<=\S)==(?![=\w])")
_BLOCK = regex(r"(?:(?<=\s)|\A)\^[A-Za-z0-9\-]{1,40}[ \t]*\Z", within=_LINE)
_GIVEN = regex(r"\^(?:[a-z\-]{1,30}\d|\d{1,30}[a-z])[a-z\d\-]{0,30}[ \t]*\Z", within=_LINE)  # "^this" a person writes
_CALLOUT = regex(r"\A(?P<before>[ \t]{0,3}>[ \t]?)\[![A-Za-z\-]{2,20}\][+\-]?", within=_LINE)
_COMMENT = regex(r"(?<!\S)%%\s[^%\n]{1,2000}\s%%(?!\S)", within=_LINE)
_ANY_COMMENT = regex(r"%%[^%\n]{1,2000}%%", within=_LINE)
_FIELD = regex(r"[A-Za-z][\w \-]{0,30}::(?:\s.{0,1000})?", within=_LINE)
_TAGS = regex(r"#[^\W\d][\w/\-]{0,60}(?:[ \t]+#[^\W\d][\w/\-]{0,60}){0,20}[ \t]*", within=_LINE)
_SURE = regex(r"\[\[[^\[\]|\n]{1,200}\|[^\[\]|\n]{1,200}\]\]|^[a-z][\w \-]{0,30}:: ?\S|^>[ \t]?\[![a-z]", re.M)

_ATTRIBUTE = r"(?:[#.][A-Za-z][\w\-]{0,60}|[A-Za-z][\w\-]{0,40}=(?:\"[^\"\n]{0,200}\"|[\w.%\-]{1,60}))"
_ATTRIBUTES = regex(rf"(?<=[)\]])\{{[ \t]?{_ATTRIBUTE}(?:[ \t]{_ATTRIBUTE}){{0,12}}[ \t]?\}}")
_SPAN = regex(r"\[(?P<text>[^\[\]\n]{1,300})\]\Z", within=_LINE)
_NEW_PAGE = regex(r"\\(?:newpage|pagebreak|clearpage|cleardoublepage)(?:\{\})?[ \t]*\Z", within=_LINE)
RULE = "* * *"  # nothing is seen of it above a heading

_HEADED = regex(r"#{1,6} |[A-Za-z][\w \-]{0,30}::")
_DEFINED = regex(r"\[\^|[A-Za-z][\w \-]{0,30}::")


class Omit(Protocol):
    """Tells what is left out: the rule, the words, their line."""

    def __call__(self, rule: str, words: str, line: int) -> None:  # noqa: D102
        ...


def without_marks_of_apps(text: str, omit: Omit, before: int = 0) -> str:
    """The text without these; `omit` is told what was left out: the rule, the words, the line (`before` are above)."""
    if not any(sign in text for sign in ("{", "[[", "==", "^", "%%", "::", "#", "[!", "\\")):
        return text
    lines = text.split("\n")
    of_notes = _SURE.search(text) is not None
    fence = ""
    _take_comments(lines, omit, before, of_notes=of_notes)
    _take_edges(lines, omit, before, of_notes=of_notes)
    for at, line in enumerate(lines):
        marks = FENCE.match(line)
        if marks and (not fence or marks[1].startswith(fence)):
            fence = "" if fence else marks[1]
        elif not fence:
            lines[at] = _told(line, partial(omit, line=at + 1 + before), of_notes=of_notes)
    return "\n".join(lines)


def _take_comments(lines: list[str], omit: Omit, before: int, *, of_notes: bool) -> None:
    """Comments between `%%`: lines of their own, and in a line those with blanks inside the marks."""
    inside = False
    closing = max((at for at, line in enumerate(lines) if line.rstrip().endswith("%%")), default=-1)
    for at, line in enumerate(lines):
        if "%%" not in line and not inside:
            continue
        bare = line.strip()
        opens = not inside and bare.startswith("%%") and bare.count("%%") == 1 and at < closing
        if inside or opens or _is_comment(bare):
            inside = opens or (inside and not bare.endswith("%%"))
            if words := bare.strip("% "):
                omit("comment", words, line=at + 1 + before)
            lines[at] = ""
            continue
        for m in reversed(list((_ANY_COMMENT if of_notes else _COMMENT).finditer(line))):
            omit("comment", m[0].strip("% "), line=at + 1 + before)
            lines[at] = lines[at][: m.start()].rstrip() + lines[at][m.end() :]


def _is_comment(bare: str) -> bool:
    return len(bare) > 2 * len("%%") and bare.startswith("%%") and bare.endswith("%%") and bare.count("%%") == 2


def _take_edges(lines: list[str], omit: Omit, before: int, *, of_notes: bool) -> None:
    """Tags with nothing but a title above them, or nothing but notes below; fields wherever a program wrote them."""
    for step in (1, -1):
        for at in range(len(lines))[::step]:
            bare = lines[at].strip()
            if bare and _TAGS.fullmatch(bare):
                omit("metadata", bare, line=at + 1 + before)
                lines[at] = ""
            elif bare and not (_HEADED if step > 0 else _DEFINED).match(bare):
                break
    for at, line in enumerate(lines):
        if of_notes and _FIELD.fullmatch(bare := line.strip()):
            omit("metadata", bare, line=at + 1 + before)
            lines[at] = ""


def _told(line: str, omit: Callable[[str, str], None], *, of_notes: bool) -> str:
    """A line as a reader of the notes sees it."""

    def cut(m: re.Match[str], rule: str, kept: str) -> str:
        words = m["note"] if "note" in m.groupdict() else m[0].strip()
        omit(rule, words)
        return kept

    if line.lstrip().startswith("#") and line.endswith("}"):
        line = _ID.sub(lambda m: cut(m, "heading id", ""), line)
    if line[:1] == "\\" and _NEW_PAGE.match(line):
        omit("markup", line.strip())
        return RULE
    if "]{" in line or "){" in line:
        line = _without_attributes(line, omit)
    if "[[" in line:
        line = _SHOWN.sub(lambda m: cut(m, "place of a missing picture", ""), line)
        line = _LINKED.sub(lambda m: cut(m, "link", m["text"]), line)
        if of_notes or not _NOTE.fullmatch(line.strip()):
            line = _NOTE.sub(lambda m: m["text"], line)
    if "==" in line:
        line = _MARKED.sub(lambda m: m["text"], line)
    if "^" in line and (of_notes or _GIVEN.search(line)):
        line = _BLOCK.sub(lambda m: cut(m, "name of a block", ""), line)
    if "[!" in line:
        line = _CALLOUT.sub(lambda m: cut(m, "mark of a callout", m["before"]), line)
    return line


def _without_attributes(line: str, omit: Callable[[str, str], None]) -> str:
    """A line without what pandoc is told in braces behind pictures, links and words in brackets, and these brackets."""
    out, done = "", 0
    for told in _ATTRIBUTES.finditer(line):
        omit("markup", told[0])
        before = line[done : told.start()]
        opened = before.rfind("[") if before[-1:] == "]" else -1
        span = _SPAN.match(before, opened) if opened >= 0 else None
        out += before[:opened] + span["text"] if span else before
        done = told.end()
    return out + line[done:]
