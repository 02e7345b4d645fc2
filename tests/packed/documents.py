"""Word documents as word processors write them, in their own XML, and what was understood of them in one call."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from converter.document.contracts import Parsed, Source
from converter.parsers.docx import docx_parser
from converter.proof import prove_parsed

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Letter"><w:name w:val="Letter"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Middle"><w:name w:val="Middle"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Rule"><w:name w:val="Rule"/><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Thought"><w:name w:val="Thought"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Deep"><w:name w:val="Deep"/><w:basedOn w:val="Thought"/></w:style>
"""
SALT = (
    "The salt came down the valley on the backs of mules, and it came late that year.",
    "Nobody had told Petra that the road was closed, so she had opened it.",
    "At the bridge a man was counting carts, and he had counted the same one twice.",
)


def r(text: str, look: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph; text without markup is a run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    held = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{held}</w:p>"


def prose() -> str:
    """Paragraphs of a story."""
    return "".join(map(p, SALT))


@dataclass
class Document:
    """A document of a body and its notes (by number from 1, as `w:p` elements)."""

    body: str
    footnotes: tuple[str, ...] = ()
    endnotes: tuple[str, ...] = ()
    comments: str = ""
    head: str = ""
    core: str = ""
    styles: str = STYLES
    numbering: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)

    def data(self) -> bytes:
        parts = {"document": f"<w:body>{self.body}</w:body>", "styles": self.styles}
        for kind, notes in (("footnote", self.footnotes), ("endnote", self.endnotes)):
            held = "".join(f'<w:{kind} w:id="{n}">{note}</w:{kind}>' for n, note in enumerate(notes, 1))
            if notes:
                parts[f"{kind}s"] = f'<w:{kind} w:id="0" w:type="separator"><w:p/></w:{kind}>{held}'
        if self.comments:
            parts["comments"] = self.comments
        if self.numbering:
            parts["numbering"] = self.numbering
        if self.head:
            parts["header1"] = self.head
        roots = {"document": "document", "header1": "hdr"}
        kinds = {name: name.rstrip("1") for name in parts if name != "document"}
        rels = "".join(
            f'<Relationship Id="p{n}" Type="{OFFICE}/{k}" Target="{f}.xml"/>' for n, (f, k) in enumerate(kinds.items())
        )
        rels += "".join(f'<Relationship Id="{n}" Type="{OFFICE}/image" Target="media/{n}.png"/>' for n in self.pictures)
        space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", TYPES)
            archive.writestr(
                "_rels/.rels",
                f'<Relationships {space}><Relationship Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
            )
            archive.writestr("word/_rels/document.xml.rels", f"<Relationships {space}>{rels}</Relationships>")
            for name, held in parts.items():
                root = roots.get(name, name)
                archive.writestr(f"word/{name}.xml", f"<w:{root} {SPACES}>{held}</w:{root}>")
            for name, picture in self.pictures.items():
                archive.writestr(f"word/media/{name}.png", picture)
            if self.core:
                archive.writestr(
                    "docProps/core.xml",
                    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                    f'xmlns:dc="http://purl.org/dc/elements/1.1/">{self.core}</cp:coreProperties>',
                )
        return out.getvalue()


def read(document: Document | bytes, *, hidden: str = "drop") -> Parsed:
    """The parse, with the proof that no word was lost on the way."""
    data = document if isinstance(document, bytes) else document.data()
    parsed = docx_parser(hidden=hidden)(Source("story.docx", data, ".docx"))  # type: ignore[arg-type]
    prove_parsed(parsed)
    return parsed
