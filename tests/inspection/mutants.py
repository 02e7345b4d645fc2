"""One of our books with one defect each: what is changed, and the code that must be told."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

Change = tuple[str, str, str]  # file, what stands there, what comes in its place
PACKAGE, PAGE, NAV, NCX, STYLE = "content.opf", "chapter-1.xhtml", "nav.xhtml", "toc.ncx", "style.css"
SPOT = "<p>A line<br/>"  # a place in the flow of the page
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001"
    "48afa4710000000049454e44ae426082"
)
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(64)
SMIL = (
    '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0"><body>'
    '<par id="one"><text src="chapter-1.xhtml#chapter-1-title"/><audio src="a.mp3" clipBegin="0s" clipEnd="2s"/></par>'
    "</body></smil>"
)
SPOKEN = (
    (PACKAGE, "</manifest>", '<item id="smil" href="a.smil" media-type="application/smil+xml"/>'
     '<item id="mp3" href="a.mp3" media-type="audio/mpeg"/></manifest>'),
    (PACKAGE, 'id="chapter-1" media-type', 'id="chapter-1" media-overlay="smil" media-type'),
    (PACKAGE, "</metadata>", '<meta property="media:duration">2s</meta>'
     '<meta property="media:duration" refines="#smil">2s</meta></metadata>'),
)  # fmt: skip
SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
FIXED = (PACKAGE, "</metadata>", '<meta property="rendition:layout">pre-paginated</meta></metadata>')


@dataclass(frozen=True)
class Mutant:
    """A defect: `code` must be told of the book after the changes and with the files; "" where nothing is wrong."""

    code: str
    changes: tuple[Change, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    drop: str = ""

    def of(self, data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for entry in old.infolist():
                if entry.filename == self.drop:
                    continue
                text = old.read(entry)
                for name, before, after in self.changes:
                    if entry.filename in (f"EPUB/{name}", name):
                        assert before.encode() in text, (name, before)
                        text = text.replace(before.encode(), after.encode(), 1)
                new.writestr(entry, text, entry.compress_type)
            for name, content in self.files.items():
                new.writestr(name, content)
        return out.getvalue()


def at(file: str, before: str, after: str, code: str, **more: bytes) -> Mutant:
    return Mutant(code, ((file, before, after),), {f"EPUB/{k.replace('_', '.')}": v for k, v in more.items()})


def body(code: str, markup: str, properties: str = "", items: str = "", **more: bytes) -> Mutant:
    """Markup that comes into the flow of a page."""
    changes = [(PAGE, SPOT, markup + SPOT)]
    if properties:
        changes.append((PACKAGE, 'id="chapter-1" media', f'id="chapter-1" properties="{properties}" media'))
    if items:
        changes.append((PACKAGE, "</manifest>", items + "</manifest>"))
    return Mutant(code, tuple(changes), {f"EPUB/{k.replace('_', '.')}": v for k, v in more.items()})


def head(code: str, markup: str) -> Mutant:
    return at(PAGE, "</head>", markup + "</head>", code)


def meta(code: str, markup: str) -> Mutant:
    return at(PACKAGE, "</metadata>", markup + "</metadata>", code)


def item(code: str, markup: str, **more: bytes) -> Mutant:
    return at(PACKAGE, "</manifest>", markup + "</manifest>", code, **more)


def spoken(code: str, *changes: Change, smil: str = SMIL) -> Mutant:
    """The page with a media overlay."""
    return Mutant(code, (*SPOKEN, *changes), {"EPUB/a.smil": smil.encode(), "EPUB/a.mp3": MP3})


def fixed(code: str, viewport: str) -> Mutant:
    """The page of a fixed size; the others flow."""
    itemref = '<itemref idref="chapter-1"'
    return Mutant(
        code,
        (
            (PACKAGE, itemref, f'{itemref} properties="rendition:layout-pre-paginated"'),
            (PAGE, "</head>", viewport + "</head>"),
        ),
    )


def encrypted(code: str, path: str, media_type: str) -> Mutant:
    """A file that is obfuscated as fonts may be."""
    text = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        '<enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        f'<enc:CipherData><enc:CipherReference URI="EPUB/{path}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    entry = f'<item id="hidden" href="{path}" media-type="{media_type}"/>'
    files = {"META-INF/encryption.xml": text.encode(), f"EPUB/{path}": b"\x01\x02\x03\x04" * 20}
    return Mutant(code, ((PACKAGE, "</manifest>", entry + "</manifest>"),), files)


AUDIO = '<item id="far" href="https://example.org/a.mp3" media-type="audio/mpeg"/>'
MUTANTS: dict[str, Mutant] = {
    # the content model of pages
    "block in a paragraph": body("element-misplaced", "<p><div>x</div></p>"),
    "paragraph in a span": body("element-misplaced", "<p><span><p>x</p></span></p>"),
    "list in a paragraph": body("element-misplaced", "<p><ul><li>x</li></ul></p>"),
    "text in a list": body("text-misplaced", "<ul>text<li>x</li></ul>"),
    "paragraph in a list": body("element-misplaced", "<ul><p>x</p></ul>"),
    "entry without a list": body("element-misplaced", "<div><li>x</li></div>"),
    "cell without a row": body("element-misplaced", "<table><td>x</td></table>"),
    "caption last": body("element-incomplete", "<table><tr><td>x</td></tr><caption>x</caption></table>"),
    "heading in a paragraph": body("element-misplaced", "<p><h2>x</h2></p>"),
    "old element": body("element-unknown", "<p><font>x</font></p>"),
    "centred": body("element-unknown", "<center>x</center>"),
    "big": body("element-unknown", "<p><big>x</big></p>"),
    "own element without a hyphen": body("element-unknown", "<p><chapter>x</chapter></p>"),
    "own element with a hyphen": body("", "<p><my-chapter>x</my-chapter></p>"),
    "element of nobody's namespace": body("element-unknown", '<p><x xmlns="http://example.org/">x</x></p>'),
    "term without a description": body("element-incomplete", "<dl><dt>x</dt></dl>"),
    "old attribute": body("attribute-unknown", '<p align="center">x</p>'),
    "attribute of another element": body("attribute-unknown", '<p href="x">x</p>'),
    "old table": body("attribute-unknown", '<table cellpadding="2"><tr><td>x</td></tr></table>'),
    "old line break": body("attribute-unknown", '<p>x<br clear="all"/>y</p>'),
    "name of a place": body("", '<p><a name="here">x</a></p>'),
    "width of a cell": body("attribute-unknown", '<table><tr><td width="9">x</td></tr></table>'),
    "misspelt description": body("attribute-unknown", '<p aria-describedat="x">x</p>'),
    "own data": body("", '<p data-mine="x">x</p>'),
    "wrong direction": body("attribute-value", '<p dir="left">x</p>'),
    "border of a table": body("attribute-value", '<table border="2"><tr><td>x</td></tr></table>'),
    "width in percent": body("attribute-value", '<p><img src="images/map.png" alt="x" width="50%"/></p>'),
    "span of no cell": body("attribute-value", '<table><tr><td colspan="0">x</td></tr></table>'),
    "wrong value of a list": body("attribute-value", '<ol start="two"><li>x</li></ol>'),
    "hidden yes": body("attribute-value", '<p hidden="true">x</p>'),
    "turned text without a direction": body("attribute-missing", "<p><bdo>x</bdo></p>"),
    "image without an address": body("attribute-missing", '<p><img alt="x"/></p>'),
    "image with an empty address": body("attribute-value", '<p><img alt="x" src=""/></p>'),
    "link in a link": body("link-in-link", '<p><a href="title.xhtml">x <a href="title.xhtml">y</a></a></p>'),
    "button in a link": body("element-misplaced", '<p><a href="title.xhtml"><button>x</button></a></p>'),
    "time in a time": body("element-misplaced", "<p><time>2020 <time>2021</time></time></p>"),
    "footer in a header": body("element-misplaced", "<header><footer>x</footer></header>"),
    "style in the page": body("element-misplaced", '<div><style type="text/css">p {}</style></div>'),
    "meta in the page": body("element-misplaced", '<div><meta name="a" content="b"/></div>'),
    "id twice": body("id-twice", '<p id="at-here">x</p>'),
    "id with a space": body("attribute-value", '<p id="one two">x</p>'),
    "label of nothing": body("id-missing", '<p aria-labelledby="nowhere">x</p>'),
    "two languages": body("document-languages", '<p lang="en" xml:lang="fr">x</p>'),
    "picture of a map": body("attribute-value", '<p><img src="images/map.png" alt="x" usemap="map"/></p>'),
    "page title empty": at(PAGE, "<title>Chapter I. The Lamp Is Lit</title>", "<title></title>", "document-title"),
    "type in the head": head("attribute-unknown", '<meta epub:type="x" name="a" content="b"/>'),
    "encoding said twice": head("element-misplaced", '<meta http-equiv="content-type" content="text/html; charset=utf-8"/>'),
    "other encoding": at(PAGE, '<meta charset="utf-8"/>', '<meta charset="latin-1"/>', "attribute-value"),
    "paragraph in the head": head("element-misplaced", "<p>x</p>"),
    "alternative style without a title": head("attribute-missing", '<link rel="alternate stylesheet" href="style.css"/>'),
    "old document type": at(PAGE, "<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
                            '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">', "xml-doctype"),
    "entity from elsewhere": at(PAGE, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY e SYSTEM "http://example.org/e">]>', "xml-entity"),
    "XML 1.1": at(PAGE, "<?xml version='1.0'", "<?xml version='1.1'", "xml-version"),
    "Latin-1": at(PACKAGE, "encoding='utf-8'", "encoding='iso-8859-1'", "xml-encoding"),
    "unknown entity": body("xml-malformed", "<p>&nbsp;</p>"),
    "deprecated switch": body("property-missing", '<epub:switch><epub:case required-namespace="http://x.org/">x</epub:case>'
                              "<epub:default><p>y</p></epub:default></epub:switch>"),
    # drawings, formulas, scripts
    "drawing not said": body("property-missing", f'<div>{SVG_HEAD}<path d="M 0,0"/></svg></div>'),
    "drawing said": body("", f'<div>{SVG_HEAD}<path d="M 0,0"/></svg></div>', "svg"),
    "no drawing, but said": at(PACKAGE, 'id="chapter-1" media', 'id="chapter-1" properties="svg" media', "property-needless"),
    "formula not said": body("property-missing", '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>'),
    "formula said": body("", '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>', "mathml"),
    "script not said": body("property-missing", "<script>1</script>"),
    "script said": body("", "<script>1</script>", "scripted"),
    "form not said": body("property-missing", '<form action="title.xhtml"><p><input type="text"/></p></form>'),
    "handler not said": body("property-missing", '<p onclick="x()">x</p>'),
    "data in a script": body("", '<script type="application/json">{}</script>'),
    "body in a drawing": body("element-misplaced", f'<div>{SVG_HEAD}<foreignObject><title xmlns="http://www.w3.org/1999/xhtml">x</title></foreignObject></svg></div>', "svg"),
    "use of nothing": body("link-broken", f'<div>{SVG_HEAD}<use xlink:href="#nowhere"/></svg></div>', "svg"),
    # addresses
    "file of a computer": body("address-file", '<p><a href="file:///C:/story.html">x</a></p>'),
    "data as a page": body("address-data", '<p><a href="data:text/html,x">x</a></p>'),
    "query": at(PACKAGE, 'href="images/dot.gif"', 'href="images/dot.gif?a=b"', "address-query"),
    "out of the book": body("address-leaks", '<p><a href="../../../title.xhtml">x</a></p>'),
    "from the root": body("", '<p><img src="/EPUB/images/map.png" alt="x"/></p>'),
    "address without slashes": body("address-malformed", '<p><a href="https:example.org">x</a></p>'),
    "space in an address": body("address-malformed", '<p><a href="https://example.org/a b">x</a></p>'),
    "page that isn't there": body("link-broken", '<p><a href="nowhere.xhtml">x</a></p>'),
    "place that isn't there": body("link-broken", '<p><a href="title.xhtml#nowhere">x</a></p>'),
    "cited file": body("link-broken", '<blockquote cite="nowhere.xhtml"><p>x</p></blockquote>'),
    "link to an image": body("link-no-page", '<p><a href="images/map.png">x</a></p>', items=""),
    "link out of the spine": at(PACKAGE, '<itemref idref="afterword-1"/>', "", "link-outside-spine"),
    "image not listed": body("resource-unlisted", '<p><img src="b.png" alt="x"/></p>', b_png=b"\x89PNG\r\n\x1a\n"),
    "image in a set": body("resource-missing", '<p><img src="images/map.png" srcset="no.png 2x" alt="x"/></p>'),
    "image part": body("resource-fragment", '<p><img src="images/map.png#left" alt="x"/></p>'),
    "image region": body("resource-fragment", '<p><img src="images/map.png#xywh=0,0,9,9" alt="x"/></p>'),
    "far image": body("resource-remote", '<p><img src="https://example.org/a.png" alt="x"/></p>', "remote-resources"),
    "far script": body("resource-remote", '<script src="https://example.org/a.js"></script>', "scripted remote-resources"),
    "far frame": body("resource-remote", '<div><iframe src="https://example.org/"></iframe></div>', "remote-resources"),
    "Latin-1 in the style": Mutant("style-encoding", ((PACKAGE, "</manifest>", '<item id="x" href="x.css" media-type="text/css"/></manifest>'),), {"EPUB/x.css": b'@charset "iso-8859-1"; p { margin: 0 }'}),
    "far audio": body("", '<p><audio src="https://example.org/a.mp3"/></p>', "remote-resources", AUDIO),
    "far audio not said": body("property-missing", '<p><audio src="https://example.org/a.mp3"/></p>', "", AUDIO),
    "far audio not listed": body("resource-unlisted", '<p><audio src="https://example.org/a.mp3"/></p>', "remote-resources"),
    "far audio without s": body("resource-not-https", '<p><audio src="http://example.org/a.mp3"/></p>', "remote-resources",
                                AUDIO.replace("https", "http")),
    "nothing far, but said": at(PACKAGE, 'id="chapter-1" media', 'id="chapter-1" properties="remote-resources" media', "property-needless"),
    "foreign image": body("resource-foreign", '<p><img src="a.tif" alt="x"/></p>', "", '<item id="tif" href="a.tif" media-type="image/tiff"/>', a_tif=b"II*\0"),
    "foreign image with another": body("", '<p><img src="a.tif" alt="x"/></p>', "", '<item id="tif" href="a.tif" fallback="image.map" media-type="image/tiff"/>', a_tif=b"II*\0"),
    "foreign data": body("resource-foreign", '<p><img src="data:image/tiff,x" alt="x"/></p>'),
    "foreign source in a picture": body("resource-foreign", '<p><picture><source srcset="a.tif"/><img src="images/map.png" alt="x"/></picture></p>', "", '<item id="tif" href="a.tif" media-type="image/tiff"/>', a_tif=b"II*\0"),
    "style sheet part": head("address-fragment", '<link rel="stylesheet" href="style.css#top" type="text/css"/>'),
    # style sheets
    "direction in the style": at(STYLE, "p { margin: 0;", "p { direction: rtl; margin: 0;", "style-forbidden"),
    "unreadable style": at(STYLE, "p { margin: 0;", "b { color } p { margin: 0;", "style-syntax"),
    "unreadable style of an element": body("style-syntax", '<p style="color">x</p>'),
    "unclosed style": at(STYLE, "p { margin: 0;", "@media { p { margin: 0;", "style-syntax"),
    "empty value": at(STYLE, "p { margin: 0;", "b { color: } p { margin: 0;", "style-syntax"),
    "font of no address": at(STYLE, "p { margin: 0;", '@font-face { font-family: a; src: url("") } p { margin: 0;', "style-font"),
    "empty font": at(STYLE, "p { margin: 0;", "@font-face { } p { margin: 0;", "style-font"),
    "file of a computer in the style": at(STYLE, "p { margin: 0;", "b { background: url(file:///a.png) } p { margin: 0;", "address-file"),
    "type of an object": body("resource-type-differs", '<p><object data="images/map.png" type="image/gif">x</object></p>'),
    # metadata
    "EPUB of another age": at(PACKAGE, ' version="3.0"', ' version="3.9"', "package-version"),
    "bindings": at(PACKAGE, "</package>", '<bindings><mediaType media-type="x/y" handler="title"/></bindings></package>', "element-deprecated"),
    "name of another kind of image": Mutant("image-name", ((PACKAGE, "</manifest>", '<item id="x" href="x.gif" media-type="image/png"/></manifest>'),), {"EPUB/x.gif": PNG}),
    "content of a formula": body("element-misplaced", '<p><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><cn>1</cn></apply></math></p>', "mathml"),
    "wrong own data": body("attribute-unknown", '<p data-Mine="x">x</p>'),
    "contents in another order": at(NAV, '<li><a href="afterword-1.xhtml">', '<li><a href="afterword-1.xhtml#afterword-1-title">A</a></li><li><a href="afterword-1.xhtml#afterword-1">B</a></li><li><a href="afterword-1.xhtml">', "nav-order"),
    "title twice said of nothing": meta("refines-target", '<meta property="title-type" refines="#nowhere">main</meta>'),
    "refines an address": meta("refines-target", '<meta property="file-as" refines="https://example.org/">x</meta>'),
    "circle": meta("refines-circle", '<meta id="a1" property="schema:a" refines="#a2">x</meta><meta id="a2" property="schema:a" refines="#a1">x</meta>'),
    "unknown property": meta("property-unknown", '<meta property="colour">red</meta>'),
    "undeclared prefix": meta("prefix-undeclared", '<meta property="mine:colour">red</meta>'),
    "property without a name": meta("property-syntax", '<meta property="schema:">red</meta>'),
    "two properties": meta("attribute-value", '<meta property="schema:a schema:b">red</meta>'),
    "empty property": meta("metadata-empty", '<meta property="schema:a"> </meta>'),
    "unknown scheme": meta("property-unknown", '<meta property="schema:a" scheme="mine">red</meta>'),
    "role of the title": meta("refines-target", '<meta property="role" refines="#main-title">aut</meta>'),
    "role of nobody": meta("refines-missing", '<meta property="role">aut</meta>'),
    "term alone": meta("property-alone", '<meta property="term" refines="#main-title">x</meta>'),
    "sorted twice": meta("property-twice", '<meta property="file-as" refines="#person-1">x</meta>'),
    "modified twice": meta("property-twice", '<meta property="dcterms:modified">2026-02-03T04:05:06Z</meta>'),
    "second date": meta("element-misplaced", "<dc:date>2020</dc:date>"),
    "wrong date": at(PACKAGE, "<dc:date>2026-01-31T00:00:00Z", "<dc:date>31 January 2026", "metadata-date"),
    "empty publisher": at(PACKAGE, "<dc:publisher>Chapbook Press", "<dc:publisher>", "metadata-empty"),
    "wrong UUID": at(PACKAGE, "urn:uuid:0f5d2a5e-3c43-5a25-9c0e-6f3f4b2d7a11</dc:id", "urn:uuid:0f5d2a5e</dc:id", "metadata-uuid"),
    "unknown layout": meta("property-value", '<meta property="rendition:layout">fixed</meta>'),
    "old viewport": meta("property-deprecated", '<meta property="rendition:viewport">width=1, height=2</meta>'),
    "two layouts": meta("property-twice", '<meta property="rendition:flow">auto</meta><meta property="rendition:flow">auto</meta>'),
    "link without a relation": meta("attribute-missing", '<link href="https://example.org/"/>'),
    "link to nothing known": meta("property-unknown", '<link rel="friend" href="https://example.org/"/>'),
    "link without a type": meta("attribute-missing", '<link rel="record" href="style.css"/>'),
    "unknown element in the metadata": meta("element-unknown", "<author>x</author>"),
    "unknown Dublin Core": meta("element-unknown", "<dc:author>x</dc:author>"),
    "role of EPUB 2": at(PACKAGE, '<dc:creator id="person-1">', '<dc:creator id="person-1" opf:role="aut">', "attribute-unknown"),
    "prefix of others": at(PACKAGE, 'prefix="rendition: http://www.idpf.org/vocab/rendition/#"', 'prefix="_: http://example.org/"', "prefix-reserved"),
    "prefix without an address": at(PACKAGE, 'prefix="rendition: http://www.idpf.org/vocab/rendition/#"', 'prefix="mine:"', "prefix-syntax"),
    "prefix overridden": at(PACKAGE, 'prefix="rendition: http://www.idpf.org/vocab/rendition/#"', 'prefix="schema: http://example.org/"', "prefix-overridden"),
    "undeclared type": body("prefix-undeclared", '<p epub:type="mine:aside">x</p>'),
    "language with a space": at(PACKAGE, '#" xml:lang="en-GB"', '#" xml:lang=" en-GB"', "metadata-language-tag"),
    # manifest and spine
    "spine before the manifest": Mutant("element-incomplete", ((PACKAGE, "<guide>", "<spine/><guide>"),)),
    "no media type": item("attribute-missing", '<item id="x" href="x.txt"/>', x_txt=b"x"),
    "part as an entry": at(PACKAGE, 'href="images/dot.gif"', 'href="images/dot.gif#x"', "address-fragment"),
    "package in the manifest": item("manifest-itself", '<item id="x" href="content.opf" media-type="application/oebps-package+xml"/>'),
    "entry in META-INF": Mutant("manifest-meta-inf", ((PACKAGE, "</manifest>", '<item id="x" href="../META-INF/x.css" media-type="text/css"/></manifest>'),), {"META-INF/x.css": b"p { margin: 0 }"}),
    "file of a computer as an entry": item("address-file", '<item id="x" href="file:///x.css" media-type="text/css"/>'),
    "unknown fallback": at(PACKAGE, 'id="image.dot"', 'id="image.dot" fallback="x"', "fallback-unknown"),
    "fallback to itself": at(PACKAGE, 'id="image.dot"', 'id="image.dot" fallback="image.dot"', "fallback-circle"),
    "unknown property of an entry": at(PACKAGE, 'id="image.dot"', 'id="image.dot" properties="round"', "property-unknown"),
    "two covers": at(PACKAGE, 'id="image.dot"', 'id="image.dot" properties="cover-image"', "manifest-property"),
    "cover of text": Mutant("manifest-property", ((PACKAGE, ' properties="cover-image"', ""), (PACKAGE, 'id="style"', 'id="style" properties="cover-image"'))),
    "two navs": at(PACKAGE, 'id="contents" media', 'id="contents" properties="nav" media', "manifest-property"),
    "image in the spine": at(PACKAGE, "</spine>", '<itemref idref="image.dot"/></spine>', "spine-no-page"),
    "image in the spine with a page": Mutant("", ((PACKAGE, 'id="image.dot"', 'id="image.dot" fallback="title"'), (PACKAGE, "</spine>", '<itemref idref="image.dot"/></spine>'))),
    "side page": at(PACKAGE, '<itemref idref="epigraph-1"/>', '<itemref idref="epigraph-1" linear="no"/>', "spine-unreachable"),
    "linear perhaps": at(PACKAGE, '<itemref idref="epigraph-1"/>', '<itemref idref="epigraph-1" linear="maybe"/>', "attribute-value"),
    "two sides": at(PACKAGE, '<itemref idref="epigraph-1"/>', '<itemref idref="epigraph-1" properties="page-spread-left page-spread-right"/>', "property-twice"),
    "no NCX named": at(PACKAGE, '<spine toc="ncx">', "<spine>", "spine-toc"),
    "other NCX named": at(PACKAGE, '<spine toc="ncx">', '<spine toc="style">', "spine-toc"),
    "guide to nothing": at(PACKAGE, 'href="prologue-1.xhtml"/>\n  </guide>', 'href="nowhere.xhtml"/>\n  </guide>', "guide-target"),
    "unknown direction of pages": at(PACKAGE, '<spine toc="ncx">', '<spine toc="ncx" page-progression-direction="up">', "attribute-value"),
    "collection without a role": at(PACKAGE, "</package>", '<collection><link href="title.xhtml"/></collection></package>', "attribute-missing"),
    # contents lists
    "entry without a link": at(NAV, '<li><a href="afterword-1.xhtml">Afterword</a></li>', "<li><span>Afterword</span></li>", "nav-content"),
    "text beside a link": at(NAV, ">Afterword</a></li>", ">Afterword</a> x</li>", "nav-content"),
    "paragraph in the contents": at(NAV, "</h1><ol>", "</h1><p>x</p><ol>", "nav-content"),
    "empty list": at(NAV, ">Afterword</a></li>", ">Afterword</a><ol></ol></li>", "nav-content"),
    "empty heading": at(NAV, ">Contents</h1>", "></h1>", "nav-label"),
    "contents far away": at(NAV, 'href="afterword-1.xhtml"', 'href="https://example.org/"', "nav-remote"),
    "landmark of no kind": at(NAV, '<a epub:type="cover" ', "<a ", "nav-landmark"),
    "landmark twice": at(NAV, '<a epub:type="titlepage" href="title.xhtml">', '<a epub:type="cover" href="cover.xhtml">', "nav-landmark"),
    "two landmarks": at(NAV, "</body>", '<nav epub:type="landmarks"><ol><li><a epub:type="cover" href="cover.xhtml">C</a></li></ol></nav></body>', "nav-twice"),
    "list in the pages": at(NAV, "</body>", '<nav epub:type="page-list"><ol><li><a href="cover.xhtml">1</a><ol><li><a href="cover.xhtml">2</a></li></ol></li></ol></nav></body>', "nav-nested"),
    "list of others without a heading": at(NAV, "</body>", '<nav epub:type="lot"><ol><li><a href="cover.xhtml">1</a></li></ol></nav></body>', "nav-content"),
    "NCX entry without a label": at(NCX, '<navPoint id="point-1" playOrder="1">', '<navPoint id="point-0" playOrder="1"><content src="title.xhtml"/></navPoint><navPoint id="point-1" playOrder="1">', "element-incomplete"),
    "NCX number twice": at(NCX, 'playOrder="2"', 'playOrder="1"', "ncx-order"),
    "NCX entry without an id": at(NCX, '<navPoint id="point-1" ', "<navPoint ", "attribute-missing"),
    "NCX with an unknown element": at(NCX, "<navMap>", "<navMap><p/>", "element-unknown"),
    # overlays and fixed layouts
    "overlay": spoken(""),
    "page of no overlay": spoken("overlay-page", (PACKAGE, ' media-overlay="smil"', "")),
    "overlay of the wrong page": spoken("overlay-page", (PACKAGE, 'id="title" media', 'id="title" media-overlay="smil" media')),
    "no durations": spoken("overlay-duration", (PACKAGE, '<meta property="media:duration">2s</meta>', "")),
    "wrong sum": spoken("overlay-duration", (PACKAGE, ">2s</meta>", ">9s</meta>")),
    "clip of no time": spoken("overlay-clip", smil=SMIL.replace('"2s"', '"0s"')),
    "unreadable time": spoken("attribute-value", smil=SMIL.replace('"2s"', '"two"')),
    "overlay to nothing": spoken("link-broken", smil=SMIL.replace("#chapter-1-title", "#nowhere")),
    "audio beside": spoken("element-misplaced", smil=SMIL.replace("<body>", '<body><audio src="a.mp3"/>')),
    "overlay that isn't there": at(PACKAGE, 'id="title" media', 'id="title" media-overlay="style" media', "overlay-entry"),
    "overlay by a scheme": spoken("overlay-fragment", smil=SMIL.replace("#chapter-1-title", "#xpointer(id(&apos;a&apos;))")),
    "class of what is read without a style": spoken("overlay-style", (PACKAGE, "</metadata>", '<meta property="media:active-class">now</meta></metadata>'), (PAGE, '<link rel="stylesheet" type="text/css" href="style.css"/>', "")),
    "fixed page": fixed("", '<meta name="viewport" content="width=600, height=800"/>'),
    "fixed page without a size": fixed("viewport-missing", ""),
    "fixed page without a height": fixed("viewport-value", '<meta name="viewport" content="width=600"/>'),
    "fixed page with units": fixed("viewport-value", '<meta name="viewport" content="width=600px, height=800px"/>'),
    # the container
    "obfuscated font": encrypted("", "a.otf", "font/otf"),
    "obfuscated text": encrypted("encryption-no-font", "a.css", "text/css"),
    "space in a name": Mutant("container-name-space", ((PACKAGE, "</manifest>", '<item id="x" href="a%20b.css" media-type="text/css"/></manifest>'),), {"EPUB/a b.css": b"p { margin: 0 }"}),
    "unknown element in the container": at("META-INF/container.xml", "<rootfiles>", "<x/><rootfiles>", "element-unknown"),
    "package of another type": at("META-INF/container.xml", "application/oebps-package+xml", "text/xml", "attribute-value"),
    "signatures": Mutant("signatures-content", (), {"META-INF/signatures.xml": b"<x/>"}),
    "encryption": Mutant("encryption-content", (), {"META-INF/encryption.xml": b"<x/>"}),
}  # fmt: skip
