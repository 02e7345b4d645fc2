"""A Word document as the markup of a page: by mammoth, or plainly, every paragraph as it stands."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from converter.parsers.docx.drawn import pictures_unseen
from converter.parsers.docx.looks import Styles
from converter.parsers.docx.numbering import Numbering, lists_as_numbered, noted_number
from converter.parsers.docx.package import W, WordFile, xml_root
from converter.parsers.docx.settled import CENTRED, HIDDEN, KINDS, LOWEST, RIGHT, settle

PARTS = ("", "footnotes.xml", "endnotes.xml")  # "": the main one
CSS = ".c { text-align: center } .r { text-align: right } .s { font-variant: small-caps }"
PAGE = f"<html><head><style>{CSS}</style></head>\n<body>\n"
HEADINGS = "\n".join(f"p.{KINDS['heading']}{n} => h{n}:fresh" for n in range(1, LOWEST + 1))
STYLE_MAP = f"""
p.{KINDS["title"]} => h1.title:fresh
p.{KINDS["subtitle"]} => p.subtitle:fresh
{HEADINGS}
p[style-name='Heading'] => h1:fresh
p[style-name^='Quot'] => blockquote > p:fresh
p[style-name^='Intense Quot'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p.{CENTRED} => p.c:fresh
p.{RIGHT} => p.r:fresh
r.{HIDDEN} => span.chapbook-hidden
u => u
strike => s
small-caps => span.s
br[type='page'] =>
"""
KEEPS_STYLE = re.compile(r"heading|title|quot|block text|list|toc|footnote|endnote", re.I)  # they say more than a place
_MARK = re.compile(r'(<a href="#n-(?:foot|end)note-\d{1,9}" id="n-(?:foot|end)note-ref-\d{1,9}">)\[\d{1,9}\](</a>)')
_BLOCK_END = re.compile(r"(</(?:p|h[1-6]|li|tr|table|ol|ul|blockquote)>)(?!\n)")


def markup_of(file: WordFile) -> tuple[str, dict[str, bytes]]:
    """The markup of a page, and its pictures by their addresses."""
    pictures: dict[str, bytes] = {}
    body = _MARK.sub(r"\1*\2", mammoth_html(file.with_parts(_settled(file)), pictures))
    body = pictures_unseen(lists_as_numbered(body.replace(' class="chapbook-hidden"', ' hidden="hidden"')))
    return f"{PAGE}{_BLOCK_END.sub(_with_line_end, body)}</body></html>", pictures


def mammoth_html(data: bytes, pictures: dict[str, bytes]) -> str:
    """What mammoth makes of a document; its pictures are added to these."""
    import mammoth

    def picture(image: Any) -> dict[str, str]:
        address = f"picture-{len(pictures) + 1}"
        with image.open() as held:
            pictures[address] = held.read()
        return {"src": address}

    made = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map=STYLE_MAP,
        ignore_empty_paragraphs=False,
        id_prefix="n-",
        transform_document=mammoth.transforms.paragraph(_placed),
        convert_image=mammoth.images.img_element(picture),
    )
    return str(made.value)


def plain_markup_of(file: WordFile) -> str:
    """The same without mammoth: the words of every paragraph, notes behind the text."""
    roots = _settled(file)
    cited: list[tuple[str, str]] = []
    parts = list(_plain_paragraphs(roots[""], cited))
    for kind, number in cited:
        notes = roots.get(f"{kind}s.xml")
        note = next((n for n in notes if n.get(f"{W}id") == number), None) if notes is not None else None
        if note is not None:
            parts += _plain_paragraphs(note, cited)
    return f"{PAGE}{''.join(parts)}</body></html>"


def _settled(file: WordFile) -> dict[str, Any]:
    styles = Styles(file.part("styles.xml"))
    numbering = Numbering(file.part("numbering.xml"), styles)
    roots = {"": xml_root(file.files[file.main], file.source)}
    roots |= {name: root for name in PARTS[1:] if (root := file.part(name)) is not None}
    for name, root in roots.items():
        settle(root, styles, file.relations(name or posixpath.basename(file.main)), numbering)
    return roots


def _placed(paragraph: Any) -> Any:
    """A paragraph that is centred or stands on the right, marked so; what its style says of its kind stands above."""
    style = {"center": CENTRED, "right": RIGHT}.get(paragraph.alignment or "", "")
    said = f"{paragraph.style_id or ''} {paragraph.style_name or ''}"
    if not style or paragraph.numbering or KEEPS_STYLE.search(said):
        return paragraph
    return paragraph.copy(style_id=style, style_name=None)


def _with_line_end(tag: re.Match[str]) -> str:
    return f"{tag[1]}\n"


_SIGNS = {f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad", f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " "}
_END = "</p>\n"
_PASSED = frozenset(f"{W}{name}" for name in "del moveFrom pPr rPr sectPr tblPr instrText".split())


def _plain_paragraphs(root: Any, cited: list[tuple[str, str]]) -> Iterator[str]:
    stack: list[Any] = [root]
    boxes: list[Any] = []
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            if node == _END and boxes:
                stack += [inner for box in reversed(boxes) for inner in reversed(list(box))]
                boxes.clear()
            continue
        if node.tag in _PASSED or not isinstance(node.tag, str):
            continue
        if node.tag == f"{W}txbxContent":
            boxes.append(node)
            continue
        if node.tag == f"{W}t":
            yield escape(node.text or "", quote=False)
        elif node.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            key = (node.tag.removeprefix(W).removesuffix("Reference"), node.get(f"{W}id", ""))
            if key not in cited:
                cited.append(key)
        elif node.tag == f"{W}bookmarkStart":
            yield noted_number(node.get(f"{W}name", ""))
        elif node.tag in _SIGNS:
            yield _SIGNS[node.tag]
        elif node.tag == f"{W}p":
            yield "<p>"
            stack.append(_END)
        stack.extend(reversed(list(node)))
