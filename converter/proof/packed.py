"""The third reader: the words of a packed file (an EPUB, a Word document), without a line of the parsers' code.

A parser that unpacks a file could lose a document, a paragraph or a note before there is a decoded text to be proved.
So the file's bytes are unpacked here once more, as dumbly as can be: of an EPUB the documents of its reading order,
tags away; of a Word document the texts of its body, its notes and its comments. The words must be those of the decoded
texts.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from types import MappingProxyType
from unicodedata import normalize
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from converter.document.alignment import gaps, proof_words
from converter.document.contracts import Packed, SourceText
from converter.document.findings.reading import Fault
from converter.document.model import Origin
from converter.limits.unzip import Archive, ArchiveLimits, Damaged
from converter.proof.faults import quoted_words
from converter.proof.witness import unmarked_text
from converter.proof.word_numbers import WordNumbers, with_numbers_seen

LIMITS = ArchiveLimits(entries=20_000, member=64_000_000, total=512_000_000, ratio=200)
_ROOT_FILE = re.compile(r"<(?:\w+:)?rootfile\b[^<>]*\bfull-path\s*=\s*[\"']([^\"'<>]*)", re.I)
_ITEM = re.compile(r"<(?:\w+:)?item\s[^<>]*>", re.I)
_ITEM_REF = re.compile(r"<(?:\w+:)?itemref\s[^<>]*>", re.I)
_ATTRIBUTE = re.compile(r"(?<![\w:-])([\w:-]{1,60})\s{0,20}=\s{0,20}(?:\"([^\"<>]{0,4000})\"|'([^'<>]{0,4000})')")
_HEAD = re.compile(r"(?:header|footer)\d{0,6}\.xml\Z")
_TWICE_ENCODED = re.compile(r"[ÃÂ][\u0080-\u00bf]|â€|Ð[\u0080-\u00bf]")
_NOT_ASCII = re.compile(r"[^0-9a-z]+")


def packed_faults(texts: Sequence[SourceText]) -> tuple[Fault, ...]:
    """What the packed files among these texts have in words that the decoded texts lack, or the other way round."""
    return tuple(fault for packed, own in _groups(texts) for fault in _faults(packed, own))


def text_in(packed: Packed) -> str:
    """All the words of a packed file; "" where it can't be read."""
    try:
        return "\n".join(text for _, text in (_epub_texts(packed) if packed.kind == "epub" else _docx_texts(packed)))
    except (Damaged, ElementTree.ParseError, KeyError):
        return ""


def _groups(texts: Sequence[SourceText]) -> Iterator[tuple[Packed, list[SourceText]]]:
    """Each packed file with the texts that came out of it."""
    for at, text in enumerate(texts):
        if text.packed is not None:
            inside = (text.packed.name, f"{text.packed.name}/")
            own = [text]
            for following in texts[at + 1 :]:
                if following.packed is not None or not following.name.startswith(inside):
                    break
                own.append(following)
            yield text.packed, own


def _faults(packed: Packed, texts: Sequence[SourceText]) -> Iterator[Fault]:
    try:
        held = list(_epub_texts(packed) if packed.kind == "epub" else _docx_texts(packed))
    except (Damaged, ElementTree.ParseError, KeyError) as error:
        yield Fault("lost", 0, f"the file can't be read again: {error}", Origin(packed.name, 1))
        return
    told = {text.name: text for text in texts}
    places = {text.name: place for place, text in enumerate(texts)}
    last = -1
    for name, text in held:
        words = with_numbers_seen(text, ())
        if name not in told:
            if words:
                yield Fault("lost", len(words), quoted_words(words), Origin(name, 1))
            continue
        if places[name] < last:
            yield Fault("moved", len(words), quoted_words(words), Origin(name, 1))
        last = places[name]
        seen = proof_words(unmarked_text(told[name]))
        yield from _compared(with_numbers_seen(text, seen), seen, text, name)


