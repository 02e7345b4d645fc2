"""Links from one place of a page to another, there and back, in the finished book."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

import pytest

from converter.document.contracts import Parsed, Source
from converter.document.model import Anchor, Inlines, Link
from converter.document.words import book_text
from converter.parsers.html import html_parser
from converter.parsers.works.assembly import assemble
from converter.themes import load_theme
from converter.writers.epub import write_epub
from tests.pages.making import page, prose, read, shown


def spans(parsed: Parsed, kind: type) -> list[Anchor | Link]:
    found: list[Anchor | Link] = []

    def look(content: Inlines) -> None:
        for one in content:
            if isinstance(one, kind):
                found.append(one)
            if inner := getattr(one, "content", None):
                look(inner)

    for _, chapter in parsed.book.walk():
        look((*chapter.label, *chapter.title))
        for block in chapter.blocks:
            for part in _contents(block):
                look(part)
    return found


def _contents(block: object) -> Iterator[Inlines]:
    if content := getattr(block, "content", None):
        yield content
    for name in ("blocks", "items", "rows"):
        for inner in getattr(block, name, ()):
            for one in inner if isinstance(inner, tuple) else (inner,):
                yield from _contents(one)


def keys(parsed: Parsed) -> tuple[list[str], list[str]]:
    """(where links lead, what is there), in order."""
    links = [one.target for one in spans(parsed, Link) if isinstance(one, Link)]
    return links, [one.key for one in spans(parsed, Anchor) if isinstance(one, Anchor)]


def test_a_link_and_its_way_back() -> None:
    body = (
        f'<p id="top">See <a href="#lamp">the lamp</a>.</p>{prose()}'
        f'<p id="lamp">The lamp is lit. <a href="#top">Back up</a> it goes.</p>'
    )
    links, places = keys(read(page(body)))
    assert links == [f"#{places[1]}", f"#{places[0]}"]


def test_a_link_to_nothing_or_to_what_is_left_out_keeps_only_its_words() -> None:
    body = f'<nav id="menu"><a href="/">Home</a></nav><p><a href="#menu">Up</a> or <a href="#no">on</a>.</p>{prose()}'
    parsed = read(page(body))
    assert keys(parsed) == ([], [])
    assert shown(parsed) == ["p Up or on.", "prose(2)"]


def test_an_empty_anchor_and_a_frame_mean_the_text_after_them() -> None:
    body = (
        '<p>There is <a href="#a">one</a> lamp in the tower, there are <a href="#b">two</a> in the yard below it, and '
        '<a href="#c">three</a> more that nobody on the island has ever seen by daylight.</p>'
        f'<p><a name="a"></a>First place, and some words of it.</p>{prose()}'
        f'<div id="b"><div><p>Second place, and some words of it.</p>{prose()}</div></div>'
        '<a name="c"></a><p>Third place, and some words of it.</p>'
    )
    parsed = read(page(body))
    assert [book_text_of(a.content)[:5] for a in spans(parsed, Anchor)] == ["First", "Secon", "Third"]


def book_text_of(content: Inlines) -> str:
    return "".join(getattr(one, "text", "") or book_text_of(getattr(one, "content", ())) for one in content)


def test_hostile_names_are_nowhere_in_the_keys() -> None:
    names = ['x" onclick="y', "a" * 100_000, "日本", " ", "dup"]
    body = "".join(
        f"<p><a href='#{n}'>go {i}</a></p><p id='{n}'>Place number {i} is here.</p>" for i, n in enumerate(names)
    )
    parsed = read(page(f"{body}<p id='dup'>The second of the name.</p>{prose()}"))
    links, places = keys(parsed)
    assert all(re.fullmatch(r"at-[0-9a-f]{8}", key) for key in places)
    assert len(places) == len(set(places)) == len(links)


def test_pages_of_a_work_keep_their_places_apart() -> None:
    html = '<p><a href="#x">there</a></p><p id="x">Here is the place of page {0}.</p>' + prose()
    parts = [
        html_parser()(Source(f"chapter-{n}.html", f"<h1>Chapter {n}</h1>{html.format(n)}".encode(), ".html"))
        for n in (1, 2)
    ]
    links, places = keys(assemble(parts))
    assert links == [f"#{key}" for key in places]
    assert len(set(places)) == 2


@pytest.mark.slow
def test_every_link_of_the_book_leads_somewhere_also_out_of_a_long_chapter() -> None:
    chapters = "".join(
        f'<h2 id="c{n}">Chapter {n}: The Lamp</h2><p><a href="#c{(n % 3) + 1}">elsewhere</a></p>{prose(900)}'
        f'<p id="end{n}">The last line, and <a href="#c{n}">back</a>; <a href="#end{(n % 3) + 1}">on</a>.</p>'
        for n in (1, 2, 3)
    )
    parsed = read(f"<html><body>{chapters}</body></html>")
    assert len(parsed.book.chapters) == 3
    book = zipfile.ZipFile(io.BytesIO(write_epub(parsed.book, load_theme("classic"))))
    pages = {n.rpartition("/")[2]: book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml")}
    ids = {name: set(re.findall(r' id="([^"]+)"', content)) for name, content in pages.items()}
    assert sum(name.startswith("chapter-1") for name in pages) > 1, "the chapter was to be long"
    led = 0
    for name, content in pages.items():
        for target in re.findall(r'href="([^"]*#at-[^"]+)"', content):
            file, _, key = target.partition("#")
            assert key in ids[file or name]
            led += 1
    assert led == 9
    assert book_text(parsed.book).count("elsewhere") == 3


def test_the_same_page_gives_the_same_keys() -> None:
    body = f'<p><a href="#x">there</a></p><p id="x">Here.</p>{prose()}'
    assert all(a == b for a, b in pairwise([keys(read(page(body))) for _ in range(2)]))


def test_a_chapter_s_heading_is_a_place() -> None:
    chapters = "".join(
        f"<h2 id='c{n}'>Chapter {n}</h2><p>As told (<a href='#c{3 - n}'>there</a>).</p>{prose(4)}" for n in (1, 2)
    )
    links, places = keys(read(f"<html><body>{chapters}</body></html>"))
    assert links == [f"#{places[1]}", f"#{places[0]}"]


def test_links_that_a_browser_made_whole_lead_to_the_page_s_places() -> None:
    own = "https://island.example/lamp/"
    body = (
        f"<p>The lamp.<sup><a href='{own}#n1' id='r1'>1</a></sup> See <a href='{own}#oil'>below</a>, or "
        f"<a href='https://island.example/oil/#n1'>elsewhere</a>.</p>{prose()}<p id='oil'>The oil is here.</p>"
        f"<ol><li id='n1'>It was lit. <a href='{own}#r1'>↩</a></li></ol>"
    )
    parsed = read(page(body, f"<link rel='canonical' href='{own}'>"))
    links, places = keys(parsed)
    assert links == [f"#{places[0]}", "https://island.example/oil/#n1"]
    assert "Note(" in repr(parsed.book)


@pytest.mark.parametrize(
    ("head", "target"),
    [
        ("", "the tide"),
        ("<base href='https://lamps.example/isle/'>", "[the tide](https://lamps.example/isle/tide.html)"),
        (
            "<base href='/all/'><link rel='canonical' href='https://lamps.example/isle/lamp'>",
            "[the tide](https://lamps.example/all/tide.html)",
        ),
        (
            "<link rel='canonical' href='/lamp'><meta name='twitter:url' content='https://lamps.example/isle/lamp'>",
            "[the tide](https://lamps.example/isle/tide.html)",
        ),
        ("<base href='javascript:alert(1)//'>", "the tide"),
    ],
)
def test_relative_links_start_where_the_page_says(head: str, target: str) -> None:
    assert shown(read(page(f"{prose(2)}<p>It was <a href='tide.html'>the tide</a>.</p>", head))) == [
        "prose(2)",
        f"p It was {target}.",
    ]
