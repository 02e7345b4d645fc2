"""What a page of a serial says of itself: which of its lines names the work, which the chapter, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bs4.element import Tag

from converter.document.patterns import regex
from converter.document.record import dataclass
from converter.parsers.html.dom.exclusions import Exclusions
from converter.parsers.html.dom.metas import meta_contents, page_language
from converter.parsers.html.dom.nodes import element_text, one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.bylines import BYLINE, is_name
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.lines_above import (
    LINE_LETTERS,
    LineAbove,
    author_below,
    author_beside,
    author_in_title,
    author_labelled,
    completed,
    lines_above,
    signed_title,
)
from converter.parsers.html.extraction.page_head import site_name
from converter.parsers.html.extraction.work_data import CHAPTER, WORK
from converter.parsers.html.extraction.work_title import is_part, work_title
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import Lexicon, lexicon
from converter.recognisers.language.detection import detect_language
from converter.recognisers.language.scripts import script_of
from converter.recognisers.lines.ways import leads_to_chapter
from converter.recognisers.metadata.tab_title import is_site, same_letters
from converter.recognisers.metadata.work_and_chapter import (
    ShownLines,
    TitleNames,
    read_title,
    shown_lines,
    title_alone,
    title_in_script,
    without_tail,
    work_in_marks,
)

CHAPTER_TITLE = regex(r"(?:^|[\W_])(?:chapter|episode)[-_]?(?:title|name|heading)(?:$|[\W_])", re.I, 2_000)
COUNTED = regex(r"\A\d{1,4}(?:\.\d{1,3})*\b|\b\d{1,4}(?:\.\d{1,3})*\Z", within=400)
LANGUAGE_LETTERS = 2_000  # enough to tell the language of a story
SURE = 3  # a line that says just what the titles call the chapter
TAB = "page, title"  # the source of a title that stands in the browser's tab
TOP_LETTERS = 6_000  # of a page: its title stands there
NEAREST = 8  # headings above the story
TITLE_METAS = ("og:title", "twitter:title", "dc.title")


@dataclass(frozen=True, slots=True)
class PageNames:
    """The work and the chapter ("": the page does not say), and the line that is the chapter's heading."""

    work: str = ""
    chapter: str = ""
    heading: Tag | None = None
    other: str = ""  # the work's title in another script
    author: str = ""
    titled: str = ""  # the chapter as the page's titles or its data have it

    def tell(self, facts: Facts) -> None:
        """The work's title, unless the page's own data named the work."""
        if self.titled:
            facts.values[CHAPTER] = self.titled
        if self.work and facts.sources.get("title") != WORK:
            facts.values["title"], facts.sources["title"] = self.work, "page, names"
            facts.also("Title in another script", self.other)
        facts.add("people", (self.author,) if self.author else (), BYLINE)


def names_on_page(page: Page, excluded: Exclusions, root: Tag, facts: Facts) -> PageNames:
    """What a page whose story is `root` says of the work and of the chapter that it has."""
    lex = lexicon(page_language(page) or detect_language(one_line(root)[:LANGUAGE_LETTERS])[0])
    lines = lines_above(page, excluded, root)
    named = _titled(page, lines, facts, lex)
    titled = facts.text(CHAPTER) or named.chapter or _called_chapter(page, lines, root, facts, lex)
    heading, chapter = _headed(lines, root, titled, lex)
    counted = _counted(page, lines, root, facts) if not chapter and heading is None else None
    called = counted.text if counted is not None else chapter
    work = work_title(page, root, lines, named, called, facts, lex) if called else ""
    if counted is not None and work:
        heading, chapter = counted, called
    work = work or _work_in_tab(page, lines, facts)
    headings = [one_line(h) for h in page.index.select("h1, h2, h3, h4") if place(h) >= place(root)]
    work = completed(work, [*(line.text for line in lines), *headings])
    work, other = title_in_script(work, script_of(one_line(root)[:LANGUAGE_LETTERS]))
    names = (work or facts.text("title"), chapter)
    author = "" if "people" in facts.values else _author(page, excluded, root, lines, names)
    author = author if is_name(author, site_name(page), facts.address) else ""
    return PageNames(work, chapter, heading.element if heading is not None else None, other, author, titled)


