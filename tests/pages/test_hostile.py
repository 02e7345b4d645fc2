"""Pages that break parsers, or would reach out of the story's folder: what each becomes, and that it ends."""

from __future__ import annotations

import base64
import io
import socket
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image as Pillow

from converter.build.api import convert
from converter.document.errors import InputError, NotAStory, TooLarge
from converter.document.model import Table
from converter.parsers.html import html_parser
from converter.parsers.html.dom.markup import clean_markup, set_data_aside
from converter.parsers.pictures import fit_image
from tests.pages.making import PROSE, page, prose, read, shown, text

pytestmark = pytest.mark.slow  # what breaks a parser is large


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"a request left the machine: {args}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


# ------------------------------------------------------------------------------------------------------ nesting


DEEPEST = 12  # quotations and lists within each other are no deeper in a book


@pytest.mark.parametrize(
    ("tag", "lines"),
    [
        ("div", ["p the deepest words"]),
        ("span", ["p the deepest words"]),
        ("em", ["p _the deepest words_"]),
        ("blockquote", [*(f"{'  ' * n}quote:" for n in range(DEEPEST)), f"{'  ' * DEEPEST}p the deepest words"]),
        ("ul", [*(f"{'  ' * n}-" for n in range(DEEPEST)), f"{'  ' * DEEPEST}p the deepest words"]),
        ("table", ["p the deepest words"]),
        ("font", ["p the deepest words"]),
        ("section", ["p the deepest words"]),
    ],
)
def test_nesting_of_4000_keeps_every_word(tag: str, lines: list[str]) -> None:
    inner = "<li>" if tag == "ul" else "<tr><td>" if tag == "table" else ""
    count = 4_000 if not inner else 1_000
    parsed = read(page(prose() + f"<{tag}>{inner}" * count + "the deepest words" + f"</{tag}>" * count + prose()))
    assert shown(parsed) == ["prose(2)", *lines, "prose(2)"]


def test_nested_20000_deep_is_refused_in_one_line() -> None:
    with pytest.raises(TooLarge) as error:
        read(page("<div>" * 20_000 + prose() + "</div>" * 20_000))
    assert "\n" not in str(error.value)


def pair(depth: int) -> list[str]:
    return [f"{'    ' * depth}    p {cell}" for cell in "ab"]


def test_lists_in_quotes_in_tables_are_flattened_to_what_writers_bear() -> None:
    deep = (
        "<blockquote><ul><li><table><tr><td>a</td><td>b</td></tr><tr><td>" * 60
        + "bottom"
        + "</td></tr></table></li></ul></blockquote>" * 60
    )
    parsed = read(page(prose() + deep))
    nested = [line for n in range(4) for line in (f"{'    ' * n}quote:", f"{'    ' * n}  -", *pair(n))]
    assert shown(parsed) == ["prose(2)", *nested, *pair(3) * 56, f"{'    ' * 3}    p bottom"]
    assert _depth(parsed.book.chapters[0].blocks) < 40


def _depth(value: object) -> int:
    if isinstance(value, tuple):
        return max(map(_depth, value), default=0)
    inner = [_depth(getattr(value, n)) for n in ("blocks", "items", "rows", "content") if hasattr(value, n)]
    return 1 + max(inner, default=0)


def test_3000_unclosed_em_and_p() -> None:
    parsed = read(page(prose() + "<em><p>word " * 3_000))
    assert text(parsed).split().count("word") == 3_000


# -------------------------------------------------------------------------------------------------- size and text


