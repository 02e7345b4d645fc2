"""What was changed in a story, and what was left out of it, shortened so that a catalogue can keep it.

Of each kind: how often, how many words, and the first few with their places.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from converter.document.record import dataclass
from converter.document.words import around, word_count
from converter.reports.report import RULES

if TYPE_CHECKING:
    from converter.document.contracts import Reading
    from converter.document.model import Origin

MOST_SHOWN = 5  # of a kind
LONGEST = 160  # characters of one text


@dataclass(frozen=True, slots=True)
class Shown:
    """One of a kind: where, what stood there, what stands there now ("" for what was left out), the text around it."""

    place: str
    before: str
    after: str = ""
    around: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """All that one rule did. `words` counts those that it left out."""

    title: str
    count: int
    words: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What was changed by rule, and what was left out by rule, in the order in which they came up."""

    changes: tuple[Kind, ...] = ()
    omissions: tuple[Kind, ...] = ()


def account_of(reading: Reading) -> str:
    """The account of a reading as JSON; "" where nothing was changed and nothing left out."""
    changes = _kinds((c.rule, 0, Shown(_place(c.origin), c.before, c.after, c.context)) for c in reading.changes)
    left = _kinds((o.rule, word_count(o.text), Shown(_place(o.origin), o.text)) for o in reading.omissions)
    return json.dumps({"changes": changes, "omissions": left}, ensure_ascii=False) if changes or left else ""


def read_account(told: str) -> Account:
    """The account in this JSON; an empty one where it can't be read."""
    try:
        said = json.loads(told) if told else {}
        return Account(*(tuple(_kind(row) for row in said.get(key, ())) for key in ("changes", "omissions")))
    except (ValueError, TypeError, AttributeError):
        return Account()


def _kinds(items: Iterable[tuple[str, int, Shown]]) -> list[list[object]]:
    counts: dict[str, list[int]] = {}
    shown: dict[str, list[list[str]]] = {}
    for rule, words, one in items:
        count = counts.setdefault(rule, [0, 0])
        count[0] += 1
        count[1] += words
        of_rule = shown.setdefault(rule, [])
        if len(of_rule) < MOST_SHOWN:
            of_rule.append([one.place, *(_short(text) for text in (one.before, one.after, one.around))])
    return [[_title(rule), *count, shown[rule]] for rule, count in counts.items()]


def _kind(row: list[Any]) -> Kind:
    title, count, words, shown = row
    return Kind(str(title), int(count), int(words), tuple(Shown(*map(str, one)) for one in shown))


def _title(rule: str) -> str:
    return RULES.get(rule, rule.replace("-", " ").capitalize())


def _place(origin: Origin | None) -> str:
    """The line, behind the name of the file; the folders above it are nobody's business."""
    if not origin:
        return ""
    name = origin.source.replace("\\", "/").rpartition("/")[2]
    return f"{name}, line {origin.line}" if origin.line else name


def _short(text: str) -> str:
    """The beginning of a text, without halves of signs that no database takes."""
    whole = text.encode("utf-8", "replace").decode()
    return whole if len(whole) <= LONGEST else f"{around(whole, 0, 0, LONGEST - 1)}…"
