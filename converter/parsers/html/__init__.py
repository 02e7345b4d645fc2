"""Web pages, scraped or saved: one page in, one `Parsed` out.

In come the bytes of a page, or of an archive of pages; out comes what a reader of that page would call the story, and
by name and place all the rest. `html_parser` is the way in; what happens to a page, stage by stage, is told in
`stages.py`: open that next. The rooms are the stages' own: dom, style, boilerplate, sites and extraction, flow,
structure.

It knows markup, CSS and the habits of sites; what is true of one site alone stands in its table (`sites/known/`, with
`sites/hooks.py` for the little that no table can say). BeautifulSoup's tree does not leave this folder. Nothing is
fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.contracts import Evidence, Hidden, Parsed, Parser, Source
from converter.document.errors import NotAStory
from converter.document.findings.pictures import ImageUnusable
from converter.document.findings.works import ArchiveAuthors
from converter.document.model import Origin, Resource
from converter.parsers.decoding import decode
from converter.parsers.html.containers import Unpacked, archive_part, opf_facts, unpack
from converter.parsers.html.dom.page import declared_encoding, parse_page, require_words
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.neighbours import IndexPage
from converter.parsers.html.sites.tables import SAID_WITHIN, Site, read_site, site_names
from converter.parsers.html.stages import Request, read_page
from converter.parsers.pictures import fit_image
from converter.parsers.plainly import page_plainly
from converter.parsers.switches import HIDDEN, PLAINLY

__all__ = ["IndexPage", "Site", "html_parser", "read_page", "read_site", "site_names"]


def html_parser(
    *,
    hidden: Hidden = "drop",
    sites: Sequence[Site] = (),
    without: frozenset[str] = frozenset(),
    text: Parser | None = None,
) -> Parser:
    """A parser for `.html`, `.htm` and `.xhtml`.

    `hidden`: what is done with text that a browser would not show; it is listed either way. `sites`: tables of a
    person's own, compared with the page before the known ones. `without`: what is left alone (`parsers/switches.py`).
    `text`: reads pages that are one preformatted text; without it they are read like others.
    Raises NotAStory for error pages and pages without text.
    """

    request = Request(hidden == "keep" or HIDDEN in without, tuple(sites), without, text)

    def parse(source: Source) -> Parsed:
        unpacked = unpack(source)
        parsed = _parse_all(source, unpacked)
        others = [archive_part(source.name, name, "text") for name in unpacked.texts]
        others += [archive_part(source.name, name, "book") for name in unpacked.books]
        faults = (*unpacked.faults.values(), *others)
        return replace(parsed, findings=(*parsed.findings, *faults)) if faults else parsed

    def _parse_all(source: Source, unpacked: Unpacked) -> Parsed:
        if not unpacked.pages:
            return _parse_one(replace(source, data=unpacked.data), unpacked, request)
        from converter.parsers.works.assembly import assemble

        parts: list[Parsed] = []
        indexes: list[IndexPage] = []
        refused: list[NotAStory] = []
        for name, data, assets in ((unpacked.name, unpacked.data, unpacked.assets), *unpacked.pages):
            inner = replace(source, name=f"{source.name}/{name}", data=data)
            try:
                parts.append(_parse_one(inner, replace(unpacked, data=data, assets=assets), request))
            except IndexPage as listed:
                parts.append(listed.index)
                indexes.append(listed)
            except NotAStory as error:
                refused.append(NotAStory(error.what, inner.name, error.remedy))
        if indexes and len(indexes) == len(parts):
            raise indexes[0]
        if not parts:
            raise refused[0]
        return _signed_by_all(assemble(parts, refused), parts, source.name)

    return parse


def _signed_by_all(made: Parsed, parts: Sequence[Parsed], name: str) -> Parsed:
    """A work made of an archive's pages, with the authors of all of them; a doubt where they differ."""
    metadata = [p.book.metadata for p in parts]
    signed = list(dict.fromkeys(m.authors for m in metadata if m.authors))
    if len(signed) < 2:
        return made
    own = made.book.metadata
    known = {p.name for p in own.people}
    more = {p.name: p for m in metadata for p in m.people if p.name not in known}
    book = replace(made.book, metadata=replace(own, people=(*own.people, *more.values())))
    doubt = ArchiveAuthors(tuple(signed), Origin(name, 1))
    return replace(made, book=book, findings=(*made.findings, doubt))


def _parse_one(source: Source, unpacked: Unpacked, request: Request) -> Parsed:
    decoded = decode(source.data, unpacked.encoding or declared_encoding(source.data))
    if PLAINLY in request.without:
        return page_plainly(source.name, decoded.text)
    evidence = [Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence, Origin(source.name, 1))]
    page = parse_page(replace(source, assets=unpacked.assets), decoded.text, address=unpacked.address)
    require_words(page)
    facts = Facts()
    if unpacked.opf:
        opf_facts(unpacked.opf, facts)
    parsed = read_page(page, decoded.text[:SAID_WITHIN], request, facts, evidence, decoded.findings)
    return _with_cover(parsed, unpacked.cover, source.name) if unpacked.cover else parsed


def _with_cover(parsed: Parsed, data: bytes, name: str) -> Parsed:
    made = fit_image(data)
    if isinstance(made, tuple):
        cover = Resource(f"cover.{made[1]}", made[0], made[2])
        return replace(parsed, book=replace(parsed.book, cover=cover))
    finding = ImageUnusable("", made, cover=True, origin=Origin(name, 1))
    return replace(parsed, findings=(*parsed.findings, finding))
