"""`chapbook check`: every rule finds the fault made for it, and none finds a fault in a clean book."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from converter.checkup import DEVICES, check_epub
from converter.contracts import Source
from converter.errors import NotAStory
from converter.pipeline import convert, read
from converter.settings import Settings
from converter.themes import load_theme
from tests.shell.running import STORY, chapbook
from tests.strategies import picture

Entries = dict[str, bytes]


@cache
def clean() -> bytes:
    reading = read([Source("story.txt", STORY.encode(), ".txt")], Settings())
    return convert(reading, load_theme("classic"), Settings())["epub"]


def unpacked(data: bytes) -> Entries:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(entries: Entries, compressed: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, data in entries.items():
            book.writestr(name, data, zipfile.ZIP_DEFLATED if name in compressed else zipfile.ZIP_STORED)
    return out.getvalue()


def only(entries: Entries, end: str) -> str:
    """The first entry whose name ends so."""
    return next(n for n in entries if n.endswith(end))


def chapter(entries: Entries) -> str:
    return next(n for n, d in entries.items() if b"lamp went out" in d)


def swap(end: str, old: str, new: str, *, everywhere: bool = False) -> Callable[[Entries], None]:
    """A fault: one text for another in the entry whose name ends so ("chapter" is the first chapter)."""

    def change(entries: Entries) -> None:
        name = chapter(entries) if end == "chapter" else only(entries, end)
        text = entries[name].decode()
        assert old in text, (name, old, text[:3000])
        entries[name] = text.replace(old, new, -1 if everywhere else 1).encode()

    return change


def drop(end: str) -> Callable[[Entries], None]:
    return lambda entries: entries.pop(only(entries, end)) and None


def put(name: str, data: bytes) -> Callable[[Entries], None]:
    return lambda entries: entries.__setitem__(name, data)


def replace_cover(data: bytes) -> Callable[[Entries], None]:
    return lambda entries: entries.__setitem__(only(entries, ".jpg"), data)


def reorder(entries: Entries) -> None:
    entries["mimetype"] = entries.pop("mimetype")


def no_cover(entries: Entries) -> None:
    swap(".opf", 'properties="cover-image"', "")(entries)
    swap(".opf", 'name="cover"', 'name="c"')(entries)


def undeclared(entries: Entries) -> None:
    name = chapter(entries)
    entries[name] = entries[name].partition(b"?>")[2].replace(b"charset", b"x")


def styled(css: bytes) -> Callable[[Entries], None]:
    return lambda entries: entries.__setitem__(only(entries, ".css"), entries[only(entries, ".css")] + css)


def wide_picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (2100, 2100)).save(out, "JPEG")
    return out.getvalue()


FAULTS: list[tuple[str, str, Callable[[Entries], None]]] = [
    ("mimetype-first", "", reorder),
    ("mimetype-text", "", put("mimetype", b"application/zip")),
    ("container-missing", "", drop("container.xml")),
    ("package-missing", "", drop(".opf")),
    ("title-missing", "", swap(".opf", ">The Salt Road</dc:title>", "></dc:title>")),
    ("language-missing", "", swap(".opf", "<dc:language>en</dc:language>", "")),
    ("identifier-missing", "", swap(".opf", "dc:identifier", "dc:relation", everywhere=True)),
    ("language-tag", "", swap(".opf", "<dc:language>en<", "<dc:language>en_US<")),
    ("file-missing", "", drop(".css")),
    ("file-unlisted", "", put("EPUB/extra.txt", b"x")),
    ("spine-unknown", "", swap(".opf", '<itemref idref="', '<itemref idref="x')),
    ("xml-malformed", "", swap("chapter", "<p", "<p <")),
    ("link-broken", "", swap("chapter", "The lamp", '<a href="gone.xhtml">The</a> lamp')),
    ("link-broken", "", swap("chapter", "The lamp", '<a href="#gone">The</a> lamp')),
    ("id-twice", "", swap("chapter", "The lamp", '<i id="a">The</i> <i id="a">lamp</i>')),
    ("nav-missing", "", swap(".opf", 'properties="nav"', "")),
    ("nav-label", "", swap("nav.xhtml", ">Chapter 1</a>", "></a>")),
    ("image-type", "", replace_cover(picture("x.png").data)),
    ("image-broken", "", replace_cover(b"no picture at all")),
    ("remote-resource", "", swap("chapter", "The lamp", '<img src="https://example.org/a.png" alt=""/>The lamp')),
    ("alt-missing", "", swap("chapter", "The lamp", '<img src="x"/>The lamp')),
    ("page-title", "", swap("chapter", "<title>Chapter 1</title>", "<title> </title>")),
    ("cover-missing", "kobo", no_cover),
    ("cover-tag", "kobo", swap(".opf", 'properties="cover-image"', "")),
    ("cover-tag", "kindle", swap(".opf", 'name="cover"', 'name="c"')),
    ("cover-small", "apple", replace_cover(picture("x.jpg").data)),
    ("language-letters", "kindle", swap(".opf", "<dc:language>en<", "<dc:language>eng<")),
    ("encoding-undeclared", "kindle", undeclared),
    ("style-forced", "kindle", styled(b"body { color: #000 }")),
    ("style-forced", "kobo", styled(b"p { line-height: 1.2 }")),
    ("script", "kindle", swap("chapter", "</head>", "<script>1</script></head>")),
    ("file-name", "kobo", put("EPUB/a b.txt", b"x")),
    ("page-large", "old", swap("chapter", "The lamp", "The lamp" + " burned" * 60_000)),
    ("ncx-missing", "old", swap(".opf", 'toc="ncx"', "")),
    ("image-large", "apple", replace_cover(wide_picture())),
    ("image-kind", "kobo", swap(".opf", "image/jpeg", "image/webp")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "device", "fault"), FAULTS, ids=[f"{c}-{d or 'all'}-{i}" for i, (c, d, _) in enumerate(FAULTS)]
)
def test_every_rule_finds_its_fault(code: str, device: str, fault: Callable[[Entries], None]) -> None:
    entries = unpacked(clean())
    fault(entries)
    assert code in {f.code for f in check_epub(packed(entries), [device] if device else [])}


def test_a_compressed_mimetype_is_found() -> None:
    found = check_epub(packed(unpacked(clean()), compressed=("mimetype",)))
    assert [f.code for f in found] == ["mimetype-stored"]


def test_every_device_rule_has_a_fault() -> None:
    from converter.checkup.devices import DEVICE_RULES
    from converter.checkup.format import FORMAT_RULES

    texts = [Path(m).read_text("utf-8") for m in ("converter/checkup/devices.py", "converter/checkup/format.py")]
    tried = {code for code, _, _ in FAULTS} | {
        "mimetype-stored",
        "spine-empty",
        "spine-twice",
        "page-empty",
        "book-large",
    }
    assert len(DEVICE_RULES) + len(FORMAT_RULES) >= 20
    import re

    made = {c for text in texts for c in re.findall(r'Finding\(\s*f?"([a-z{}-]+)"', text)} - {"{name}-missing"}
    assert made <= tried | {"ncx-missing"}


def test_a_clean_book_is_clean_for_every_reader() -> None:
    assert check_epub(clean(), DEVICES) == ()


def test_what_is_no_epub() -> None:
    with pytest.raises(NotAStory):
        check_epub(b"<html>")


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    assert chapbook("story.txt", "book.epub", cwd=tmp_path).code == 0
    run = chapbook("check", "book.epub", "--for", "all", "--against", "story.txt", "--no-epubcheck", cwd=tmp_path)
    assert (run.code, run.out) == (0, "book.epub: nothing wrong, ready for kobo, kindle, apple, old\n")
    entries = unpacked((tmp_path / "book.epub").read_bytes())
    swap("chapter", "nobody on the pier could say ", "")(entries)
    (tmp_path / "short.epub").write_bytes(packed(entries))
    run = chapbook("check", "short.epub", "--against", "story.txt", "--json", cwd=tmp_path)
    assert run.code == 1
    found = json.loads(run.out)["short.epub"]
    assert [f["code"] for f in found] == ["words-missing"]
    assert "nobody on the pier could say" in found[0]["message"]
    assert chapbook("check", "story.txt", cwd=tmp_path).code == 1
    assert "nook" in chapbook("check", "book.epub", "--for", "nook", cwd=tmp_path).line


def test_epubcheck_is_asked_too(tmp_path: Path) -> None:
    entries = unpacked(clean())
    swap("chapter", "The lamp", "<p>The</p> lamp")(entries)  # a paragraph inside a paragraph: only EPUBCheck knows
    (tmp_path / "book.epub").write_bytes(packed(entries))
    assert chapbook("check", "book.epub", "--no-epubcheck", cwd=tmp_path).code == 0
    run = chapbook("check", "book.epub", cwd=tmp_path)
    assert run.code == 1
    assert "[RSC-005]" in run.out
