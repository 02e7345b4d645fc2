"""The order of a work's files: by its index page, by links, by the numbers in headings, by names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit

from converter.document.contracts import Parsed
from converter.document.model import Chapter, Metadata
from converter.document.words import book_text, plain_text
from converter.parsers.works.dates import days_of_parts
from converter.parsers.works.worded import with_digits
from converter.recognisers.headings.forms import Form, read_form
from converter.recognisers.headings.words import lexicon, read_number
from converter.recognisers.metadata.dates_in_names import undated
from converter.recognisers.metadata.extras_in_names import extra_in_name
from converter.recognisers.metadata.file_names import matter
from converter.recognisers.metadata.matter_in_names import behind_last, matter_in_name
from converter.recognisers.metadata.parts_in_names import SEASON, part_in_name
from converter.recognisers.metadata.symbols_in_names import without_symbols
from converter.recognisers.metadata.volumes_in_names import place_in_volume

INDEX_LINKS = 2  # of the other files named by a page: it is the index
LINK_WORDS = 6  # of a chapter's name in a list, more or less
TOLD_WORDS = 150  # outside the list that an index may have: a summary
TOLD_EACH = 25  # for every page it names: more when the list is long
INDEX_SHARE = 0.6  # of the other files
INDEX_WORDS = 1_500  # an index page tells of the work, it does not tell the work
PARTING = re.compile(r"(?<!\s)\s+[|–—»«·•:/\\~-]+\s+|(?:(?<!\s)\s+)?(?:\||::)\s*|(?<=\w):\s+")
NUMBER = re.compile(r"(?<!\d)(?<!\d\.)(\d{1,6})(?:[.,_-](\d{1,2})(?!\d))?")
BY_NAMES = "the numbers and words in their names"
BY_IDS = "the numbers and words in their names, and the numbers in their addresses"
ADDRESS_NUMBER = re.compile(r"(?<!\d)\d{1,12}(?!\d)")
BY_DATES = "the dates in their names"
OPENING = 3_000  # characters of a text that tell its language
ROW = 3  # pieces whose numbers go up
UNKNOWN = float("inf")  # the number of a file without one
EXTRA = 0.5  # the rank of bonus chapters behind the story: after an epilogue, before an afterword
Rank = tuple[float, float, tuple[tuple[int, int, str], ...]]  # front, middle or back; number; natural order


@dataclass(slots=True)
class FilePart:
    """One file of the work."""

    parsed: Parsed
    place: int
    name: str
    address: str = ""
    next: str = ""
    previous: str = ""
    links: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """The file's name without folder and suffix, and without symbols."""
        return without_symbols(PurePath(self.name.replace("\\", "/")).stem)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters in it."""
        return self.parsed.book.chapters


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


def _names(piece: FilePart) -> set[str]:
    """Everything a link to this piece may be called."""
    names = {PurePath(piece.name.replace("\\", "/")).name.lower()}
    if piece.address:
        names.add(address_key(piece.address))
    return names


def _leads_to(link: str, source: FilePart, target: FilePart) -> bool:
    bare = unquote(link.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0])
    file_name = PurePath(bare).name.lower()
    names = _names(target)
    return (bool(file_name) and file_name in names) or address_key(link, source.address) in names


def index_page(pieces: Sequence[FilePart]) -> FilePart | None:
    """The page that only lists the others."""
    best: tuple[int, FilePart] | None = None
    for piece in pieces:
        words = len(book_text(piece.parsed.book).split())
        if not piece.links or words > INDEX_WORDS:
            continue
        if piece.next or piece.previous:
            continue  # a page between two chapters is a chapter, however short
        others = [p for p in pieces if p is not piece]
        named = sum(any(_leads_to(link, piece, other) for link in piece.links) for other in others)
        if words - LINK_WORDS * len(piece.links) > max(TOLD_WORDS, TOLD_EACH * named):
            continue  # more is told than listed: a chapter that speaks of others
        if named >= max(INDEX_LINKS, INDEX_SHARE * len(others)) and (best is None or named > best[0]):
            best = named, piece
    return best[1] if best else None


def in_reading_order(pieces: Sequence[FilePart], index: FilePart | None) -> tuple[list[FilePart], str]:
    """The files in the order in which they are read, and what it was learned from."""
    listed = _as_listed(pieces, index) if index is not None else None
    if listed is not None:
        return listed, "the index page lists them so"
    chain = _chain(pieces)
    if chain is not None:
        return chain, "each page links to the next"
    numbers = [n for p in pieces if (n := heading_number(p)) is not None]
    if len(set(numbers)) == len(pieces) and not _in_volumes(pieces):
        return _sorted(pieces, numbers), "the numbers in their headings"
    if days := days_of_parts([p.stem for p in pieces], lambda: book_text(pieces[0].parsed.book)[:OPENING]):
        keys = [(day, natural(p.stem)) for day, p in zip(days.days, pieces, strict=True)]
        return _sorted(pieces, keys), BY_DATES if days.taken is None else f"{BY_DATES}, {days.taken}"
    ranks = _ranks(pieces)
    if len(set(ranks)) == len(ranks):
        ordered = _sorted(pieces, ranks)
        return (by_ids, BY_IDS) if (by_ids := _by_ids(ordered)) else (ordered, BY_NAMES)
    return list(pieces), "the order in which they were given"


def _in_volumes(pieces: Sequence[FilePart]) -> bool:
    """Whether names say that these are pieces of several volumes, each of which may have a prologue and an epilogue."""
    inside = [place_in_volume(normalize("NFC", p.stem.lower())) for p in pieces]
    return all(inside) and len({i.volume for i in inside if i}) > 1


def _by_ids(ordered: Sequence[FilePart]) -> list[FilePart] | None:
    """The pieces, those whose place their names don't tell where the only number that differs in their addresses puts
    them: that a site counts its chapters with, since it goes up with all others. None where there are no such pieces,
    or nothing tells."""
    loose = unplaced(ordered)
    kept = [p for p in ordered if not any(p is other for other in loose)]
    numbers = [[int(n) for n in ADDRESS_NUMBER.findall(p.address)] for p in ordered]
    if not loose or len(kept) < ROW or len(set(map(len, numbers))) != 1 or not all(p.address for p in ordered):
        return None
    differ = [column for column in zip(*numbers, strict=True) if len(set(column)) > 1]
    if len(differ) != 1 or len(set(differ[0])) < len(ordered):
        return None
    ids = {id(p): n for p, n in zip(ordered, differ[0], strict=True)}
    if not all(ids[id(a)] < ids[id(b)] for a, b in pairwise(kept)):
        return None
    return sorted(ordered, key=lambda p: ids[id(p)])


def _as_listed(pieces: Sequence[FilePart], index: FilePart) -> list[FilePart] | None:
    """The pieces as an index page lists them, the newest last; None where it doesn't list them all."""
    places = [next((i for i, link in enumerate(index.links) if _leads_to(link, index, p)), -1) for p in pieces]
    if -1 in places:
        return None
    listed = _sorted(pieces, places)
    numbers = [n for p in listed if (n := heading_number(p)) is not None]
    if len(numbers) > 1 and all(a > b for a, b in pairwise(numbers)):
        listed.reverse()
    return listed


