"""Pages of a book that only advertise, at either end of the story: no chapters, but its neighbours.

Nothing is left out. A page is one of them by its title ("Also by ...") and that it is brief, or where most of its words
invite, offer or lead to an address, or some do and its title does. In the midst of the story none is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converter.document.model import Chapter, ChapterKind
from converter.document.traversal import images_in
from converter.document.words import block_text, plain_text
from converter.recognisers.lines.adverts import advertises, is_adverts_title, shows_code

MOST_WORDS = 250  # of such a page; longer ones tell of books at length, as excerpts do
MOST_BY_TITLE = 400  # of one whose title says it: the praise of a dozen newspapers
CODE_WORDS = 30  # beside a code that is a picture
BEHIND: frozenset[ChapterKind] = frozenset(["back", "acknowledgments", "appendix", "afterword"])
BEFORE: frozenset[ChapterKind] = frozenset(
    ["front", "dedication", "epigraph", "preface", "foreword", "introduction", "acknowledgments"]
)


def with_adverts_apart(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The chapters; pages before and behind the story that only advertise are of its front and its back."""
    behind, _ = _from_end(chapters, "back", BEHIND, last=True)
    before, found = _from_end(behind, "front", BEFORE | {"back"}, last=False)
    return before if found else tuple(chapters)  # with nothing else these are the story


def is_advert(one: Chapter) -> bool:
    """Whether a chapter without number only advertises."""
    if one.children or one.number is not None:
        return False
    title = " ".join(filter(None, (plain_text(one.label), plain_text(one.title))))
    texts = [text for block in one.blocks if (text := block_text(block).strip())]
    title = title or "".join(texts[:1])
    words = [len(text.split()) for text in texts]
    if is_adverts_title(title) and sum(words) <= MOST_BY_TITLE:
        return True
    if sum(words) <= CODE_WORDS and any(shows_code(image.alt) for image in images_in((one,))):
        return True
    offers = sum(count for text, count in zip(texts, words, strict=True) if advertises(text))
    return offers > 0 and sum(words) <= MOST_WORDS and (advertises(title) or offers * 2 > sum(words))


def _from_end(
    chapters: Sequence[Chapter], kind: ChapterKind, passed: frozenset[ChapterKind], *, last: bool
) -> tuple[tuple[Chapter, ...], bool]:
    """The chapters with those of this kind that advertise, from one end to the first that is story; whether any is."""
    made = list(chapters)
    for at in range(len(made) - 1, -1, -1) if last else range(len(made)):
        one = made[at]
        if one.children:
            children, found = _from_end(one.children, kind, passed, last=last)
            made[at] = replace(one, children=children)
            if found or not last:
                return tuple(made), True
        elif is_advert(one):
            made[at] = replace(one, kind=kind)
        elif one.kind not in passed:
            return tuple(made), True
    return tuple(made), False
