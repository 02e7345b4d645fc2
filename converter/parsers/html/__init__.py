"""Web pages, scraped or saved: one page in, one `Parsed` out.

page -> looks -> hidden -> (a site's table | locate) -> walk -> shapes -> chapters -> story.

In come the bytes of a page, or of an archive of pages; out comes what a reader of that page would call the story, and
by name and place all the rest. Open this file first, `html_parser` is the way above in code; then `known.py` (pages of
a site with a table), `generic.py` and `locate.py` (all others), and `blocks.py`, the walk from elements to blocks.
`ARCHITECTURE.md` follows one paragraph through all of it.

It knows markup, CSS and the habits of sites; what is true of one site alone stands in its table (`parsers/sites/`, with
`hooks.py` for the little that no table can say). BeautifulSoup's tree does not leave this folder. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from converter.document.contracts import Diagnostic, Evidence, Omission, Parsed, Parser, Source, SourceText
from converter.document.errors import NotAStory
from converter.document.model import Metadata, Origin, Resource
from converter.parsers import PLAINLY
from converter.parsers.decoding import decode
from converter.parsers.html.anchors import set_local_links
from converter.parsers.html.containers import Unpacked, opf_facts, unpack
from converter.parsers.html.facts import Facts, head_facts
from converter.parsers.html.generic import read_generic, read_roots
from converter.parsers.html.hidden import mark_hidden
from converter.parsers.html.images import fit_image
from converter.parsers.html.known import prepare, read_known
from converter.parsers.html.neighbours import IndexPage
from converter.parsers.html.page import Page, declared_encoding, parse_page, require_words
from converter.parsers.html.plain import plain_text_of, read_plain
from converter.parsers.html.refusal import refuse_page
from converter.parsers.html.sites import SAID_WITHIN, Site, detect_site, read_site, site_names
from converter.parsers.html.story import page_looks
from converter.parsers.plainly import page_plainly

__all__ = ["Hidden", "IndexPage", "Site", "html_parser", "read_page", "read_site", "read_whole", "site_names"]

Hidden = Literal["drop", "keep"]
NOT_READ = "is a text and not read with the archive's pages; unpack it and convert it by itself"


def html_parser(
    *, hidden: Hidden = "drop", sites: Sequence[Site] = (), without: frozenset[str] = frozenset()
) -> Parser:
    """A parser for `.html`, `.htm` and `.xhtml`.

    `hidden`: what is done with text that a browser would not show; it is listed either way. `sites`: tables of a
    person's own, compared with the page before the known ones. `without`: what is left alone (`parsers.SWITCHES`).
    Raises NotAStory for error pages and pages without text.
    """

    keep_hidden = hidden == "keep" or "hidden text" in without

    def parse(source: Source) -> Parsed:
        unpacked = unpack(source)
        parsed = understood(source, unpacked)
        told = tuple(
            Diagnostic("archive-part", f"{name} {why}", Origin(f"{source.name}/{name}", 1), "warning")
            for name, why in (*unpacked.faults.items(), *((n, NOT_READ) for n in unpacked.texts))
        )
        return replace(parsed, diagnostics=(*parsed.diagnostics, *told)) if told else parsed

    def understood(source: Source, unpacked: Unpacked) -> Parsed:
        if not unpacked.pages:
            return _parse_one(replace(source, data=unpacked.data), unpacked, keep_hidden, own, without)
        from converter.parsers.works.assembly import assemble

        found: list[Parsed] = []
        indexes: list[IndexPage] = []
        refused: list[NotAStory] = []
        for name, data, assets in ((unpacked.name, unpacked.data, unpacked.assets), *unpacked.pages):
            inner = replace(source, name=f"{source.name}/{name}", data=data)
            try:
                found.append(_parse_one(inner, replace(unpacked, data=data, assets=assets), keep_hidden, own, without))
            except IndexPage as listed:
                found.append(listed.index)
                indexes.append(listed)
            except NotAStory as error:
                refused.append(NotAStory(error.what, inner.name, error.remedy))
        if indexes and len(indexes) == len(found):
            raise indexes[0]
        if not found:
            raise refused[0]
        return _signed_by_all(assemble(found, refused), found, source.name)

    own = tuple(sites)
    return parse


def _signed_by_all(made: Parsed, parts: Sequence[Parsed], name: str) -> Parsed:
    """A work made of an archive's pages, with the authors of all of them; a doubt where they differ."""
    held = [p.book.metadata for p in parts]
    signed = list(dict.fromkeys(m.authors for m in held if m.authors))
    if len(signed) < 2:
        return made
    own = made.book.metadata
    known = {p.name for p in own.people}
    more = {p.name: p for m in held for p in m.people if p.name not in known}
    book = replace(made.book, metadata=replace(own, people=(*own.people, *more.values())))
    who = " and by ".join(", ".join(names) for names in signed)
    message = f"the archive holds works by {who}, and they became one book; unpack it to convert them apart"
    doubt = Diagnostic("archive-authors", message, Origin(name, 1))
    return replace(made, book=book, diagnostics=(*made.diagnostics, doubt))


