"""Notes among the runs of a paragraph, and as they are where they or their paragraph are set by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from converter.writers.pdf.typst.runs import Run


def notes_in(runs: Sequence[Run]) -> Iterator[list[Any]]:
    """The notes that are cited in these runs, in order."""
    for run in runs:
        if isinstance(run, list):
            if run[:1] == ["note"]:
                yield run
            else:
                yield from notes_in(run)


def with_numbers(runs: Sequence[Run], notes: Mapping[int, list[Any]], names: Iterator[int]) -> list[Run]:
    """The runs with the numbers of notes, marked by these names, in the place of `notes`, which are known by theirs."""
    out: list[Run] = []
    for run in runs:
        if not isinstance(run, list):
            out.append(run)
        elif run[:1] == ["note"]:
            out.append(["cited", next(names), str(notes[run[4]][3])])
        else:
            out.append(with_numbers(run, notes, names))
    return out


def without_links(node: Any) -> Any:
    """Runs or blocks without links to places in the book, for where these are not set."""
    if isinstance(node, dict):
        return {key: without_links(value) for key, value in node.items()}
    if not isinstance(node, list):
        return node
    out: list[Any] = []
    for one in node:
        if isinstance(one, list) and one[:1] == ["ref"]:
            out.extend(without_links(one[2]))
        elif isinstance(one, list) and one and one[0] in ("cite", "back"):
            out.append([one[0], "", "", without_links(one[3])])
        else:
            out.append(without_links(one))
    return out
