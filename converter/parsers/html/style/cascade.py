"""The page's own `<style>` sheets: which rules reach an element, and the look they give it.

Only rules that carry meaning are kept (see `look.RELEVANT`), and only selectors made of names, classes and ids with
descendant or child combinators; the rest of CSS (states, siblings, attributes) says nothing about stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from bs4.element import Tag

from converter.document.record import dataclass
from converter.parsers.html.dom.selecting import reaches
from converter.parsers.html.style.computed import PLAIN, RELEVANT, Look, declarations, merge

SHEET_LIMIT = 3_000_000  # characters of all sheets together; a page saved with everything in it has 1 million
RULE_LIMIT = 20_000

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_BRACE = re.compile(r"[{}]")
_MEDIA = re.compile(r"@media\s*+(?:only\s++)?(?:(?:screen|all)\s*)?$", re.I)
_COMPOUND = re.compile(r"(\*|[a-z][\w-]*)?((?:[.#](?:\\.|[\w-]|[^\x00-\x7f])+)*)", re.I)
_PART = re.compile(r"([.#])((?:\\.|[\w-]|[^\x00-\x7f])+)")
_COMBINATOR = re.compile(r"\s*>\s*|\s+")


@dataclass(frozen=True, slots=True)
class Compound:
    """One step of a selector: `p.note#first`."""

    name: str
    ids: frozenset[str]
    classes: frozenset[str]
    child: bool = False  # what follows must be a direct child of this one

    def fits(self, element: Tag, classes: Set[str] | None = None) -> bool:
        """Whether this step describes the element, whose classes may be known."""
        if self.name and element.name != self.name:
            return False
        if self.ids and element.attrs.get("id") not in self.ids:
            return False
        return not self.classes or self.classes <= (frozenset(_classes(element)) if classes is None else classes)


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector (last step first) with the look it gives."""

    steps: tuple[Compound, ...]
    rank: tuple[int, int, int, int]
    normal: Look
    important: Look

    def fits(self, element: Tag, classes: Set[str]) -> bool:
        """Whether the whole selector reaches the element, which has these classes."""
        return self.steps[0].fits(element, classes) and reaches(element, self.steps, 1)


class Stylesheet:
    """All rules of a page, found by the last step's id, class or name."""

    def __init__(self, css: str) -> None:
        self._by_id: dict[str, list[Rule]] = {}
        self._by_class: dict[str, list[Rule]] = {}
        self._by_name: dict[str, list[Rule]] = {}
        self._cache: dict[tuple[str, str, str], Look] = {}
        self._contextual = False
        order = 0
        for selectors, body in _rules(css):
            normal, important = declarations(body)
            if normal == PLAIN and important == PLAIN:
                continue
            for selector in selectors.split(","):
                steps = _selector(selector.strip())
                if not steps or order > RULE_LIMIT:
                    continue
                order += 1
                self._add(Rule(steps, (*_specificity(steps), order), normal, important))

    def _add(self, rule: Rule) -> None:
        last = rule.steps[0]
        self._contextual |= len(rule.steps) > 1
        if last.ids:
            self._by_id.setdefault(min(last.ids), []).append(rule)
        elif last.classes:
            self._by_class.setdefault(min(last.classes), []).append(rule)
        else:
            self._by_name.setdefault(last.name, []).append(rule)

    def look(self, element: Tag) -> Look:
        """The element's own look: rules by weight, then its `style=`, then what is important."""
        attrs = element.attrs
        style = attrs.get("style")
        names = attrs.get("class")
        ident = attrs.get("id")
        key = (element.name, " ".join(names) if isinstance(names, list) else str(names or ""), str(ident or ""))
        contextual = False
        found = self._cache.get(key)
        important = PLAIN
        if found is None:
            rules = list(self._by_name.get(element.name, ()))
            classes = frozenset(_classes(element))
            for name in sorted(classes):
                rules.extend(self._by_class.get(name, ()))
            if ident:
                rules.extend(self._by_id.get(str(ident), ()))
            contextual = any(len(r.steps) > 1 for r in rules)
            found = PLAIN
            for rule in sorted((r for r in rules if r.fits(element, classes)), key=_rank):
                found = merge(found, rule.normal)
                important = merge(important, rule.important)
            if not contextual and important == PLAIN:
                self._cache[key] = found
        if style:
            own, own_important = declarations(str(style))
            found = merge(found, own)
            important = merge(important, own_important)
        return merge(found, important)


def _rank(rule: Rule) -> tuple[int, int, int, int]:
    return rule.rank


def _classes(element: Tag) -> list[str]:
    names = element.attrs.get("class")
    if names is None:
        return []
    return names if isinstance(names, list) else str(names).split()


def page_stylesheet(styles: Iterable[Tag]) -> Stylesheet:
    """The sheet of everything in these `<style>` elements: all of a page, the body's too."""
    sheets: list[str] = []
    total = 0
    for style in styles:
        media = str(style.attrs.get("media", "")).strip()
        if media and not _MEDIA.match(f"@media {media}"):
            continue
        text = style.get_text()
        total += len(text)
        if total > SHEET_LIMIT:
            break
        sheets.append(text)
    return Stylesheet("\n".join(sheets))


def _rules(css: str) -> Iterator[tuple[str, str]]:
    css = _COMMENT.sub(" ", css)
    stack: list[bool] = []  # for each open at-rule block: do its rules count?
    at = 0
    prelude = ""
    depth_open = False
    for brace in _BRACE.finditer(css):
        text = css[at : brace.start()]
        at = brace.end()
        if brace[0] == "{":
            head = text.rsplit(";", 1)[-1].strip()
            if depth_open:  # nested rule: the outer declarations so far are not needed
                stack.append(False)
                prelude = head
                continue
            if head.startswith("@"):
                stack.append(bool(_MEDIA.match(head)) or head.lower().startswith(("@layer", "@supports")))
                continue
            prelude = head
            depth_open = True
        elif depth_open:
            depth_open = False
            if all(stack) and RELEVANT.search(text):
                yield prelude, text
        elif stack:
            stack.pop()


def _selector(text: str) -> tuple[Compound, ...]:
    steps: list[Compound] = []
    at = 0
    while at < len(text):
        found = _COMPOUND.match(text, at)
        if not found or found.end() == at:
            return ()
        ids: set[str] = set()
        classes: set[str] = set()
        for kind, name in _PART.findall(found[2]):
            (classes if kind == "." else ids).add(name.replace("\\", ""))
        name = (found[1] or "").lower()
        at = found.end()
        child = False
        if at < len(text):
            combinator = _COMBINATOR.match(text, at)
            if not combinator:
                return ()
            child = ">" in combinator[0]
            at = combinator.end()
        steps.append(Compound("" if name == "*" else name, frozenset(ids), frozenset(classes), child))
    steps.reverse()
    if not steps or (not steps[0].name and not steps[0].ids and not steps[0].classes):
        return ()
    return tuple(steps)


def _specificity(steps: tuple[Compound, ...]) -> tuple[int, int, int]:
    return (
        sum(len(s.ids) for s in steps),
        sum(len(s.classes) for s in steps),
        sum(bool(s.name) for s in steps),
    )
