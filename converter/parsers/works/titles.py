"""What a work of several files is called, and its chapters: the titles of the pages without what all of them share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from converter.document.contracts import Omission
from converter.document.model import Chapter, Heading, Text
from converter.parsers.works.order import PARTING, Piece
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import Lexicon, lexicon

TITLE_LINES = ("duplicate title", "head of the file")  # rules that leave out the line of a title
NUMBERED = re.compile(r"(\S.{0,200}?\S)[\s,:;–—-]{1,5}([^\W\d_]{2,12}\.?\s{1,3}(?:\d{1,4}|[^\W\d_]{1,12}))")
SAME_PART = 0.8  # of all titles share a part: it is the work's title, or the site's


def titles_of(pieces: Sequence[Piece], index: Piece | None) -> tuple[str, list[str]]:
    """(the work's title, each part's own title): what the parts' titles share is the work's."""
    titles = [p.parsed.book.metadata.title for p in pieces]
    if index is not None and index.parsed.book.metadata.title:
        work = index.parsed.book.metadata.title
        return work, [_less(t, {fold(work)}) for t in titles]
    if len(set(titles)) <= 1:
        return titles[0] if titles else "", [""] * len(titles)
    if len(pieces) == 1:
        return titles[0], [""]
    parts = Counter(fold(part) for t in titles for part in set(PARTING.split(t)) if part.strip())
    shared = {part for part, n in parts.items() if n >= SAME_PART * len(titles)}
    work = next((part.strip() for t in titles for part in PARTING.split(t) if fold(part) in shared), "")
    if not work and (named := _numbered_parts(titles)):
        return named
    if not work and all(divides(t, lexicon("en")) for t in titles):
        sites = {p.parsed.book.metadata.publisher for p in pieces}
        work = next(iter(sites)) if len(sites) == 1 else ""  # a site for one serial bears its name
    return work, [_less(t, shared) for t in titles]


def _numbered_parts(titles: Sequence[str]) -> tuple[str, list[str]] | None:
    """ "Rose Part 1", "Rose Part 2": the work's title, and what each part adds to it."""
    halves = [NUMBERED.fullmatch(t) for t in titles]
    found = [h for h in halves if h and divides(h[2], lexicon("en")) and not divides(h[0], lexicon("en"))]
    if len(found) < len(titles) or len({fold(h[1]) for h in found}) != 1:
        return None
    return found[0][1], [h[2] for h in found]


def fold(text: str) -> str:
    """A text's letters and digits alone, whatever their case."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _less(title: str, shared: set[str]) -> str:
    """A title without the parts in `shared`."""
    if fold(title) in shared:
        return ""
    parts = PARTING.split(title)
    if not any(fold(p) in shared for p in parts):
        return title
    kept = [p.strip() for p in parts if fold(p) not in shared and p.strip()]
    return ": ".join(kept)


def headed(
    chapters: Sequence[Chapter],
    title: str,
    piece: Piece,
    shown: list[str],
    common: str,
    taken: list[tuple[Omission, str]],
) -> Iterable[Chapter]:
    """A part's chapters; its only chapter without a heading gets one: the page's title, else what the file's name
    says beyond what all names have in `common`, when that is a division's name, else the heading it begins with, else
    the file's name. An omission whose last words come back as the heading joins `taken`, with the words that don't."""
    if len(chapters) != 1 or chapters[0].label or chapters[0].title:
        return chapters
    only = chapters[0]
    lex = lexicon(piece.parsed.book.metadata.language or "en")
    own = from_name(piece.stem[len(common) :]) if piece.stem.lower().startswith(common) else ""
    named = own if divides(own, lex) else from_name(piece.stem)
    first = only.blocks[0] if only.blocks else None
    if not title and isinstance(first, Heading) and len(only.blocks) > 1 and not divides(named, lex):
        return (replace(only, title=first.content, blocks=only.blocks[1:]),)
    heading = title or named
    if not heading:
        return chapters
    back = next((b for o in piece.parsed.omissions if o.rule in TITLE_LINES and (b := _comes_back(o, heading))), None)
    if title and back is not None:
        taken.append(back)
    else:
        shown.append(heading)
    form = read_form(heading, lex)
    number = form.number.value if form and form.number else only.number
    if form is not None and form.shape in ("division", "single"):
        label = (Text(form.label.rstrip(" :–—-")),) if form.label else ()
        made = replace(
            only, label=label, title=(Text(form.title),) if form.title else (), kind=form.kind, number=number
        )
    else:
        made = replace(only, title=(Text(heading),), number=number)
    return (made,)


def _comes_back(omission: Omission, heading: str) -> tuple[Omission, str] | None:
    """An omission that ends with the heading, with what stands before it."""
    if fold(omission.text) == fold(heading):
        return omission, ""
    before = omission.text.removesuffix(heading)
    return (omission, before.strip()) if before != omission.text and not before[-1:].isalnum() else None


def divides(heading: str, lex: Lexicon) -> bool:
    """Whether a heading is worded as a division: "Chapter 3", "Prologue"."""
    form = read_form(heading, lex) if heading else None
    return form is not None and form.shape in ("division", "single")


def from_name(stem: str) -> str:
    """A heading from a file's name: "03 - The Storm" gives "The Storm", "chapter_3" gives "Chapter 3", "0003"
    nothing."""
    text = " ".join(re.sub(r"[_]+", " ", stem).split())
    text = re.sub(r"^\d{1,4}\s*[-–—.)]*\s+(?=\D)", "", text)
    if not re.search(r"[^\W\d_]{2}", text) or re.fullmatch(
        r"(?:page|file|part|text|index|story|ch|pt)?[\s.-]*\d*", text, re.I
    ):
        return ""
    if re.fullmatch(r"[^\W\d_]+[\s.-]*\d+", text) and not divides(text, lexicon("en")):
        return ""  # "save9"
    return text[:1].upper() + text[1:]
