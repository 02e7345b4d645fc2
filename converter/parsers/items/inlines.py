"""Runs of text with their looks -> nested inlines: merged, spaces outside the marks, never crossing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from converter.document.model import (
    Anchor,
    Direction,
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    Ruby,
    Strong,
    Styled,
    Text,
)
from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class StyleMark:
    """The look of one run. `link` is an allowed address or ""."""

    italic: bool = False
    bold: bool = False
    small_caps: bool = False
    underline: bool = False
    strike: bool = False
    raised: bool = False
    lowered: bool = False
    code: bool = False
    link: str = ""
    anchor: str = ""
    language: str = ""
    direction: Direction = ""


NO_MARK = StyleMark()
NAMES = (
    "language",
    "anchor",
    "link",
    "bold",
    "italic",
    "small_caps",
    "underline",
    "strike",
    "raised",
    "lowered",
    "code",
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters, or one object (image, note, ruby), with their look. A line break is the text "\\n"."""

    text: str
    mark: StyleMark = NO_MARK
    object: Image | Note | Ruby | None = None


SPACE = re.compile(r"[ \t\n\r\f]+")
BREAK = "\n"
INDENT = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u200b\ufeff"
)


def tidy(runs: Sequence[Run]) -> list[Run]:
    """White space as a browser shows it: collapsed over run borders, none at the ends and beside breaks, and
    outside marks."""
    out: list[Run] = []
    for run in runs:
        if run.object is not None:
            out.append(run)
        elif run.text == BREAK:
            _break(out)
        elif text := run.text[1:] if run.text.startswith(" ") and _ends_in_space(out) else run.text:
            out.append(Run(text, run.mark))
    return _spaces_out(_without_ends(out))


def _break(out: list[Run]) -> None:
    """Puts a line break behind the runs, and takes away the spaces before it."""
    while out and out[-1].object is None and out[-1].text == " ":
        out.pop()
    if out and out[-1].object is None and out[-1].text.endswith(" "):
        out[-1] = replace(out[-1], text=out[-1].text.rstrip(" "))
    out.append(Run(BREAK))


def _ends_in_space(out: Sequence[Run]) -> bool:
    """Whether nothing, a space or a line break stands before the next run."""
    return not out or (out[-1].object is None and out[-1].text.endswith((" ", BREAK)))


def _without_ends(out: list[Run]) -> list[Run]:
    """The runs without white space at their beginning and end."""
    while out and out[-1].object is None and not out[-1].text.strip(INDENT + BREAK):
        out.pop()
    if out and out[-1].object is None:
        out[-1] = _with_text(out[-1], out[-1].text.rstrip(INDENT))
    while out and out[0].object is None:
        if text := out[0].text.lstrip(INDENT + BREAK):
            out[0] = _with_text(out[0], text)
            break
        out.pop(0)
    return out


def _with_text(run: Run, text: str) -> Run:
    """The run with this text; itself where that is its own."""
    return run if len(text) == len(run.text) else Run(text, run.mark)


def _spaces_out(runs: list[Run]) -> list[Run]:
    """Spaces at the edge of a marked stretch belong to the text around it."""
    out: list[Run] = []
    for i, run in enumerate(runs):
        if (
            run.object is not None
            or run.mark == NO_MARK
            or run.text == BREAK
            or not (run.text[0] == " " or run.text[-1] == " ")
        ):
            out.append(run)
            continue
        before = runs[i - 1].mark if i else NO_MARK
        after = runs[i + 1].mark if i + 1 < len(runs) else NO_MARK
        core = run.text.strip()
        if not core:
            out.append(Run(run.text, _shared(run.mark, before, after)))
            continue
        lead, _, tail = run.text.partition(core)
        if lead:
            out.append(Run(lead, _shared(run.mark, before)))
        out.append(Run(core, run.mark))
        if tail:
            out.append(Run(tail, _shared(run.mark, after)))
    return out


def _shared(mark: StyleMark, *others: StyleMark) -> StyleMark:
    changed = {}
    for name in (*NAMES, "direction"):
        value = getattr(mark, name)
        if value and any(getattr(o, name) != value for o in others):
            changed[name] = type(value)()
    return replace(mark, **changed) if changed else mark


def nest(runs: Sequence[Run]) -> Inlines:
    """Tidy runs -> inlines. The mark that lasts longest stands outermost; equal neighbours are one."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last is not None and _is_text(run) and _is_text(last) and run.mark == last.mark:
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return _nest(_bridge(merged))


def _is_text(run: Run) -> bool:
    return run.object is None and run.text != BREAK


def _bridge(runs: list[Run]) -> list[Run]:
    """A line break between two stretches of one look belongs to both."""
    for i in range(1, len(runs) - 1):
        if runs[i].object is None and runs[i].text == BREAK:
            before = runs[i - 1].mark
            after = next((r.mark for r in runs[i + 1 :] if r.text != BREAK), NO_MARK)
            if NO_MARK not in (before, after):
                runs[i] = replace(runs[i], mark=_shared(before, after))
    return runs


def _nest(runs: Sequence[Run]) -> Inlines:
    if all(r.mark == NO_MARK for r in runs):
        return tuple(_leaf(r) for r in runs)
    out: list[Inline] = []
    at = 0
    while at < len(runs):
        run = runs[at]
        if run.mark == NO_MARK:
            out.append(_leaf(run))
            at += 1
            continue
        best, end = "", at
        for name in NAMES:
            value = getattr(run.mark, name)
            if not value:
                continue
            stop = at + 1
            while stop < len(runs) and getattr(runs[stop].mark, name) == value:
                stop += 1
            if stop > end:
                best, end = name, stop
        inner = _nest([_without(r, best) for r in runs[at:end]])
        out.append(_wrap(best, run.mark, inner))
        at = end
    return tuple(out)


def _without(run: Run, name: str) -> Run:
    blank: dict[str, Any] = {name: "" if name in ("link", "anchor", "language") else False}
    if name == "language":
        blank["direction"] = ""
    return replace(run, mark=replace(run.mark, **blank))


def _wrap(name: str, mark: StyleMark, inner: Inlines) -> Inline:
    match name:
        case "language":
            return Foreign(mark.language, inner, mark.direction)
        case "link":
            return Link(mark.link, inner)
        case "anchor":
            return Anchor(mark.anchor, inner)
        case "bold":
            return Strong(inner)
        case "italic":
            return Emphasis(inner)
        case "small_caps":
            return Styled("small-caps", inner)
        case "underline":
            return Styled("underline", inner)
        case "strike":
            return Styled("strike", inner)
        case "raised":
            return Styled("super", inner)
        case "lowered":
            return Styled("sub", inner)
        case _:
            return Styled("code", inner)


def _leaf(run: Run) -> Inline:
    if run.object is not None:
        return run.object
    return LineBreak() if run.text == BREAK else Text(run.text)


def split_lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs between line breaks; empty lists where two breaks touch."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.object is None and run.text == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


def text_of_runs(runs: Sequence[Run]) -> str:
    """The characters of the runs."""
    return "".join(r.text for r in runs)


def is_blank(runs: Sequence[Run]) -> bool:
    """No object, and nothing but white space."""
    return all(r.object is None and not r.text.strip(INDENT + BREAK) for r in runs)


def joined(parts: Sequence[Inlines]) -> Inlines:
    """Inlines of several lines as one run with a space between."""
    out: list[Inline] = list(parts[0]) if parts else []
    for _, part in pairwise(parts):
        out.append(Text(" "))
        out.extend(part)
    return tuple(out)
