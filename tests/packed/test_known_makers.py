"""EPUBs that known sites and programs give away: read with the site's table, as its pages are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from converter.document.words import chapter_name
from tests.packed.epubs import METADATA, SALT, Epub, document, ncx, picture, prose, read
from tests.pages.making import left_out, shown

ARCHIVE = "http://archiveofourown.org"
PREFACE = document(
    f'<div id="preface"><h2 class="toc-heading">Preface</h2><p class="message"><b>The Salt Road</b><br/>Posted originally on the '
    f'<a href="{ARCHIVE}/">Archive of Our Own</a> at <a href="{ARCHIVE}/works/77">{ARCHIVE}/works/77</a>.</p><div class="meta">'
    '<dl class="tags"><dt class="calibre2">Rating:</dt><dd><a href="x">General Audiences</a></dd><dt>Fandom:</dt>'
    '<dd><a href="x">Original Work</a></dd><dt>Stats:</dt><dd>Published: 2021-05-01 Words: 90 Chapters: 2/2</dd></dl>'
    '<h1>The Salt Road</h1><div class="byline">by <a rel="author" href="x">saltmarsh</a></div><p>Summary</p>'
    '<blockquote class="userstuff"><p>Mules, and a bridge.</p></blockquote><p>Notes</p><blockquote class="userstuff">'
    "<p>For my sister.</p></blockquote></div></div>"
)
PIER = document(
    '<div class="meta group"><h2 class="toc-heading">Chapter 1: The Mules</h2><p>Chapter Summary</p>'
    '<blockquote class="userstuff"><p>It is late.</p></blockquote><p>Chapter Notes</p><blockquote class="userstuff">'
    '<p>Careful: salt.</p></blockquote><div class="endnote-link">See the end of the chapter for <a href="#endnotes1">notes</a>'
    f'</div></div><div class="userstuff2">{prose()}</div><div class="meta" id="endnotes1"><p>Chapter End Notes</p>'
    '<blockquote class="userstuff"><p>The pans are real.</p></blockquote></div>'
)
BRIDGE = document(
    f'<div class="meta group"><h2 class="toc-heading">Chapter 2</h2></div><div class="userstuff2">{prose()}</div>'
)
AFTERWORD = document(
    '<div id="afterword"><h2 class="toc-heading">Afterword</h2><div class="meta"><p>End Notes</p><blockquote class="userstuff">'
    f'<p>Until the thaw.</p></blockquote><p class="message">Please <a href="{ARCHIVE}/works/77/comments/new">drop by the Archive '
    "and comment</a>.</p></div></div>"
)


def archived(**more: str) -> Epub:
    files = {"s0.xhtml": PREFACE, "s1.xhtml": PIER, "s2.xhtml": BRIDGE, "s3.xhtml": AFTERWORD} | more
    listed = (("Preface", "s0.xhtml"), ("Chapter 1", "s1.xhtml"), ("Chapter 2", "s2.xhtml"), ("Afterword", "s3.xhtml"))
    return Epub({**files, "toc.ncx": ncx(*listed)})


def test_an_archives_preface_is_facts_and_its_notes_are_notes() -> None:
    parsed = read(archived())
    assert shown(parsed, SALT) == [
        "# [front]", "note-before: Notes", "  p For my sister.",
        "# [chapter 1] Chapter 1 / The Mules", "summary: Chapter Summary", "  p It is late.", "note-before: Chapter Notes",
        "  p Careful: salt.", "prose(1)", "note-after: Chapter End Notes", "  p The pans are real.",
        "# [chapter 2] Chapter 2", "prose(1)", "note-after: End Notes", "  p Until the thaw.",
    ]  # fmt: skip
    said = parsed.book.metadata
    assert (said.rating, said.fandoms, said.source) == ("General Audiences", ("Original Work",), f"{ARCHIVE}/works/77")
    assert (said.authors, said.published, said.description) == (("saltmarsh",), "2021-05-01", "Mules, and a bridge.")
    told = " ".join(text for _, text in left_out(parsed))
    assert "Posted originally" in told
    assert "See the end of the chapter" in told
    assert "drop by the Archive" in told


def test_a_table_that_would_lose_words_is_not_followed() -> None:
    """What an owner put between an archive's chapters stands in none of its elements."""
    parsed = read(archived(**{"s2.xhtml": document(f"<h2>Chapter 2</h2>{prose()}")}))
    assert shown(parsed, SALT).count("prose(1)") == 2


FACTS = document(
    '<h3><a href="https://example.org/s/9/">The Salt Road</a> by <a href="https://example.org/u/9">Ines Varga</a></h3><div>'
    "<b>Category:</b> Valley Tales<br/><b>Genre:</b> Drama<br/><b>Status:</b> In-Progress<br/><b>Published:</b> 2015-03-01<br/>"
    "<b>Packaged:</b> 2020-01-01 10:00:00<br/><b>Rating:</b> T<br/><b>Summary:</b> Mules, and a bridge.<br/></div>"
)
LOG = document("<h3>Update Log</h3><p>2020-01-01 10:00:00: first download</p>")


def packed(name: str = "fff_chapter_title") -> Epub:
    one, two = (
        document(f'<h3 class="{name}">{n}. {t}</h3>{prose()}') for n, t in ((1, "The Mules"), (2, "The Bridge"))
    )
    files = {"title_page.xhtml": FACTS, "file0001.xhtml": one, "file0002.xhtml": two, "log_page.xhtml": LOG}
    return Epub(files | {"toc.ncx": ncx(("1. The Mules", "file0001.xhtml"), ("2. The Bridge", "file0002.xhtml"))})


