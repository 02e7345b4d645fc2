"""Several pages or texts that are the chapters of one work -> one `Parsed`, in reading order.

Strategy for the order, the first that tells about all files: the work's own index page; the chain of next and previous
links; the numbers in the chapters' headings; the numbers and words in the files' names; else the order given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from pathlib import PurePath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from converter.contracts import Diagnostic, Evidence, Omission, Parsed
from converter.errors import ConverterError, NotAStory
from converter.model import Book, Chapter, Heading, Image, Metadata, Origin, Resource, Text
from converter.parsers.headings.forms import Form, read_form
from converter.parsers.headings.words import Lexicon, lexicon, read_number
from converter.walk import book_text, plain_text

INDEX_LINKS = 2  # of the other files named by a page: it is the index
INDEX_SHARE = 0.6  # of the other files
INDEX_WORDS = 1_500  # an index page tells of the work, it does not tell the work
SAME_PART = 0.8  # of all titles share a part: it is the work's title, or the site's
FIRST = frozenset(
    "prologue prolog prologo prólogo пролог preface vorwort introduction foreword einleitung intro cover title "
    "titel".split()
)
LAST = frozenset(
    "epilogue epilog epílogo epilogo эпилог afterword nachwort appendix anhang acknowledgments afterward".split()
)
PARTING = re.compile(r"\s+[|–—»«·•:/\\~-]+\s+|\s*\|\s*|\s*::\s*|(?<=\w):\s+")
NUMBER = re.compile(r"(?<![\d.])(\d{1,6})(?:[.,_-](\d{1,2})(?!\d))?")


@dataclass(slots=True)
class Piece:
    """One file of the work."""

    parsed: Parsed
    given: int
    name: str
    address: str = ""
    next: str = ""
    previous: str = ""
    links: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix."""
        return PurePath(self.name.replace("\\", "/")).stem

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters in it."""
        return self.parsed.book.chapters


def assemble(parsed: Sequence[Parsed], refused: Sequence[ConverterError] = (), *, keep_order: bool = False) -> Parsed:
    """One work from its parts; `refused` are parts that could not be read (locked, deleted): they are reported.

    `keep_order`: the person gave the order. Chapters without a heading take their page's title, or their file's name.
    A part that is there twice is left out once. Raises NotAStory when there is no part at all.
    """
    if not parsed:
        raise NotAStory("none of the files holds a story", remedy=str(refused[0]) if refused else "")
    pieces = [_piece(p, i) for i, p in enumerate(parsed)]
    omissions: list[Omission] = []
    diagnostics: list[Diagnostic] = [_refusal(e) for e in refused]
    index = _index_page(pieces)
    rest = [p for p in pieces if p is not index]
    ordered, why = (rest, "the order in which they were given") if keep_order else _order(rest, index)
    ordered = _without_repeats(ordered, omissions, diagnostics)
    if index is not None:
        omissions.append(Omission("index page", index.parsed.visible, Origin(index.name, 1)))
    work, titles = _titles(ordered, index)
    shown: list[str] = []
    taken: list[Omission] = []
    common = _common(ordered)
    chapters: list[Chapter] = []
    resources = _Resources()
    for piece, title in zip(ordered, titles, strict=True):
        own = resources.take(piece.parsed.book.resources, piece.chapters)
        chapters.extend(_headed(own, title, piece, shown, common, taken))
    metadata = _metadata(([index] if index else []) + ordered, work)
    diagnostics.extend(_diagnostics(ordered, index))
    evidence = [e for p in ordered for e in p.parsed.evidence]
    evidence.append(Evidence("order", f"{len(ordered)} files", why, 0.9))
    told = [o for p in [*ordered, *([index] if index else [])] for o in p.parsed.omissions]
    omissions[:0] = [o for o in told if not any(o is back for back in taken)]
    visible = "\n".join([*(p.parsed.visible for p in ordered), *([index.parsed.visible] if index else []), *shown])
    visible = "\n".join([visible, *(o.text for o in omissions if o.rule == "repeated chapter")])
    cover = next((p.parsed.book.cover for p in pieces if p.parsed.book.cover), None)
    book = Book(metadata, tuple(chapters), tuple(resources.kept), cover)
    return Parsed(book, visible, tuple(diagnostics), tuple(omissions), tuple(evidence))


def _piece(parsed: Parsed, given: int) -> Piece:
    told: dict[str, str] = {}
    for evidence in parsed.evidence:
        told.setdefault(evidence.topic, evidence.found)
    origins = [c.origin for _, c in parsed.book.walk() if c.origin] + [e.origin for e in parsed.evidence if e.origin]
    name = origins[0].source if origins else parsed.book.metadata.title
    address = told.get("address", "") or parsed.book.metadata.source
    links = tuple(told.get("links", "").split("\n")) if told.get("links") else ()
    return Piece(parsed, given, name, address, told.get("next", ""), told.get("previous", ""), links)


def _refusal(error: ConverterError) -> Diagnostic:
    return Diagnostic(
        "work-part-refused", f"a part is left out: {error}", Origin(error.where, 1) if error.where else None, "warning"
    )


# ------------------------------------------------------------------------------------------------------- order


def address_key(address: str, base: str = "") -> str:
    """What two spellings of one address share: host and path, without scheme, query, "www." and closing slash."""
    try:
        parts = urlsplit(urljoin(base, address))
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{unquote(parts.path).rstrip('/')}" + (
        f"?{parts.query}" if "chapter" in parts.query or "id=" in parts.query else ""
    )


def _names(piece: Piece) -> set[str]:
    """Everything a link to this piece may be called."""
    names = {PurePath(piece.name.replace("\\", "/")).name.lower()}
    if piece.address:
        names.add(address_key(piece.address))
    return names


def _leads_to(link: str, source: Piece, target: Piece) -> bool:
    bare = unquote(link.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0])
    file_name = PurePath(bare).name.lower()
    names = _names(target)
    return (bool(file_name) and file_name in names) or address_key(link, source.address) in names


def _index_page(pieces: Sequence[Piece]) -> Piece | None:
    """The page that only lists the others."""
    best: tuple[int, Piece] | None = None
    for piece in pieces:
        if not piece.links or len(book_text(piece.parsed.book).split()) > INDEX_WORDS:
            continue
        others = [p for p in pieces if p is not piece]
        named = sum(any(_leads_to(link, piece, other) for link in piece.links) for other in others)
        if named >= max(INDEX_LINKS, INDEX_SHARE * len(others)) and (best is None or named > best[0]):
            best = named, piece
    return best[1] if best else None


def _order(pieces: Sequence[Piece], index: Piece | None) -> tuple[list[Piece], str]:
    if index is not None:
        places = {
            id(p): next((i for i, link in enumerate(index.links) if _leads_to(link, index, p)), -1) for p in pieces
        }
        listed = sorted((p for p in pieces if places[id(p)] >= 0), key=lambda p: places[id(p)])
        if len(listed) == len(pieces):
            found = [n for p in listed if (n := _heading_number(p)) is not None]
            if len(found) > 1 and all(a > b for a, b in pairwise(found)):
                listed.reverse()  # the newest first
            return listed, "the index page lists them so"
    chain = _chain(pieces)
    if chain is not None:
        return chain, "each page links to the next"
    numbers = [_heading_number(p) for p in pieces]
    given = [_rank(p.stem, _common(pieces)) for p in pieces]
    told = [n for n in numbers if n is not None]
    if len(set(told)) == len(pieces):
        return [p for _, p in sorted(zip(told, pieces, strict=True), key=_first)], "the numbers in their headings"
    if len(set(given)) == len(given):
        return [
            p for _, p in sorted(zip(given, pieces, strict=True), key=_first)
        ], "the numbers and words in their names"
    return list(pieces), "the order in which they were given"


def _first(pair: tuple[Any, Piece]) -> Any:
    return pair[0]


def _chain(pieces: Sequence[Piece]) -> list[Piece] | None:
    """The pieces along their next and previous links, when those join all of them in one line."""
    after: dict[int, int] = {}
    for i, piece in enumerate(pieces):
        for j, other in enumerate(pieces):
            if i == j:
                continue
            if (piece.next and _leads_to(piece.next, piece, other)) or (
                other.previous and _leads_to(other.previous, other, piece)
            ):
                after.setdefault(i, j)
    starts = set(range(len(pieces))) - set(after.values())
    if len(pieces) < 2 or len(starts) != 1:
        return None
    at = starts.pop()
    line = [at]
    while at in after and after[at] not in line:
        at = after[at]
        line.append(at)
    return [pieces[i] for i in line] if len(line) == len(pieces) else None


def _heading_number(piece: Piece) -> float | None:
    """The number of the first numbered chapter, with its decimals ("Chapter 10.5")."""
    for _, chapter in piece.parsed.book.walk():
        if chapter.number is not None:
            found = re.search(rf"\b{chapter.number}[.,](\d{{1,2}})\b", plain_text(chapter.label))
            return chapter.number + (float(f"0.{found[1]}") if found else 0.0)
        if chapter.kind == "prologue":
            return -1.0
        if chapter.kind == "epilogue":
            return float("inf")
    form = _title_form(piece.parsed.book.metadata)
    if form is not None and form.number is not None:
        return float(form.number.value)
    return None


def _title_form(metadata: Metadata) -> Form | None:
    lex = lexicon(metadata.language or "en")
    for part in PARTING.split(metadata.title):
        form = read_form(part.strip(), lex) if part.strip() else None
        if form is not None and form.shape == "division":
            return form
    return None


def _common(pieces: Sequence[Piece]) -> str:
    """The beginning that all names share, up to a word's start."""
    stems = [p.stem.lower() for p in pieces]
    first, last = min(stems), max(stems)
    size = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return re.sub(r"[^\W_]+$", "", first[:size]) if len(stems) > 1 else ""


