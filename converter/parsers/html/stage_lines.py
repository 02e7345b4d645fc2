"""The stages of a page as text, for whoever mends a site's table or wonders where a word went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from bs4.element import NavigableString, Tag

from converter.document.contracts import Omission, Source
from converter.document.errors import SettingError
from converter.document.model import Block
from converter.document.words import block_text, chapter_name, plain_text
from converter.parsers import STAGES
from converter.parsers.computed_style import PLAIN, ComputedStyle
from converter.parsers.decoding import decode
from converter.parsers.html import stages
from converter.parsers.html.containers import opf_facts, unpack
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.nodes import NOT_TEXT, child_nodes, one_line
from converter.parsers.html.dom.page import Page, declared_encoding, parse_page
from converter.parsers.html.extraction.content import describe
from converter.parsers.html.extraction.extracted import Extracted
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.own_language import in_own_language
from converter.parsers.html.extraction.page_head import head_facts
from converter.parsers.html.flow.parts import Flow
from converter.parsers.html.sites.tables import SAID_WITHIN
from converter.parsers.html.structure.division import Division
from converter.parsers.items.inlines import joined
from converter.parsers.items.kinds import Gap, HeadingItem, Item

TEXT_SHOWN = 72  # characters of a text


def stage_lines_of(source: Source, name: str, request: stages.Request) -> Iterator[str]:
    """The stage of this name of a page (the first one of an archive), line by line.

    Raises SettingError for another name, NotAStory where the page is refused before it comes to that stage.
    """
    if name not in STAGES:
        raise SettingError(f"no stage is called {name!r}", remedy=f"known are {', '.join(STAGES)}")
    unpacked = unpack(source)
    decoded = decode(unpacked.data, unpacked.encoding or declared_encoding(unpacked.data))
    own = replace(source, data=unpacked.data, assets=unpacked.assets)
    page = parse_page(own, decoded.text, address=unpacked.address)
    if name == "page":
        return _page(page)
    styled = stages.styled(page)
    if name == "styled":
        return _styled(page, styled)
    seen = stages.annotated(styled, decoded.text[:SAID_WITHIN], request)
    if name == "annotated":
        site = f"{seen.site.key} ({seen.why})" if seen.site else "unknown"
        return iter((f"site: {site}", *_exclusions(page, seen.excluded)))
    facts = Facts()
    if unpacked.opf:
        opf_facts(unpacked.opf, facts)
    facts = head_facts(page, facts)
    extracted = in_own_language(page, stages.extracted(seen, facts), seen.excluded)
    if name == "extracted":
        return iter((*_extracted(page, extracted), *_exclusions(page, seen.excluded)))
    made = stages.final_stages(page, seen.excluded, styled.styles, extracted, request.without)
    lines = _flow(made.flow) if name == "flow" else _divided(made.division)
    return iter(
        (*lines, *_omissions((*made.flow.omissions, *made.division.omissions)), *_exclusions(page, seen.excluded))
    )


def _page(page: Page) -> Iterator[str]:
    """Every element with its line, indented by its depth, and the text that is its own."""
    yield f"address: {page.address or 'unknown'}; {len(page.elements):,} elements"
    stack: list[tuple[Tag, int]] = [(page.body, 0)]
    while stack:
        element, depth = stack.pop()
        own = (t for t in child_nodes(element) if isinstance(t, NavigableString) and not isinstance(t, NOT_TEXT))
        yield f"{page.origin(element).line:>6} {'  ' * depth}{describe(element)} {_short(' '.join(own))}".rstrip()
        stack.extend((c, depth + 1) for c in reversed(child_nodes(element)) if isinstance(c, Tag))


def _styled(page: Page, styled: stages.StyledPage) -> Iterator[str]:
    for element in page.elements:
        if (style := styled.styles.get(id(element))) is not None:
            yield f"{page.origin(element).line:>6} {describe(element)}: {_style(style)}"


def _style(style: ComputedStyle) -> str:
    """What a style says that the plain one does not."""
    names = (f.name for f in fields(style) if getattr(style, f.name) != getattr(PLAIN, f.name))
    return ", ".join(f"{name} {getattr(style, name)}" for name in names)


def _extracted(page: Page, extracted: Extracted) -> Iterator[str]:
    yield f"by: {extracted.by}; headings inside divide: {'yes' if extracted.divides else 'no'}"
    for number, part in enumerate(extracted.parts, 1):
        yield f"part {number}"
        head = ((part.head, "head"),) if part.head is not None else ()
        notes = ((n.element, f"note ({n.kind})") for n in (*part.before, *part.after))
        for element, role in (*head, *((b, "body") for b in part.bodies), *notes):
            yield f"{page.origin(element).line:>6}   {role}: {describe(element)} {_short(one_line(element))}"
    for name, value in extracted.facts.values.items():
        yield f"fact {name}: {value} ({extracted.facts.sources.get(name, '')})"
    for evidence in extracted.evidence:
        yield f"{evidence.topic}: {evidence.found} ({evidence.why})"


def _flow(flow: Flow) -> Iterator[str]:
    for number, part in enumerate(flow.parts, 1):
        yield f"part {number}: {plain_text(part.head) or 'without a heading'}"
        yield from map(_item, (*part.front, *part.before, *part.items, *part.after))
    yield from map(_item, flow.uncited)


def _item(item: Item) -> str:
    line = item.origin.line if item.origin else 0
    match item:
        case Gap(lines):
            return f"{line or '':>6}   gap of {lines}"
        case HeadingItem(lines, level):
            return f"{line:>6}   heading {level}: {_short(plain_text(joined(lines)))}"
        case _:
            return _block(item)


def _block(block: Block) -> str:
    line = block.origin.line if block.origin else 0
    return f"{line:>6}   {type(block).__name__.lower()}: {_short(block_text(block))}"


def _divided(division: Division) -> Iterator[str]:
    for chapter in division.chapters:
        yield f"{chapter.kind}: {chapter_name(chapter) or 'without a heading'}"
        yield from map(_block, chapter.blocks)
        for child in chapter.children:
            yield f"  {child.kind}: {chapter_name(child)}, {len(child.blocks)} blocks"
    for name, value in division.facts.values.items():
        yield f"fact {name}: {value} ({division.facts.sources.get(name, '')})"


def _omissions(omissions: Iterable[Omission]) -> Iterator[str]:
    for omission in omissions:
        yield f"{omission.origin.line:>6} left out as {omission.rule}: {_short(omission.text)}"


def _exclusions(page: Page, excluded: Exclusions) -> Iterator[str]:
    """The table of exclusions: line, element, rule and owner, in the order in which the rows were made."""
    for row in excluded:
        rule = "used elsewhere" if row.moved else row.rule
        place = f"{page.origin(row.element).line:>6} {describe(row.element)}"
        yield f"{place} excluded as {rule} [{row.owner}] {_short(one_line(row.element))}".rstrip()


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= TEXT_SHOWN else f"{text[:TEXT_SHOWN]}…"
