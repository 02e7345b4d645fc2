"""Books as others make them, by hand: clean by the standard, but of other habits than ours."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
VOCABULARY = "z3998: http://www.daisy.org/z3998/2012/vocab/structure/, se: https://standardebooks.org/vocab/1.0"


def packed(entries: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in entries.items():
            book.writestr(name, content)
    return out.getvalue()


def jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (70, 40, 90)).save(out, "JPEG")
    return out.getvalue()


# ------------------------------------------------------------------------- semantic to the last abbreviation


def _page(title: str, place: str, content: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" epub:prefix="{VOCABULARY}" \
xml:lang="en-GB">
	<head>
		<title>{title}</title>
		<link href="../css/core.css" rel="stylesheet" type="text/css"/>
		<link href="../css/local.css" rel="stylesheet" type="text/css"/>
	</head>
	<body epub:type="{place} z3998:fiction">
{content}
	</body>
</html>
"""


def _drawing(text: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" version="1.1" '
        f'viewBox="0 0 1400 2100"><title>{text}</title><path d="M 10,10 L 1390,10 L 700,2000 Z"/></svg>\n'
    )


SEMANTIC_CSS = """@charset "utf-8";
@namespace epub "http://www.idpf.org/2007/ops";

body{
	-epub-hyphens: auto;
	hyphens: auto;
	text-wrap: pretty;
}

section[epub|type~="titlepage"] h1,
section[epub|type~="imprint"] h2{
	left: -999em;
	position: absolute;
}

a[epub|type~="noteref"]{
	font-style: normal !important;
	vertical-align: super;
}

q::before,
q::after{
	content: "";
}

p:nth-last-child(2) > time,
hgroup > * + *:not([epub|type~="ordinal"]){
	font-variant: all-small-caps;
}

:root[__ibooks_internal_theme*="Night"] img[epub|type~="se:image.color-depth.black-on-transparent"]{
	filter: invert(100%);
}

@media (prefers-color-scheme: dark){
	img[epub|type~="se:image.color-depth.black-on-transparent"]{
		filter: invert(100%);
	}
}

@supports(display: flex){
	section[epub|type~="imprint"]{
		display: flex;
		min-height: calc(98vh - 3em);
	}
}
"""

