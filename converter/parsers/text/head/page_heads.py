"""The title of a scanned book whose title page is missing: the head that stands on its pages again and again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from converter.document.contracts import Omission
from converter.recognisers.metadata.names import is_person

SIGNS = "-–—|/.·*[]()"
LEAST = 2  # pages that bear it


def title_on_pages(omissions: Sequence[Omission]) -> tuple[str, int]:
    """The words of the running heads that name the work, and the line of the first; "" where none returns.

    A person's name is the author's head: the title stands on the other pages.
    """
    heads = [(words, o.origin.line) for o in omissions if o.rule == "running head" and (words := _words(o.text))]
    times = Counter(words for words, _ in heads)
    titles = [w for w, n in times.most_common() if n >= LEAST and not is_person(w.title())] or [
        w for w, n in times.most_common() if n >= LEAST
    ]
    if not titles:
        return "", 0
    return titles[0], next(line for words, line in heads if words == titles[0])


def _words(text: str) -> str:
    """A head's words without the number of its page."""
    words = text.split()
    kept = words[1:] if words and words[0].strip(SIGNS).isdecimal() else words
    kept = kept[:-1] if kept and kept[-1].strip(SIGNS).isdecimal() else kept
    return " ".join(kept).strip(f"{SIGNS} ")
