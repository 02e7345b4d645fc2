"""Parts above chapters above sections: what was chosen becomes decisions, each with its level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.model import ChapterKind
from converter.recognisers.headings.candidates import Chosen, ReadCandidate, title_key, title_like

PART_KINDS = ("part", "volume")
LEAST_PARTS = 2  # different titles; one may be the book's
NESTED = 0.6  # of the runs of a series start anew at 1 in each chapter: then they are its sections


class Decision(NamedTuple):
    """A heading. `depth`: 0 part, 1 chapter, 2 section. `blocks`: how many it takes up, its title's with it."""

    at: int
    blocks: int
    depth: int
    kind: ChapterKind
    label: str
    title: str
    number: int | None
    confidence: float
    why: str
    line: int = 0
    shared: str = ""  # `why`, as others of its kind have it: without its own number


def take_part_titles(items: Sequence[ReadCandidate], chosen: Chosen, usual_gap: int) -> None:
    """Add the names of parts: titles in capitals right before a heading, again and again ("INFERNO", "Canto I")."""
    titles = [
        i
        for i in items
        if i.at not in chosen
        and i.at + 1 in chosen
        and chosen[i.at + 1].form.kind not in PART_KINDS
        and i.candidate.gap > usual_gap
        and len(i.candidate.lines) == 1
        and i.candidate.lines[0].isupper()
        and title_like(i)
    ]
    if len({title_key(i.candidate.lines[0]) for i in titles}) < LEAST_PARTS:
        return
    for item in titles:
        form = replace(item.form, kind="part", shape="title")
        chosen[item.at] = item._replace(form=form, why="a title in capitals before a chapter heading", confidence=0.75)


def to_decisions(ordered: Sequence[ReadCandidate]) -> list[Decision]:
    """The chosen headings, given in the order of the text, as decisions."""
    kinds = {i.form.kind for i in ordered}
    above: set[ChapterKind] = {"part", "volume"}
    if {"act", "scene"} <= kinds:
        above.add("act")
    sections = _sections(ordered)
    out: list[Decision] = []
    for item in ordered:
        form = item.form
        depth = 0 if form.kind in above else 2 if item.at in sections else 1
        out.append(
            Decision(
                at=item.at,
                blocks=1 + item.title_block,
                depth=depth,
                kind=form.kind,
                label=form.label,
                title=form.title,
                number=item.number,
                confidence=item.confidence,
                why=item.why,
                line=item.candidate.line,
                shared=item.shared,
            )
        )
    if not kinds.isdisjoint(PART_KINDS) and not any(d.depth == 1 for d in out):  # parts alone are the chapters
        return [d._replace(depth=1) for d in out]
    return out


def _sections(ordered: Sequence[ReadCandidate]) -> set[int]:
    """The places of the numbers that start anew inside each chapter, family by family."""
    places: set[int] = set()
    divided = any(i.form.shape == "division" and i.form.kind not in PART_KINDS for i in ordered)
    for shape in ("number", "numbered-title"):
        inside = [(o, r) for o, r in _runs(ordered, shape) if o and o.form.kind not in PART_KINDS]
        fresh = [(o, r) for o, r in inside if r[0].number == 1 and len(r) > 1]
        if len(fresh) < NESTED * len(inside):
            continue
        for owner, run in fresh:
            if owner.form.shape != "single" or divided:
                places.update(i.at for i in run)
    if divided:
        places.update(i.at for i in ordered if i.form.number and i.form.number.style == "small-roman")
    return places


def _runs(ordered: Sequence[ReadCandidate], shape: str) -> list[tuple[ReadCandidate | None, list[ReadCandidate]]]:
    """The unbroken runs of headings of one shape, each with the heading of another shape that it stands under."""
    runs: list[tuple[ReadCandidate | None, list[ReadCandidate]]] = []
    owner: ReadCandidate | None = None
    current: list[ReadCandidate] = []
    for item in ordered:
        if item.form.shape == shape:
            current.append(item)
            continue
        if current:
            runs.append((owner, current))
        owner, current = item, []
    if current:
        runs.append((owner, current))
    return runs
