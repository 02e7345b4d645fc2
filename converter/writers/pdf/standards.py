"""What a PDF says of itself: that it is PDF/A-3a (ISO 19005-3), beside PDF/UA-1.

Typst says both itself, and refuses where it can't. WeasyPrint makes what PDF/A asks for (the fonts, sRGB as the meaning
of colours, structure, no scripts) but says one of the two; the other is said here, of a PDF that keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

END = b"</rdf:RDF>"
ARCHIVED = (
    b'<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" rdf:about="" pdfaid:part="3" '
    b'pdfaid:conformance="A"/>'
    b'<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" '
    b'xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" '
    b'xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289 that this file keeps</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
"""What pdfuaid is has to be described: PDF/A knows no names but its own (ISO 19005-3, 6.6.2.3)."""


def say_archival(pdf: Any) -> bool:
    """Says of an open PDF that it is PDF/A-3a. Answers whether it can be said: not where a picture is made of printers'
    inks, or nothing tells what colours mean."""
    if "/OutputIntents" not in pdf.Root or any("/DeviceCMYK" in repr(space) for space in _spaces(pdf)):
        return False
    told = pdf.Root.Metadata
    before, end, after = told.read_bytes().rpartition(END)
    told.write(before + ARCHIVED + end + after)
    return True


def _spaces(pdf: Any) -> Iterator[Any]:
    """The colours that pictures, and whatever else says so, are made of."""
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream | pikepdf.Dictionary) and "/ColorSpace" in item:
            yield item.ColorSpace
