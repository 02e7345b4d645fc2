"""The page's own `<style>` sheets: which rules reach an element, and the style they give it.

tinycss2 reads the sheets. Only rules that carry meaning are kept (see `computed.DECLARED`), and selectors of names,
ids, classes, attributes, descendants and children; the rest (states, siblings) says nothing about stories.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2
from bs4.element import Tag

from converter.document.record import dataclass
from converter.parsers.computed_style import PLAIN, ComputedStyle, declarations, declared, merge
from converter.parsers.html.dom.selecting import Index, attribute
from converter.parsers.html.dom.selectors import Selector, selectors_of

SHEET_LIMIT = 3_000_000  # characters of all sheets together; a page saved with everything in it has 1 million
RULE_LIMIT = 20_000

LAYERS = ("layer", "supports")  # at-rules whose rules count
SCREENS = ("", "all", "screen", "only all", "only screen")  # media queries that a reader of books answers


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A selector with the look it gives. `rank`: what decides between rules: specificity, then order."""

    selector: Selector
    rank: tuple[int, int, int, int]
    normal: ComputedStyle
    important: ComputedStyle


@dataclass(frozen=True, slots=True)
class Cascaded:
    """What the sheets give an element: look by look, not yet with its own `style=`."""

    normal: ComputedStyle = PLAIN
    important: ComputedStyle = PLAIN


NOTHING = Cascaded()


class Stylesheet:
    """All rules of a sheet that can reach anything in a page, found by their last compound's id, class or name."""

    def __init__(self, css: str, index: Index) -> None:
        self._by_id: dict[str, list[StyleRule]] = {}
        self._by_class: dict[str, list[StyleRule]] = {}
        self._by_name: dict[str, list[StyleRule]] = {}
        self._by_attribute: dict[str, list[StyleRule]] = {}
        self._of_alike: dict[tuple[str, str, str], Cascaded] = {}  # elements of one name, class and id
        self._of_siblings: dict[tuple[int, str, str, str], Cascaded] = {}  # such elements below one parent
        order = 0
        for rule in _rules(css):
            reaching = [s for s in selectors_of(rule.prelude) if s.compounds and index.may_match(s)]
            normal, important = declared(rule.content) if reaching else (PLAIN, PLAIN)
            if normal == PLAIN and important == PLAIN:
                continue
            for selector in reaching:
                order += 1
                if order <= RULE_LIMIT:
                    self._add(StyleRule(selector, (*selector.weight, order), normal, important))

    def _add(self, rule: StyleRule) -> None:
        last = rule.selector.last
        if last.ids:
            self._by_id.setdefault(min(last.ids), []).append(rule)
        elif last.classes:
            self._by_class.setdefault(min(last.classes), []).append(rule)
        elif last.name:
            self._by_name.setdefault(last.name, []).append(rule)
        elif last.attributes:
            self._by_attribute.setdefault(last.attributes[0].name, []).append(rule)

    def style_of(self, element: Tag) -> ComputedStyle:
        """The element's own look: rules by weight, then its `style=`, then what is important."""
        cascaded = self._cascaded(element)
        css = element.attrs.get("style")
        if not css:
            return merge(cascaded.normal, cascaded.important)
        own, own_important = declarations(str(css))
        return merge(merge(cascaded.normal, own), merge(cascaded.important, own_important))

    def _cascaded(self, element: Tag) -> Cascaded:
        """What the rules give. Where they ask for names alone, elements of the same names get the same: everywhere, or
        below the same parent."""
        key = (element.name, attribute(element, "class"), attribute(element, "id"))
        beside = (id(element.parent), *key)
        known = self._of_alike.get(key) or self._of_siblings.get(beside)
        if known is not None:
            return known
        classes = frozenset(key[1].split())  # asked once: an element may have thousands
        rules = self._candidates(element, classes, key[2])
        reaching = [rule for rule in rules if rule.selector.matches(element, classes)]
        cascaded = _together(reaching) if reaching else NOTHING
        if all(rule.selector.asks_names_alone for rule in rules):
            if all(len(rule.selector.compounds) == 1 for rule in rules):
                self._of_alike[key] = cascaded
            else:
                self._of_siblings[beside] = cascaded
        return cascaded

    def _candidates(self, element: Tag, classes: Iterable[str], ident: str) -> list[StyleRule]:
        rules = list(self._by_name.get(element.name, ()))
        for name in classes:
            rules.extend(self._by_class.get(name, ()))
        if ident:
            rules.extend(self._by_id.get(ident, ()))
        if self._by_attribute:
            for name in element.attrs:
                rules.extend(self._by_attribute.get(name, ()))
        return rules


def _together(rules: Sequence[StyleRule]) -> Cascaded:
    """What rules give together, the weightiest last."""
    normal = important = PLAIN
    for rule in sorted(rules, key=_rank):
        normal = merge(normal, rule.normal)
        important = merge(important, rule.important)
    return Cascaded(normal, important)


def _rank(rule: StyleRule) -> tuple[int, int, int, int]:
    return rule.rank


def page_stylesheet(index: Index, linked: Sequence[str] = ()) -> Stylesheet:
    """The sheet of everything in the sheets that a page links to and in its `<style>` elements, the body's too."""
    sheets = list(linked)
    total = sum(map(len, sheets))
    for style in index.by_name.get("style", ()):
        if not _is_for_screens(attribute(style, "media")):
            continue
        text = style.get_text()
        total += len(text)
        if total > SHEET_LIMIT:
            break
        sheets.append(text)
    return Stylesheet("\n".join(sheets), index)


def _rules(css: str) -> Iterator[Any]:
    """Every rule that counts on a screen, in order."""
    yield from _counted(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _counted(nodes: Iterable[Any]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content is not None and _counts(node):
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _counted(inner)


def _counts(rule: Any) -> bool:
    """Whether what stands in an at-rule is for this reader."""
    if rule.lower_at_keyword == "media":
        return _is_for_screens(tinycss2.serialize(rule.prelude))
    return rule.lower_at_keyword in LAYERS


def _is_for_screens(media: str) -> bool:
    return " ".join(media.lower().split()) in SCREENS