def _parse_one(
    source: Source, unpacked: Unpacked, keep_hidden: bool, own: Sequence[Site], without: frozenset[str]
) -> Parsed:
    decoded = decode(source.data, unpacked.encoding or declared_encoding(source.data))
    if PLAINLY in without:
        return page_plainly(source.name, decoded.text)
    evidence = [Evidence("encoding", decoded.encoding, decoded.why, decoded.confidence, Origin(source.name, 1))]
    diagnostics, opening = decoded.diagnostics, decoded.text[:SAID_WITHIN]
    page = parse_page(replace(source, assets=unpacked.assets), decoded.text)
    page.address = unpacked.address or page.address
    page.without = without
    page.diagnostics.extend(diagnostics)
    set_local_links(page)
    require_words(page)
    facts = Facts()
    if unpacked.opf:
        opf_facts(unpacked.opf, facts)
    parsed = read_page(page, opening, keep_hidden, own, evidence, facts)
    return _with_cover(parsed, unpacked.cover, source.name) if unpacked.cover else parsed


def _with_cover(parsed: Parsed, data: bytes, name: str) -> Parsed:
    made = fit_image(data)
    if isinstance(made, tuple):
        cover = Resource(f"cover.{made[1]}", made[0], made[2])
        return replace(parsed, book=replace(parsed.book, cover=cover))
    message = f"the archive's cover is left out: {made or 'it is too small to be seen'}"
    told = Diagnostic("image-unusable", message, Origin(name, 1), "warning")
    return replace(parsed, diagnostics=(*parsed.diagnostics, told))


def read_page(
    page: Page, markup: str, keep_hidden: bool, own: Sequence[Site], evidence: Sequence[Evidence], facts: Facts
) -> Parsed:
    """A parsed page -> `Parsed`, by a site's table where one fits, else located. `markup` is how the page's
    text begins."""
    looks = page_looks(page)
    found = None if "the site's known layout" in page.without else detect_site(page.index, markup, own)
    site = found[0] if found else None
    kept = tuple(e for selector in (site.keep if site else ()) for e in page.index.select(selector))
    mark_hidden(page, looks, keep_hidden, kept)
    head_facts(page, facts)
    if page.address:
        evidence = [*evidence, Evidence("address", page.address, "the page's own address", 1.0, Origin(page.name, 1))]
    if site is not None:
        if not site.locate:
            parsed = read_known(page, site, looks, facts, evidence)
            if parsed is not None:
                return parsed
            message = (
                f"the page looks like {site.name} but the table {site.key!r} finds no text in it; read as "
                f"an unknown page"
            )
            page.diagnostics.append(Diagnostic("site-changed", message, Origin(page.name, 1)))
        else:
            prepare(page, site, facts)
            evidence = [*evidence, Evidence("site", site.name, found[1] if found else "", 0.9, Origin(page.name, 1))]
    refuse_page(page, facts)
    if site is None and (text := plain_text_of(page)):
        return read_plain(page, text, facts, evidence)
    return read_generic(page, looks, facts, evidence)


def read_whole(
    source: Source,
    html: str,
    told: SourceText,
    metadata: Metadata,
    omissions: Sequence[Omission],
    evidence: Sequence[Evidence],
    diagnostics: Sequence[Diagnostic],
    without: frozenset[str] = frozenset(),
) -> Parsed:
    """A page of which everything is story, made from the text `told`: its markup, what is known of it -> `Parsed`.

    Lines are those marked in `html`.
    """
    page = parse_page(source, html, lines=False, told=told)
    page.without = without
    page.diagnostics.extend(diagnostics)
    require_words(page)
    page.omissions.extend(omissions)
    facts = Facts()
    facts.take(metadata)
    parsed = read_roots(page, [page.body], page_looks(page), facts, evidence)
    return replace(parsed, omissions=tuple(o for o in parsed.omissions if o.rule != "the page's head"))