def test_text_node_of_4_mb_is_kept_whole() -> None:
    sentence = "The tide came in and went out again. "
    parsed = read(page(f"<p>{sentence * (4_000_000 // len(sentence))}</p>"))
    assert text(parsed) == (sentence * (4_000_000 // len(sentence))).strip()


def test_too_many_characters_are_refused() -> None:
    with pytest.raises(TooLarge):
        html_parser()(_source(b"<p>word " * 5_000_000))


def _source(data: bytes, suffix: str = ".html"):  # type: ignore[no-untyped-def]
    from converter.document.contracts import Source

    return Source("page" + suffix, data, suffix)


@pytest.mark.parametrize(
    ("odd", "left"),
    [
        ("\x00", " "), ("\x0b", " "), ("&#11;", ""), ("&#0;", ""), ("&#xFFFE;", ""), ("&#xD800;", ""),
        ("&#x110000;", ""), ("\ufffe", ""), ("&#99999999;", ""),
    ],
)  # fmt: skip
def test_what_xml_forbids_is_nowhere(odd: str, left: str) -> None:
    parsed = read(page(f"<title>A{odd}B</title>{prose()}<p>left{odd}right &#150; end</p>"))
    assert parsed.book.metadata.title == f"A{left}B"
    assert shown(parsed) == ["prose(2)", f"p left{left}right – end"]


def test_c1_references_mean_windows_1252() -> None:
    assert clean_markup("&#147;Yes&#148;&#8212;&#x85;") == "“Yes”&#8212;…"


def test_8000_lists_side_by_side_end() -> None:
    """A tree that looks for every neighbour anew takes minutes for them."""
    lists = "".join(f"<ul class='lst-kix_{'ab'[n % 2]}-{n % 3}'><li>item {n}</li></ul>" for n in range(8_000))
    assert text(read(page(f"{prose()}{lists}"))).count("item ") == 8_000


def test_800_frames_in_each_other_that_links_lead_to_end() -> None:
    links = "".join(f"<p>see <a href='#d{n}'>it over there</a> please.</p>" for n in range(800))
    frames = "".join(f"<div id='d{n}'>" for n in range(800))
    assert text(read(page(f"{links}{frames}<p>{'word ' * 40_000}</p>{'</div>' * 800}"))).count("word") == 40_000


def test_50000_attributes_and_ampersands_end() -> None:
    attributes = " ".join(f"a{i}={i}" for i in range(50_000))
    parsed = read(page(f"<p {attributes}>kept</p>{prose()}<p>{'&' * 100_000}</p><p>{'< ' * 100_000}</p>"))
    said = text(parsed).split("\n")
    assert said[:-2] == ["kept", *PROSE * 2]
    assert said[-2:] == ["&" * 100_000, ("< " * 100_000).strip()]


def test_12_mb_data_attribute_leaves_the_text_alone() -> None:
    parsed = read(page(f"{prose()}<img src='data:image/png;base64,{'A' * 12_000_000}' alt='big'><p>after</p>"))
    assert shown(parsed) == ["prose(2)", "p after"]


def test_data_addresses_are_set_aside_only_in_attributes() -> None:
    kept, images = set_data_aside("<p>write data:image/png;base64,AAAA here</p><img src='data:image/png;base64,QUJD'>")
    assert list(images.values()) == ["base64,QUJD"]
    assert "embedded-image:1" in kept


# ---------------------------------------------------------------------------------------------------- unclosed


@pytest.mark.parametrize(
    ("opening", "lines"),
    [
        ("<!-- never closed ", ["prose(1)", "p never closed", "prose(6)"]),
        ("<textarea>", ["prose(7)"]),
        ("<title>", ["prose(7)"]),
        ('<a title="never closed ', ["prose(7)"]),
        ("<select><option>", ["prose(1)"]),  # what a menu holds is its choices
    ],
)
def test_what_is_never_closed_does_not_swallow_the_story(opening: str, lines: list[str]) -> None:
    raw = f"<html><body>{prose(1)}{opening}{prose(6)}</body></html>"
    parsed = html_parser()(_source(raw.encode()))
    assert shown(parsed) == lines


def test_an_unclosed_script_is_no_text() -> None:
    parsed = html_parser()(_source(page(prose(3) + "<script>alert('x') <p>code</p>")))
    assert shown(parsed) == ["prose(3)"]


def test_misnested_marks_cannot_cross() -> None:
    parsed = read(page(prose() + "<p><b>bold <i>both</b> italic</i> plain</p>"))
    assert shown(parsed) == ["prose(2)", "p **bold _both_**_ italic_ plain"]


# ------------------------------------------------------------------------------------------------- reaching out


HOSTILE = """<script>alert(1)</script><p onclick="alert(2)" style="background:url(http://evil.example/p)">{p}</p>
<iframe src="http://evil.example/f"></iframe>
<object data="file:///etc/passwd"></object><embed src="http://evil.example/e">
<link rel="attachment" href="file:///etc/passwd"><link rel="stylesheet" href="http://evil.example/s.css">
<style>@import url(http://evil.example/i.css);
@font-face{{src:url(file:///etc/passwd)}} p::before{{content:url(http://evil.example/c)}}</style>
<meta http-equiv="refresh" content="0;url=http://evil.example/"><base href="file:///etc/">
<a href="javascript:alert(3)">one</a> <a href="file:///etc/passwd">two</a> <a href="data:text/html,x">three</a>
<a href=" JaVaScRiPt:alert(4)">four</a>
<a href="https://good.example/">five</a>
<img src="file:///etc/passwd" alt="no"><img src="../../../../etc/passwd"><img src="http://evil.example/i.png">
<svg><use href="file:///etc/passwd"/><text>drawn</text></svg>
<form action="http://evil.example/"><input value="typed"></form>"""


def test_nothing_of_the_markup_passes_through() -> None:
    asked: list[str] = []

    def assets(path: str) -> bytes | None:
        asked.append(path)
        return None

    parsed = read(page(HOSTILE.format(p=PROSE[0]) + prose(3)), assets=assets)
    assert not parsed.book.resources
    assert asked == ["../../../../etc/passwd", "../../../../etc/passwd", "http://evil.example/i.png"]
    assert shown(parsed) == [f"p {PROSE[0]}", "p one two three four [five](https://good.example/)", "prose(3)"]


def test_spans_of_a_million_are_fifty_at_most() -> None:
    parsed = read(
        page(
            prose()
            + "<table><tr><td colspan=1000000>a</td><td rowspan=-3>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
        )
    )
    assert shown(parsed) == ["prose(2)", "table", "  a | b", "  c | d"]
    tables = [b for c in parsed.book.chapters for b in c.blocks if isinstance(b, Table)]
    assert [(c.colspan, c.rowspan) for c in tables[0].rows[0]] == [(50, 1), (1, 1)]


def test_font_sizes_and_odd_attributes_reach_nobody() -> None:
    parsed = read(
        page(f"<p style='font-size:1e9px' 1bad='x' \"quoted\" align=nowhere>{PROSE[0]}</p><!-- a -- b -->{prose()}")
    )
    assert shown(parsed) == [
        "p The lamp was lit every evening at the same hour, and nobody on the island could say by whom.",
        "prose(2)",
    ]


def test_duplicate_ids_do_no_harm() -> None:
    parsed = read(page("".join(f"<p id=same>{p} {i}</p>" for i in range(9) for p in PROSE)))
    assert shown(parsed) == [f"p {p} {i}" for i in range(9) for p in PROSE]


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = "<!DOCTYPE html [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    parsed = html_parser()(_source((bomb + f"<html><body>{prose()}<p>&b;&x;</p></body></html>").encode()))
    assert shown(parsed) == ["p ]>", "prose(2)", "p &b;&x;"]


# ------------------------------------------------------------------------------------------------------ pictures


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 4096)) + chunk(b"IEND", b"")
    )


