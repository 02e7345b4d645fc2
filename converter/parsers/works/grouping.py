"""Which files of one folder are the chapters of one work: by their names, their titles, their addresses and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import PurePath
from urllib.parse import quote, unquote

from converter.parsers.works.heads import FileHead, file_head
from converter.parsers.works.order import INDEX_LINKS, INDEX_SHARE, NUMBER, PARTING, address_key, decimal
from converter.parsers.works.rows import ROW, RowFile, Work, works_in_row
from converter.parsers.works.titles import divides, fold
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.file_names import lettered_number, matter, without_part, work_of_address


def works_among(names: Sequence[str], heads: Sequence[bytes], ends: Sequence[bytes] = ()) -> tuple[Work, ...]:
    """The works that these files of one folder are, with what is doubtful about them.

    `heads` are the first bytes of each (64 kB hold the head, and most lists of chapters), `ends` the last ones of those
    that are longer. Files belong together when they were saved from addresses of one work; when one is the other's next
    page; when a page lists them as chapters; when their titles differ in the chapter alone, or their names only in a
    number or a chapter's word (`rows.py`) - and never when they are by different authors.
    """
    read = cache(lambda i: file_head(heads[i], ends[i] if ends else b""))
    rows = _by_name(names, heads, read)
    doubts = {work.files[0]: work.doubt for work in rows}
    groups = [list(work.files) for work in rows]
    for i, j in (*_neighbours(names, heads), *_listed(names, heads), *_titled_alike(heads)):
        one, other = (next(g for g in groups if k in g) for k in (i, j))
        if one is not other and not _by_two_hands(read(i), read(j)):
            groups.remove(other)
            one.extend(other)
            one.sort()
    groups = _with_index_pages(groups, names, heads)
    return tuple(Work(tuple(g), next((d for i in g if (d := doubts.get(i))), None)) for g in sorted(groups))


def _by_name(names: Sequence[str], heads: Sequence[bytes], read: Callable[[int], FileHead]) -> list[Work]:
    """The works as the files' addresses and names tell them; `read` gives the head of a file by its place."""
    alike: dict[str, list[int]] = {}
    for i, (name, head) in enumerate(zip(names, heads, strict=True)):
        alike.setdefault(_work_key(name, head), []).append(i)
    works: list[Work] = []
    for key, members in alike.items():
        if len(members) == 1 or not key.startswith("name:"):
            works.append(Work(tuple(members)))
            continue
        stems = {m: PurePath(names[m].replace("\\", "/")).stem.lower() for m in members}
        row = [RowFile(m, stems[m], _number(stems[m]), read(m)) for m in members]
        prefix = key.removeprefix("name:").split("|")[0].strip()
        works += [Work(tuple(sorted(work.files)), work.doubt) for work in works_in_row(row, prefix)]
    return works


def _by_two_hands(one: FileHead, other: FileHead) -> bool:
    """Whether two files are by different authors."""
    return bool(one.author) and bool(other.author) and one.author != other.author


def _with_index_pages(groups: Sequence[list[int]], names: Sequence[str], heads: Sequence[bytes]) -> list[list[int]]:
    """The groups, each index page with the files it names: as the first of them."""
    whole = list(groups)
    for group in [g for g in groups if len(g) == 1]:
        home = _listed_by(heads[group[0]], names, whole)
        if home is not None and home is not group:
            whole.remove(group)
            home.insert(0, group[0])
    return whole


def _neighbours(names: Sequence[str], heads: Sequence[bytes]) -> Iterable[tuple[int, int]]:
    """Pairs of files of which one says that the other is its next or previous page."""
    places, own = _places(names, heads)
    for i, head in enumerate(heads):
        for tag in _NEIGHBOUR.findall(head):
            for j in _places_of(tag, places, own[i]):
                if i != j:
                    yield i, j


def _listed(names: Sequence[str], heads: Sequence[bytes]) -> Iterable[tuple[int, int]]:
    """An index page with each file it lists, when its links read like chapters: a list of stories does not."""
    places, own = _places(names, heads)
    lex = lexicon("en")
    for i, head in enumerate(heads):
        listed: dict[int, bool] = {}
        for tag, text in _LINK.findall(head):
            words = " ".join(re.sub(rb"<[^<>]*>", b" ", text).decode("utf-8", "replace").split())
            form = read_form(words, lex) if words else None
            for j in _places_of(tag, places, own[i] or NOWHERE):
                if i != j:
                    listed[j] = listed.get(j, False) or (form is not None and form.shape != "title")
        if len(listed) >= ROW and sum(listed.values()) >= INDEX_SHARE * len(listed):
            yield from ((i, j) for j in listed)


