"""The story as one tree for paper: cover, title page, details, contents with page numbers, chapters."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from converter.document.contracts import Theme
from converter.document.model import Book
from converter.document.words import chapter_name
from converter.writers.anchors import settle_anchors
from converter.writers.contents import contents, contents_page
from converter.writers.languages import direction
from converter.writers.pages import PageGeometry
from converter.writers.title_page import title_page
from converter.writers.xhtml import ChapterElements, chapter_sections, rendering_for

BOOK = "book-part:"
COVER = "book-cover:"
SHORT_WORD = 9  # characters; longer ones look well on a line of their own
LONG_TITLE = 42  # characters; two lines of a chapter title on A5
HEAD = 46  # characters; a longer running head would meet the page number, or wrap
LONGEST_WORD = 1_000  # characters; WeasyPrint measures all that is left of a longer one for each of its lines
PIECE = 20  # of such a word: less than a line
MAY_BREAK = "\u200b"
ON_THE_TITLE = ("book-title", "subtitle", "author", "contributor", "series", "publisher")


def paper(book: Book, theme: Theme, page: PageGeometry, generator: str) -> etree._Element:
    """The `html` element. Classes `cover`, `front`, `story` choose the kind of page, `recto` a right-hand one."""
    metadata = book.metadata
    addresses = {r.name: BOOK + r.name for r in book.resources}
    rendering = rendering_for(book, theme, "print", notes="page", images=addresses)
    html = etree.Element("html", {"lang": rendering.language})
    if direction(rendering.language) == "rtl":
        html.set("dir", "rtl")
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
    body = etree.SubElement(html, "body")
    if book.cover:
        cover = etree.SubElement(body, "section", {"class": "cover"})
        etree.SubElement(cover, "img", {"src": COVER, "alt": f"{rendering.labels.cover}: {title}"})
    _front(body, title_page(book, rendering), page)
    entries = contents(book, rendering)
    sections = list(chapter_sections(book, rendering))
    if len(sections) > 1:
        listed = contents_page(entries, rendering)
        nav = etree.SubElement(body, "section", {"class": "front contents-page"})
        nav.append(listed)
    apart = [s.key for s in sections if _notes_need_room(s)]
    if apart:
        again = {s.key: s for s in chapter_sections(book, replace(rendering, notes="chapter"))}
        sections = [again[s.key] if s.key in apart else s for s in sections]
    settle_anchors(("", piece) for s in sections for piece in s.pieces)
    story = etree.SubElement(body, "main", {"class": "story"})  # one element, so that its pages are one group
    for section in sections:
        _chapter(story, section, book, theme)
    _break_longest_words(html)
    return html


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


def _notes_need_room(section: ChapterElements) -> bool:
    """Whether a chapter has notes that can't stand at the foot of a page: with verse or lists, or notes in notes."""
    return any(
        e.get("class") == "noteref"
        or (e.get("class") == "footnote" and e.find(".//span[@class='footnote']") is not None)
        for piece in section.pieces
        for e in piece.iter("a", "span")
    )


def _front(body: etree._Element, page: etree._Element, sheet: PageGeometry) -> None:
    """The title page, and what is known about the story on the page after it."""
    page.set("class", "titlepage front recto" if sheet.bound else "titlepage front")
    page[0].set("data-name", page[0].text or "")
    _keep_last_words(page[0])
    if len(page[0].text or "") > LONG_TITLE:
        page.set("class", page.get("class", "") + " long-title")
    body.append(page)
    details = [e for e in page if e.get("class") not in ON_THE_TITLE]
    if details:
        after = etree.SubElement(body, "section", {"class": "front details-page"})
        after.extend(details)


def _chapter(story: etree._Element, section: ChapterElements, book: Book, theme: Theme) -> None:
    metadata = book.metadata
    title = " ".join(metadata.title.split())
    author = ", ".join(metadata.authors)
    name = chapter_name(section.chapter) or title
    verso, recto = {
        "author-title": (author or title, title),
        "title-chapter": (title, name),
        "none": ("", ""),
    }.get(theme.settings.get("running-heads", "author-chapter"), (author or title, name))
    for piece in section.pieces:
        names = [*piece.get("class", "").split(), f"level-{section.depth + 1}"]
        if theme.settings.get("chapters") == "recto":
            names.append("recto")
        for ordered in piece.iter("ol"):  # WeasyPrint leaves HTML's presentational attributes aside
            if start := ordered.get("start"):
                ordered.set("style", f"counter-reset: list-item {int(start) - 1}")
        head = piece.find("header")
        if head is None:
            names.append("untitled")
            head = etree.Element("div")
            piece.insert(0, head)
        for title in head.iter("span"):
            _keep_last_words(title)
        if len("".join(head.itertext())) > LONG_TITLE:
            names.append("long-title")
        piece.set("class", " ".join(names))
        if piece is section.pieces[0]:  # on its head alone: what a section sets is set anew on each of its pages
            head.set("class", f"{head.get('class', '')} running".strip())
            head.set("data-verso", _short(verso))
            head.set("data-recto", _short(recto))
            head.set("data-name", section.name)
        story.append(piece)


def _keep_last_words(title: etree._Element) -> None:
    """No heading ends in a line of one short word: the last two words are held together."""
    holder, tail = (title[-1], True) if len(title) else (title, False)
    words = ((holder.tail if tail else holder.text) or "").rsplit(" ", 1)
    if len(words) == 2 and " " in words[0].strip() and 0 < len(words[1]) <= SHORT_WORD:
        joined = "\u00a0".join(words)
        if tail:
            holder.tail = joined
        else:
            holder.text = joined


def _short(text: str) -> str:
    """A running head: cut between words when it is too long for its line."""
    if len(text) <= HEAD:
        return text
    return text[:HEAD].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"