def test_a_picture_that_would_fill_the_memory_is_left_out() -> None:
    said = fit_image(bomb_png(30_000, 30_000))
    assert isinstance(said, str)
    assert said
    parsed = read(page(prose() + '<img src="b.png" alt="bomb"><p>after</p>'), assets=lambda _: bomb_png(30_000, 30_000))
    assert not parsed.book.resources
    assert shown(parsed) == ["prose(2)", "p after"]
    assert [d.code for d in parsed.findings] == ["image-unusable"]


@pytest.mark.parametrize(
    "data",
    [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"not a picture", b"\x89PNG\r\n\x1a\nrest", b"GIF89a"],
)
def test_what_is_no_picture_is_left_out(data: bytes) -> None:
    parsed = read(page(prose() + '<p><img src="x.png"></p>'), assets=lambda _: data)
    assert not parsed.book.resources
    assert shown(parsed) == ["prose(2)"]


def test_webp_becomes_jpeg_and_large_pictures_fit_a_reader() -> None:
    out = io.BytesIO()
    Pillow.new("RGB", (3000, 1000), "navy").save(out, "WEBP")
    made = fit_image(out.getvalue())
    assert not isinstance(made, str)
    assert made[:2] == ("image/jpeg", "jpg")
    assert Pillow.open(io.BytesIO(made[2])).size == (1600, 533)


