"""Lines that a site puts between a story's paragraphs are left out."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.document.model import Aside, Origin, Paragraph
from converter.document.words import block_text, plain_text
from converter.parsers.html.dom.page import Page
from converter.parsers.items.kinds import Item
from converter.recognisers.headings.endings import says_the_end
from converter.recognisers.lines.interface import is_button
from converter.recognisers.lines.watermarks import is_injected

FIRST_ITEMS, LAST_ITEMS = 3, 8  # where a site's buttons stand
RULE = "site's own line"


def without_injected(items: Sequence[Item], page: Page) -> tuple[list[Item], list[Omission]]:
    """The items without the site's own lines, and those as omissions."""
    if page.index.by_name.get("q"):  # its marks are ours: what is left out must be told as the page has it
        return list(items), []
    kept: list[Item] = []
    omissions: list[Omission] = []
    for at, item in enumerate(items):
        text = plain_text(item.content) if isinstance(item, Paragraph) else ""
        text = block_text(item).strip() if isinstance(item, Aside) and item.kind == "box" and not item.title else text
        near = at < FIRST_ITEMS or at >= len(items) - LAST_ITEMS
        if is_injected(text) or (near and is_button(text) and not says_the_end(text)):
            omissions.append(Omission(RULE, " ".join(text.split()), item.origin or Origin(page.name, 1)))
        else:
            kept.append(item)
    return kept, omissions