def _author(page: Page, excluded: Exclusions, root: Tag, lines: Sequence[LineAbove], names: tuple[str, str]) -> str:
    """Who wrote the story whose work and chapter have these names, by the surest of those that say it."""
    return (
        author_beside(lines, root, names)
        or author_in_title(lines, names[0], _titles(page, lines))
        or author_labelled(page, excluded)
        or author_below(root)
    )


def _called_chapter(page: Page, lines: Sequence[LineAbove], root: Tag, facts: Facts, lex: Lexicon) -> str:
    """The chapter on a page whose titles name none: a heading whose element is called the chapter's title, or that is
    chosen in a list of chapters; else the last line above a text, where that counts a chapter. Another heading has to
    name the work."""
    headings = [ln for ln in lines if ln.is_heading and (not ln.excluded or ln.named_away)]
    titled = any(same_letters(ln.text, facts.text("title")) for ln in headings)
    if chosen := _chosen_chapter(page, headings, lex):
        return chosen
    return _marked_chapter(headings, root, facts) or _last_counted(lines, root, lex) if titled else ""


def _marked_chapter(headings: Sequence[LineAbove], root: Tag, facts: Facts) -> str:
    """The last heading whose element is called the chapter's title."""
    called = [
        ln.text
        for ln in headings
        if CHAPTER_TITLE.search(f"{attribute(ln.element, 'class')} {attribute(ln.element, 'id')}")
        and not same_letters(ln.text, facts.text("title"))
        and (place(ln.element) < place(root) or _is_within(ln.element, root))
    ]
    return called[-1] if called else ""


def _chosen_chapter(page: Page, headings: Sequence[LineAbove], lex: Lexicon) -> str:
    """The heading that says the title of the entry that is chosen in a list: "2. The Oil"."""
    chosen = [read_form(one_line(option), lex) for option in page.index.select("option[selected]")]
    titles = [form.title for form in chosen if form is not None and form.title]
    return next((ln.text for ln in headings if any(same_letters(ln.text, title) for title in titles)), "")


def _last_counted(lines: Sequence[LineAbove], root: Tag, lex: Lexicon) -> str:
    """The last line above a text, where it is a chapter's heading by its words, and no link."""
    above = [ln for ln in lines if place(ln.element) < place(root) and not ln.excluded and ln.element.name != "a"]
    last = read_form(above[-1].text, lex) if above else None
    return above[-1].text if last is not None and last.shape == "division" and last.number is not None else ""


def _headed(lines: Sequence[LineAbove], root: Tag, titled: str, lex: Lexicon) -> tuple[LineAbove | None, str]:
    """The line that is the chapter's heading, and what the chapter is called: as the page is `titled`, else as it
    says."""
    heading = _heading(lines, root, titled, lex)
    form = read_form(heading.text, lex) if heading is not None and not titled else None
    return heading, heading.text if heading is not None and form is not None and form.shape == "division" else titled


def _work_in_tab(page: Page, lines: Sequence[LineAbove], facts: Facts) -> str:
    """The part of the tab's title that a line of the page says alone."""
    if facts.sources.get("title", "") != TAB:
        return ""
    shown = shown_lines(_text_lines(page))
    alone = without_tail(title_alone(facts.text("title"), shown), shown)
    return alone if alone != facts.text("title") else signed_title(lines, alone)


def _counted(page: Page, lines: Sequence[LineAbove], root: Tag, facts: Facts) -> LineAbove | None:
    """The heading above a text that is the page's title and counts, "1.3 The Ferry" or "Flood 2.4", on a page with a
    link to the next chapter or the one before."""
    title = facts.text("title")
    if not COUNTED.search(title) or not any(leads_to_chapter(one_line(a)) for a in page.index.by_name.get("a", ())):
        return None
    above = (ln for ln in lines if ln.is_heading and not ln.excluded and place(ln.element) < place(root))
    return next((ln for ln in above if same_letters(ln.text, title)), None)


def _text_lines(page: Page) -> list[str]:
    """The lines of text at the top of a page."""
    text = element_text(page.body)[:TOP_LETTERS]
    return [line for part in text.split("\n") if (line := " ".join(part.split())) and len(line) <= LINE_LETTERS]