def _compared(held: list[str], told: list[str], text: str, name: str) -> Iterator[Fault]:
    """The words of one document, as it holds them and as its decoded text tells them. Where it was mended (an encoding
    that it doesn't name, UTF-8 encoded twice) only the letters of ASCII can be compared."""
    if held == told:
        return
    mended = "\ufffd" in text or _TWICE_ENCODED.search(text) is not None
    letters = _ascii if mended else _letters
    if mended and _ascii(held) == _ascii(told):
        return
    for gap in gaps(held, told):
        lost, added = held[gap.start : gap.end], told[gap.other : gap.other_end]
        if lost and letters(lost) != letters(added):
            before = " ".join(held[max(0, gap.start - 3) : gap.start])
            yield Fault("lost", len(lost), quoted_words(lost), Origin(name, 1), before)
        elif added and not lost:
            yield Fault("added", len(added), quoted_words(added), Origin(name, 1))


def _letters(words: Sequence[str]) -> str:
    return normalize("NFKC", "".join(words)).casefold()


def _ascii(words: Sequence[str]) -> str:
    return _NOT_ASCII.sub("", "".join(words).lower())


# --------------------------------------------------------------------------------------------------------- EPUB


def _epub_texts(packed: Packed) -> Iterator[tuple[str, str]]:
    """The documents of the reading order, each once: their names and their texts without tags."""
    archive = Archive(packed.data, LIMITS)
    by_name = {_plain(name): name for name in archive.names()}
    opf = _package_of(archive, by_name)
    if opf is None:
        return
    folder = posixpath.dirname(opf)
    text = _without_comments(_decoded(archive.read(by_name[opf])))
    listed = [_attributes(item[0]) for item in _ITEM.finditer(text)]
    items = {item.get("id", ""): item for item in reversed(listed)}
    order = [items[key] for r in _ITEM_REF.finditer(text) if (key := _attributes(r[0]).get("idref", "")) in items]
    done: set[str] = set()
    for item in order or [i for i in listed if "nav" not in i.get("properties", "").split()]:
        href, kind = item.get("href", ""), item.get("media-type", "")
        name = next((n for h in (href, unquote(href)) if (n := _plain(posixpath.join(folder, h))) in by_name), "")
        if not name or name in done or ("html" not in kind.lower() and (kind or not re.search(r"html?\Z|xml\Z", name))):
            continue
        done.add(name)
        try:
            data = archive.read(by_name[name])
        except Damaged:
            continue  # nobody reads it; the parser says so
        if data.strip():
            shown = posixpath.normpath(by_name[name].replace("\\", "/")).lstrip("/")
            yield f"{packed.name}/{shown}", unmarked_text(SourceText("", _decoded(data), "html"))


def _package_of(archive: Archive, by_name: dict[str, str]) -> str | None:
    container = by_name.get("meta-inf/container.xml")
    named = _ROOT_FILE.findall(_decoded(archive.read(container))) if container else []
    found = (name for path in named for name in (_plain(unquote(path)),) if name in by_name)
    others = sorted((n for n in by_name if n.endswith(".opf")), key=lambda n: (n.count("/"), n))
    return next((*found, *others).__iter__(), None)


def _plain(path: str) -> str:
    return posixpath.normpath(path.partition("#")[0].replace("\\", "/")).lstrip("/").casefold()


def _attributes(tag: str) -> dict[str, str]:
    return {m[1]: unescape(m[2] or m[3] or "").strip() for m in _ATTRIBUTE.finditer(tag)}


def _without_comments(text: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[done:start])
        done = end + 3
    return "".join((*parts, text[done:]))