SEMANTIC_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" dir="ltr" prefix="se: https://standardebooks.org/vocab/1.0 \
rdf: http://www.w3.org/1999/02/22-rdf-syntax-ns#" unique-identifier="uid" version="3.0" xml:lang="en-US">
	<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
		<dc:identifier id="uid">https://example.org/ebooks/mina-quell/the-glass-orchard</dc:identifier>
		<dc:date>2026-01-01T00:00:00Z</dc:date>
		<meta property="dcterms:modified">2026-01-02T03:04:05Z</meta>
		<dc:rights>Free of copyright.</dc:rights>
		<meta property="rdf:type">http://schema.org/Book</meta>
		<dc:publisher id="publisher">Example Editions</dc:publisher>
		<meta property="file-as" refines="#publisher">Example Editions</meta>
		<link href="https://example.org/" refines="#publisher" rel="schema:url"/>
		<meta property="role" refines="#publisher" scheme="marc:relators">pbl</meta>
		<meta id="conformance-statement" property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>
		<meta property="a11y:certifiedBy" refines="#conformance-statement">Example Editions</meta>
		<meta property="schema:accessMode">textual</meta>
		<meta property="schema:accessModeSufficient">textual</meta>
		<meta property="schema:accessibilityFeature">readingOrder</meta>
		<meta property="schema:accessibilityHazard">none</meta>
		<meta property="schema:accessibilitySummary">Text with a few drawings, all described.</meta>
		<link href="onix.xml" media-type="application/xml" properties="onix" rel="record"/>
		<dc:title id="title">The Glass Orchard</dc:title>
		<meta property="file-as" refines="#title">Glass Orchard, The</meta>
		<dc:title id="fulltitle">The Glass Orchard, and What Grew There</dc:title>
		<meta property="title-type" refines="#fulltitle">extended</meta>
		<dc:subject id="subject-1">Orchards -- Fiction</dc:subject>
		<meta property="authority" refines="#subject-1">LCSH</meta>
		<meta property="term" refines="#subject-1">sh00000000</meta>
		<meta property="se:subject">Fantasy</meta>
		<meta id="collection-1" property="belongs-to-collection">Quell’s Gardens</meta>
		<meta property="collection-type" refines="#collection-1">series</meta>
		<meta property="group-position" refines="#collection-1">3</meta>
		<dc:description id="description">An orchard of glass is tended through one winter.</dc:description>
		<meta id="long-description" property="se:long-description" refines="#description">
			&lt;p&gt;&lt;i&gt;The Glass Orchard&lt;/i&gt; is tended through &lt;em&gt;one&lt;/em&gt; winter.&lt;/p&gt;
		</meta>
		<dc:language>en-GB</dc:language>
		<dc:source>https://example.org/scans/1</dc:source>
		<dc:source>https://example.org/scans/2</dc:source>
		<meta property="se:word-count">105</meta>
		<dc:creator id="author">Mina Quell</dc:creator>
		<meta property="file-as" refines="#author">Quell, Mina</meta>
		<meta property="se:name.person.full-name" refines="#author">Mina Aurelia Quell</meta>
		<meta property="role" refines="#author" scheme="marc:relators">aut</meta>
	</metadata>
	<manifest>
		<item href="css/core.css" id="core.css" media-type="text/css"/>
		<item href="css/local.css" id="local.css" media-type="text/css"/>
		<item href="images/cover.svg" id="cover.svg" media-type="image/svg+xml" properties="cover-image"/>
		<item href="images/logo.svg" id="logo.svg" media-type="image/svg+xml"/>
		<item href="images/titlepage.svg" id="titlepage.svg" media-type="image/svg+xml"/>
		<item href="text/chapter-1.xhtml" id="chapter-1.xhtml" media-type="application/xhtml+xml"/>
		<item href="text/chapter-2.xhtml" id="chapter-2.xhtml" media-type="application/xhtml+xml" properties="mathml"/>
		<item href="text/endnotes.xhtml" id="endnotes.xhtml" media-type="application/xhtml+xml"/>
		<item href="text/halftitlepage.xhtml" id="halftitlepage.xhtml" media-type="application/xhtml+xml"/>
		<item href="text/imprint.xhtml" id="imprint.xhtml" media-type="application/xhtml+xml" properties="svg"/>
		<item href="text/titlepage.xhtml" id="titlepage.xhtml" media-type="application/xhtml+xml" properties="svg"/>
		<item href="toc.xhtml" id="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/>
	</manifest>
	<spine>
		<itemref idref="titlepage.xhtml"/>
		<itemref idref="imprint.xhtml"/>
		<itemref idref="halftitlepage.xhtml"/>
		<itemref idref="chapter-1.xhtml"/>
		<itemref idref="chapter-2.xhtml"/>
		<itemref idref="endnotes.xhtml"/>
	</spine>
</package>
"""

SEMANTIC_TOC = f"""<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" epub:prefix="{VOCABULARY}" \
xml:lang="en-US">
	<head>
		<title>Table of Contents</title>
	</head>
	<body epub:type="frontmatter">
		<nav id="toc" epub:type="toc">
			<h2 epub:type="title">Table of Contents</h2>
			<ol>
				<li><a href="text/titlepage.xhtml">Titlepage</a></li>
				<li><a href="text/imprint.xhtml">Imprint</a></li>
				<li>
					<a href="text/halftitlepage.xhtml">The Glass Orchard</a>
					<ol>
						<li>
							<a href="text/chapter-1.xhtml"><span epub:type="z3998:roman">I</span>: Frost</a>
							<ol>
								<li><a href="text/chapter-1.xhtml#verglás">Vergl%C3%A1s</a></li>
								<li><a href="text/chapter-1.xhtml#chapter-1-2">2</a></li>
							</ol>
						</li>
						<li><a href="text/chapter-2.xhtml" epub:type="z3998:roman">II</a></li>
					</ol>
				</li>
				<li><a href="text/endnotes.xhtml">Endnotes</a></li>
			</ol>
		</nav>
		<nav id="landmarks" epub:type="landmarks">
			<h2 epub:type="title">Landmarks</h2>
			<ol>
				<li><a href="text/chapter-1.xhtml" epub:type="bodymatter z3998:fiction">The Glass Orchard</a></li>
				<li><a href="text/endnotes.xhtml" epub:type="backmatter endnotes">Endnotes</a></li>
			</ol>
		</nav>
	</body>