def test_a_transparent_webp_becomes_png() -> None:
    out = io.BytesIO()
    Pillow.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "WEBP", lossless=True)
    made = fit_image(out.getvalue())
    assert not isinstance(made, str)
    assert made[:2] == ("image/png", "png")


def test_pictures_are_told_by_content_named_by_us_and_kept_once() -> None:
    data = png(80, 60)
    body = prose() + '<img src="../evil name.jpg" alt="A boat"><p>between</p><img src="other.gif" alt="A boat">'
    parsed = read(page(body), assets=lambda _: data)
    assert [(r.name, r.media_type) for r in parsed.book.resources] == [("image-1.png", "image/png")]
    assert shown(parsed) == ["prose(2)", "figure image-1.png “A boat”", "p between", "figure image-1.png “A boat”"]


def test_pictures_that_count_visitors_are_none() -> None:
    body = prose() + '<img src="a.png" width=1 height=1><img src="http://stats.wp.com/g.gif"><img src="b.png">'
    parsed = read(page(body), assets=lambda _: png(1, 1))
    assert not parsed.book.resources
    assert shown(parsed) == ["prose(2)"]


def test_an_embedded_picture_is_taken() -> None:
    data = base64.b64encode(png(30, 30)).decode()
    parsed = read(page(prose() + f'<p><img src="data:image/webp;base64,{data}" alt="seal"></p>'))
    assert [r.media_type for r in parsed.book.resources] == ["image/png"]
    assert shown(parsed) == ["prose(2)", "figure image-1.png “seal”"]


# ------------------------------------------------------------------------------------------------------ archives


def zipped(files: dict[str, bytes], **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (files | more).items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_page_of_an_archive_that_is_no_story_is_named_with_the_reason() -> None:
    pages = {"one.html": page(prose()), "empty.html": page("<p>*</p>"), "two.html": page("<h1>Two</h1>" + prose())}
    parsed = read(zipped(pages), suffix=".zip")
    assert shown(parsed) == ["# [chapter 1] One", "prose(2)"]
    assert [(d.origin.source if d.origin else "", d.severity, d.message) for d in parsed.findings] == [
        (
            "page.zip/empty.html",
            "warning",
            "a part is left out: page.zip/empty.html: the page holds no text; save it again after it has loaded, or use the site's reading view",
        ),
        ("page.zip/two.html", "warning", "this part is the same as page.zip/one.html and is left out"),
    ]
    with pytest.raises(NotAStory, match="holds no text"):
        read(zipped({"a.html": page("<p>*</p>"), "b.html": page("<p>-</p>")}), suffix=".zip")


def test_names_that_lead_out_of_an_archive_are_not_read() -> None:
    data = zipped(
        {
            "index.html": page(prose() + '<img src="../../secret.png">'),
            "../../secret.png": png(9, 9),
            "/etc/x.html": page("evil"),
        }
    )
    parsed = read(data, suffix=".zip")
    assert not parsed.book.resources
    assert shown(parsed) == ["prose(2)"]


def test_archive_bombs_are_refused() -> None:
    with pytest.raises(NotAStory, match="unpack to far more"):
        read(zipped({"index.html": page(prose()) + b" " * 50_000_000}), suffix=".zip")
    parsed = read(zipped({"index.html": page(prose()), "big.css": b"\0" * 50_000_000}), suffix=".zip")
    assert shown(parsed) == ["prose(2)"]
    with pytest.raises(TooLarge):
        read(zipped({f"{i}.html": b"x" for i in range(3_000)}), suffix=".zip")


@pytest.mark.parametrize("data", [b"PK\x03\x04damaged", zipped({"a.txt": b"no page"}), zipped({})])
def test_archives_without_a_page_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read(data, suffix=".zip")


def test_opf_entities_are_not_resolved() -> None:
    opf = b"""<?xml version='1.0'?>
<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><package><metadata><title>Lamp &x;</title></metadata></package>"""
    parsed = read(zipped({"index.html": page(prose()), "metadata.opf": opf}), suffix=".htmlz")
    assert parsed.book.metadata.title == "Lamp &x;"


# --------------------------------------------------------------------------------------------------- no story


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p> &nbsp; </p>",
        "<script>x</script>",
        "<img src=a.png>",
        "<h1>Just a moment...</h1><p>Checking your browser before accessing the site.</p>",
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<h1>404</h1><p>Page not found</p>",
        "<p>Sorry, this story has been removed by its author.</p>",
        "<p>You must be logged in to read this story.</p>",
        "<h1>502 Bad Gateway</h1><hr><p>nginx</p>",
        "<h1>This story is no longer available</h1>",
        "<div>The requested thread could not be found.</div>",
        "<p>This chapter is locked. Unlock with 5 coins to continue reading.</p>",
        "<p>To read this chapter early, become a patron. This post is for patrons only.</p>",
        "<p>This journal entry is friends-only.</p>",
        "<h1>Adult Content Warning</h1><p>You must be 18 or older to view this. Are you over 18?</p>",
    ],
)
def test_pages_without_a_story_are_refused_with_the_reason(body: str) -> None:
    with pytest.raises(NotAStory) as error:
        read(page(body))
    assert error.value.remedy


