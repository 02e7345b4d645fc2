"""What PDF/A-3a and PDF/UA-1 ask of a file that can be seen in its objects: a list of what one breaks.

No validator of PDF/A can be installed with pip, so the clauses that our engines could break are looked at here
(ISO 19005-3, ISO 14289-1, by number).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

PART = re.compile(rb"pdfaid:part(?:=\"3\"|>3<)")
CONFORMANCE = re.compile(rb"pdfaid:conformance(?:=\"A\"|>A<)")
ACCESSIBLE = re.compile(rb"pdfuaid:part(?:=\"1\"|>1<)")
DEEPEST = 28  # q inside q: 19005-3, 6.1.13 by way of ISO 32000-1, annex C
ACTIONS = {"/URI", "/GoTo"}
FORBIDDEN_FILTERS = {"/LZWDecode", "/Crypt"}
MEANINGLESS = {"\0", "\ufeff", "\ufffe"}


def broken_clauses(data: bytes) -> list[str]:
    """The clauses that a PDF breaks, each with what breaks it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*_file(data, pdf), *_metadata(pdf), *_objects(pdf), *_pages(pdf), *_structure(pdf)]


def _file(data: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}", data):
        yield "6.1.2: header"
    if len(pdf.trailer.get("/ID", ())) != 2:
        yield "6.1.3: /ID"
    if pdf.is_encrypted:
        yield "6.1.3: encrypted"
    if "/OCProperties" in pdf.Root and "/AS" in pdf.Root.OCProperties.get("/D", {}):
        yield "6.9: optional content that switches itself"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    told = pdf.Root.Metadata.read_bytes()
    for clause, pattern in (("6.6.4: part", PART), ("6.6.4: conformance", CONFORMANCE), ("UA 5: part", ACCESSIBLE)):
        if len(pattern.findall(told)) != 1:
            yield clause
    if told.count(b"<rdf:RDF") != 1:
        yield "6.6.2.1: one rdf:RDF"
    schemas = told.partition(b"pdfaExtension:schemas")[2].partition(b"pdfaExtension:schemas")[0]
    if b"http://www.aiim.org/pdfua/ns/id/" not in schemas:
        yield "6.6.2.3: pdfuaid is not described"
    if b"<dc:title>" not in told or str(pdf.docinfo.get("/Title", "")).encode() == b"":
        yield "UA 7.1: title"
    intents = [one for one in pdf.Root.get("/OutputIntents", ()) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1 or len(pdf.Root.OutputIntents) != 1:
        yield "6.2.3: one output intent"
    elif intents[0].DestOutputProfile.N != 3 or intents[0].DestOutputProfile.read_bytes()[16:20] != b"RGB ":
        yield "6.2.3: sRGB"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if isinstance(item, pikepdf.Stream):
            filters = item.get("/Filter", ())
            names = filters if isinstance(filters, pikepdf.Array) else [filters]
            if not FORBIDDEN_FILTERS.isdisjoint(map(str, names)) or "/F" in item:
                yield f"6.1.7: a stream with {filters}"
        kind = item.get("/Subtype")
        if kind == "/Image":
            yield from _picture(item)
        elif kind in ("/Type0", "/Type1", "/TrueType", "/Type3") and item.get("/Type") == "/Font":
            yield from _font(item)
        elif item.get("/Type") == "/Annot" or kind == "/Link":
            yield from _annotation(item)
        if item.get("/S") in ("/JavaScript", "/Launch") or "/AA" in item or "/JS" in item:
            yield "6.5: an action"
        if item.get("/Type") == "/Filespec" and "/AFRelationship" not in item:
            yield "6.8: a file without its relationship"
        if item.get("/BM", pikepdf.Name.Normal) not in ("/Normal", "/Multiply") or "/TR" in item:
            yield "6.2.5: a state of the page"


def _picture(item: Any) -> Iterator[str]:
    if item.get("/Interpolate"):
        yield "6.2.8: interpolated"
    if "/Alternates" in item or "/OPI" in item:
        yield "6.2.8: alternates"
    if "CMYK" in repr(item.get("/ColorSpace")):
        yield "6.2.4.3: inks without a profile"


def _font(item: Any) -> Iterator[str]:
    name = item.get("/BaseFont")
    if "/ToUnicode" not in item:
        yield f"6.2.11.7: {name} has no ToUnicode"
    for own in item.get("/DescendantFonts", [item]):
        descriptor = own.get("/FontDescriptor", {})
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()) and item.Subtype != "/Type3":
            yield f"6.2.11.4: {name} is not embedded"
        if own.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in own:
            yield f"6.2.11.3: {name} has no CIDToGIDMap"


def _annotation(item: Any) -> Iterator[str]:
    if int(item.get("/F", 0)) & 0b100011 or not int(item.get("/F", 0)) & 4:
        yield "6.3.2: an annotation that isn't printed"
    if "/A" in item and str(item.A.S) not in ACTIONS:
        yield f"6.5: {item.A.S}"
    if "/Contents" not in item:
        yield "UA 7.18: a link that says nothing"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        if page.obj.get("/Tabs", "/S") != "/S":
            yield f"UA 7.18.3: tabs of page {number}"
        fonts = {name: _meanings(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
        depth = marks = artifacts = 0
        meant: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):  # type: ignore[misc]  # operands, operator
            match str(operator):
                case "q":
                    depth += 1
                    if depth > DEEPEST:
                        yield f"6.1.13: page {number} has {depth} states in one another"
                case "Q":
                    depth -= 1
                case "BDC" | "BMC":
                    marks += 1
                case "EMC":
                    marks -= 1
                case "Tf":
                    meant = fonts[str(operands[0])]
                case "k" | "K":
                    yield f"6.2.4.3: page {number} is painted with inks"
                case "Tj" | "TJ":
                    yield from (f"{clause} on page {number}" for clause in _shown(operands[0], meant, marks))
                case _:
                    continue
        if depth or marks or artifacts:
            yield f"page {number}: what is begun is not ended"


def _shown(shown: Any, meant: dict[int, str], marks: int) -> Iterator[str]:
    if not marks:
        yield "UA 7.1: text without a mark"
    for item in [shown] if isinstance(shown, pikepdf.String) else shown:
        if isinstance(item, pikepdf.String):
            octets = bytes(item)
            for code in (int.from_bytes(octets[i : i + 2]) for i in range(0, len(octets), 2)):
                if not meant.get(code) or meant[code] in MEANINGLESS:
                    yield f"6.2.11.7: glyph {code} stands for nothing"
                if code == 0:
                    yield "6.2.11.8: .notdef"


def _meanings(font: Any) -> dict[int, str]:
    from outloud.fonts import parse_tounicode

    return parse_tounicode(font.ToUnicode.read_bytes(), simple_font=False)[0]


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not pdf.Root.MarkInfo.Marked or "/StructTreeRoot" not in pdf.Root:
        yield "6.7.2: not tagged"
    if not str(pdf.Root.get("/Lang", "")):
        yield "6.7.4: no language"
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "UA 7.1: the title is not shown"
