"""Whether a page holds the whole work, by what its site says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.document.findings.pages import StoryUnfinished
from converter.document.findings.works import StoryPart
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.extracted import Extracted
from converter.parsers.html.extraction.facts import Facts

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

COUNTED = re.compile(r"(\d+)/(\d+)")  # chapters that there are, of those that are planned


def completeness(page: Page, extracted: Extracted, facts: Facts, chapters: int) -> list[Finding]:
    """What is to be said of chapters that are missing here, or not written yet; the work's status goes to `facts`."""
    findings: list[Finding] = []
    origin = page.origin(page.body)
    count = str(facts.values.get("chapter-count", ""))
    total = extracted.listed or (int(count) if count.isdigit() else 0)
    if total > chapters > 0:
        number = facts.values.get("chapter-number") or extracted.selected
        findings.append(StoryPart(total, chapters, str(number), origin=origin))
    counted = facts.text("chapters")
    if counted.endswith("/?"):
        facts.add("status", "In progress", "page, chapters")
        findings.append(StoryUnfinished(counted, origin))
    elif match := COUNTED.fullmatch(counted):
        facts.add("status", "Complete" if int(match[1]) >= int(match[2]) else "In progress", "page, chapters")
    return findings
