"""Lines of a title page that say what kind of work it is: "A Novel", "Poems", "A Novel of the Coast"."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.vocabulary import either, listed_words

LONGEST_KIND = 40  # characters
KIND_WORDS = 7
TOLD_WORDS = 12  # of a line that goes on behind the kind
_KIND = regex(either("names", "by_opens"), re.I, LONGEST_KIND)
_KINDS = frozenset(listed_words("names", "kinds"))
_LAST = {kind.split()[-1] for kind in (*_KINDS, *listed_words("names", "by_opens")) if kind.strip()}
_ARTICLES = frozenset(listed_words("names", "kind_articles"))
_DONE = frozenset(listed_words("names", "by_done"))  # what somebody did: no kind of work
MOST_OF_KIND = 3  # words of a kind behind its article


def is_kind(line: str) -> bool:
    """Whether a line only says what kind of work it is: "Poems", "a novel"."""
    kind = line.strip(" .").casefold()
    article, _, rest = kind.partition(" ")
    return kind in _KINDS or (article in _ARTICLES and rest in _KINDS) or _KIND.fullmatch(kind) is not None


def may_be_kind(line: str) -> bool:
    """Whether a line may say what kind of work it is, with words of its own: "A Harbour Lane Mystery". A title may."""
    words = line.casefold().strip(" .").split()
    article = bool(words) and words[0] in ("a", "an")
    return is_kind(line) or opens_with_kind(line) or (article and 2 < len(words) <= KIND_WORDS and words[-1] in _LAST)


def opens_with_kind(line: str) -> bool:
    """Whether a line says what kind of work it is and goes on about it: "A Novel of the Coast", "Ein Roman in Briefen".
    An article opens it: "Legends of the Sea" is a title."""
    words = line.casefold().strip(" .").split()
    if not 2 < len(words) <= TOLD_WORDS or words[0] not in _ARTICLES or line.rstrip()[-1] in ".,;:!?…":
        return False
    return any(is_kind(" ".join(words[:end])) for end in range(2, min(len(words), MOST_OF_KIND + 2)))


def names_kind(line: str) -> bool:
    """Whether a line right below a title says what kind of work it is, and not what somebody did ("Written")."""
    return (
        line.strip(" .").casefold() not in _DONE
        and line.rstrip()[-1:] not in ".,;:!?…"
        and (is_kind(line) or opens_with_kind(line))
    )
