"""The chapters that a file links to, when it lists some: a contents file beside the story's others."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Evidence
from converter.document.model import Origin
from converter.parsers.markdown.tree import Tree, written_in
from converter.recognisers.addresses import names_chapter
from converter.recognisers.headings.words import lexicon

LISTED = 3  # links to chapters: fewer are neighbours
LIMIT = 5_000


def listed_chapters(tree: Tree, name: str, language: str) -> Sequence[Evidence]:
    """The addresses of links that read like chapters, each once, in order, one a line; nothing where there are few."""
    lex = lexicon(language or "en")
    found: dict[str, None] = {}
    for link in tree.links:
        words = " ".join("".join(leaf.text for leaf in written_in(link)).split())
        address = link.attribute("href").strip()
        if len(found) < LIMIT and names_chapter(words, address, lex):
            found.setdefault(address.split("#")[0])
    if len(found) < LISTED:
        return ()
    return (Evidence("links", "\n".join(found), f"{len(found)} links to chapters", 0.8, Origin(name, 1)),)