def _rank(stem: str, common: str) -> tuple[float, float, tuple[tuple[int, int, str], ...]]:
    """A name's place: front matter, numbers (decimals, roman, words), then back matter; ties by natural order."""
    rest = stem.lower().removeprefix(common)
    words = [w for w in re.split(r"[\W_]+", rest) if w]
    number: float | None = None
    found = NUMBER.search(rest)
    if found and (not words or found.start() <= len(words[0]) + 12):
        number = float(f"{found[1]}.{found[2]}" if found[2] and len(found[1]) < 5 else found[1])
    else:
        lex = lexicon("en")
        for word in words[:3]:
            read = read_number(word, lex)
            if read is not None and read.end == len(word):
                number = float(read.value)
                break
    leading = found is not None and rest[: found.start()].strip(" ._-([") == ""
    kind = 0.0
    if not leading and any(w in FIRST for w in words):
        kind = -1.0
    elif not leading and any(w in LAST for w in words):
        kind = 1.0
    return kind, number if number is not None else (0.5 if kind else float("inf")), natural(rest)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sorting key in which 10 follows 9."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(p), "") if p.isdecimal() and p.isascii() else (1, 0, p) for p in parts if p)


def _without_repeats(pieces: Sequence[Piece], omissions: list[Omission], diagnostics: list[Diagnostic]) -> list[Piece]:
    kept: list[Piece] = []
    seen: dict[str, Piece] = {}
    for piece in pieces:
        key = " ".join(book_text(piece.parsed.book).split())
        if key in seen and len(key) > 40:
            message = f"this part is the same as {seen[key].name} and is left out"
            diagnostics.append(Diagnostic("work-part-repeated", message, Origin(piece.name, 1), "warning"))
            omissions.append(Omission("repeated chapter", piece.parsed.visible, Origin(piece.name, 1)))
            continue
        seen[key] = piece
        kept.append(piece)
    return kept


