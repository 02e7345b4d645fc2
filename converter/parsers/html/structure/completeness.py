"""Whether a page holds the whole work, by what its site says of it."""

from __future__ import annotations

import re

from converter.document.contracts import Diagnostic
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.extracted import Extracted
from converter.parsers.html.extraction.facts import Facts

COUNTED = re.compile(r"(\d+)/(\d+)")  # chapters that there are, of those that are planned


def completeness(page: Page, extracted: Extracted, facts: Facts, chapters: int) -> list[Diagnostic]:
    """What is to be said of chapters that are missing here, or not written yet; the work's status goes to `facts`."""
    diagnostics: list[Diagnostic] = []
    origin = page.origin(page.body)
    count = str(facts.values.get("chapter-count", ""))
    total = extracted.listed or (int(count) if count.isdigit() else 0)
    if total > chapters > 0:
        number = facts.values.get("chapter-number") or extracted.selected
        which = f"chapter {number} of {total}" if number and chapters == 1 else f"{chapters} of {total} chapters"
        message = f"the page holds {which}; save the others too and convert them together"
        diagnostics.append(Diagnostic("story-part", message, origin, "warning", whole=total))
    counted = facts.text("chapters")
    if counted.endswith("/?"):
        facts.add("status", "In progress", "page, chapters")
        message = f"the story is unfinished: {counted} chapters"
        diagnostics.append(Diagnostic("story-unfinished", message, origin, "info"))
    elif match := COUNTED.fullmatch(counted):
        facts.add("status", "Complete" if int(match[1]) >= int(match[2]) else "In progress", "page, chapters")
    return diagnostics
