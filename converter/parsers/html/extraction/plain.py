"""Pages that are one `<pre>`: a text file as a browser saves it. It is read as the text that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bs4.element import Tag

from converter.document.contracts import Evidence, Parsed, Parser, Source
from converter.document.model import Metadata, Origin
from converter.document.words import text_size
from converter.parsers.html.boilerplate.left_out import left_out
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import element_text
from converter.parsers.html.dom.page import Page
from converter.parsers.html.extraction.facts import Facts

if TYPE_CHECKING:
    from converter.document.findings.union import Finding

STORY_SHARE = 0.97  # of the page's letters: nothing stands beside it but a menu's word or two
LEAST_WORDS = 100  # words; a shorter one may be a drawing or a poem, which the walk knows
LINKS = 2  # more are a page that somebody made


def plain_text_of(page: Page, excluded: Exclusions) -> str:
    """The text of the only `<pre>` that holds nearly all of the page, and no markup but links; else ""."""
    elements = [e for name in ("pre", "xmp", "plaintext") for e in page.index.by_name.get(name, ())]
    if len(elements) != 1 or elements[0] in excluded:
        return ""
    inside = [e for e in elements[0].descendants if isinstance(e, Tag)]
    if len(inside) > LINKS or any(e.name not in ("a", "br") for e in inside):
        return ""
    text = element_text(elements[0])
    letters, whole = _letters(text), _letters(element_text(page.body))
    return text if text_size(text) >= LEAST_WORDS and letters >= STORY_SHARE * whole else ""


def read_plain(
    page: Page,
    excluded: Exclusions,
    text: str,
    parser: Parser,
    facts: Facts,
    evidence: Sequence[Evidence],
    findings: Sequence[Finding],
) -> Parsed:
    """The page's text through the parser of plain text; what stands beside it is left out by name. `findings`: what
    is to be said of the page."""
    pre = next(e for name in ("pre", "xmp", "plaintext") for e in page.index.by_name.get(name, ()))
    above = "\n" * (page.origin(pre).line - 1)  # so that lines are those of the page
    parsed = parser(Source(page.name, (above + text).encode("utf-8"), ".txt"))
    omissions = left_out(page, excluded, [pre])
    why = "the page is one preformatted text"
    return replace(
        parsed,
        book=replace(parsed.book, metadata=_with_facts(parsed.book.metadata, facts)),
        texts=page.texts,
        omissions=(*parsed.omissions, *omissions),
        findings=(*findings, *parsed.findings),
        evidence=(*evidence, Evidence("story", "plain text", why, 0.9, Origin(page.name, 1)), *parsed.evidence),
    )


def _with_facts(own: Metadata, facts: Facts) -> Metadata:
    """What the text says of itself, and of the rest what the page says; a file's name is no title."""
    metadata = facts.metadata()
    names = ("people", "language", "description", "published", "source", "publisher")
    values = {n: getattr(metadata, n) for n in names if getattr(metadata, n) and not getattr(own, n)}
    if metadata.title and not own.title and "." not in metadata.title.split()[-1].strip("."):
        values["title"] = metadata.title
    provenance = {n: metadata.found_in(n) for n in values}
    return replace(own, **values, provenance=tuple(sorted({**dict(own.provenance), **provenance}.items())))


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
