"""Formulas of a page (MathML): written out in the elements of text, so that r² is no r2."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from bs4.element import NavigableString, Tag

from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import NumberedTag

MOST_PARTS = 20_000  # elements of one formula
RELATIONS = frozenset("= ≠ < > ≤ ≥ ≈ ≡ ≅ ∼ ∝ + − - ± ∓ × ÷ ⋅ → ← ↔ ⇒ ⇔ ∈ ∉ ⊂ ⊆ ∪ ∩ ∧ ∨ ≔".split())  # with spaces around
HYPHEN, MINUS = "-", "−"
LOOKED_AT = 20  # pieces of text of a part; more are no simple one
WORD_JOINER = "\u2060"
TOKENS = frozenset("mi mn mo ms mtext".split())  # the only elements of a formula that hold words


def write_out(formula: Tag) -> None:
    """Makes text of a `<math>`: what stands above the line and below it becomes `<sup>` and `<sub>`, a fraction is
    written with a stroke, a root with its sign; letters that stand alone are italic. One that is displayed is a centred
    paragraph of its own. Its words stay in their order."""
    parts = formula.find_all(True, limit=MOST_PARTS + 1)
    if len(parts) > MOST_PARTS:
        return
    for part in (formula, *parts):
        _without_spaces(part)
    for part in reversed(parts):  # the innermost first
        if make := MAKERS.get(_name(part)):
            make(part, [child for child in part.children if isinstance(child, Tag)])
    _without_joints(formula)
    displayed = attribute(formula, "display") == "block" or attribute(formula, "mode") == "display"
    for part in (formula, *parts):
        if part.name not in ("sup", "sub", "i", "template"):
            part.name = "span"
        part.attrs = {}
    if displayed:
        formula.name, formula.attrs = "div", {"align": "center"}


def _without_spaces(part: Tag) -> None:
    """Makes a joint of the white space between a formula's elements, and takes out that around its words."""
    for node in list(part.children):
        if isinstance(node, NavigableString) and node != (bare := node.strip()):
            if not bare and _name(part) not in TOKENS:
                node.replace_with(WORD_JOINER)
            elif bare and _name(part) in TOKENS:
                node.replace_with(bare)


def _without_joints(formula: Tag) -> None:
    """Takes out the joints but for those between letters or digits, which were words apart."""
    before, joints = "", list[NavigableString]()
    for node in list(formula.descendants):
        if not isinstance(node, NavigableString):
            continue
        if node == WORD_JOINER:
            joints.append(node)
            continue
        for joint in joints[0 if not (before[-1:].isalnum() and node[:1].isalnum()) else 1 :]:
            joint.extract()
        before, joints = node, []
    for joint in joints:
        joint.extract()


def _written(token: Tag) -> str:
    return "".join(islice(token.strings, LOOKED_AT)).strip()


def _name(element: Tag) -> str:
    return element.name.rpartition(":")[2].lower()


def _script(*names: str) -> Callable[[Tag, Sequence[Tag]], None]:
    """Calls what follows an element's first part so."""

    def make(_: Tag, parts: Sequence[Tag]) -> None:
        for part, name in zip(parts[1:], names, strict=False):
            if name != "sup" or any(
                any(map(str.isalnum, text)) for text in part.strings
            ):  # an accent stays beside its letter
                around = NumberedTag(name=name, sourceline=part.sourceline)
                part.insert_before(around)
                around.append(part.extract())

    return make


def _is_simple(part: Tag) -> bool:
    """Whether a part needs no brackets: a number, a name, with what is raised or lowered beside it."""
    written = [text for text in islice(part.strings, LOOKED_AT) if text.strip()]
    return len(written) < LOOKED_AT and sum(text.find_parent(("sup", "sub")) is None for text in written) <= 1


def _bracketed(part: Tag) -> None:
    if not _is_simple(part):
        part.insert_before("(")
        part.insert_after(")")


def _fraction(_: Tag, parts: Sequence[Tag]) -> None:
    if len(parts) > 1:
        parts[1].insert_before("/")
    for part in parts:
        _bracketed(part)


def _root(element: Tag, parts: Sequence[Tag]) -> None:
    if _name(element) == "mroot" and len(parts) > 1:
        parts[1].insert_before(", ")
        element.insert(0, "√(")
        element.append(")")
    else:
        bare = len(parts) == 1 and _is_simple(parts[0])
        element.insert(0, "√" if bare else "√(")
        if not bare:
            element.append(")")


def _fenced(element: Tag, parts: Sequence[Tag]) -> None:
    for part in parts[1:]:
        part.insert_before(", ")
    element.insert(0, attribute(element, "open") or "(")
    element.append(attribute(element, "close") or ")")


def _sign(element: Tag, _: Sequence[Tag]) -> None:
    """A sign between two parts has spaces around it."""
    sign = _written(element)
    before, after = element.find_previous_sibling(), element.find_next_sibling()
    if sign == HYPHEN:
        element.string = MINUS
    if sign in RELATIONS and isinstance(before, Tag) and isinstance(after, Tag) and _name(before) != "mo":
        element.insert_before(" ")
        element.insert_after(" ")


def _letter(element: Tag, _: Sequence[Tag]) -> None:
    if len(_written(element)) == 1 and attribute(element, "mathvariant") in ("", "italic"):
        element.name = "i"


def _parted(sign: str) -> Callable[[Tag, Sequence[Tag]], None]:
    def make(_: Tag, parts: Sequence[Tag]) -> None:
        for part in parts[1:]:
            part.insert_before(sign)

    return make


def _space(element: Tag, _: Sequence[Tag]) -> None:
    element.insert_before(" ")


def _unseen(element: Tag, _: Sequence[Tag]) -> None:
    element.name = "template"


MAKERS: Mapping[str, Callable[[Tag, Sequence[Tag]], None]] = {
    **dict.fromkeys(("msup", "mover"), _script("sup")),
    **dict.fromkeys(("msub", "munder"), _script("sub")),
    **dict.fromkeys(("msubsup", "munderover"), _script("sub", "sup")),
    "mfrac": _fraction,
    **dict.fromkeys(("msqrt", "mroot"), _root),
    "mfenced": _fenced,
    "mo": _sign,
    "mi": _letter,
    "mspace": _space,
    "mtr": _parted(", "),
    "mtable": _parted("; "),
    **dict.fromkeys(("annotation", "annotation-xml"), _unseen),
}