def test_a_page_of_facts_is_no_chapter_and_a_programs_log_is_no_story() -> None:
    parsed = read(packed())
    assert [chapter_name(c) for c in parsed.book.chapters] == ["1. The Mules", "2. The Bridge"]
    assert "Log" not in " ".join(shown(parsed))
    said = parsed.book.metadata
    assert (said.fandoms, said.rating, said.published) == (("Valley Tales",), "T", "2015-03-01")
    assert {o.rule for o in parsed.omissions if "Update Log" in o.text} == {"page furniture"}
    assert {o.rule for o in parsed.omissions if "Valley Tales" in o.text} == {"metadata"}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<h2>Changelog</h2><ul><li>2021-02-03 - two chapters</li><li>2021-02-04 - one more</li></ul>", False),
        ("<p>Änderungsprotokoll</p><p>03.02.2021: zwei Kapitel</p>", False),
        ("<h2>Changelog</h2><p>It changed all the time, and nobody had kept count.</p>", True),
        ("<h2>The Ship's Log</h2><p>2021-02-03: storm.</p>", True),
    ],
)
def test_a_log_is_known_whoever_made_it(body: str, told: bool) -> None:
    parsed = read(replace(packed("title"), files={**packed("title").files, "log_page.xhtml": document(body)}))
    assert bool([o for o in parsed.omissions if o.rule == "a program's log"]) != told
    assert any("2021" in line or "kept count" in line or "Kapitel" in line for line in shown(parsed)) == told


COVERS = {  # the page of a cover that the package names nowhere
    "cover.xhtml": '<div><img src="images/c.png" alt="Cover"/></div>',
    "titlepage.xhtml": '<svg viewBox="0 0 40 60"><image width="40" height="60" xlink:href="images/c.png"/></svg>',
    "guided.xhtml": "<p><img alt='' src='images/c.png'/></p>",
}


@pytest.mark.parametrize("name", COVERS)
def test_the_picture_of_a_covers_page_is_the_cover(name: str) -> None:
    guide = '<guide><reference type="cover" href="guided.xhtml"/></guide>' if name == "guided.xhtml" else ""
    pages = {name: document(COVERS[name]), "a.xhtml": document(f"<h1>One</h1>{prose()}")}
    parsed = read(Epub({**pages, "images/c.png": picture()}, guide=guide))
    assert parsed.book.cover is not None
    assert shown(parsed, SALT) == ["h1 One", "prose(1)"]
    assert not parsed.book.resources
    other = {"a.xhtml": pages["a.xhtml"], name: pages[name], "images/c.png": picture()}
    assert (read(Epub(other, guide=guide)).book.cover is None) == (not guide)


def test_a_page_of_facts_is_known_whoever_made_it() -> None:
    parsed = read(packed("title"))
    assert (parsed.book.metadata.rating, parsed.book.chapters[0].number) == ("T", 1)


def test_a_letter_with_labels_is_story() -> None:
    """From, to, and a date are lines of a letter: what else stands on the page is told."""
    letter = document(
        "<p>Date: 1 May</p><p>Status: late</p><p>Words: none left</p><p>She read it twice, and then she burned it.</p>"
    )
    book = Epub({"a.xhtml": letter, "b.xhtml": document(f"<h2>One</h2>{prose()}")})
    assert "She read it twice" in " ".join(shown(read(book)))


START, END = (f"*** {word} OF THE PROJECT GUTENBERG EBOOK THE SALT ROAD ***" for word in ("START", "END"))


@pytest.mark.parametrize("apart", [True, False])
def test_a_librarys_header_and_licence_are_no_chapters(apart: bool) -> None:
    head = f'<div class="pgheader"><p>Title: The Salt Road</p><p>[eBook #777]</p><p>{START}</p></div>'
    licence = f"<div><p>{END}</p></div><h2>THE FULL LICENSE</h2><p>You may copy it.</p>"
    chapter = f'<h2 id="c1">CHAPTER I</h2><p><span class="pagenum">[Pg 7]</span>{SALT[0]}</p>{prose(SALT[1:])}'
    one = {"a.xhtml": document(head), "b.xhtml": document(chapter), "c.xhtml": document(licence)}
    files = one if apart else {"b.xhtml": document(head + chapter + licence)}
    entries = [("THE SALT ROAD", "a.xhtml")] * apart + [("CHAPTER I", "b.xhtml#c1")]
    entries += [("THE FULL LICENSE", "c.xhtml")] * apart
    parsed = read(Epub({**files, "toc.ncx": ncx(*entries)}))
    assert shown(parsed, SALT) == ["# [chapter 1] CHAPTER I", "prose(1)"]
    assert parsed.book.metadata.source == "https://www.gutenberg.org/ebooks/777"
    assert "You may copy it." in " ".join(text for _, text in left_out(parsed))


def test_numbers_of_printed_pages_are_known_by_their_class() -> None:
    said = '<p><span class="pageno">{}</span>{}</p>'
    chapters = {"a.xhtml": document(f"<h1>One</h1>{said.format('[Pg 7]', SALT[0])}{said.format('Look!', SALT[1])}")}
    assert shown(read(Epub(chapters))) == ["h1 One", f"p {SALT[0]}", f"p Look!{SALT[1]}"]


def test_word_says_its_title() -> None:
    body = '<div class="WordSection1"><p class="MsoTitle">The Salt Road</p>{}</div>'
    metadata = METADATA.replace("The Salt Road", "Microsoft Word - salt.docx")
    parsed = read(Epub({"a.html": document(body.format(prose()))}, metadata=metadata))
    assert parsed.book.metadata.title == "The Salt Road"
