"""What the work is called whose chapter a page has: by links to its page, by the trail to this one, by titles, by the
site that is all its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from bs4.element import Tag

from converter.parsers.html.dom.nodes import one_line
from converter.parsers.html.dom.page import Page
from converter.parsers.html.dom.selecting import attribute
from converter.parsers.html.dom.tree import place
from converter.parsers.html.extraction.facts import Facts
from converter.parsers.html.extraction.lines_above import LineAbove, short_line, trail_name
from converter.parsers.html.extraction.page_head import site_name
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon
from converter.recognisers.lines.interface import is_button
from converter.recognisers.lines.ways import is_way, names_home
from converter.recognisers.metadata.addresses import page_path
from converter.recognisers.metadata.tab_title import is_site, same_letters
from converter.recognisers.metadata.work_and_chapter import TitleNames

WORK_SEGMENTS = 2  # of the path of a work's page: "/novel/the-ox"; a shorter one is a part of the site


def work_title(
    page: Page, root: Tag, lines: Sequence[LineAbove], named: TitleNames, chapter: str, facts: Facts, lex: Lexicon
) -> str:
    """The work's title, by the surest of those that name it: the links to its page that the title repeats, then the
    trail that leads to this page, then the title alone, then a heading that is not the chapter's, then the site's own
    name; "" for none."""
    site = site_name(page)

    def may_be(text: str) -> bool:
        return (
            not says_chapter(text, chapter, lex)
            and not is_part(text, chapter)
            and not is_site(text, site, facts.address)
        )

    linked = _work_links(page, facts, lex)
    for name in linked:
        if named.work and is_part(name, named.work):
            return name
    if linked and (not named.work or _are_initials(named.work, linked[0])):
        return linked[0]
    trail = trail_name(lines, lambda text: says_chapter(text, chapter, lex))
    if trail and may_be(trail):
        return trail
    if named.work:
        return _as_shown(named.work, lines, chapter)
    home = _home_name(page, root)
    return next((text for text in _headings_above(lines, root, home or site) if may_be(text)), "") or home


def _headings_above(lines: Sequence[LineAbove], root: Tag, site: str) -> Iterator[str]:
    """The headings above a text that lead nowhere; not the one below the site's name, which is its motto."""
    motto = {id(below.element) for ln, below in itertools.pairwise(lines) if same_letters(ln.text, site)}
    for line in lines:
        above = line.is_heading and place(line.element) < place(root)
        if above and id(line.element) not in motto and not is_way(line.text):
            yield line.text


def _home_name(page: Page, root: Tag) -> str:
    """What a site calls itself above a text, in its link home: a serial that has a site of its own is called so."""
    links = (a for a in page.index.by_name.get("a", ()) if "home" in attribute(a, "rel").lower().split())
    names = (short_line(a) for a in links if place(a) < place(root))
    return next((name for name in names if name and not names_home(name)), "")


def _as_shown(work: str, lines: Sequence[LineAbove], chapter: str) -> str:
    """The longest line that is the most of a work's name: "Read The Ox" where the page says "The Ox"."""
    most = [
        ln.text
        for ln in lines
        if ln.text in work and 2 * len(ln.text) > len(work) and not same_letters(ln.text, chapter)
    ]
    return max(most, key=len, default=work)


def says_chapter(text: str, chapter: str, lex: Lexicon) -> bool:
    """Whether a line names this chapter, or is worded like one."""
    if same_letters(text, chapter):
        return True
    form = read_form(text, lex)
    return form is not None and form.shape in ("division", "single")


def is_part(one: str, other: str) -> bool:
    """Whether one name stands in the other: it may be cut, or have another title behind it."""
    return len(one) > 1 and (one.casefold() in other.casefold() or other.casefold() in one.casefold())


def _are_initials(short: str, name: str) -> bool:
    """Whether a name is another one's first letters, or its capitals: "LGS"."""
    initials = "".join(word[0] for word in name.split())
    capitals = "".join(c for c in initials if c.isupper())
    if len(short) > 1 and short == capitals:
        return True
    return len(short) > 1 and short.casefold() == initials.casefold()


def _work_links(page: Page, facts: Facts, lex: Lexicon) -> list[str]:
    """What the links to the work's page say: to where "Table of contents" leads, or to the page above this one."""
    own = page_path(facts.address)
    links = [
        (page_path(attribute(a, "href")), one_line(a)) for a in page.index.by_name.get("a", ()) if "href" in a.attrs
    ]
    contents = {path for path, text in links if path and text.strip(" .:»«<>").casefold() in lex.contents}
    above = [path for path, _ in links if path and own.startswith(f"{path}/") and path.count("/") >= WORK_SEGMENTS]
    longest = max(above, key=len, default="")
    named = [
        text
        for path, text in links
        if path
        and (path in contents or path == longest)
        and text
        and not is_way(text)
        and not is_button(text)
        and text.strip(" .:»«<>").casefold() not in lex.contents
        and not says_chapter(text, "", lex)
    ]
    return list(dict.fromkeys(named))