def _decoded(data: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, as they say; what is none of it has signs that say so."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


# --------------------------------------------------------------------------------------------------------- DOCX


def _docx_texts(packed: Packed) -> Iterator[tuple[str, str]]:
    """The words of a Word document: its body with the notes in the order in which they are cited, and its comments."""
    archive = Archive(packed.data, LIMITS)
    names = set(archive.names())
    main = "word/document.xml"
    if main not in names:
        main = next((n for n in sorted(names) if re.search(r"(?:^|/)document\d*\.xml\Z", n)), main)
    folder = posixpath.dirname(main)

    def root(name: str) -> Element | None:
        path = posixpath.join(folder, name)
        return _xml(archive.read(path)) if path in names else None

    body = _xml(archive.read(main))
    notes = {kind: root(f"{kind}s.xml") for kind in ("footnote", "endnote")}
    numbers = WordNumbers(root("numbering.xml"), root("styles.xml"))
    shown: dict[int, str] = {}
    for part in (body, *notes.values()):
        shown |= numbers.of(part) if part is not None else {}
    cited: list[tuple[str, str]] = []
    parts = [_words_below(body, cited, shown)]
    for kind, number in cited:  # a note may cite another
        note = _note(notes.get(kind), number)
        parts.append(_words_below(note, cited, shown) if note is not None else "")
    yield packed.name, "\n".join(parts)
    comments = root("comments.xml")
    if comments is not None:
        yield f"{packed.name}/comments", _words_below(comments, [])
    yield f"{packed.name}/deleted", "\n".join(_deleted(r) for r in (body, *notes.values()) if r is not None)
    heads = (n for n in sorted(names) if posixpath.dirname(n) == folder and _HEAD.match(posixpath.basename(n)))
    yield f"{packed.name}/heads", "\n".join(_words_below(_xml(archive.read(name)), []) for name in heads)


def _deleted(root: Element) -> str:
    """What was deleted; the parts of one stretch are one text."""
    parts: list[str] = []
    for node in root.iter():
        name = node.tag.rpartition("}")[2]
        parts.append(_END if name == "del" else (node.text or "") if name == "delText" else _SIGNS.get(name, ""))
    return "".join(parts)


def _xml(data: bytes) -> Element:
    if b"<!ENTITY" in data or b"<!DOCTYPE" in data:
        raise Damaged("declares entities")
    return ElementTree.fromstring(data)


def _note(root: Element | None, number: str) -> Element | None:
    if root is None:
        return None
    return next((n for n in root if n.attrib.get(f"{_space(n)}id") == number), None)


def _space(element: Element) -> str:
    return element.tag[: element.tag.find("}") + 1]


_SIGNS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "tab": "\t", "br": "\n", "cr": "\n", "tc": "\n"}
_PASSED = frozenset(("Fallback", "moveFrom", "delText", "instrText", "pPr", "rPr", "sectPr", "tblPr", "del"))
_END = "\n\n"  # of a paragraph
NOTHING: Mapping[int, str] = MappingProxyType({})


def _words_below(root: Element, cited: list[tuple[str, str]], shown: Mapping[int, str] = NOTHING) -> str:
    """All that is written below an element, before each paragraph the number that is shown there; what stands in a box
    comes after the paragraph that holds the box."""
    parts: list[str] = []
    boxes: list[Element] = []
    stack: list[Element | str] = [_END, root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            if node == _END and boxes:
                stack += [_END, *(inner for box in reversed(boxes) for inner in reversed(list(box)))]
                boxes.clear()
            continue
        name = node.tag.rpartition("}")[2]
        if name in _PASSED:
            continue
        if name == "txbxContent":
            boxes.append(node)
            continue
        if name == "t":
            parts.append(node.text or "")
        elif name in ("footnoteReference", "endnoteReference"):
            key = (name.removesuffix("Reference"), node.attrib.get(f"{_space(node)}id", ""))
            if key not in cited:
                cited.append(key)
        parts.append(_SIGNS.get(name, ""))
        if name == "p":
            parts.append(shown.get(id(node), ""))
            stack.append(_END)
        below = list(node)
        if name == "ruby":  # what is read aloud stands before its base in the file, and behind it on the page
            below.sort(key=lambda part: not part.tag.endswith("rubyBase"))
        stack.extend(reversed(below))
    return "".join(parts)