def _titled_alike(heads: Sequence[bytes]) -> Iterable[tuple[int, int]]:
    """Pairs of files whose titles differ in the chapter alone, and in that they all differ."""
    lex = lexicon("en")
    works: dict[str, dict[str, int]] = {}  # the files of each by their chapters
    alike: set[str] = set()
    for i, head in enumerate(heads):
        title = _TITLE.search(head)
        parts = PARTING.split(" ".join(unescape(title[1].decode("utf-8", "replace")).split())) if title else []
        chapters = [p for p in parts if divides(p.strip(), lex)]
        work = fold(" ".join(p for p in parts if p not in chapters))
        if chapters and len(work) > TITLE_LETTERS:
            chapter = fold(" ".join(chapters))
            if chapter in works.setdefault(work, {}):
                alike.add(work)  # chapter 1 twice: two stories whose titles name the site alone
            works[work].setdefault(chapter, i)
    for work, files in works.items():
        if work not in alike:
            yield from pairwise(files.values())


def _places(names: Sequence[str], heads: Sequence[bytes]) -> tuple[dict[str, int], list[str]]:
    """Where each file is found by its name and by its address; the address that each says it has."""
    places = {name.lower(): i for i, name in enumerate(names)}
    own = [_said_address(head) for head in heads]
    for i, address in enumerate(own):
        if address:
            places.setdefault(address_key(address), i)
    return places, own


def _places_of(tag: bytes, places: dict[str, int], base: str) -> Iterable[int]:
    href = _HREF.search(tag)
    if not href:
        return
    target = href[1].decode("utf-8", "replace")
    file_name = PurePath(unquote(target.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0])).name.lower()
    for name in (file_name, address_key(target, base) if base else ""):
        if name in places:
            yield places[name]


def _said_address(head: bytes) -> str:
    address = _ADDRESS.search(head)
    return next(g for g in address.groups() if g).decode("utf-8", "replace") if address else ""


def _number(stem: str) -> float:
    """The number in a name, in digits or behind a chapter's word in letters."""
    if digits := NUMBER.search(stem):
        return decimal(digits)
    if (number := lettered_number(stem)) is not None:
        return float(number)
    return -1.0 if matter(re.split(r"[\W_]+", stem)) < 0 else float("inf")


def _listed_by(head: bytes, names: Sequence[str], groups: Sequence[list[int]]) -> list[int] | None:
    """The group most of whose files an index page names."""
    for group in groups:
        if len(group) > 1:
            named = sum(names[i].encode() in head or quote(names[i]).encode() in head for i in group)
            if named >= max(INDEX_LINKS, INDEX_SHARE * len(group)):
                return group
    return None


NOWHERE = "http://nowhere.invalid/"  # what links are relative to on a page without an address
_ADDRESS = re.compile(
    rb"""saved from url=\(\d+\)(\S+)|rel=["']?canonical["']?[^>]{0,80}href=["']([^"'>]+)|"""
    rb"""property=["']og:url["'][^>]{0,80}content=["']([^"'>]+)""",
    re.I,
)
TITLE_LETTERS = 3
_TITLE = re.compile(rb"<title\b[^>]{0,100}>([^<]{1,500})", re.I)
_NEIGHBOUR = re.compile(rb"""<(?:link|a)\b(?=[^>]{0,400}\brel=["']?(?:next|prev|previous)\b)[^>]{0,400}>""", re.I)
_HREF = re.compile(rb"""\bhref=["']?([^"'>\s]+)""", re.I)
_LINK = re.compile(rb"""(<a\b[^>]{0,400}>)(.{0,300}?)</a""", re.I | re.S)


def _work_key(name: str, head: bytes) -> str:
    if work := work_of_address(_said_address(head)):
        return f"address:{work}"
    path = PurePath(name.replace("\\", "/"))
    stem = path.stem.lower()
    reduced = without_part(stem)
    if "#" not in reduced:
        return f"file:{name}"
    before = reduced.split("#", 1)[0]
    titled = "titled" if reduced[0] == "#" and re.search(r"[^\W\d_]{3}", reduced) and stem[0].isdecimal() else ""
    return f"name:{before.strip(' ._-')}|{path.suffix.lower()}|{titled}"