# ------------------------------------------------------------------------------------------------- the books made


def test_books_of_a_hostile_page_reach_out_for_nothing(tmp_path: Path) -> None:
    deep = (
        "<blockquote>" * 300 + "the deepest words" + "</blockquote>" * 300 + "<em>" * 400 + "so it ends" + "</em>" * 400
    )
    (tmp_path / "evil.html").write_bytes(page(HOSTILE.format(p=PROSE[0]) + prose(3) + deep))
    made = convert(tmp_path / "evil.html", to=["epub", "pdf"])
    with zipfile.ZipFile(io.BytesIO(made["epub"])) as book:
        assert not [n for n in book.namelist() if n.startswith(("/", "..")) or "/../" in n]
        pages = b"".join(book.read(n) for n in book.namelist() if n.endswith((".xhtml", ".opf", ".css", ".ncx")))
    for sign in (b"evil.example", b"file:", b"<script", b"onclick", b"javascript:", b"<iframe", b"<form", b"passwd"):
        assert sign not in pages.lower(), sign
    assert b"the deepest words" in pages
    assert b"so it ends" in pages
    for sign in (b"/EmbeddedFile", b"/JavaScript", b"/Launch", b"evil.example"):
        assert sign not in made["pdf"], sign


def test_an_app_that_never_ran_is_told_from_an_empty_page() -> None:
    with pytest.raises(NotAStory, match="scripts"):
        read(page("<noscript>Please enable JavaScript to continue.</noscript><div id=app></div>"))
    with pytest.raises(NotAStory, match="no text"):
        read(page("<noscript>Loading</noscript><div id=app></div>"))


def test_an_archive_with_works_of_two_people_says_so() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, who in (("a.html", "Ada Thorn"), ("b.html", "Ben Hale")):
            archive.writestr(name, f"<h1>The Lamp of {who}</h1><p>by {who}</p>{prose(2)}<p>{who} went.</p>")
        archive.writestr("notes/c.txt", "The third story.")
        archive.writestr("notes/d.epub", b"PK a book")
    parsed = html_parser()(_source(made.getvalue(), ".zip"))
    assert sorted(parsed.book.metadata.authors) == ["Ada Thorn", "Ben Hale"]
    assert [d.message for d in parsed.findings] == [
        "nothing tells where a.html, b.html stand among the 2 files; name the files in order, with --together",
        "the archive holds works by Ada Thorn and by Ben Hale, and they became one book; unpack it to convert them apart",
        "notes/c.txt is a text and not read with the archive's pages; unpack it and convert it by itself",
        "notes/d.epub is not read with the archive's pages; unpack it and convert it by itself",
    ]
    assert shown(parsed) == [
        "# [chapter] The Lamp of Ada Thorn",
        "prose(2)",
        "p Ada Thorn went.",
        "# [chapter] The Lamp of Ben Hale",
        "prose(2)",
        "p Ben Hale went.",
    ]


def test_what_a_missing_picture_shows_is_told() -> None:
    parsed = read(
        page(prose(2) + "<p>The sign said <img src=a.png alt='DO NOT DIG'>.</p><p><img src=b.png alt=''></p>")
    )
    assert [d.message for d in parsed.findings] == [
        "2 pictures are not beside the page and are left out (the first is a.png), and the page describes what is missing: “DO NOT DIG”; save the page complete with its pictures"
    ]
    assert shown(parsed) == ["prose(2)", "p The sign said ."]
