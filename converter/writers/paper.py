"""The story as one tree for pages: front matter, contents with page numbers, chapters.

On a screen the front matter is cover, title page and what is known about the story; of a printed book, whose cover is
made apart, half-title, title page and colophon.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from converter.document.contracts import Theme
from converter.document.list_numbers import CSS_NAMES
from converter.document.model import Book
from converter.writers.anchors import settle_anchors
from converter.writers.colophon import colophon
from converter.writers.contents import Entry, contents, contents_page
from converter.writers.drop_caps import note_tails
from converter.writers.front_notes import join_acts, join_front_notes
from converter.writers.imprint import imprint_lines, imprint_of
from converter.writers.inlines import Rendering
from converter.writers.languages import direction
from converter.writers.leaves import leaves_of
from converter.writers.long_notes import A5_MEASURE, notes_in, stand_at_feet
from converter.writers.long_words import part_long_words
from converter.writers.pages import PageGeometry
from converter.writers.parting import let_part, page_in_lines
from converter.writers.printers_rules import hold_number, set_pieces, set_title
from converter.writers.run_on import run_on
from converter.writers.running_heads import running_heads
from converter.writers.scene_breaks import has_white_breaks
from converter.writers.title_page import title_page
from converter.writers.web_addresses import hold_addresses
from converter.writers.xhtml import ChapterElements, chapter_sections, rendering_for

BOOK = "book-part:"
COVER = "book-cover:"
MANY, BARE, NUMERAL = 24, 12, 6  # entries, characters: a list of hardly more than numbers stands in columns
LONG_TITLE = 42  # characters; two lines of a chapter title on A5
LONG_WORD = 18  # characters; as wide as A5 in the size of a book's title
FEW_FACTS = 4  # short ones about a story have no page of their own
SMALL, LOW = 92.0, 155.0  # mm of measure, mm of height, in type of A5's size: below them headings are set smaller
LONGEST_WORD = 1_000  # characters; WeasyPrint measures all that is left of a longer one for each of its lines
PIECE = 20  # of such a word: less than a line
DIVISIONS = frozenset(["part", "volume"])
FULL = 2.05  # lines that an opening paragraph has at least if three stand beside its drop cap
MAY_BREAK = "\u200b"
ON_THE_TITLE = ("book-title", "subtitle", "author", "contributor", "series", "publisher")


def paper(book: Book, theme: Theme, page: PageGeometry, generator: str, *, notes_go_on: bool = True) -> etree._Element:
    """The `html` element; its classes are `bound` or `screen`, and `small`. `notes_go_on`: a note may be longer than a
    page's foot.

    Classes `cover`, `front`, `story` choose the kind of page, `recto` a right-hand one where pages are bound.
    """
    addresses = {r.name: BOOK + r.name for r in book.resources}
    rendering = rendering_for(book, theme, "print", notes="page", images=addresses)
    rendering = replace(rendering, white_breaks=has_white_breaks(book, theme))
    html = etree.Element("html", {"lang": rendering.language, "class": _kind(page)})
    if direction(rendering.language) == "rtl":
        html.set("dir", "rtl")
    title = _head(html, book, rendering, generator)
    body = etree.SubElement(html, "body")
    if book.cover and not page.bound:
        _cover(body, _cover_text(rendering.labels.cover, title, book))
    sections = list(chapter_sections(book, rendering))
    imprint = imprint_of([section.chapter for section in sections])
    _title_page(body, book, imprint_lines(sections[:imprint]), rendering, theme, page, generator)
    away = {rendering.chapters[section.key] for section in sections[:imprint]}
    sections = sections[imprint:]
    leaves = leaves_of(sections) if page.bound else {}
    running_on = run_on([section for section in sections if section.key not in leaves], theme, page)
    sections, rendering = _without_caps(sections, book, rendering) if running_on else (sections, rendering)
    sections = [section for section in sections if section.key not in leaves]
    body.extend(leaves.values())
    if len(sections) > 1:
        away |= {rendering.chapters[key] for key in leaves}
        _contents(body, tuple(e for e in contents(book, rendering) if e.address not in away), rendering, page)
    sections = _with_room_for_notes(sections, book, rendering, page, notes_go_on)
    settle_anchors([*(("", leaf) for leaf in leaves.values()), *(("", piece) for s in sections for piece in s.pieces)])
    story = etree.SubElement(body, "main", {"class": "story"})  # one element, so that its pages are one group
    _chapters(story, sections, book, theme, page, running_on)
    let_part(story, theme, page)
    join_front_notes(story, page)
    join_acts(story)
    _short_openings(story, page, theme)
    note_tails(story, theme)
    _set_off_endings(story)
    hold_addresses(story)
    _break_longest_words(html)
    part_long_words(html, theme, page)
    return html


def _title_page(
    body: etree._Element,
    book: Book,
    lines: list[etree._Element],
    rendering: Rendering,
    theme: Theme,
    page: PageGeometry,
    generator: str,
) -> None:
    """The title page, and the colophon of a bound book; `lines` are those of the book's own imprint."""
    front = title_page(book, rendering)
    if not page.bound:
        _front(body, front, page, lines)
        return
    name = front[0].text or ""
    details = [*_bound_title(body, front, page), *lines]
    body.append(colophon(details, name, book.metadata, rendering, theme, page, generator))


