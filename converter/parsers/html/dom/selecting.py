"""CSS selectors over one page, by an index of its ids, classes and names: a table of a site asks for thirty of them.

Steps of names, ids, classes, attributes, descendants and children are compared here; for anything else (`:has()`, `+`)
soupsieve is asked, but only about the elements that the selector's last step can mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import soupsieve
from bs4.element import Tag

from converter.document.record import dataclass
from converter.parsers.html.dom.tree import place


def attribute(element: Tag, name: str) -> str:
    """An attribute as one string ("" when it is missing; class names joined by spaces)."""
    value = element.attrs.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


ANCESTORS = 256  # looked at for one step; written pages nest less deep
_ATTRIBUTE = r"""\[\s*((?:[\w:-]|\\:)+)\s*(?:([~^$*|]?=)\s*(?:"([^"]*)"|'([^']*)'|([^\]\s]+))\s*)?\]"""
_STEP = re.compile(rf"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+|{_ATTRIBUTE})*)")
_PART = re.compile(rf"([.#])([\w-]+)|{_ATTRIBUTE}")
_COMBINATOR = re.compile(r"\s*>\s*|\s+")
_LAST = re.compile(r"[\s>+~]([^\s>+~]*)$")


@dataclass(frozen=True, slots=True)
class Step:
    """`p.note#first[lang=en]`; `child`: what follows is a direct child."""

    name: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str, str], ...]
    child: bool = False

    def fits(self, element: Tag) -> bool:
        """Whether the step describes the element."""
        if self.name and element.name != self.name:
            return False
        attrs = element.attrs
        if any(attrs.get("id") != i for i in self.ids):
            return False
        if self.classes:
            held = attrs.get("class") or ""
            names = held.split() if isinstance(held, str) else list(held)
            if any(c not in names for c in self.classes):
                return False
        return all(_has(element, *test) for test in self.attributes)


def _has(element: Tag, name: str, operator: str, value: str) -> bool:
    if name not in element.attrs:
        return False
    held = attribute(element, name)
    match operator:
        case "":
            return True
        case "=":
            return held == value
        case "~=":
            return value in held.split()
        case "^=":
            return bool(value) and held.startswith(value)
        case "$=":
            return bool(value) and held.endswith(value)
        case "*=":
            return bool(value) and value in held
        case _:
            return held == value or held.startswith(value + "-")


@cache
def _parts(selector: str) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    return tuple((part, _steps(part)) for part in _split(selector))


def _split(selector: str) -> list[str]:
    parts = [""]
    depth = 0
    quote = ""
    for c in selector:
        if quote:
            quote = "" if c == quote else quote
        elif c in "\"'":
            quote = c
        elif c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c == "," and not depth:
            parts.append("")
            continue
        parts[-1] += c
    return [p.strip() for p in parts if p.strip()]


def _steps(text: str) -> tuple[Step, ...]:
    """The steps, last first; () when the selector needs more than we know."""
    steps: list[Step] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if not found or found.end() == at:
            return ()
        ids: list[str] = []
        classes: list[str] = []
        attributes: list[tuple[str, str, str]] = []
        for kind, word, name, operator, double, single, bare in _PART.findall(found[2] or ""):
            if kind:
                (ids if kind == "#" else classes).append(word)
            else:
                attributes.append(
                    (name.lower().replace("\\:", ":"), operator, (double or single or bare).replace("\\:", ":"))
                )
        at = found.end()
        child = False
        if at < len(text):
            combinator = _COMBINATOR.match(text, at)
            if not combinator:
                return ()
            child = ">" in combinator[0]
            at = combinator.end()
        steps.append(
            Step(
                "" if found[1] in (None, "*") else found[1].lower(),
                tuple(ids),
                tuple(classes),
                tuple(attributes),
                child,
            )
        )
    return tuple(reversed(steps))


class Index:
    """The elements of a page by id, class and name, in document order."""

    def __init__(self, elements: Sequence[Tag]) -> None:
        self.elements = list(elements)
        self.by_id: dict[str, list[Tag]] = {}
        self.by_class: dict[str, list[Tag]] = {}
        self.by_name: dict[str, list[Tag]] = {}
        for element in elements:
            self.by_name.setdefault(element.name, []).append(element)
            attrs = element.attrs
            if not attrs:
                continue
            if ident := attrs.get("id"):
                self.by_id.setdefault(str(ident), []).append(element)
            names = attrs.get("class")
            for name in (names.split() if isinstance(names, str) else names) or ():
                self.by_class.setdefault(name, []).append(element)

    def select(self, selector: str, root: Tag | None = None) -> list[Tag]:
        """All elements a selector describes, in document order; below `root` when it is given."""
        if not selector:
            return []
        found: dict[int, Tag] = {}
        for part, steps in _parts(selector):
            for element in self._candidates(part, steps):
                if root is not None and not any(p is root for p in element.parents):
                    continue
                if _fits(element, steps) if steps else soupsieve.match(part, element):
                    found[id(element)] = element
        return sorted(found.values(), key=place) if len(found) > 1 else list(found.values())

    def first(self, selector: str) -> Tag | None:
        """The first match."""
        return next(iter(self.select(selector)), None)

    def _candidates(self, part: str, steps: tuple[Step, ...]) -> list[Tag]:
        if steps:
            last = steps[0]
            for step in steps[1:]:
                if any(i not in self.by_id for i in step.ids) or any(c not in self.by_class for c in step.classes):
                    return []
            if last.ids:
                return self.by_id.get(last.ids[0], [])
            if last.classes:
                return min((self.by_class.get(c, []) for c in last.classes), key=len)
            return self.by_name.get(last.name, []) if last.name else self.elements
        bare = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "()", part)
        bare = re.sub(r"\[[^\]]*(?:\]|\Z)", "", bare)
        if any(i not in self.by_id for i in re.findall(r"#([\w-]+)", bare)):
            return []
        if any(c not in self.by_class for c in re.findall(r"\.([a-zA-Z_][\w-]*)", bare)):
            return []
        last_step = found[1] if (found := _LAST.search(" " + bare)) else bare
        classes = re.findall(r"\.([a-zA-Z_][\w-]*)", last_step)
        name = re.match(r"[a-zA-Z][\w-]*", last_step)
        if classes:
            return self.by_class.get(classes[0], [])
        return self.by_name.get(name[0].lower(), []) if name else self.elements


def _fits(element: Tag, steps: tuple[Step, ...]) -> bool:
    return steps[0].fits(element) and reaches(element, steps, 1)


class Described(Protocol):
    """A step of a selector, here or in a style sheet."""

    @property
    def child(self) -> bool:
        """What follows the step is a direct child."""

    def fits(self, element: Tag) -> bool:
        """Whether the step describes the element."""


def reaches(element: Tag, steps: Sequence[Described], at: int) -> bool:
    """Whether the ancestors of an element fit the steps from `at` on (last step first)."""
    if at == len(steps):
        return True
    step = steps[at]
    parent = element.parent
    for _ in range(ANCESTORS):
        if parent is None:
            return False
        if step.fits(parent) and reaches(parent, steps, at + 1):
            return True
        if step.child:
            return False
        parent = parent.parent
    return False
