"""Word documents (`.docx`): one document in, one `Parsed` out.

In come the bytes of a document; out comes its story with headings, italics of its styles, notes, pictures and tables,
and by name and place what is none: hidden text, comments, what was deleted, running heads. `docx_parser` is the way in:
`package.py` opens the archive and refuses what is locked or of old, `settled.py` makes it ready, mammoth makes a page
of it (`markup.py`), and the stages of web pages read that; `beside.py` names what stands beside the story.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from converter.document.contracts import Evidence, Hidden, Packed, Parsed, Parser, Source
from converter.document.findings.pictures import ImageMissing
from converter.document.model import Origin
from converter.parsers.docx.beside import beside, noted_facts
from converter.parsers.docx.markup import markup_of, plain_markup_of
from converter.parsers.docx.package import WordFile, open_word_file
from converter.parsers.html.boilerplate.hidden import exclude_hidden
from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page, parse_page, require_words
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.extracted import Extracted, Part
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.stages import final_stages, without_controls
from converter.parsers.html.structure.assembly import of_a_book
from converter.parsers.html.style.styles import computed_styles
from converter.parsers.items.sections import same_words
from converter.parsers.noted_title import with_noted_title
from converter.parsers.plainly import page_plainly
from converter.parsers.switches import HIDDEN, PLAINLY
from converter.parsers.tag_names import HEADINGS
from converter.recognisers.metadata.resolution import NOTED

FIRST_LINES = 5  # of a document, in which its author stands: title, subtitle, "by", a name, a date
ELEMENTS_LOOKED_AT = 40
LINES = frozenset((*HEADINGS, "p"))


def docx_parser(*, hidden: Hidden = "drop", without: frozenset[str] = frozenset()) -> Parser:
    """A parser for `.docx`, for `.docm`, whose macros are left out, and for `.doc`, which it refuses unless it is a
    `.docx` by its bytes.

    `hidden`: what is done with hidden text; it is listed either way. `without`: what is left alone
    (`parsers/switches.py`). Raises NotAStory for a document that is of an old format, locked, damaged or without text,
    TooLarge for one that would unpack to too much.
    """

    def parse(source: Source) -> Parsed:
        file = open_word_file(source)
        if PLAINLY in without:
            parsed = page_plainly(source.name, plain_markup_of(file))
        else:
            parsed = _understood(file, hidden == "keep" or HIDDEN in without, without)
        texts, omissions = beside(file)
        first = replace(parsed.texts[0], packed=Packed("docx", source.name, source.data))
        noted = noted_facts(file)
        facts = Facts()
        facts.take(with_noted_title(parsed.book.metadata, noted.text("title"), parsed.book))
        facts.take(replace(noted.metadata(), title=""))
        return replace(
            parsed,
            book=replace(parsed.book, metadata=facts.metadata()),
            texts=(first, *parsed.texts[1:], *texts),
            omissions=(*parsed.omissions, *omissions),
        )

    return parse


def _understood(file: WordFile, keep: bool, without: frozenset[str]) -> Parsed:
    markup, pictures = markup_of(file)

    def beside_page(path: str) -> bytes | None:
        return pictures.get(path)

    page = parse_page(Source(file.source, b"", ".docx", beside_page), markup)
    require_words(page)
    styles = computed_styles(page)
    excluded = without_controls(page)
    said = exclude_hidden(page, excluded, styles, keep)
    content = Extracted((Part((page.body,)),), _facts_on(page, noted_facts(file)), by="site")
    made = final_stages(page, excluded, styles, content, without)
    evidence = Evidence(
        "reading", "a Word document", "its styles and what is written in it", 1.0, Origin(file.source, 1)
    )
    parsed = of_a_book(page, excluded, made.flow, made.division, (evidence,), said)
    told = (replace(f, document=True) if isinstance(f, ImageMissing) else f for f in parsed.findings)
    return replace(parsed, findings=tuple(told))


def _facts_on(page: Page, noted: Facts) -> Facts:
    """The title that a paragraph of the style for titles says above all headings; where several have that style, it is
    one of chapters. Without it the title and the authors that the word processor noted, as far as the first lines say
    the same."""
    facts = Facts()
    titles = page.index.by_class.get("title", [])
    headings = [e for name in HEADINGS for e in page.index.by_name.get(name, ()) if e not in titles]
    if len(titles) == 1 and all(place(titles[0]) < place(heading) for heading in headings):
        facts.add("title", one_line(titles[0]), "document, title")
    first = (element for element in islice(page.elements, ELEMENTS_LOOKED_AT) if element.name in LINES)
    lines = [line for element in first if (line := one_line(element))]
    if title := noted.text("title"):
        facts.add("title", next((title for line in lines[:1] if same_words(line, title)), ""), "document, title")
    people = noted.metadata().people
    if people and any(same_words(line, person.name) for line in lines[1:FIRST_LINES] for person in people):
        facts.add("people", people, NOTED)
    return facts
