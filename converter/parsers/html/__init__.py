"""Web pages, scraped or saved: one page in, one `Parsed` out.

page -> looks -> hidden -> (a site's table | locate) -> walk -> shapes -> chapters -> story.
"""

from __future__ import annotations

from typing import Literal

from converter.contracts import Evidence, Parsed, Parser, Source
from converter.model import Origin
from converter.parsers.decoding import decode
from converter.parsers.html.facts import Facts, head_facts
from converter.parsers.html.generic import read_generic
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