def _short_openings(story: etree._Element, page: PageGeometry, theme: Theme) -> None:
    """Says of paragraphs with a drop cap that they are `short`: they may not fill three lines beside it."""
    _, line = page_in_lines(theme, page)
    for cap in story.xpath("descendant::span[@class='dropcap']"):
        (paragraph,) = cap.xpath("ancestor::p[1]")
        notes = sum(len(text) for note in notes_in(paragraph) for text in note.itertext())
        letters = sum(len(text) for text in paragraph.itertext()) - notes
        if letters < FULL * line:
            paragraph.set("class", f"{paragraph.get('class', '')} short".strip())


def _set_off_endings(story: etree._Element) -> None:
    """Has a line of room above the centred words with which a chapter ends ("The End")."""
    for last in story.xpath("section/p[not(following-sibling::*)][preceding-sibling::*[1][self::p]]"):
        names, before = (one.get("class", "").split() for one in (last, last.getprevious()))
        if "center" in names and "center" not in before and len("".join(last.itertext())) <= LONG_TITLE:
            last.set("class", " ".join("ending" if name == "center" else name for name in names))


def _without_caps(
    sections: list[ChapterElements], book: Book, rendering: Rendering
) -> tuple[list[ChapterElements], Rendering]:
    """The sections where chapters run on: a page could end beside a drop cap."""
    if rendering.opening != "drop-cap":
        return sections, rendering
    rendering = replace(rendering, opening="lead-in")
    return list(chapter_sections(book, rendering)), rendering


def _cover(body: etree._Element, said: str) -> None:
    cover = etree.SubElement(body, "section", {"class": "cover"})
    etree.SubElement(cover, "img", {"src": COVER, "alt": said})


def _cover_text(label: str, title: str, book: Book) -> str:
    """What is said in place of the cover: the words that stand on it. Three words at least, also where the language
    parts none by spaces: less is no description to those who check one."""
    authors = ", ".join(" ".join(author.split()) for author in book.metadata.authors)
    return f"{label}: {title}, {authors}" if authors else f"{label} \u2013 {title}"


def _contents(body: etree._Element, entries: tuple[Entry, ...], rendering: Rendering, page: PageGeometry) -> None:
    """The page of contents: in columns where its entries are hardly more than numbers."""
    listed = contents_page(entries, rendering)
    names = "front contents-page recto" if page.bound else "front contents-page"
    etree.SubElement(body, "section", {"class": names}).append(listed)
    if len(entries) >= MANY and all(len(e.name) <= BARE and not e.children for e in entries):
        columns = "three-columns" if all(len(e.name) <= NUMERAL for e in entries) else "two-columns"
        listed.set("class", f"contents {columns}")
    for link in listed.iter("a"):
        hold_number(link)
    held = False
    for entry in listed[1]:
        holds = len(entry) > 1
        if apart := [name for name, true in (("holds", holds), ("apart", held or holds)) if true]:
            entry.set("class", " ".join(apart))
        held = holds


