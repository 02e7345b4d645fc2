"""Text rules applied to books: a rule sees the flat text of the units of a chapter and answers with edits.

Rules that follow one another are applied together: each sees the text as the one before it left it, and the tree is
made anew once, with all their edits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from converter.document.contracts import Change, Edit, Improved
from converter.document.edit_script import edit_inlines, edit_string
from converter.document.model import Book, Chapter, Inlines, Origin, Text
from converter.document.text_units import Unit, chapter_units, keep_units, map_book, map_chapter
from converter.document.traversal import UnitKind
from converter.document.words import around

Rule = Callable[[Sequence[Unit]], Iterable[Sequence[Edit]]]


def each(rule: Callable[[str], Sequence[Edit]], may_need: Callable[[str], bool] | None = None) -> Rule:
    """A rule on one string as a rule on all units. `may_need` says of a text of many lines whether the rule may have
    edits for one of them: it is asked once for a chapter, and most chapters have no place for most rules."""

    def edits(units: Sequence[Unit]) -> list[Sequence[Edit]]:
        if may_need and not may_need("\n".join([u.text for u in units])):
            return [()] * len(units)
        return [rule(u.text) for u in units]

    return edits


def edit_text(code: str, rule: Rule) -> Callable[[Book], Improved]:
    """A pass that applies `rule` to the units of each chapter and records every edit under `code`.

    The rule gets all units of one chapter and gives one sequence of edits per unit, in the same order.
    An edit that changes nothing is not recorded.
    """
    return edit_texts(((code, rule),))


def edit_texts(rules: Sequence[tuple[str, Rule]]) -> Callable[[Book], Improved]:
    """A pass that applies several rules, one after the other; changes are told by rule, as if each were a pass."""

    def improve(book: Book) -> Improved:
        changes: list[list[Change]] = [[] for _ in rules]
        edited = map_book(book, lambda chapter: _edited(chapter, rules, changes))
        return Improved(edited, tuple(change for of_rule in changes for change in of_rule))

    return improve


def _edited(chapter: Chapter, rules: Sequence[tuple[str, Rule]], changes: Sequence[list[Change]]) -> Chapter:
    units = before = chapter_units(chapter)
    steps: list[list[list[Edit]]] = [[] for _ in units]  # for each unit the edits of the rules that had any
    for (code, rule), of_rule in zip(rules, changes, strict=True):
        answers = list(rule(units))
        if len(answers) != len(units):
            raise ValueError(f"rule {code}: {len(answers)} answers for {len(units)} units")
        new = units
        for i, edits in enumerate(answers):
            if not edits:
                continue
            unit = units[i]
            text = unit.text
            todo = [e for e in edits if text[e.start : e.end] != e.new]
            if unit.code:
                todo = [e for e in todo if all(e.end <= start or e.start >= end for start, end in unit.code)]
            if not todo:
                continue
            of_rule.extend(_change(code, unit, e) for e in todo)
            steps[i].append(todo)
            if new is units:
                new = list(units)
            new[i] = Unit(edit_string(text, todo), unit.kind, unit.origin, _moved(unit.code, todo))
        units = new
    if units is before:
        return chapter
    edited = map_chapter(chapter, _visitor(zip(units, steps, strict=True)))
    keep_units(chapter, edited, units)
    return edited


def _moved(code: tuple[tuple[int, int], ...], edits: Sequence[Edit]) -> tuple[tuple[int, int], ...]:
    """Where code stands after edits outside it."""
    if not code:
        return code
    by = [(start, sum(len(e.new) - e.end + e.start for e in edits if e.end <= start)) for start, _ in code]
    return tuple((start + n, end + n) for (start, end), (_, n) in zip(code, by, strict=True))


def _visitor(units: Iterator[tuple[Unit, list[list[Edit]]]]) -> Callable[[Inlines, UnitKind, Origin | None], Inlines]:
    def visit(content: Inlines, _kind: UnitKind, _origin: Origin | None) -> Inlines:
        unit, steps = next(units)
        if not steps:
            return content
        if len(content) == 1 and isinstance(content[0], Text):
            return (Text(unit.text),) if unit.text else ()
        for edits in steps:
            content = edit_inlines(content, edits)
        return content

    return visit


def _change(code: str, unit: Unit, edit: Edit) -> Change:
    near = around(unit.text, edit.start, edit.end)
    return Change(code, unit.text[edit.start : edit.end], edit.new, near, unit.origin)
