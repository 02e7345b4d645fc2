"""Web pages, scraped or saved: one page in, one `Parsed` out.

page -> looks -> hidden -> (a site's table | locate) -> walk -> shapes -> chapters -> story.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from converter.contracts import Diagnostic, Evidence, Omission, Parsed, Parser, Source
from converter.model import Metadata, Origin
from converter.parsers.decoding import decode
from converter.parsers.html.facts import Facts, head_facts
from converter.parsers.html.generic import read_generic, read_roots
from converter.parsers.html.hidden import mark_hidden
from converter.parsers.html.page import declared_encoding, element_text, parse_page, require_words
from converter.parsers.html.story import page_looks

Hidden = Literal["drop", "keep"]


def html_parser(*, hidden: Hidden = "drop") -> Parser:
    """A parser for `.html`, `.htm` and `.xhtml`.

    `hidden`: what is done with text that a browser would not show. It is listed either way.
    """

    def parse(source: Source) -> Parsed:
        decoded = decode(source.data, declared_encoding(source.data))
        page = parse_page(source, decoded.text)
        page.diagnostics.extend(decoded.diagnostics)
        require_words(page)
        visible = element_text(page.body)
        looks = page_looks(page)
        mark_hidden(page, looks, hidden == "keep")
        facts = Facts()
        head_facts(page, facts)
        evidence = [Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence, Origin(source.name, 1))]
        return read_generic(page, looks, facts, visible, evidence)

    return parse


def read_whole(
    source: Source,
    html: str,
    front: str,
    metadata: Metadata,
    omissions: Sequence[Omission],
    evidence: Sequence[Evidence],
    diagnostics: Sequence[Diagnostic],
) -> Parsed:
    """A page of which everything is story (made from Markdown, or unpacked): its text, what is known of it, its `Parsed`.

    `front` is what stood before it in the source, told by `omissions`. Lines are those marked in `html`.
    """
    page = parse_page(source, html, lines=False)
    page.diagnostics.extend(diagnostics)
    require_words(page)
    visible = f"{front}\n{element_text(page.body)}"
    page.omissions.extend(omissions)
    facts = Facts()
    facts.take(metadata)
    return read_roots(page, [page.body], page_looks(page), facts, visible, evidence)
