"""Lists of definitions, for pages and Markdown: which terms and meanings belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.model import Inlines
from converter.parsers.items.inlines import BREAK, Run, nest, tidy


class Entry(NamedTuple):
    """The places of terms among the parts of a list, and of what they mean; of neither there is none too few."""

    terms: list[int]
    meanings: list[int]


def entries(parts: Sequence[str]) -> list[Entry]:
    """The entries of a list whose parts have these names: "dt", "dd" or others. None where it defines nothing: a part
    is neither, a meaning has no term, or a term no meaning."""
    out: list[Entry] = []
    for at, name in enumerate(parts):
        if name == "dt" and (not out or out[-1].meanings):
            out.append(Entry([], []))
        if name not in ("dt", "dd") or not out:
            return []
        (out[-1].terms if name == "dt" else out[-1].meanings).append(at)
    return out if out and out[-1].meanings else []


def term(runs: Sequence[Run]) -> Inlines:
    """A term as one line; it is bold by itself."""
    line = [Run(" ") if run.object is None and run.text == BREAK else run for run in runs]
    return nest(tidy([replace(run, mark=replace(run.mark, bold=False)) for run in line]))
