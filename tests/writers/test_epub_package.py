"""The package: metadata, the four contents lists, images, odd books."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from converter.build.registry import writer
from converter.document.errors import NotAStory, SettingError
from converter.document.model import (
    Book,
    Chapter,
    Emphasis,
    Figure,
    Image,
    Inlines,
    LineBreak,
    Link,
    Metadata,
    Paragraph,
    Person,
    Quote,
    Resource,
    Styled,
    Text,
)
from converter.proof import prove_epub
from converter.themes import load_theme
from converter.writers.addresses import web_address
from converter.writers.epub import write_epub
from converter.writers.languages import direction, well_formed_tag
from converter.writers.package import modified_of, moment
from tests.writers.feature_book import BOOK, picture, theme
from tests.writers.reading import OPF, X, files, package, spine

DC = "{http://purl.org/dc/elements/1.1/}"
XML = "{http://www.w3.org/XML/1998/namespace}"
EPUB = "{http://www.idpf.org/2007/ops}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


def story(*chapters: Chapter, **said: object) -> Book:
    return Book(replace(Metadata(title="Small Hours", language="en"), **said), chapters)  # type: ignore[arg-type]


def chapter(text: str = "It rained.", title: str = "") -> Chapter:
    return Chapter((Paragraph((Text(text),)),), title=(Text(title),) if title else ())


@pytest.fixture(scope="module")
def root() -> ElementTree.Element:
    return package(write_epub(BOOK, theme()))


def texts(root: ElementTree.Element, name: str) -> list[str]:
    return [str(e.text) for e in root.iter(f"{DC}{name}")]


def properties(root: ElementTree.Element, name: str, refines: str = "") -> list[str]:
    return [
        str(e.text)
        for e in root.iter(f"{OPF}meta")
        if e.get("property") == name and e.get("refines", "") == (f"#{refines}" if refines else "")
    ]


def test_people_have_roles_and_sorting_names(root: ElementTree.Element) -> None:
    creators = list(root.iter(f"{DC}creator"))
    assert [c.text for c in creators] == ["Ada Thorne", "Ben Ode"]
    assert [properties(root, "role", str(c.get("id"))) for c in creators] == [["aut"], ["aut"]]
    assert properties(root, "file-as", str(creators[0].get("id"))) == ["Thorne, Ada"]
    contributor = next(root.iter(f"{DC}contributor"))
    assert (contributor.text, properties(root, "role", str(contributor.get("id")))) == ("Carla Übel", ["trl"])


def test_series_is_said_in_both_ways(root: ElementTree.Element) -> None:
    assert properties(root, "belongs-to-collection") == ["Skerry Tales"]
    assert properties(root, "collection-type", "series") == ["series"]
    assert properties(root, "group-position", "series") == ["2"]
    named = {e.get("name"): e.get("content") for e in root.iter(f"{OPF}meta") if e.get("name")}
    assert (named["calibre:series"], named["calibre:series_index"]) == ("Skerry Tales", "2")
    assert named["cover"] in {i.get("id") for i in root.iter(f"{OPF}item") if i.get("properties") == "cover-image"}


def test_the_rest_of_the_metadata(root: ElementTree.Element) -> None:
    assert texts(root, "subject") == [
        "Skerry", "Ludmila", "Otto", "Ludmila/Otto", "Mystery", "Sea stories", "General", "Storms", "slow", "wind",
        "Last Update: 2026/02/01",
    ]  # fmt: skip
    assert texts(root, "description") == [BOOK.metadata.description]
    assert texts(root, "date") == ["2026-01-31T00:00:00Z"]
    assert texts(root, "identifier") == [BOOK.metadata.identifier, "url:https://example.org/works/1"]
    assert texts(root, "language") == ["en-GB"]
    assert root.get(f"{XML}lang") == "en-GB"
    assert properties(root, "dcterms:modified") == ["2026-02-03T04:05:06Z"]
    assert properties(root, "schema:accessMode") == ["textual", "visual"]
    assert properties(root, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    assert {"alternativeText", "rubyAnnotations", "tableOfContents"} <= set(
        properties(root, "schema:accessibilityFeature")
    )
    assert 250 < int(properties(root, "schema:wordCount")[0]) < 400


def test_an_undescribed_image_is_not_called_accessible() -> None:
    book = replace(story(Chapter((Figure(Image("one.png")),))), resources=(picture("one.png"),))
    root = package(write_epub(book, theme()))
    assert properties(root, "schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in properties(root, "schema:accessibilityFeature")


def _tree(ol: ElementTree.Element) -> list[object]:
    found: list[object] = []
    for li in ol:
        link = li.find(f"{X}a")
        assert link is not None
        found.append((link.text, link.get("href")))
        if (inner := li.find(f"{X}ol")) is not None:
            found.append(_tree(inner))
    return found


def _points(parent: ElementTree.Element) -> list[object]:
    found: list[object] = []
    for point in parent.findall(f"{NCX}navPoint"):
        content = point.find(f"{NCX}content")
        assert content is not None
        found.append((point.findtext(f"{NCX}navLabel/{NCX}text"), content.get("src")))
        if inner := _points(point):
            found.append(inner)
    return found


def test_nav_contents_page_and_ncx_say_the_same() -> None:
    """But for how deep: a Kindle shows two levels of an NCX."""
    data = write_epub(BOOK, theme())
    held = files(data)
    nav = ElementTree.fromstring(held["EPUB/nav.xhtml"])
    toc, landmarks = list(nav.iter(f"{X}nav"))
    page = next(ElementTree.fromstring(held["EPUB/contents.xhtml"]).iter(f"{X}nav"))
    ncx = ElementTree.fromstring(held["EPUB/toc.ncx"])
    expected: list[object] = [
        ("Dedication", "dedication-1.xhtml"),
        ("Prologue", "prologue-1.xhtml"),
        ("Part One: Land", "part-1.xhtml"),
        [
            ("Chapter I. The Lamp Is Lit", "chapter-1.xhtml"),
            ("Papers & <Things>", "interlude-1.xhtml"),
            ("No heading stands above these words …", "chapter-2.xhtml"),
        ],
        ("Part Two", "part-2.xhtml"),
        [("Act", "act-1.xhtml"), [("Scene", "scene-1.xhtml")]],
        ("Afterword", "afterword-1.xhtml"),
    ]
    assert _tree(toc.find(f"{X}ol")) == expected  # type: ignore[arg-type]
    assert _tree(page.find(f"{X}ol")) == expected  # type: ignore[arg-type]
    expected[5] = [("Act", "act-1.xhtml"), ("Scene", "scene-1.xhtml")]
    assert _points(ncx.find(f"{NCX}navMap")) == expected  # type: ignore[arg-type]
    places = [(a.get(f"{EPUB}type"), a.get("href")) for a in landmarks.iter(f"{X}a")]
    guide = [(r.get("type"), r.get("href")) for r in package(data).iter(f"{OPF}reference")]
    assert places == [
        ("cover", "cover.xhtml"), ("titlepage", "title.xhtml"), ("toc", "contents.xhtml"),
        ("bodymatter", "prologue-1.xhtml"),
    ]  # fmt: skip
    assert [address for _, address in guide] == [address for _, address in places]
    assert "EPUB/nav.xhtml" not in spine(data)


def test_a_story_without_divisions_is_listed_by_its_title() -> None:
    data = write_epub(story(chapter()), theme())
    assert spine(data) == ["EPUB/title.xhtml", "EPUB/chapter-1.xhtml"]
    assert b">Small Hours</a>" in files(data)["EPUB/nav.xhtml"]
    assert b'<span class="title">Small Hours</span></h1>' in files(data)["EPUB/chapter-1.xhtml"]


def test_an_empty_chapter_is_not_written() -> None:
    data = write_epub(story(Chapter(), chapter(title="One"), Chapter(children=(chapter(title="Two"),))), theme())
    assert [n for n in spine(data) if "chapter" in n] == ["EPUB/chapter-2.xhtml", "EPUB/chapter-4.xhtml"]
    assert files(data)["EPUB/nav.xhtml"].count(b"<li><a href") == 2
    with pytest.raises(NotAStory):
        write_epub(story(Chapter()), theme())


def test_a_link_to_a_chapter_that_is_not_written_leaves_its_words() -> None:
    link = Paragraph((Link("#part-1", (Text("the first part"),)), Link("#chapter-1", (Text("the end"),))))
    chapters = (Chapter((link,), kind="foreword"), Chapter((), kind="part"), Chapter((Paragraph((Text("End."),)),)))
    page = files(write_epub(Book(Metadata("Salt"), chapters), theme()))["EPUB/foreword-1.xhtml"].decode()
    assert 'the first part<a href="chapter-1.xhtml">the end</a>' in page


def test_what_follows_a_letter_does_not_open_the_chapter() -> None:
    def page(kind: str) -> str:
        quote = Quote((Paragraph((Text("All is well."),)),), kind)  # type: ignore[arg-type]
        told = Chapter(
            (quote, *chapter("She folded it again, and went down to the harbour.").blocks), title=(Text("One"),)
        )
        return files(write_epub(story(told), theme(opening="lead-in")))["EPUB/chapter-1.xhtml"].decode()

    assert '<span class="lead">She folded it again,</span>' in page("epigraph")
    assert '<p class="first">She folded it again, and' in page("letter")


def test_other_names_of_the_book_are_identifiers_too() -> None:
    told = story(chapter("It rained."))
    facts = {"isbn": "9783161484100", "source": "https://Example.org/works/7", "progress": "Completed"}
    root = package(write_epub(replace(told, metadata=replace(told.metadata, **facts)), theme()))
    assert texts(root, "identifier")[1:] == ["urn:isbn:9783161484100", "url:https://example.org/works/7"]
    assert texts(root, "subject") == ["Completed"]


@pytest.mark.parametrize(
    ("content", "language", "page"),
    [
        (
            (Text("The lamp—and 1914–18 – went “out”—"),),
            "en",
            "The lamp\u2060—and 1914\u2060–18\u00a0– went “out”\u2060—",
        ),
        ((Text("«Да, — сказал он. —дом"),), "ru", "«Да,\u00a0— сказал он. —\u2060дом"),
        ((Text("—Sí —dijo— y calló."),), "es", "—Sí —\u2060dijo\u2060— y calló."),
        ((Emphasis((Text("a"),)), Text(" – b")), "en", "<em>a</em>\u00a0– b"),
        ((Text("held\u2060—already"),), "en", "held\u2060—already"),
        ((Text("—no"), Emphasis((Text("wait"),)), Text("—no")), "en", "—no<em>wait</em>\u2060—no"),
        ((Text("wait"), Emphasis((Text("—no"),))), "en", "wait<em>\u2060—no</em>"),
        ((Text("wait "), Emphasis((Text("—no"),))), "en", "wait <em>—\u2060no</em>"),
        ((Emphasis((Text("a"),)), LineBreak(), Text("—b")), "en", "<em>a</em><br/>—b"),
        ((Styled("code", (Text("a—b"),)), Text(" c")), "en", "<code>a—b</code> c"),
        ((Text("他走了——"),), "zh", "他走了——"),
    ],
)
def test_no_line_begins_with_a_dash_after_a_word(content: Inlines, language: str, page: str) -> None:
    data = write_epub(story(Chapter((Paragraph(content),)), language=language), theme())
    prove_epub(story(Chapter((Paragraph(content),)), language=language), data)
    assert f">{page}</p>" in files(data)["EPUB/chapter-1.xhtml"].decode()


def test_a_book_in_hebrew_goes_from_right_to_left() -> None:
    data = write_epub(story(chapter("שלום"), language="he"), theme())
    assert next(package(data).iter(f"{OPF}spine")).get("page-progression-direction") == "rtl"
    page = ElementTree.fromstring(files(data)["EPUB/chapter-1.xhtml"])
    assert (page.get("dir"), page.get("lang"), page.get(f"{XML}lang")) == ("rtl", "he", "he")


@pytest.mark.parametrize(("language", "stress"), [("ja", "text-emphasis-style"), ("ar", "font-weight: bold")])
def test_a_script_without_italics_stands_upright(language: str, stress: str) -> None:
    css = files(write_epub(story(chapter(), language=language), load_theme("romance")))["EPUB/style.css"].decode()
    assert "font-style: italic" not in css
    assert not re.search(r"letter-spacing: 0\.", css)
    assert "em, i, cite { font-style: normal }" in css
    assert stress in css[css.index("em, i, cite") :]
    assert "font-style: italic" in files(write_epub(story(chapter()), load_theme("romance")))["EPUB/style.css"].decode()


@pytest.mark.parametrize("language", ["ar", "he", "ko", "ja", "zh", "ru"])
def test_the_book_s_own_words_are_in_the_script_of_the_story(language: str) -> None:
    page = files(write_epub(story(chapter(title="A"), chapter(title="B"), language=language), theme()))
    heading = ElementTree.fromstring(page["EPUB/contents.xhtml"]).findtext(f".//{X}h1")
    assert heading
    assert not heading.isascii()


def test_a_book_in_hebrew_has_its_sides_exchanged() -> None:
    def rule(language: str, selector: str) -> str:
        css = files(write_epub(story(chapter(), language=language), load_theme("modern")))["EPUB/style.css"].decode()
        return re.sub(
            r"\s+", " ", re.findall(rf"^{re.escape(selector)} \{{(.*?)\}}", css, re.MULTILINE | re.DOTALL)[-1]
        )

    assert "margin: 1em 0 1em 3%; padding-left: 4%; border-left: 2px solid" in rule("en", "blockquote")
    assert "margin: 1em 3% 1em 0; padding-right: 4%; border-right: 2px solid" in rule("he", "blockquote")
    assert "text-align: right" in rule("he", "h1, .chapter-title")
    assert "text-align: right" in rule("he", "p.right")
    assert "margin: 2.5em 0 2em" in rule("he", ".chapter-title")
    assert "text-align: left; margin: 0 0 0 5%" in rule("he", "p.signature")


def test_a_theme_can_set_a_book_in_columns() -> None:
    data = write_epub(story(chapter("雨の灯台。"), language="ja"), theme(writing="vertical"))
    assert "writing-mode: vertical-rl" in files(data)["EPUB/style.css"].decode()
    assert next(package(data).iter(f"{OPF}spine")).get("page-progression-direction") == "rtl"
    modes = [e.get("content") for e in package(data).iter(f"{OPF}meta") if e.get("name") == "primary-writing-mode"]
    assert modes == ["vertical-rl"]
    plain = write_epub(story(chapter("雨の灯台。"), language="ja"), theme())
    assert b"vertical-rl" not in b"".join(files(plain).values())


def test_the_contents_join_east_asian_names_without_a_colon() -> None:
    one = Chapter(chapter().blocks, label=(Text("第一章"),), title=(Text("灯"),))
    page = files(write_epub(story(one, chapter(title="二"), language="ja"), theme()))["EPUB/nav.xhtml"]
    assert ">第一章 灯</a>" in page.decode()


def test_images_are_named_by_what_they_are() -> None:
    png = picture("x.png")
    book = story(
        Chapter(
            tuple(Figure(Image(n, "a picture")) for n in ("photo one.jpg", "évil/name.png", "icon.svg", "text.png"))
        )
    )
    book = replace(
        book,
        resources=(
            Resource("photo one.jpg", "image/jpeg", png.data),
            Resource("évil/name.png", "image/png", png.data),
            Resource("icon.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            Resource("text.png", "image/png", b"not an image"),
        ),
    )
    names = [n for n in files(write_epub(book, theme())) if "images" in n]
    assert names == ["EPUB/images/photo-one.png", "EPUB/images/vil-name.png"]


def test_characters_that_xml_cannot_hold_are_shown_as_such() -> None:
    page = files(write_epub(story(chapter("bell\x07 end"), title="A\x00B"), theme()))["EPUB/chapter-1.xhtml"].decode()
    assert "bell\ufffd end" in page
    assert "A\ufffdB" in page


def test_fonts_that_the_style_names_travel_along() -> None:
    styled = theme()
    css = "@font-face { font-family: X; src: url(fonts/x.ttf) }" + styled.epub_css
    styled = replace(styled, epub_css=css, files={"fonts/x.ttf": b"\0\1\0\0", "fonts/unused.ttf": b"\0\1\0\0"})
    data = write_epub(story(chapter()), styled)
    assert [n for n in files(data) if n.endswith("ttf")] == ["EPUB/fonts/x.ttf"]
    assert "font/ttf" in [i.get("media-type") for i in package(data).iter(f"{OPF}item")]


def test_nobody_said_anything() -> None:
    root = package(write_epub(Book(Metadata(), (chapter(),)), theme()))
    assert texts(root, "title") == ["Untitled"]
    assert texts(root, "language") == ["und"]
    assert texts(root, "identifier")[0].startswith("urn:uuid:")
    assert properties(root, "dcterms:modified") == ["1980-01-01T00:00:00Z"]


def test_labels_follow_the_language() -> None:
    book = story(
        chapter(title="Eins"), chapter(title="Zwei"), language="de", people=(Person("Ida"), Person("Jo", "trl"))
    )
    held = files(write_epub(book, theme()))
    assert "Übersetzt von Jo" in held["EPUB/title.xhtml"].decode()
    assert "<title>Inhalt</title>" in held["EPUB/contents.xhtml"].decode()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026", "2026"), ("2026-02", "2026-02"), ("2026-02-03", "2026-02-03T00:00:00Z"),
        ("2026-02-03 10:20", "2026-02-03T10:20:00Z"), ("2026-02-03T10:20:30.5+0200", "2026-02-03T10:20:30+02:00"),
        ("2026-13-01", ""), ("3 May", ""), ("", ""),
    ],
)  # fmt: skip
def test_dates(given: str, expected: str) -> None:
    assert moment(given) == expected


def test_a_modified_date_is_utc_or_the_earliest() -> None:
    assert modified_of(Metadata(modified="2026-02-03T10:20:30+02:00")) == "1980-01-01T00:00:00Z"
    assert modified_of(Metadata(modified="2026-02-03")) == "2026-02-03T00:00:00Z"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTP://Example.org/A b?q=ü", "http://example.org/A%20b?q=%C3%BC"),
        ("https://example.org:8080/x%20y#z", "https://example.org:8080/x%20y#z"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("mailto:ada@example.org?subject=a b", "mailto:ada@example.org?subject=a%20b"),
        ("javascript:alert(1)", ""), ("http://", ""),
        ("http://a b/", ""), ("https://[::1", ""), ("ftp://example.org", ""),
        ("http://example.org:99999/", ""), ("http://1.2.3.4.5/", ""), ("mailto:nobody", ""), ("story.html", ""),
    ],
)  # fmt: skip
def test_web_addresses(given: str, expected: str) -> None:
    assert web_address(given) == expected


def test_languages() -> None:
    assert [well_formed_tag(t) for t in ("en_GB", "zh-Hant-TW", "de", "english_US!", "e", "")] == [
        "en-GB", "zh-Hant-TW", "de", "", "", "",
    ]  # fmt: skip
    assert [direction(t) for t in ("ar-EG", "he", "az-Arab", "ur-Latn", "en", "und")] == [
        "rtl", "rtl", "rtl", "ltr", "ltr", "ltr",
    ]  # fmt: skip


def test_a_format_that_nobody_writes() -> None:
    with pytest.raises(SettingError):
        writer("mobi")


def test_pages_without_a_name_are_listed_only_when_nothing_else_is() -> None:
    quiet = Chapter((Paragraph((Text("For no one."),)),), kind="dedication")
    assert files(write_epub(story(quiet, quiet), theme()))["EPUB/nav.xhtml"].count(b"For no one.") == 2
    assert b"For no one." not in files(write_epub(story(quiet, chapter(title="One")), theme()))["EPUB/nav.xhtml"]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("12 March 2018", "2018-03-12"),
        ("Mar 3rd, 2020", "2020-03-03"),
        ("2018/3/12", "2018-03-12"),
        ("2018年3月12日", "2018-03-12"),
        ("3/12/2018", ""),
        ("30 February 2018", ""),
        ("Spring 2018", ""),
    ],
)
def test_days_in_words_are_dates(told: str, day: str) -> None:
    assert moment(told).partition("T")[0] == day
