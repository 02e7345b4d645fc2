"""WeasyPrint at work: what it may read, what it says, and repairs while it runs.

The repairs replace functions of WeasyPrint 70 and pydyf that are not public (pinned below 71; the tests compare):
the document comes as a tree, a line isn't broken early where an italic follows, notes stay on
their page, no margin stands at the head of a page, pages are counted once, a link with italics
in it is one link. Hyphens are seen to by `hyphens.py`, pages' ends by `feet.py`.
"""

from __future__ import annotations

import ctypes.util
import gc
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any

from lxml import etree

from converter.document.contracts import Theme
from converter.document.errors import SettingError
from converter.writers.paper import BOOK
from converter.writers.pdf.weasy.feet import RELEASED, level_feet
from converter.writers.pdf.weasy.fragments import boxes_noted
from converter.writers.pdf.weasy.glyph_texts import glyphs_explained
from converter.writers.pdf.weasy.hyphens import moderate_hyphens
from converter.writers.pdf.weasy.line_ends import line_ends_flush
from converter.writers.pdf.weasy.soft_hyphens import soft_hyphens_shown
from converter.writers.pdf.weasy.squares import signs_in_squares
from converter.writers.scene_breaks import BLANK
from converter.writers.typefaces import Piece, cut

THEME = "https://theme.invalid/"  # addresses in a theme's CSS are relative to it; .invalid never resolves (RFC 2606)
GC = (200_000, 50, 1_000)  # while laying out: trees of boxes, few of them garbage; 15 % of the time of a long book
NARROW = 4  # no character is narrower than a quarter of the type size; WeasyPrint assumes the same


def require_libraries() -> None:
    """Load WeasyPrint. Raises SettingError with what to install where the libraries it draws with are missing."""
    advice = StringIO()  # WeasyPrint prints a paragraph of advice of its own
    try:
        with redirect_stdout(advice), _no_search():
            import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        library = re.search(r"lib[\w.\-]+", str(error))
        what = f"PDFs need the Pango library, which is not installed ({library[0] if library else error})"
        remedy = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, or brew install pango"
        raise SettingError(what, remedy=remedy) from None


@contextmanager
def _no_search() -> Iterator[None]:
    """While it lasts libraries are found by their file names alone, as the system's loader finds them.

    WeasyPrint tries the names that they have on Windows first, and for a name that isn't there ctypes asks ldconfig,
    gcc and ld: forty programs, half a second. The names of this system come last and need no search.
    """
    if sys.platform in ("win32", "darwin"):  # no program is begun there
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005 -- its parameter is called so
    try:
        yield
    finally:
        ctypes.util.find_library = search


def tree(html: etree._Element, fetcher: Any) -> Any:
    """The element tree as WeasyPrint's document, without a round trip through text.

    `HTML.__init__` can only parse; its five attributes are set here instead (WeasyPrint 70, pinned below 71).
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    document = HTML.__new__(HTML)
    document.base_url = BOOK
    document.url_fetcher = fetcher
    document.media_type = "print"
    document.wrapper_element = ElementWrapper.from_html_root(html, content_language=None)
    document.etree_element = html
    return document


def fetcher_for(own: dict[str, tuple[bytes, str]], fonts: Mapping[str, Piece], theme: Theme) -> Any:
    """Serves the book's resources, our fonts and the theme's files. Everything else is refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in own:
                data, media_type = own[url]
                return URLFetcherResponse(url, data, {"Content-Type": media_type})
            if url in fonts:
                return URLFetcherResponse(url, cut(*fonts[url]), {"Content-Type": "font/ttf"})
            name = url.removeprefix(THEME).partition("?")[0]
            if url.startswith(THEME) and name in theme.files:
                return URLFetcherResponse(url, theme.files[name], {})
            if url.startswith("data:"):
                return super().fetch(url, headers)
            raise ValueError(f"not part of this book: {url[:80]}")

    return OwnFiles(allowed_protocols=("data",))


@contextmanager
def at_work() -> Iterator[list[tuple[int, str]]]:
    """While it lasts WeasyPrint is repaired and the garbage collector patient. Yields what is logged: (level, text)."""
    before = gc.get_threshold()
    gc.set_threshold(*GC)
    try:
        with (
            _log() as lines,
            signs_in_squares(),
            _unhurried_lines(),
            moderate_hyphens(),
            level_feet(),
            soft_hyphens_shown(),
            line_ends_flush(),
            _notes_stay(),
            _nothing_above_a_head(),
            _counted_pages(),
            _links_once(),
            boxes_noted(),
            glyphs_explained(),
        ):
            yield lines
    finally:
        gc.set_threshold(*before)


