"""CSS selectors, read by tinycss2. Names, ids, classes, attributes, descendants and children are compared here: pages
and their sheets ask little else, thousands of times. soupsieve compares the rest (`:has()`, `+`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from itertools import islice
from typing import Any

import soupsieve
import tinycss2
from bs4.element import Tag

from converter.document.record import dataclass

ANCESTORS = 256  # looked at for one compound; written pages nest less deep
COMBINATORS = frozenset(">+~")


def attribute(element: Tag, name: str) -> str:
    """An attribute as one string ("" when it is missing; class names joined by spaces)."""
    value = element.attrs.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


@dataclass(frozen=True, slots=True)
class AttributeTest:
    """`[name]`, `[name^=value]`: an attribute that is there, or is like a value."""

    name: str
    operator: str = ""
    value: str = ""

    def fits(self, element: Tag) -> bool:
        """Whether the element passes."""
        if self.name not in element.attrs:
            return False
        has, value = attribute(element, self.name), self.value
        match self.operator:
            case "":
                return True
            case "=":
                return has == value
            case "~=":
                return value in has.split()
            case "^=":
                return bool(value) and has.startswith(value)
            case "$=":
                return bool(value) and has.endswith(value)
            case "*=":
                return bool(value) and value in has
            case _:
                return has == value or has.startswith(f"{value}-")


@dataclass(frozen=True, slots=True)
class Compound:
    """`p.note#first[lang=en]`. `child`: what follows it in the selector is a direct child."""

    name: str = ""
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    attributes: tuple[AttributeTest, ...] = ()
    child: bool = False

    def fits(self, element: Tag, classes: Collection[str] | None = None) -> bool:
        """Whether it describes the element, whose classes may be known."""
        if self.name and element.name != self.name:
            return False
        for ident in self.ids:
            if element.attrs.get("id") != ident:
                return False
        if self.classes:
            if not element.attrs:
                return False
            if classes is None:
                classes = attribute(element, "class").split()
            for name in self.classes:
                if name not in classes:
                    return False
        return not self.attributes or all(test.fits(element) for test in self.attributes)


class Selector:
    """One selector, without commas. `compounds`: its steps, the last first; () where soupsieve is needed. `ids` and
    `classes`: what a page must have if anything in it is to match. `weight`: specificity (ids, classes, names)."""

    def __init__(self, tokens: Sequence[Any]) -> None:
        self.tokens = tokens
        self.compounds = tuple(_compounds(tokens))
        self.last = self.compounds[0] if self.compounds else Compound()
        self.ids = {i for c in self.compounds for i in c.ids}
        self.classes = {n for c in self.compounds for n in c.classes}
        names = sum(bool(c.name) for c in self.compounds)
        classes = sum(len(c.classes) + len(c.attributes) for c in self.compounds)
        self.weight = (sum(len(c.ids) for c in self.compounds), classes, names)

    @property
    def asks_names_alone(self) -> bool:
        """Whether elements of one name, id and classes, below one parent, are all the same to it."""
        return bool(self.compounds) and not any(c.attributes for c in self.compounds)

    @cached_property
    def _compiled(self) -> soupsieve.SoupSieve:
        return soupsieve.compile(tinycss2.serialize(self.tokens).strip())

    def matches(self, element: Tag, classes: Collection[str] | None = None) -> bool:
        """Whether the selector describes the element, whose classes may be known. Raises soupsieve's
        SelectorSyntaxError where it is no selector."""
        if not self.compounds:
            return not _is_deep(element) and self._compiled.match(element)
        return self.last.fits(element, classes) and _reaches(element, self.compounds, 1)


def _is_deep(element: Tag) -> bool:
    """Whether more elements stand around this one than soupsieve may walk through for every question."""
    return next(islice(element.parents, ANCESTORS, None), None) is not None


def _reaches(element: Tag, compounds: Sequence[Compound], at: int) -> bool:
    """Whether the elements around this one fit the compounds from `at` on."""
    if at == len(compounds):
        return True
    parent = element.parent
    for _ in range(ANCESTORS):
        if parent is None:
            return False
        if compounds[at].fits(parent) and _reaches(parent, compounds, at + 1):
            return True
        if compounds[at].child:
            return False
        parent = parent.parent
    return False


@cache
def selectors(text: str) -> tuple[Selector, ...]:
    """The selectors of a list parted by commas."""
    return selectors_of(tinycss2.parse_component_value_list(text, skip_comments=True))


def selectors_of(tokens: Sequence[Any]) -> tuple[Selector, ...]:
    """The same of tokens that are parsed already."""
    return tuple(Selector(part) for part in _parts(tokens))


def _parts(tokens: Sequence[Any]) -> Iterator[Sequence[Any]]:
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    if any(t.type != "whitespace" for t in part):
        yield part


def _compounds(tokens: Sequence[Any]) -> list[Compound]:
    """The steps of a selector, the last first; none when it has anything that is not compared here."""
    steps: list[list[Any]] = [[]]
    children: list[bool] = []  # of each step but the last: is what follows a direct child?
    combinator = ""
    for token in tokens:
        if token.type == "whitespace" or (token.type == "literal" and token.value in COMBINATORS):
            combinator = combinator.strip() or token.value
            continue
        if combinator and steps[-1]:
            if combinator.strip() not in ("", ">"):
                return []
            children.append(combinator == ">")
            steps.append([])
        combinator = ""
        steps[-1].append(token)
    made = [_compound(step, child) for step, child in zip(steps, [*children, False], strict=True)]
    return [] if combinator.strip() or None in made else [c for c in reversed(made) if c is not None]


def _compound(tokens: Sequence[Any], child: bool) -> Compound | None:
    name = ""
    ids: list[str] = []
    classes: list[str] = []
    attributes: list[AttributeTest] = []
    dot = False
    for at, token in enumerate(tokens):
        if token.type == "hash":
            ids.append(token.value)
        elif token.type == "ident" and dot:
            classes.append(token.value)
        elif token.type == "ident" and at == 0:
            name = token.lower_value
        elif token.type == "[] block":
            attributes.append(test := _attribute_test(token.content))
            if not test.name:
                return None
        elif not (token.type == "literal" and (token.value == "." or (token.value == "*" and at == 0))):
            return None
        dot = token.type == "literal" and token.value == "."
    return Compound(name, tuple(ids), tuple(classes), tuple(attributes), child) if tokens and not dot else None


def _attribute_test(tokens: Sequence[Any]) -> AttributeTest:
    """`name`, `name="value"`; without a name where it is another test (a flag, a namespace)."""
    tokens = [t for t in tokens if t.type != "whitespace"]
    if len(tokens) == 1 and tokens[0].type == "ident":
        return AttributeTest(tokens[0].lower_value)
    if len(tokens) == 3 and [tokens[0].type, tokens[1].type] == ["ident", "literal"]:
        value = tokens[2]
        if value.type in ("ident", "string"):
            return AttributeTest(tokens[0].lower_value, tokens[1].value, value.value)
        if value.type == "number":
            return AttributeTest(tokens[0].lower_value, tokens[1].value, value.representation)
    return AttributeTest("")