def _sorted(pieces: Sequence[FilePart], keys: Sequence[Any]) -> list[FilePart]:
    """The pieces in the order of their keys; those with equal ones stay as they stand."""
    return [pieces[i] for i in sorted(range(len(pieces)), key=lambda i: keys[i])]


def unplaced(pieces: Sequence[FilePart]) -> list[FilePart]:
    """The files whose names say nothing about their place in the work."""
    common = common_part(pieces)
    ranked = zip(pieces, _ranks(pieces), strict=True)
    return [p for p, (kind, number, _) in ranked if (not kind and number == UNKNOWN) or _is_between(p.stem, common)]


def _is_between(stem: str, common: str) -> bool:
    """Whether a name says that its chapter stands between others, or in a volume, but not where."""
    if inside := place_in_volume(normalize("NFC", stem.lower())):
        return inside.loose
    extra = extra_in_name(normalize("NFC", stem.lower()), common)
    return extra is not None and extra.between


def _ranks(pieces: Sequence[FilePart]) -> list[Rank]:
    common = common_part(pieces)
    ranks = []
    for piece, stem in zip(pieces, with_digits([p.stem for p in pieces]), strict=True):
        kind, number, rest = _rank(stem, common)
        if not kind and number == UNKNOWN and (own := heading_number(piece)) is not None:
            number = own
        ranks.append((kind, number, rest))
    stems = [p.stem.lower() for p in pieces]
    for i, (kind, number, rest) in enumerate(ranks):  # "Weir", "Weir 2", "Weir 3": the first bears no number
        if not kind and number == UNKNOWN and len(pieces) > 1 and all(s.startswith(stems[i]) for s in stems):
            if 1 not in {n for k, n, _ in ranks if not k}:
                ranks[i] = kind, 1.0, rest
            break
    return ranks