# ------------------------------------------------------------------------------------------ titles and metadata


def _titles(pieces: Sequence[Piece], index: Piece | None) -> tuple[str, list[str]]:
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
    return work, [_less(t, shared) for t in titles]


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


def _headed(
    chapters: Sequence[Chapter], title: str, piece: Piece, shown: list[str], common: str, taken: list[Omission]
) -> Iterable[Chapter]:
    """A part's chapters; its only chapter without a heading gets one: the page's title, else what the file's name
    says beyond what all names have in `common`, when that is a division's name, else the heading it begins with, else
    the file's name. An omission whose words come back as the heading joins `taken`."""
    if len(chapters) != 1 or chapters[0].label or chapters[0].title:
        return chapters
    only = chapters[0]
    lex = lexicon(piece.parsed.book.metadata.language or "en")
    own = _from_name(piece.stem[len(common) :]) if piece.stem.lower().startswith(common) else ""
    named = own if divides(own, lex) else _from_name(piece.stem)
    first = only.blocks[0] if only.blocks else None
    if not title and isinstance(first, Heading) and len(only.blocks) > 1 and not divides(named, lex):
        return (replace(only, title=first.content, blocks=only.blocks[1:]),)
    heading = title or named
    if not heading:
        return chapters
    dropped = next(
        (o for o in piece.parsed.omissions if o.rule == "duplicate title" and fold(o.text) == fold(heading)), None
    )
    if title and dropped is not None:
        taken.append(dropped)
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


