"""The other files of a story that one links to: those it lists, the next and the previous one."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Evidence
from converter.document.model import Origin
from converter.parsers.markdown.tree import Tree, written_in
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.addresses import names_chapter

LEAST_CHAPTER_LINKS = 3  # links to chapters: fewer are neighbours
MOST_LINKS = 5_000
RELATED = (("next", ("next",)), ("previous", ("prev", "previous")))


def listed_chapters(tree: Tree, name: str, language: str) -> Sequence[Evidence]:
    """The addresses of links that read like chapters, each once, in order, one a line; nothing where there are few."""
    lex = lexicon(language or "en")
    addresses: dict[str, None] = {}
    for link in tree.links:
        words = " ".join("".join(leaf.text for leaf in written_in(link)).split())
        address = link.attribute("href").strip()
        if len(addresses) < MOST_LINKS and names_chapter(words, address, lex):
            addresses.setdefault(address.split("#")[0])
    if len(addresses) < LEAST_CHAPTER_LINKS:
        return ()
    return (Evidence("links", "\n".join(addresses), f"{len(addresses)} links to chapters", 0.8, Origin(name, 1)),)


def linked_neighbours(tree: Tree, name: str) -> Sequence[Evidence]:
    """The files that links call the next and the previous one (`rel`)."""
    evidence: list[Evidence] = []
    for topic, names in RELATED:
        for link in tree.links:
            address = link.attribute("href")
            if not address.startswith("#") and not set(names).isdisjoint(link.attribute("rel").lower().split()):
                origin = Origin(name, link.line)
                evidence.append(Evidence(topic, address, f"the link to the {topic} page", 1.0, origin))
                break
    return evidence
