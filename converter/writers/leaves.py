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
from converter.writers.contents import listed
from converter.writers.imprint import imprint_of
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
    kinds = _kinds([section.chapter for section in sections])
    return {s.key: _leaf(s.pieces[0], kind) for s, kind in zip(sections, kinds, strict=False) if kind}


def parted(book: Book, *, bound: bool) -> tuple[tuple[Chapter, ...], Book]:
    """The chapters that stand before the contents, as they show them: the lines of a title page's back, where pages are
    `bound` such leaves, without headings; and the rest of the book."""
    shown = [chapter for _, _, chapter, _, _ in listed(book)]
    count = imprint_of(shown)
    lines, shown = shown[:count], shown[count:]
    leaves = [chapter for chapter, kind in zip(shown, _kinds(shown), strict=False) if kind and bound]
    rest = tuple(c for c in book.chapters if all(c is not other for other in (*lines, *leaves)))
    named = (replace(leaf, label=(), title=()) if _named(leaf) else leaf for leaf in leaves)
    return (*lines, *named), replace(book, chapters=rest)


def _kinds(chapters: Sequence[Chapter]) -> list[str]:
    """What kinds of leaves a book begins with, "" for other front matter among them. The last chapter is none."""
    kinds = []
    for chapter in chapters[:-1]:
        kind = "" if chapter.children else _kind(chapter)
        if chapter.children or not (kind or chapter.kind in FRONT):
            break
        kinds.append(kind)
    return kinds


def _named(chapter: Chapter) -> str:
    """The kind of leaf that a chapter's heading names, and nothing else."""
    name = chapter_name(chapter).strip(" :.").casefold()
    return next((kind for kind, titles in TITLES.items() if name in titles), "")


def _kind(chapter: Chapter) -> str:
    if chapter.kind in KINDS:
        return chapter.kind
    if chapter_name(chapter) or chapter.kind != "front":
        return _named(chapter)
    kinds = {str(getattr(block, "kind", "")) for block in chapter.blocks}
    return next((kind for kind in KINDS if kinds == {kind}), "")


def _leaf(piece: etree._Element, kind: str) -> etree._Element:
    """What stands on the leaf, in the look that the style has for it; a heading that says more than what it is stays as
    its first line."""
    leaf = etree.Element("section", {"class": f"leaf front recto {kind}", "id": piece.get("id", "")})
    holder: etree._Element | None = None
    for element in list(piece):
        if element.tag == "header":
            words = " ".join("".join(element.itertext()).split())
            if words.strip(" :.").casefold() in TITLES[kind]:
                continue
            element.clear()
            element.tag, element.text = "p", words
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
