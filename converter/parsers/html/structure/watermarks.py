"""Lines that a site puts between a story's paragraphs are left out."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.document.model import Origin, Paragraph
from converter.document.words import plain_text
from converter.parsers.html.dom.page import Page
from converter.parsers.items.kinds import Item
from converter.recognisers.lines.watermarks import is_injected

RULE = "site's own line"


def without_injected(items: Sequence[Item], page: Page) -> tuple[list[Item], list[Omission]]:
    """The items without the site's own lines, and those as omissions."""
    if page.index.by_name.get("q"):  # its marks are ours: what is left out must be told as the page has it
        return list(items), []
    kept: list[Item] = []
    omissions: list[Omission] = []
    for item in items:
        if isinstance(item, Paragraph) and is_injected(text := plain_text(item.content)):
            omissions.append(Omission(RULE, " ".join(text.split()), item.origin or Origin(page.name, 1)))
        else:
            kept.append(item)
    return kept, omissions
