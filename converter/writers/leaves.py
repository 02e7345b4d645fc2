"""Dedication and epigraph of a printed book: each on a right-hand leaf of its own before the contents, without heading,
page number or entry there.

In come the sections of a book as they would be printed, out come those that are such leaves. On a screen they stay
where the author has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from converter.document.model import Book, Chapter
from converter.document.words import chapter_name
from converter.recognisers.vocabulary import listed_words
from converter.writers.xhtml import ChapterElements

KINDS = ("dedication", "epigraph")
FRONT = frozenset(["front", "preface", "foreword", "introduction", "acknowledgments", *KINDS])
TITLES = {
    "dedication": frozenset(listed_words("letters", "dedication_label")),
    "epigraph": frozenset(listed_words("letters", "motto_label")),
}


def leaves_of(sections: Sequence[ChapterElements]) -> dict[str, etree._Element]:
    """The leaves of those sections at a book's beginning that are a dedication or an epigraph, by their keys. The
    sections of them are used up."""
    leaves: dict[str, etree._Element] = {}
    for section in sections:
        kind = _kind(section)
        if len(leaves) + 1 == len(sections):
            break
        if kind and not section.depth and not section.chapter.children:
            leaves[section.key] = _leaf(section.pieces[0], kind)
        elif section.chapter.kind not in FRONT:
            break
    return leaves


def without_leaf_names(book: Book) -> Book:
    """The book as such leaves show it, for whoever compares: without their headings."""
    chapters = list(book.chapters)
    for at, chapter in enumerate(chapters):
        if _titled(chapter):
            chapters[at] = replace(chapter, label=(), title=())
        elif chapter.kind not in FRONT:
            break
    return replace(book, chapters=tuple(chapters))


def _titled(chapter: Chapter) -> str:
    """The kind of leaf that a chapter's heading names."""
    name = chapter_name(chapter).strip(" :.").casefold()
    return next((kind for kind, titles in TITLES.items() if name in titles), "")


def _kind(section: ChapterElements) -> str:
    kind = section.chapter.kind
    if kind in KINDS or (named := _titled(section.chapter)):
        return kind if kind in KINDS else named
    piece = section.pieces[0]
    names = {next((k for k in KINDS if k in (e.get("class") or "").split()), "") for e in piece}
    return names.pop() if kind == "front" and len(names) == 1 and piece.find("header") is None else ""


def _leaf(piece: etree._Element, kind: str) -> etree._Element:
    """What stands on the leaf, in the look that the style has for it; a heading that says more than what it is stays as
    its first line."""
    leaf = etree.Element("section", {"class": f"leaf front recto {kind}", "id": piece.get("id", "")})
    holder: etree._Element | None = None
    for element in piece:
        if element.tag == "header":
            words = " ".join("".join(element.itertext()).split())
            if words.strip(" :.").casefold() in TITLES[kind]:
                continue
            element = etree.Element("p")
            element.text = words
        if element.tag == "blockquote":
            holder = None
            if element.get("class") == "quote":
                element.set("class", kind)
            leaf.append(element)
            continue
        if holder is None:
            holder = etree.SubElement(leaf, "blockquote", {"class": kind})
        element.tail = None
        _set_upright(element)
        holder.append(element)
    return leaf


def _set_upright(p: etree._Element) -> None:
    """A paragraph that is emphasised as a whole is not: the style says how a leaf looks."""
    if p.tag != "p" or len(p) != 1 or p[0].tag != "em" or (p.text or "").strip() or (p[0].tail or "").strip():
        return
    em = p[0]
    p.text = em.text
    p.remove(em)
    p.extend(list(em))
