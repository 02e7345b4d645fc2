"""EPUBs as careless programs make them, and what was understood of them in one call."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PIL import Image

from converter.document.contracts import Parsed, Source
from converter.parsers.epub import epub_parser
from converter.proof import prove_parsed

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="{opf}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
KINDS = {
    "xhtml": "application/xhtml+xml",
    "html": "application/xhtml+xml",
    "css": "text/css",
    "ncx": "application/x-dtbncx+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
}
SALT = (
    "The salt came down the valley on the backs of mules, and it came late that year.",
    "Nobody had told Petra that the road was closed, so she had opened it.",
    "At the bridge a man was counting carts, and he had counted the same one twice.",
)


def prose(sentences: Sequence[str] = SALT, *, kind: str = "") -> str:
    """Paragraphs of a story."""
    attribute = f' class="{kind}"' if kind else ""
    return "".join(f"<p{attribute}>{s}</p>\n" for s in sentences)


def document(body: str, head: str = "", title: str = "") -> str:
    """A document of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f"<head><title>{title}</title>{head}</head>\n<body>\n{body}\n</body></html>"
    )


def ncx(*entries: tuple[str, str]) -> str:
    """EPUB 2's contents list: titles and the places they lead to."""
    points = "".join(
        f'<navPoint id="n{n}" playOrder="{n}"><navLabel><text>{title}</text></navLabel><content src="{src}"/></navPoint>'
        for n, (title, src) in enumerate(entries, 1)
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'


def nav(*entries: tuple[str, str]) -> str:
    """EPUB 3's navigation document."""
    lines = "".join(f'<li><a href="{src}">{title}</a></li>' for title, src in entries)
    return document(f'<nav epub:type="toc"><h1>Contents</h1><ol>{lines}</ol></nav>', title="Contents")


def picture(shade: int = 90) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("L", (40, 60), shade).save(out, "PNG")
    return out.getvalue()


METADATA = "<dc:title>The Salt Road</dc:title><dc:creator>Ines Varga</dc:creator><dc:language>en</dc:language>"


@dataclass
class Epub:
    """A book of `files` (by name below `folder`). `spine`: what is read, by name; `hrefs`: what the manifest says in
    the place of a name; `outside`: files beside the book's folder."""

    files: Mapping[str, str | bytes]
    spine: Sequence[str] = ()
    metadata: str = METADATA
    folder: str = "OEBPS"
    hrefs: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[str] = ()  # not in the row of the text
    guide: str = ""
    outside: Mapping[str, str] = field(default_factory=dict)

    def data(self) -> bytes:
        names = list(self.files)
        spine = self.spine or [n for n in names if n.endswith(("html", "xhtml")) and n != "nav.xhtml"]
        ids = {name: f"i{number}" for number, name in enumerate(names)}
        items = "".join(
            f'<item id="{ids[n]}" href="{self.hrefs.get(n, n)}" media-type="{KINDS[n.rsplit(".", 1)[-1]]}"'
            + (f' properties="{p}"' if (p := self.properties.get(n, "nav" if n == "nav.xhtml" else "")) else "")
            + "/>"
            for n in names
        )
        lost = [n for n in spine if n not in ids]
        items += "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in lost)
        refs = "".join(
            f'<itemref idref="{ids.get(n, n)}"' + (' linear="no"' if n in self.beside else "") + "/>" for n in spine
        )
        toc = f' toc="{ids["toc.ncx"]}"' if "toc.ncx" in ids else ""
        opf = (
            '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{self.metadata}</metadata>'
            f"<manifest>{items}</manifest><spine{toc}>{refs}</spine>{self.guide}</package>"
        )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            archive.writestr("META-INF/container.xml", CONTAINER.format(opf=f"{self.folder}/content.opf"))
            archive.writestr(f"{self.folder}/content.opf", opf)
            for name, held in self.files.items():
                archive.writestr(f"{self.folder}/{name}", held)
            for name, held in self.outside.items():
                archive.writestr(name, held)
        return out.getvalue()


def read(book: Epub | bytes, *, hidden: str = "drop") -> Parsed:
    """The parse, with the proof that no word was lost on the way."""
    data = book if isinstance(book, bytes) else book.data()
    parsed = epub_parser(hidden=hidden)(Source("book.epub", data, ".epub"))  # type: ignore[arg-type]
    prove_parsed(parsed)
    return parsed
