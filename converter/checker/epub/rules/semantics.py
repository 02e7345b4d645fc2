"""`epub:type` and the prefixes of pages and overlays."""

from __future__ import annotations

from collections.abc import Iterator

from converter.checker.epub.flaws import Flaw
from converter.checker.epub.opened import SMIL, SVG, XHTML, Opened
from converter.checker.epub.vocabulary import check_names, check_prefixes, declared


def semantics(book: Opened) -> Iterator[Flaw]:
    """Names are written rightly and their prefixes declared; which names there are is no error of anybody's."""
    if not book.version.startswith("3"):
        return
    for item in book.items:
        root = book.documents.get(item.path)
        if root is None or item.media_type not in (XHTML, SVG, SMIL):
            continue
        text = root.attributes.get("epub:prefix", "")
        yield from check_prefixes(item.path, root.line, text, page=True)
        prefixes = declared(text)
        for node in root.walk():
            said = node.attributes.get("epub:type")
            if said and ":" in said:
                yield from check_names(item.path, node.line, said, "structure", prefixes, page=True)
            if said and item.media_type == SVG and node.tag in ("title", "desc", "metadata", "style", "script"):
                message = f"<{node.tag}> of a drawing has no epub:type; take it out"
                yield Flaw(item.path, node.line, "attribute-unknown", message)
            if (
                node is not root
                and node.space in ("svg", "html")
                and "epub:prefix" in node.attributes
                and node.space == "svg"
            ):
                message = "prefixes are declared at the root (<html>), not here"
                yield Flaw(item.path, node.line, "attribute-unknown", message)