def _head(html: etree._Element, book: Book, rendering: Rendering, generator: str) -> str:
    """What the file says of the book; gives its title."""
    metadata = book.metadata
    head = etree.SubElement(html, "head")
    title = " ".join(metadata.title.split()) or rendering.labels.title_page
    etree.SubElement(head, "title").text = title
    for name, content in (
        *(("author", author) for author in metadata.authors),
        ("description", " ".join(metadata.description.split())),
        ("keywords", ", ".join(dict.fromkeys((*metadata.fandoms, *metadata.genres, *metadata.tags)))),
        ("generator", generator),
        ("dcterms.created", metadata.published or metadata.modified),
        ("dcterms.modified", metadata.modified),
    ):
        if content:
            etree.SubElement(head, "meta", {"name": name, "content": content})
    return title


def _kind(page: PageGeometry) -> str:
    small = _measure(page) < SMALL or page.height / page.scale < LOW
    return ("bound" if page.bound else "screen") + (" small" if small else "")


def _measure(page: PageGeometry) -> float:
    """The width of the text in mm, as if its type had A5's size."""
    return (page.width - page.inner - page.outer) / page.scale


def _is_long(page: PageGeometry, *titles: str) -> bool:
    """Whether titles are set smaller, for they take many lines of this page or a word of theirs most of one."""
    share = min(1.0, _measure(page) / A5_MEASURE)
    longest = max((len(word) for title in titles for word in title.split()), default=0)
    return sum(map(len, titles)) > LONG_TITLE * share or longest > LONG_WORD * share


def _break_longest_words(html: etree._Element) -> None:
    """Lets lines end inside what is no word but a thousand letters, so that it takes no more time than words do."""
    for element in html.iter():
        element.text, element.tail = _breakable(element.text), _breakable(element.tail)