def divides(heading: str, lex: Lexicon) -> bool:
    """Whether a heading is worded as a division: "Chapter 3", "Prologue"."""
    form = read_form(heading, lex) if heading else None
    return form is not None and form.shape in ("division", "single")


def _from_name(stem: str) -> str:
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


def _metadata(pieces: Sequence[Piece], work: str) -> Metadata:
    """Each field from the first part that has it; dates span all parts; a part's own numbers are not the work's."""
    values: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for piece in pieces:
        held = piece.parsed.book.metadata
        for field in fields(Metadata):
            if field.name in ("provenance", "title", "words", "identifier", "modified"):
                continue
            value = getattr(held, field.name)
            if value and field.name not in values:
                values[field.name] = value
                provenance[field.name] = held.found_in(field.name) or piece.name
    published = [d for p in pieces if (d := p.parsed.book.metadata.published)]
    updated = [d for p in pieces for d in (p.parsed.book.metadata.updated, p.parsed.book.metadata.published) if d]
    if published:
        values["published"] = min(published)
        if max(updated)[:10] > min(published)[:10]:
            values["updated"] = max(updated)
            provenance.setdefault("updated", "the last part")
    if work:
        values["title"] = work
        provenance["title"] = (
            "what the parts' titles share" if len(pieces) > 1 else pieces[0].parsed.book.metadata.found_in("title")
        )
    return Metadata(**values, provenance=tuple(sorted(provenance.items())))


def _diagnostics(ordered: Sequence[Piece], index: Piece | None) -> list[Diagnostic]:
    """The parts' diagnostics, without "this is one chapter of many" when all of them are here."""
    found = [d for p in [*ordered, *([index] if index else [])] for d in p.parsed.diagnostics]
    told = [int(m[1]) for d in found if d.code == "story-part" and (m := re.search(r"\bof (\d+)", d.message))]
    if not told:
        return found
    rest = [d for d in found if d.code != "story-part"]
    have = sum(len(p.chapters) for p in ordered)
    if have < max(told):
        message = f"{have} of {max(told)} chapters are here; save the others too"
        rest.append(Diagnostic("story-part", message, Origin(ordered[0].name, 1), "warning"))
    return rest


# --------------------------------------------------------------------------------------------------- resources


class _Resources:
    """Pictures of all parts under names of their own; the same picture is kept once."""

    def __init__(self) -> None:
        self.kept: list[Resource] = []
        self._by_data: dict[bytes, str] = {}
        self._names: set[str] = set()

    def take(self, resources: Sequence[Resource], chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
        """Adds a part's pictures. Returns its chapters with the names they have now."""
        renamed: dict[str, str] = {}
        for resource in resources:
            if resource.data in self._by_data:
                renamed[resource.name] = self._by_data[resource.data]
                continue
            name = resource.name
            stem, _, suffix = name.rpartition(".")
            number = 2
            while name in self._names:
                name = f"{stem}-{number}.{suffix}"
                number += 1
            renamed[resource.name] = name
            self._names.add(name)
            self._by_data[resource.data] = name
            self.kept.append(replace(resource, name=name))
        if all(a == b for a, b in renamed.items()):
            return tuple(chapters)
        return tuple(_renamed(c, renamed) for c in chapters)


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """The value with every picture in it renamed; what holds none is the same object."""
    if isinstance(value, Image):
        return replace(value, resource=names.get(value.resource, value.resource))
    if isinstance(value, tuple):
        new = tuple(_renamed(v, names) for v in value)
        return value if all(a is b for a, b in zip(new, value, strict=True)) else new
    if is_dataclass(value) and not isinstance(value, Origin | type):
        changes = {}
        for field in fields(value):
            old = getattr(value, field.name)
            if isinstance(old, tuple) or is_dataclass(old):
                made = _renamed(old, names)
                if made is not old:
                    changes[field.name] = made
        return replace(value, **changes) if changes else value
    return value