def _titled(page: Page, lines: Sequence[LineAbove], facts: Facts, lex: Lexicon) -> TitleNames:
    """Work and chapter as the page's titles name them. Of several works that is meant which the page shows as a line;
    else one that stands before the chapter, for behind it stands the site, too."""
    site = site_name(page)
    shown = shown_lines(line.text for line in lines if not (site and same_letters(line.text, site)))

    names = [_read(text, shown, lambda part: is_site(part, site, facts.address), lex) for text in _titles(page, lines)]
    chapters = [n.chapter for n in names if n.work and n.chapter] or [n.chapter for n in names if n.chapter]
    works = [n for n in names if n.work]
    best = next((n for n in works if any(is_part(n.work, line) for line in shown.texts)), None)
    best = best or next((n for n in works if not n.behind), None) or next(iter(works), TitleNames())
    return TitleNames(best.work, next(iter(chapters), ""))


def _read(text: str, shown: ShownLines, of_site: Callable[[str], bool], lex: Lexicon) -> TitleNames:
    """What one title names; the work is what stands in marks of titles."""
    names = read_title(title_alone(text, shown), shown, of_site, lex)
    marked = work_in_marks(text, shown) if names.work else ""
    return names._replace(work=marked, behind=False) if marked else names


def _titles(page: Page, lines: Sequence[LineAbove]) -> list[str]:
    """What may name work and chapter together: the tab's title, the head's; without one, the headings nearest to the
    story."""
    title, metas = page.soup.title, meta_contents(page)
    tab = (one_line(title) or title.get_text(" ")) if title is not None else ""
    titles = [text for text in (tab, *(metas.get(name, "") for name in TITLE_METAS)) if text.strip()]
    return titles or [line.text for line in lines if line.is_heading][-NEAREST:]


def _heading(lines: Sequence[LineAbove], root: Tag, chapter: str, lex: Lexicon) -> LineAbove | None:
    """The line above the story that is the chapter's heading: the one that says what the titles call it; else the
    nearest heading that is worded as one."""
    around = {id(p) for p in root.parents}
    best: LineAbove | None = None
    worth = 0
    for line in lines:
        if (line.excluded and not line.named_away) or id(line.element) in around:
            continue
        here = _worth(line, chapter, lex)
        if line.named_away and here < SURE:
            continue
        if here >= (worth or 1) and (
            place(line.element) < place(root) or (here >= SURE and _is_within(line.element, root))
        ):
            best, worth = line, here
    return best


def _is_within(element: Tag, root: Tag) -> bool:
    return any(parent is root for parent in element.parents)


def _worth(line: LineAbove, chapter: str, lex: Lexicon) -> int:
    """How surely a line is the chapter's heading; 0: it is none."""
    if line.element.name == "a" or (line.element.find("a") is not None and not line.is_heading):
        return 0
    form = read_form(line.text, lex)
    if chapter and (same_letters(line.text, chapter) or (line.is_heading and _is_end(line.text, form, chapter, lex))):
        return SURE + line.is_heading
    said = read_form(chapter, lex)
    if said is not None and said.shape == "numbered-title" and same_letters(line.text, said.title):
        return SURE
    if not line.is_heading or form is None:
        return 0
    if form.shape in ("division", "single"):
        return 1
    return 2 if said is not None and said.number and form.number and said.number.value == form.number.value else 0


def _is_end(line: str, form: Form | None, chapter: str, lex: Lexicon) -> bool:
    """Whether a heading is the end of the chapter's name, or its title up to a comma; or that is the heading's end."""
    if _ends(chapter, line) or (form is not None and _ends(form.title, chapter)):
        return True
    said = read_form(chapter, lex)
    if said is None or len(line) < 3 or not f"{said.title},".startswith(f"{line},"):
        return False
    return not chapter[: chapter.find(line)].rstrip().endswith(",")


def _ends(text: str, end: str) -> bool:
    """Whether a text ends in a whole name of some length."""
    before = text[: -len(end)]
    return len(end) > 2 and text.endswith(end) and not before[-1:].isalnum() and not before.rstrip().endswith(",")


def leads(root: Tag, heading: Tag) -> bool:
    """Whether no word of an element stands before one that is in it."""
    for node in root.descendants:
        if node is heading:
            return True
        if not isinstance(node, Tag) and any(map(str.isalnum, str(node))):
            return False
    return False