@contextmanager
def _unhurried_lines() -> Iterator[None]:
    """A run of text that ends in a space, and fits its line without it, isn't broken at its first word.

    WeasyPrint measures such a run with its space and finds it too wide; every hundredth line before an italic came
    out short, and justified with gaping words.
    """
    from weasyprint.layout import inline

    split = inline.split_first_line

    def patient(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **named: Any) -> Any:
        line = split(text, style, context, max_width, *rest, **named)
        if line[2] is None or text[-1:] != " " or not max_width or style["white_space"] not in ("normal", "pre-line"):
            return line
        bare = text.rstrip(" ")
        if not bare or len(bare) * style["font_size"] > max_width * NARROW:
            return line
        whole = split(bare, style, context, max_width, *rest, **named)
        return whole if whole[2] is None and whole[3] <= max_width else line

    inline.split_first_line = patient
    try:
        yield
    finally:
        inline.split_first_line = split


class _Footed:
    """The layout's context as a paragraph may see it: without the notes at the foot of the page."""

    current_page_footnotes = ()

    def __init__(self, context: Any) -> None:
        object.__setattr__(self, "_context", context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._context, name, value)


@contextmanager
def _notes_stay() -> Iterator[None]:
    """A note stays on the page on which it is cited.

    WeasyPrint puts notes off to later pages to win room for the last lines of a paragraph, and forgets the notes cited
    in a line won that way: one in sixty was lost. Not seeing them, it breaks the page before those lines.
    """
    from weasyprint.layout import block

    layout = block._linebox_layout

    def footed(context: Any, *rest: Any, **named: Any) -> Any:
        plainly = isinstance(context, _Footed) or not (context.current_page_footnotes or context.footnotes)
        seen = context if plainly else _Footed(context)
        return layout(seen, *rest, **named)

    block._linebox_layout = footed
    try:
        yield
    finally:
        block._linebox_layout = layout


@contextmanager
def _nothing_above_a_head() -> Iterator[None]:
    """What has room above it in a chapter (a picture, a box, a scene break) begins a page without that room.

    CSS says so (css-break-3, 5.2); WeasyPrint drops the room only where another margin touches it. A scene break that
    is white has its sign there, and where it is the last thing on its page.
    """
    from weasyprint.layout import block

    layout = block.block_level_layout

    def dropped(
        context: Any, box: Any, space: Any, skip: Any, outer: Any, empty: bool = True, *rest: Any, **named: Any
    ) -> Any:
        in_section = skip is None and getattr(outer, "element_tag", "") == "section"
        if in_section and box.element_tag == "hr" and box.element.get(BLANK):
            seen = empty or box.style["break_after"] == RELEASED
            for one in (box, *box.descendants()):
                one.style["visibility"] = "visible" if seen else "hidden"
        if empty and len(rest) > 2 and not rest[2] and in_section:
            rest = (*rest[:2], [0], *rest[3:])
        return layout(context, box, space, skip, outer, empty, *rest, **named)

    block.block_level_layout = dropped
    try:
        yield
    finally:
        block.block_level_layout = layout


@contextmanager
def _counted_pages() -> Iterator[None]:
    """`PDF.page_references`, asked for once per structure element, isn't built anew each time once all pages are in."""
    import pydyf

    slow = pydyf.PDF.page_references

    def remembered(pdf: Any) -> Any:
        kids = len(pdf.pages["Kids"])
        known = pdf.__dict__.get("_known_pages")
        if known is None or known[0] != kids:
            known = pdf.__dict__["_known_pages"] = (kids, tuple(slow.fget(pdf)))
        return known[1]

    pydyf.PDF.page_references = property(remembered)
    try:
        yield
    finally:
        pydyf.PDF.page_references = slow


@contextmanager
def _links_once() -> Iterator[None]:
    """A link with italics, or a raised mark, in it is one link of the page.

    WeasyPrint makes one of every element inside it too; those belong to nothing in the tagged document (PDF/UA-1,
    7.18.5).
    """
    from weasyprint import document
    from weasyprint.formatting_structure.boxes import BlockBox, InlineBox

    gather = document.gather_anchors

    def once(box: Any, anchors: Any, links: list[Any], *rest: Any, **named: Any) -> None:
        gather(box, anchors, links, *rest, **named)
        inside: set[int] = set()
        kept = []
        for link in links:
            if id(link[3]) in inside:
                continue
            kept.append(link)
            if isinstance(link[3], InlineBox | BlockBox) and link[3].element_tag == "a":
                inside.update(id(b) for b in link[3].descendants() if not (b.element_tag or "").startswith("a::"))
        links[:] = kept

    document.gather_anchors = once
    try:
        yield
    finally:
        document.gather_anchors = gather


class _Keeping(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelno, record.getMessage()))


@contextmanager
def _log() -> Iterator[list[tuple[int, str]]]:
    """What WeasyPrint logs, kept for findings instead of shown."""
    keeping, logger = _Keeping(), logging.getLogger("weasyprint")
    before = logger.propagate
    logger.addHandler(keeping)
    logger.propagate = False
    try:
        yield keeping.lines
    finally:
        logger.removeHandler(keeping)
        logger.propagate = before
