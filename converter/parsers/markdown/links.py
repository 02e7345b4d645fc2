"""The other files of a story that one links to: those it lists, the next and the previous one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converter.document.contracts import Evidence
from converter.document.model import Origin
from converter.parsers.markdown.tree import Element, Tree, elements, written_in
from converter.parsers.markdown.walk import words_of_node
from converter.recognisers.headings.words import lexicon
from converter.recognisers.lines.interface import LINE_LETTERS, kind_of_row
from converter.recognisers.lines.ways import is_way, leads_beside
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


def rows_of_ways(tree: Tree) -> Iterator[Element]:
    """The paragraphs that only lead to the pages around this one: "First | Prev | Next"; or "Next Chapter", a link."""
    linked: dict[int, int] = {}
    for link in tree.links:
        if link.parent is not None:
            linked[id(link.parent)] = linked.get(id(link.parent), 0) + _letters(words_of_node(link))
    for element in elements(tree.body):
        words = words_of_node(element) if element.name == "p" else ""
        if not 0 < len(words) <= LINE_LETTERS or not leads_beside(words):
            continue
        if kind_of_row(words) == "sure" or (is_way(words) and linked.get(id(element), 0) == _letters(words)):
            yield element


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