def _breakable(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST_WORD or max(map(len, text.split()), default=0) <= LONGEST_WORD:
        return text
    pieces = []
    for word in text.split(" "):
        step = PIECE if len(word) > LONGEST_WORD else len(word) or 1
        pieces.append(MAY_BREAK.join(word[i : i + step] for i in range(0, len(word), step)))
    return " ".join(pieces)


def _with_room_for_notes(
    sections: list[ChapterElements], book: Book, rendering: Rendering, page: PageGeometry, notes_go_on: bool
) -> list[ChapterElements]:
    """The sections, those with notes that have no room at the foot of a page with their notes at their end."""
    apart = [s.key for s in sections if not stand_at_feet(s.pieces, page, go_on=notes_go_on)]
    if not apart:
        return sections
    again = {s.key: s for s in chapter_sections(book, replace(rendering, notes="chapter"))}
    return [again[s.key] if s.key in apart else s for s in sections]


def _front(body: etree._Element, front: etree._Element, page: PageGeometry, lines: list[etree._Element]) -> None:
    """The title page, and what is known about the story on the page after it, with these lines below; so little that
    the page would be empty but for a line or two stands at the foot of the title page."""
    details = [*_title(body, front, page, "titlepage front"), *lines]
    if _is_little(details):
        published = front.find("p[@class='publisher']") is not None
        for number, fact in enumerate(_short_facts(details)):
            fact.set("class", "contributor" if published or number else "publisher")
            for name in fact:
                name.attrib.pop("class", None)  # it is set as the rest of it
            front.append(fact)
    elif details:
        after = etree.SubElement(body, "section", {"class": "front details-page"})
        after.extend(details)


def _is_little(details: list[etree._Element]) -> bool:
    """Whether what is known about a story is a few short facts, or lines of a book's own imprint: where, when and by
    whom it was made."""
    facts = _short_facts(details)
    return 0 < len(facts) <= FEW_FACTS and all(len("".join(fact.itertext())) <= LONG_TITLE for fact in facts)


def _short_facts(details: list[etree._Element]) -> list[etree._Element]:
    """Each of the facts and the lines; none where there is more than these."""
    if any(e.get("class") not in ("details", "imprint") for e in details):
        return []
    return [fact for e in details for fact in (list(e) if e.get("class") == "details" else [e])]


def _bound_title(body: etree._Element, front: etree._Element, page: PageGeometry) -> list[etree._Element]:
    """Half-title and title page, each on the right; gives what does not belong on the latter."""
    name = front[0].text or ""
    names = "half-title front recto long-title" if _is_long(page, name) else "half-title front recto"
    half = etree.SubElement(body, "section", {"class": names})
    etree.SubElement(half, "p", {"class": "half"}).text = name
    set_title(half[0])
    return _title(body, front, page, "titlepage front recto")


def _title(body: etree._Element, front: etree._Element, page: PageGeometry, names: str) -> list[etree._Element]:
    """Puts the title page into the book; gives what it held that does not belong on it."""
    name = front[0].text or ""
    front.set("class", f"{names} long-title" if _is_long(page, name) else names)
    front[0].set("data-name", name)
    set_title(front[0])
    body.append(front)
    rest = [e for e in front if (e.get("class") or "").partition(" ")[0] not in ON_THE_TITLE]
    for element in rest:
        front.remove(element)
    return rest


def _chapters(
    story: etree._Element,
    sections: list[ChapterElements],
    book: Book,
    theme: Theme,
    page: PageGeometry,
    running_on: frozenset[str],
) -> None:
    """Adds the chapters to the story. Where some begin no page, a running head can't say in which the page is, and
    headings are smaller."""
    bare = False
    if running_on and theme.settings.get("running-heads") != "none":
        theme = replace(theme, settings={**theme.settings, "running-heads": "author-title"})
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        goes_on = following is not None and following.key in running_on
        _chapter(story, section, book, theme, page, recto=bare, goes_on=goes_on)
        if section.key in running_on:
            _begins_no_page(story[-1])
        if section.key in running_on or goes_on:
            story[-1].set("class", " ".join(dict.fromkeys([*story[-1].get("class", "").split(), "long-title"])))
        bare = page.bound and _is_division(story[-1]) and all(map(_stands_on_part, story[-1][1:]))


def _begins_no_page(section: etree._Element) -> None:
    section.set("class", f"{section.get('class', '')} run-on")
    head = section[0]
    head.set("class", head.get("class", "").replace("running", "named"))


def _stands_on_part(element: etree._Element) -> bool:
    """Whether it stands below a part's heading and tells nothing of the story: an epigraph, a picture."""
    return bool(element.tag == "figure" or (element.tag == "blockquote" and element.get("class") == "epigraph"))


def _is_division(section: etree._Element) -> bool:
    return not DIVISIONS.isdisjoint((section.get("class") or "").split())


def _chapter(
    story: etree._Element,
    section: ChapterElements,
    book: Book,
    theme: Theme,
    page: PageGeometry,
    *,
    recto: bool,
    goes_on: bool,
) -> None:
    """Adds a chapter to the story; `recto`: it is to begin on the right, as parts do, and what follows a part's
    heading with nothing below it but an epigraph, whose back is blank. `goes_on`: it doesn't end its last page."""
    verso, recto_head = running_heads(section.chapter, book.metadata, theme)
    for piece in section.pieces:
        names = [*piece.get("class", "").split(), f"level-{section.depth + 1}"]
        begins = recto and piece is section.pieces[0]
        if begins or theme.settings.get("chapters") == "recto" or (page.bound and _is_division(piece)):
            names.append("recto")
        for ordered in piece.iter("ol"):  # WeasyPrint leaves HTML's presentational attributes aside
            start, numerals = ordered.get("start"), CSS_NAMES.get(ordered.get("type", ""))
            looks = [f"counter-reset: list-item {int(start) - 1}"] if start else []
            looks += [f"list-style-type: {numerals}"] if numerals else []
            if looks:
                ordered.set("style", "; ".join(looks))
        head = piece.find("header")
        if head is None:
            names.append("untitled")
            head = etree.Element("div")
            piece.insert(0, head)
        for title in head.iter("span"):
            set_title(title)
        for heading in piece.iter("h1", "h2", "h3", "h4", "h5", "h6"):
            if heading.get("class") == "heading":
                heading.tag = "h2" if heading.tag == "h1" else heading.tag  # in what has no title itself
                set_title(heading)
        set_pieces(piece, ends_page=not goes_on)
        if _is_long(page, *head.itertext()):
            names.append("long-title")
        piece.set("class", " ".join(names))
        if piece is section.pieces[0]:  # on its head alone: what a section sets is set anew on each of its pages
            head.set("class", f"{head.get('class', '')} running".strip())
            head.set("data-verso", verso)
            head.set("data-recto", recto_head)
            head.set("data-name", section.name)
        story.append(piece)
