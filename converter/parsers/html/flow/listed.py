"""Paragraphs that are items of a list, on their way to a `List`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from bs4.element import Tag

from converter.document.model import Block, Blocks, List, Origin, Paragraph, Text
from converter.document.record import dataclass
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.items.kinds import Gap, Item

LIST_RULE, OWNER = "list mark", "typed list"
MORE = 3  # paragraphs without a sign between two items; more are a story in the style of a list


@dataclass(frozen=True, slots=True)
class Listed:
    """One item under way. `numbers`: what its sign may count ("v." is 22 or 5), none for a bullet; `more`: a paragraph
    without a sign of its own, which goes on with the item before it when another item follows."""

    blocks: Blocks
    level: int = 1
    numbers: tuple[int, ...] = ()
    more: bool = False
    sign: Tag | None = None  # the element of the typed sign, which a list makes anew
    typed: str = ""  # its words
    origin: Origin | None = field(default=None, compare=False)


def lists_joined(items: Iterable[Item | Listed], excluded: Exclusions) -> list[Item]:
    """The items of a stretch with every run of listed paragraphs as lists, nested by their levels.

    A number that stands alone between other paragraphs makes no list: it counts chapters. Its sign stays.
    """
    out: list[Item] = []
    run: list[Listed] = []
    after: list[Listed | Gap] = []  # the last item: parts of it, if another item follows soon

    def close() -> None:
        out.extend(_made(run, excluded))
        for left in after:
            out.extend(left.blocks if isinstance(left, Listed) else (left,))
        run.clear()
        after.clear()

    for item in items:
        if isinstance(item, Listed) and not item.more:
            more = [left for left in after if isinstance(left, Listed)]
            if len(more) > MORE:
                close()
            elif more:
                run[-1] = replace(run[-1], blocks=(*run[-1].blocks, *(b for left in more for b in left.blocks)))
            after.clear()
            run.append(item)
        elif run and isinstance(item, Listed | Gap):
            after.append(item)
        else:
            close()
            out.extend(item.blocks if isinstance(item, Listed) else (item,))
    close()
    return out


def _made(run: Sequence[Listed], excluded: Exclusions) -> Sequence[Block]:
    only = run[0] if len(run) == 1 and run[0].numbers else None
    if only is not None and only.blocks and isinstance(first := only.blocks[0], Paragraph):
        return (replace(first, content=(Text(f"{only.typed} "), *first.content)), *only.blocks[1:])
    for item in run:
        if item.sign is not None:
            excluded.add(item.sign, LIST_RULE, OWNER)
    return nested_lists(run)


def nested_lists(run: Sequence[Listed]) -> list[Block]:
    """The lists of one run. A lower level than the first one's, another kind of sign, or a number that does not follow,
    begins a list of its own."""
    lists: list[Block] = []
    at = 0
    while at < len(run):
        first = run[at]
        items: list[Blocks] = []
        numbers = 0
        while at < len(run):
            item = run[at]
            if item.level > first.level:
                end = next((i for i in range(at, len(run)) if run[i].level <= first.level), len(run))
                items[-1] = (*items[-1], *nested_lists(run[at:end]))
                at = end
                continue
            if items and (item.level < first.level or not _follows(first, numbers, item)):
                break
            items.append(item.blocks)
            numbers += 1
            at += 1
        kept = tuple(blocks for blocks in items if blocks)
        if kept:
            lists.append(List(kept, bool(first.numbers), first.numbers[0] if first.numbers else 1, first.origin))
    return lists


def _follows(first: Listed, done: int, item: Listed) -> bool:
    """Whether an item is of the kind of the first one, and its number the next."""
    if not first.numbers or not item.numbers:
        return not first.numbers and not item.numbers
    return first.numbers[0] + done in item.numbers
