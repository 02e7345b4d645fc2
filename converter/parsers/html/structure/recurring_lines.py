"""Lines that homepages set above and below a story: where they are looked for, and when they are left out."""

from __future__ import annotations

from collections.abc import Sequence, Set

from converter.document.alignment import proof_words
from converter.document.contracts import Omission
from converter.document.model import Aside, Figure, List, Origin, Preformatted, Quote, SceneBreak, Table
from converter.document.traversal import OBJECT
from converter.document.words import block_text, text_size
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.items.kinds import Gap, Item
from converter.parsers.items.normalisation import item_texts
from converter.recognisers.lines.sentences import ends_sentence
from converter.recognisers.lines.site_lines import bare, kind_of_line, surest
from converter.recognisers.lines.ways import leads_beside

RULE = "stock line"
LINK_LETTERS = 60  # of a link that is a line or a part of one
ITEMS = 100  # that are looked at on either side
LEFT_WORDS = 50  # that must stay: a page of nothing but such lines is no story at all


def take_stock(items: Sequence[Item], page: Page, *, ways: bool = False) -> tuple[list[Item], list[Omission]]:
    """The items without the stock lines at their very beginning and end, and those as omissions. `ways`: no other
    lines than those of links that lead to the pages beside this one, as authors set them around a chapter."""
    if page.index.by_name.get("q"):  # its marks are ours: what is left out must be told as the page has it
        return list(items), []
    links = {t for a in page.index.by_name.get("a", ()) if "href" in a.attrs and (t := bare(one_line(a)))}
    links = {t for t in links if len(t) <= LINK_LETTERS and not ends_sentence(t)}
    head = _run(items, links, ways=ways)
    tail = _run(items[head:][::-1], links, ways=ways)
    end = len(items) - tail
    if not head and not tail:
        return list(items), []
    if sum(text_size(t) for item in items[head:end] for t in item_texts(item)) < LEFT_WORDS:
        return list(items), []
    omissions = []
    for item in (*items[:head], *items[end:]):
        if words := "\n".join(item_texts(item)):
            omissions.append(Omission(RULE, words, getattr(item, "origin", None) or Origin(page.name, 1)))
    return list(items[head:end]), omissions


def _run(items: Sequence[Item], links: Set[str], *, ways: bool) -> int:
    """How many items from here on are stock lines, links that lead away, and the space between them.

    One of them at least must be sure: a line that no story says, or a link whose words tell where it leads. What is
    in doubt and stands next to the story stays: the words of a link without the link, whose story it is.
    """
    rows: list[tuple[int, str]] = []
    for i, item in enumerate(items[:ITEMS]):
        if isinstance(item, Gap | SceneBreak):
            continue
        kind = _kind(item, links)
        if not kind or (ways and not (kind == "way" and all(map(leads_beside, item_texts(item))))):
            break
        rows.append((i, kind))
    while rows:
        at, kind = rows[-1]
        apart = isinstance(items[at + 1] if at + 1 < len(items) else None, Gap | SceneBreak)
        alone = kind == "words" and not apart and (len(rows) == 1 or rows[-2][1] != "words")
        if kind != "owner" and not alone:
            break
        rows.pop()
    return rows[-1][0] + 1 if any(kind in ("stock", "way") for _, kind in rows) else 0


def _kind(item: Item, links: Set[str]) -> str:
    """What an item's lines are, by the surest of `KINDS`; "" for anything that may be story."""
    if isinstance(item, Figure | Preformatted) or (isinstance(item, Aside) and (item.kind != "box" or item.title)):
        return ""
    lines = item_texts(item)
    if isinstance(item, List | Quote | Table | Aside) and proof_words(block_text(item)) != proof_words(
        "\n".join(lines)
    ):
        return ""  # it has words that are no line's
    if any(OBJECT in text for text in lines):
        return ""
    return surest(kind_of_line(t, links) for text in lines for t in text.split("\n") if t.strip())
