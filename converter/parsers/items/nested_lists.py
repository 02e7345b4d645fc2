"""An item that holds nothing but a list: `-     - short`. Its list is the one inside the item before it."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.model import Blocks, List


def lists_nested(items: Sequence[Blocks]) -> tuple[Blocks, ...]:
    """The items of a list without numbers, each that is a list alone as part of the item before it: a bullet beside
    another names nothing. Lists of one kind that meet so are one."""
    out: list[Blocks] = []
    for item in items:
        match item:
            case (List() as inner,) if out:
                out[-1] = _joined(out[-1], inner)
            case _:
                out.append(item)
    return tuple(out)


def _joined(item: Blocks, inner: List) -> Blocks:
    """An item and a list below it; where it ends with a list of that kind, the two are one."""
    match item[-1:]:
        case (List(items, False, start, origin),) if not inner.ordered:
            return (*item[:-1], List(lists_nested((*items, *inner.items)), False, start, origin))
        case _:
            return (*item, inner)