</html>
"""


def semantic_book() -> bytes:
    """EPUB 3 in the manner of Standard Ebooks: its own vocabulary, drawings, an endnotes file, no NCX, no cover page."""
    pages = {
        "titlepage": _page("Titlepage", "frontmatter", """		<section id="titlepage" epub:type="titlepage">
			<h1 epub:type="title">The Glass Orchard</h1>
			<p>By <b epub:type="z3998:author z3998:personal-name">Mina Quell</b>.</p>
			<img alt="" src="../images/titlepage.svg" epub:type="se:image.color-depth.black-on-transparent"/>
		</section>"""),
        "imprint": _page("Imprint", "frontmatter", """		<section id="imprint" epub:type="imprint">
			<header>
				<h2 epub:type="title">Imprint</h2>
				<img alt="The publisher’s logo." src="../images/logo.svg" epub:type="z3998:publisher-logo"/>
			</header>
			<p>Made by <a href="https://example.org/">Example Editions</a> on
			<time datetime="2026-01-01T00:00:00Z">January 1, 2026</time>.</p>
		</section>"""),
        "halftitlepage": _page("The Glass Orchard", "frontmatter", """		<section id="halftitlepage" \
epub:type="halftitlepage">
			<h2 epub:type="fulltitle">The Glass Orchard</h2>
		</section>"""),
        "chapter-1": _page("I: Frost", "bodymatter", """		<section id="chapter-1" epub:type="chapter">
			<header>
				<h3><span epub:type="title">Frost</span> <span epub:type="z3998:ordinal z3998:roman">I</span></h3>
				<blockquote epub:type="epigraph"><p>Ring, and be still.</p><cite>An old saying</cite></blockquote>
			</header>
			<p id="verglás">It rang as <abbr epub:type="z3998:name-title">Mrs.</abbr> Vane came\
<a href="endnotes.xhtml#note-1" id="noteref-1" epub:type="noteref">1</a> down.</p>
			<section id="chapter-1-2" epub:type="z3998:subchapter">
				<h5 epub:type="z3998:ordinal">2</h5>
				<p>She read <i epub:type="se:name.publication.book">The Cold Ladder</i> aloud,
				<i xml:lang="fr">à voix basse</i>.</p>
			</section>
		</section>"""),
        "chapter-2": _page("II", "bodymatter", """		<section id="chapter-2" epub:type="chapter">
			<h3 epub:type="z3998:ordinal z3998:roman">II</h3>
			<p>There were <math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x"><mi>x</mi></math> trees.</p>
			<blockquote epub:type="z3998:verse"><p><span>Glass on the bough,</span><br/>
			<span class="i1">glass in the grass.</span></p></blockquote>
			<hr/>
			<p>So it ended.<a href="endnotes.xhtml#note-2" id="noteref-2" epub:type="noteref">2</a></p>
		</section>"""),
        "endnotes": _page("Endnotes", "backmatter", """		<section id="endnotes" epub:type="endnotes">
			<h2 epub:type="title">Endnotes</h2>
			<ol>
				<li id="note-1" epub:type="endnote"><p>On foot. <a href="chapter-1.xhtml#noteref-1" \
epub:type="backlink">↩︎</a></p></li>
				<li id="note-2" epub:type="endnote"><p>Or did it? <a href="chapter-2.xhtml#noteref-2" \
epub:type="backlink">↩︎</a></p></li>
			</ol>
		</section>"""),
    }  # fmt: skip
    return packed(
        {
            "META-INF/container.xml": CONTAINER.format("epub/content.opf"),
            "epub/content.opf": SEMANTIC_PACKAGE,
            "epub/onix.xml": '<?xml version="1.0" encoding="utf-8"?>\n<ONIXMessage release="3.0"/>\n',
            "epub/toc.xhtml": SEMANTIC_TOC,
            "epub/css/core.css": SEMANTIC_CSS,
            "epub/css/local.css": '@charset "utf-8";\n@namespace epub "http://www.idpf.org/2007/ops";\n',
            **{f"epub/text/{name}.xhtml": text for name, text in pages.items()},
            **{f"epub/images/{n}.svg": _drawing(n) for n in ("cover", "logo", "titlepage")},
        }
    )


# ---------------------------------------------------------------------------- as shops sold them ten years ago


def _old_page(title: str, content: str) -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr">
<head>
<title>{title}</title>
<link href="Styles/book.css" rel="stylesheet" type="text/css"/>
<link href="https://example.org/licence" rel="license"/>
<link href="Styles/page.xpgt" rel="stylesheet" type="application/vnd.adobe-page-template+xml"/>
</head>
<body class="text">
{content}
</body>
</html>
"""