def _chain(pieces: Sequence[FilePart]) -> list[FilePart] | None:
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


def heading_number(piece: FilePart) -> float | None:
    """The number of the first numbered chapter, with its decimals ("Chapter 10.5")."""
    for _, chapter in piece.parsed.book.walk():
        if chapter.number is not None:
            decimals = re.search(rf"(?<!\d)0*{chapter.number}[.,](\d{{1,2}})\b", plain_text(chapter.label))
            return chapter.number + (float(f"0.{decimals[1]}") if decimals else 0.0)
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


def common_part(pieces: Sequence[FilePart]) -> str:
    """The beginning that all names share, up to a word's start."""
    stems = [p.stem.lower() for p in pieces]
    first, last = min(stems), max(stems)
    size = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return re.sub(r"(?<![^\W_])[^\W_]+$", "", first[:size]) if len(stems) > 1 else ""


def _rank(stem: str, common: str) -> Rank:
    """A name's place: front matter, numbers (decimals, roman, words), then back matter; ties by natural order."""
    rest = undated(stem.lower().removeprefix(common))
    if inside := place_in_volume(normalize("NFC", stem.lower())):
        return 0, SEASON * inside.volume + inside.place, natural(rest)
    if extra := extra_in_name(normalize("NFC", stem.lower()), common):
        return (1, EXTRA, natural(rest)) if extra.chapter is None else (0, extra.place, natural(rest))
    if behind_last(normalize("NFC", stem.lower())):
        return 1, 0.0, natural(rest)
    words = [w for w in re.split(r"[\W_]+", rest) if w]
    digits = NUMBER.search(rest)
    part = part_in_name(normalize("NFC", stem.lower()))
    if part:
        number: float | None = part.number
    elif digits and (not words or digits.start() <= len(words[0]) + 12):
        number = decimal(digits)
    else:
        number = _worded(words[:3])
    said = matter_in_name(normalize("NFC", stem.lower()), common)
    if said and part is None and number is None:
        return said.place, float(said.rank), natural(rest)
    begins_with_digits = digits is not None and not rest[: digits.start()].strip(" ._-([")
    counted = part is not None and part.number >= SEASON  # "b2 prologue" stands within its volume
    place = 0 if begins_with_digits or counted else matter(words)
    return place, number if number is not None else (0.5 if place else UNKNOWN), natural(rest)


def decimal(digits: re.Match[str]) -> float:
    """The number that `NUMBER` matched, with its decimals; long ones are dates, and what follows them is none."""
    return float(f"{digits[1]}.{digits[2]}" if digits[2] and len(digits[1]) < 5 else digits[1])


def _worded(words: Sequence[str]) -> float | None:
    """The first of these words that is a number, in letters or roman."""
    numbers = ((word, read_number(word, lexicon("en"))) for word in words)
    return next((float(n.value) for word, n in numbers if n is not None and n.end == len(word)), None)


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A sorting key in which 10 follows 9."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(p), "") if p.isdecimal() and p.isascii() else (1, 0, p) for p in parts if p)