OLD_PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="BookId" version="2.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>L’Été de verre</dc:title>
<dc:creator opf:role="aut" opf:file-as="Quell, Mina">Mina Quell</dc:creator>
<dc:language>fr</dc:language>
<dc:identifier id="BookId" opf:scheme="ISBN">9780000000002</dc:identifier>
<dc:date opf:event="publication">2012-05</dc:date>
<meta name="cover" content="cover-image"/>
</metadata>
<manifest>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="css" href="Styles/book.css" media-type="text/css"/>
<item id="xpgt" href="Styles/page.xpgt" media-type="application/vnd.adobe-page-template+xml"/>
<item id="cover" href="cover.html" media-type="application/xhtml+xml"/>
<item id="un" href="chapitre%281%29.html" media-type="application/xhtml+xml"/>
<item id="deux" href="chapitre2.html" media-type="application/xhtml+xml"/>
<item id="cover-image" href="cover.jpeg" media-type="image/jpeg"/>
</manifest>
<spine toc="ncx">
<itemref idref="cover" linear="no"/>
<itemref idref="un"/>
<itemref idref="deux"/>
</spine>
<guide><reference type="cover" title="Couverture" href="cover.html"/></guide>
</package>
"""

OLD_NCX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd">
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head><meta name="dtb:uid" content="9780000000002"/><meta name="dtb:depth" content="1"/></head>
<docTitle><text>L’Été de verre</text></docTitle>
<navMap>
<navPoint id="p1" playOrder="1"><navLabel><text>Un</text></navLabel><content src="chapitre%281%29.html"/></navPoint>
<navPoint id="p2" playOrder="2"><navLabel><text>Deux</text></navLabel><content src="chapitre2.html#haut"/></navPoint>
<navPoint id="p3" playOrder="3"><navLabel><text>Couverture</text></navLabel><content src="cover.html"/></navPoint>
</navMap>
</ncx>
"""


def old_book() -> bytes:
    """EPUB 2 with entities, a page template, a drawn cover page outside the linear order, and what a shop left in it."""
    cover = """<div><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" \
width="100%" height="100%" viewBox="0 0 600 900"><image width="600" height="900" xlink:href="cover.jpeg"/></svg></div>"""
    return packed(
        {
            "META-INF/container.xml": CONTAINER.format("OEBPS/content.opf"),
            "META-INF/com.apple.ibooks.display-options.xml": "<display_options/>",
            "iTunesMetadata.plist": '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict/></plist>\n',
            "OEBPS/content.opf": OLD_PACKAGE,
            "OEBPS/toc.ncx": OLD_NCX,
            "OEBPS/Styles/book.css": "body { margin: 5% }\np { text-indent: 1em; margin: 0 }\n@page { margin: 5pt }\n",
            "OEBPS/Styles/page.xpgt": '<?xml version="1.0"?>\n<ade:template '
            'xmlns:ade="http://ns.adobe.com/2006/ade"></ade:template>\n',
            "OEBPS/cover.html": _old_page("Couverture", cover),
            "OEBPS/chapitre(1).html": _old_page(
                "Un", '<h2 class="c1">Un</h2>\n<p>L&rsquo;&eacute;t&eacute; vint&nbsp;!</p>\n<p>&nbsp;</p>'
            ),
            "OEBPS/chapitre2.html": _old_page(
                "Deux",
                '<h2 id="haut">Deux</h2>\n<p><a id="n1"></a>Puis il partit<a href="#haut">*</a>.</p>',
            ),
            "OEBPS/cover.jpeg": jpeg(600, 900),
        }
    )


BOOKS = {"semantic": semantic_book, "old": old_book}
