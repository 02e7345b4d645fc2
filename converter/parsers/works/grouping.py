"""Which files of one folder are the chapters of one work: by their names, their titles, their addresses and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import PurePath
from unicodedata import normalize
from urllib.parse import unquote

from converter.document.findings.works import WorkUnsure
from converter.parsers.works.beside import with_matter, with_mixed
from converter.parsers.works.by_days import DatedFile, works_by_days
from converter.parsers.works.by_headings import with_headed
from converter.parsers.works.by_titles import with_titled
from converter.parsers.works.dates import dated_files, dated_keys
from converter.parsers.works.glance import Glance, glance, links
from converter.parsers.works.heads import FileHead, file_head
from converter.parsers.works.order import INDEX_LINKS, INDEX_SHARE, NUMBER, address_key, decimal
from converter.parsers.works.placed import FRONT, UNPLACED, Place, place_in, with_placed
from converter.parsers.works.romans import in_digits
from converter.parsers.works.rows import ROW, RowFile, Work, works_in_row
from converter.parsers.works.shuffled import unshuffled
from converter.parsers.works.strangers import without_strangers
from converter.parsers.works.threads import threads_among
from converter.parsers.works.titles import divides, fold
from converter.parsers.works.worded import with_digits
from converter.recognisers.headings.forms import read_form
from converter.recognisers.headings.words import lexicon
from converter.recognisers.metadata.copies_in_names import UNVERSIONED, is_counted_copy, version_name
from converter.recognisers.metadata.dates_in_names import undated
from converter.recognisers.metadata.file_names import lettered_number, matter, says_part, without_part, work_of_address
from converter.recognisers.metadata.parts_in_names import SEASON, part_in_name
from converter.recognisers.metadata.symbols_in_names import without_symbols
from converter.recognisers.metadata.titles_in_names import names_work_and_author
from converter.recognisers.metadata.volumes_in_names import place_in_volume

NOWHERE = "http://nowhere.invalid/"  # what links are relative to on a page without an address
TITLE_LETTERS = 3
BARE = ("name:|", "name:|titled")  # names that say a number, and no work before it
MANY = 60  # files of a row of which only the first lines are looked at
SECOND = 2  # the number of the first file that bears one, behind a first file without
SEVERAL_TIMES = 10_000  # names of a folder whose stems are asked for again
LONG = 100_000  # bytes of a file that is a book, and no chapter: 17,000 words


def works_among(
    names: Sequence[str],
    heads: Sequence[bytes],
    ends: Sequence[bytes] = (),
    firsts: Sequence[bytes] = (),
    sizes: Sequence[int] = (),
    home: str = "",
    briefs: Sequence[FileHead] = (),
) -> tuple[Work, ...]:
    """The works that these files of one folder are, with what is doubtful about them.

    `heads` are the first bytes of each (64 kB hold the head, and most lists of chapters), `ends` the last ones of
    those that are longer; either may be read when it is asked for. `firsts` are a few bytes of each head, by which
    pages are told from texts, `briefs` what these and the last ones say, `sizes` the bytes of each file, `home` is
    what the folder is called, where that may be a work's name. Files belong together when they were saved from
    addresses of one work; when one is the other's next page; when a page lists them as chapters; when their titles
    differ in the chapter alone, or their names only in a number or a chapter's word (`rows.py`) - and never when
    they are by different authors.
    """
    read = cache(lambda i: file_head(heads[i], ends[i] if ends else b""))
    brief = cache(briefs.__getitem__) if briefs else read
    glances, placed = _seen(heads, firsts or heads, len(names))
    first = (firsts or heads).__getitem__
    counted = in_digits(names)
    called = with_digits(counted)
    stems = [_stem(name) for name in called]
    threads = {i: work for work in threads_among(stems, glances) for i in work.files}
    keys = [_work_key(name, seen) for name, seen in zip(called, glances, strict=True)]
    keys = [f"thread:{threads[i].files[0]}" if i in threads else key for i, key in enumerate(keys)]
    of_work = counted is not names or names_work_and_author(home)
    heads_of = lambda i, row: (brief if row > MANY else read)(i)  # noqa: E731
    rows = _by_name(called, keys, sizes or [0] * len(names), heads_of, first, of_work=of_work)
    rows = [threads.get(work.files[0], work) for work in rows]
    places = _places(names, glances)
    pairs = (*_neighbours(glances, places), *_listed(heads, glances, places), *_titled_alike(glances))
    groups = _joined([list(work.files) for work in rows], pairs, lambda i: read(i).author)
    groups = _with_index_pages(groups, names, glances)
    known = {work.files[0]: work for work in rows}
    works = with_titled([_work(group, known) for group in groups], glances, read, brief)
    works = with_headed(works, glances, read, brief)
    numbered = {i: _number(stems[i]) for i, key in enumerate(keys) if key in BARE}
    mixed = with_placed(with_mixed(works, numbered, stems, read), placed, names, read)
    works = with_matter(mixed, stems, work_in_name, _number, read, home.lower())
    return tuple(sorted(works, key=lambda work: min(work.files)))


def _seen(heads: Sequence[bytes], firsts: Sequence[bytes], count: int) -> tuple[list[Glance], dict[int, Place]]:
    """A glance at each of so many files, and what those say of their places that say it."""
    glances: list[Glance] = []
    placed: dict[int, Place] = {}
    for i in range(count):
        begins = firsts[i]
        page = b"<" in begins
        glances.append(glance(heads[i] if page and heads is not firsts else begins))
        if (not page or begins.startswith(FRONT)) and (place := place_in(begins)) != UNPLACED:
            placed[i] = place
    return glances, placed


def _joined(
    groups: Sequence[list[int]], pairs: Iterable[tuple[int, int]], author: Callable[[int], str]
) -> list[list[int]]:
    """The groups, those together that a pair of files joins, as long as all in them are by one author."""
    home = {i: group for group in groups for i in group}
    grown: set[int] = set()
    hands: dict[int, set[str]] = {}  # the authors of each group that may grow
    for i, j in pairs:
        one, other = sorted((home[i], home[j]), key=len, reverse=True)
        if one is other:
            continue
        for group in (one, other):
            if id(group) not in hands:
                hands[id(group)] = {name for k in group if (name := author(k))}
        together = hands[id(one)] | hands[id(other)]
        if len(together) <= 1:
            one.extend(other)
            grown.add(id(one))
            hands[id(one)] = together
            home.update(dict.fromkeys(other, one))
    return list({id(group): sorted(group) if id(group) in grown else group for group in home.values()}.values())


def _work(group: Sequence[int], known: Mapping[int, Work]) -> Work:
    """The work that these files are, with what was said of the rows it is made of."""
    rows = [known[i] for i in group if i in known]
    doubt = next((row.doubt for row in rows if row.doubt), None)
    if len(rows) > 1:
        return Work(
            tuple(group), doubt, "links lead from one to the other, or their titles differ in the chapter alone"
        )
    return rows[0]._replace(files=tuple(group), doubt=doubt)


def _by_name(
    names: Sequence[str],
    keys: Sequence[str],
    sizes: Sequence[int],
    read: Callable[[int, int], FileHead],
    first: Callable[[int], bytes],
    *,
    of_work: bool,
) -> list[Work]:
    """The works as the files' addresses and names tell them, by the `keys` that those of one share; `read` gives
    the head of a file by its place, in a row of so many, `first` its first bytes. `of_work`: see `works_in_row`."""
    alike: dict[str, list[int]] = {}
    dated = dated_files([_stem(name) for name in names])
    by_days = dated_keys(dated)
    for i, key in enumerate(keys):
        alike.setdefault(key if key.startswith("address:") else by_days.get(i, key), []).append(i)
    firsts = _with_firsts(alike, names)
    _with_originals(alike, names, read)
    works: list[Work] = []
    for key, members in alike.items():
        if not members:
            continue
        if len(members) == 1 or not key.startswith("name:"):
            works.append(Work(tuple(members), why="they were saved from addresses of one work" if members[1:] else ""))
            continue
        prefix = key.removeprefix("name:").split("|")[0].strip()
        for row in _apart_by_ending(members, names):
            if row[0] in by_days and len(row) > 1:
                dates = [DatedFile(m, names[m], dated[m], read(m, len(row)), first(m)) for m in row]
                works += works_by_days(dates, prefix)
                continue
            files = [
                RowFile(m, stem, 1.0 if m in firsts else _number(stem), read(m, len(row)), sizes[m] >= LONG)
                for m in row
                for stem in (firsts.get(m) or _stem(names[m]),)
            ]
            works += _unshuffled(files, prefix, of_work=of_work)
    return works


def _unshuffled(files: Sequence[RowFile], prefix: str, *, of_work: bool) -> list[Work]:
    """The works in a row, also in one where two works have their chapters."""
    parts = [part for own in without_strangers(files) for part in unshuffled(own)]
    works = [work for part in parts for work in works_in_row(part.files, part.name or prefix, of_work=of_work)]
    if any(part.unsure for part in parts):
        works[0] = works[0]._replace(doubt=WorkUnsure(len(files), "stories"))
    return works


def _with_firsts(alike: dict[str, list[int]], names: Sequence[str]) -> dict[int, str]:
    """Puts "Salt" before "Salt part 2", "Salt part 3" in their row; the names by which such files count there."""
    bare = {key.removeprefix("file:"): members[0] for key, members in alike.items() if key.startswith("file:")}
    stems = {_stem(name): i for name, i in bare.items()}
    firsts: dict[int, str] = {}
    for key, members in alike.items():
        prefix = key.removeprefix("name:").split("|")[0].strip(" ._-–—([")
        if not key.startswith("name:") or prefix not in stems:
            continue
        called = [_stem(names[m]) for m in members]
        if all(map(says_part, called)) and min(map(_number, called)) == SECOND:
            first = stems.pop(prefix)
            firsts[first] = called[0]
            members.insert(0, first)
            alike[f"file:{names[first]}"].clear()
    return firsts


def _with_originals(alike: dict[str, list[int]], names: Sequence[str], read: Callable[[int, int], FileHead]) -> None:
    """Puts "Untitled" before "Untitled (1)", "Untitled (2)" in their row, where all are chapters of one work by their
    heads, and none has the other's number."""
    alone = {_stem(names[i]): key for key, found in alike.items() if key.startswith("file:") for i in found}
    for key, members in alike.items():
        prefix = key.removeprefix("name:").split("|")[0].strip()
        if key.startswith("name:") and prefix in alone and all(is_counted_copy(_stem(names[m])) for m in members):
            bare = alike[alone[prefix]][0]
            first, *heads = (read(m, len(members)) for m in (bare, *members))
            numbers = {head.number for head in heads if head.work and head.work == first.work} - {None}
            if len(numbers) >= SECOND and first.number is not None and first.number not in numbers:
                members.insert(0, bare)
                alike[alone.pop(prefix)].clear()


def _apart_by_ending(members: Sequence[int], names: Sequence[str]) -> Iterable[list[int]]:
    """The files as one row; where two differ in their endings alone, as a row for each ending."""
    if len({_stem(names[m]) for m in members}) == len(members):
        return [list(members)]
    rows: dict[str, list[int]] = {}
    for m in members:
        rows.setdefault(PurePath(names[m]).suffix.lower(), []).append(m)
    return rows.values()


def _with_index_pages(groups: Sequence[list[int]], names: Sequence[str], glances: Sequence[Glance]) -> list[list[int]]:
    """The groups, each page that lists most files of one with the files it names: as the first of them."""
    works = {i: group for group in groups if len(group) > 1 for i in group}
    if not works:
        return list(groups)
    called = {name.lower().encode(errors="surrogateescape"): i for i, name in enumerate(names) if i in works}
    listing: dict[int, list[int]] = {}
    for group in groups:
        if len(group) == 1 and (home := _listed_by(glances[group[0]], called, works)):
            listing[group[0]] = home
    for i, home in listing.items():
        home.insert(0, i)
    return [group for group in groups if len(group) > 1 or group[0] not in listing]


def _listed_by(seen: Glance, called: dict[bytes, int], works: dict[int, list[int]]) -> list[int] | None:
    """The group most of whose files a page names."""
    named: dict[int, int] = {}
    for name in seen.linked & called.keys():
        group = works[called[name]]
        named[id(group)] = named.get(id(group), 0) + 1
        if named[id(group)] >= max(INDEX_LINKS, INDEX_SHARE * len(group)):
            return group
    return None


def _neighbours(glances: Sequence[Glance], places: dict[str, int]) -> Iterable[tuple[int, int]]:
    """Pairs of files of which one says that the other is its next or previous page."""
    for i, seen in enumerate(glances):
        for target in seen.neighbours:
            for j in _places_of(target, places, seen.address):
                if i != j:
                    yield i, j


def _listed(heads: Sequence[bytes], glances: Sequence[Glance], places: dict[str, int]) -> Iterable[tuple[int, int]]:
    """An index page with each file it lists, when its links read like chapters: a list of stories does not."""
    lex = lexicon("en")
    ends = {key.rpartition("/")[2].partition("?")[0].lower().encode(errors="surrogateescape") for key in places}
    for i, seen in enumerate(glances):
        if len(seen.linked & ends) < ROW:
            continue
        listed: dict[int, bool] = {}
        for target, words in links(heads[i]):
            form = read_form(words, lex) if words else None
            for j in _places_of(target, places, seen.address or NOWHERE):
                if i != j:
                    listed[j] = listed.get(j, False) or (form is not None and form.shape != "title")
        if len(listed) >= ROW and sum(listed.values()) >= INDEX_SHARE * len(listed):
            yield from ((i, j) for j in listed)


def _titled_alike(glances: Sequence[Glance]) -> Iterable[tuple[int, int]]:
    """Pairs of files whose titles differ in the chapter alone, and in that they all differ."""
    lex = lexicon("en")
    works: dict[str, dict[str, int]] = {}  # the files of each by their chapters
    alike: set[str] = set()
    says_chapter = cache(lambda part: divides(part.strip(), lex))  # a site's name stands in all titles
    for i, seen in enumerate(glances):
        chapters = [p for p in seen.title if says_chapter(p)]
        work = fold(" ".join(p for p in seen.title if p not in chapters))
        if chapters and len(work) > TITLE_LETTERS:
            chapter = fold(" ".join(chapters))
            if chapter in works.setdefault(work, {}):
                alike.add(work)  # chapter 1 twice: two stories whose titles name the site alone
            works[work].setdefault(chapter, i)
    for work, files in works.items():
        if work not in alike:
            yield from pairwise(files.values())


def _places(names: Sequence[str], glances: Sequence[Glance]) -> dict[str, int]:
    """Where each file is found: by its name and by the address that it says it has."""
    places = {name.lower(): i for i, name in enumerate(names)}
    for i, seen in enumerate(glances):
        if seen.address:
            places.setdefault(address_key(seen.address), i)
    return places


def _places_of(target: str, places: dict[str, int], base: str) -> Iterable[int]:
    file_name = PurePath(unquote(target.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0])).name.lower()
    for name in (file_name, address_key(target, base) if base else ""):
        if name in places:
            yield places[name]


@lru_cache(maxsize=SEVERAL_TIMES)
def _stem(name: str) -> str:
    return without_symbols(normalize("NFC", PurePath(name.replace("\\", "/")).stem)).lower()


def _number(stem: str) -> float:
    """The number in a name, in digits, or in letters beside a chapter's word or at its end."""
    stem = undated(stem)
    if part := part_in_name(stem):
        return part.number
    if inside := place_in_volume(stem):
        return SEASON * inside.volume + inside.place
    if digits := NUMBER.search(stem):
        return decimal(digits)
    if (number := lettered_number(stem)) is not None:
        return float(number)
    return -1.0 if matter(re.split(r"[\W_]+", stem)) < 0 else float("inf")


def numbers_in_names(names: Sequence[str]) -> list[float | None]:
    """The chapter's number in each of these names of files; None where it has none, or a day, which counts nothing."""
    stems = [_stem(name) for name in with_digits(names)]
    dated = dated_files(stems)
    numbers = [_number(stem) for stem in stems]
    return [n if 0 <= n < float("inf") and i not in dated else None for i, n in enumerate(numbers)]


def _counts_versions(stem: str) -> bool:
    """Whether the number in a name counts versions ("moth_v2"), and no chapters."""
    version = version_name(stem)
    return version.order != UNVERSIONED and lettered_number(stem) is None and not any(map(str.isdigit, version.story))


def work_in_name(stem: str) -> str:
    """What a chapter's name has before the number."""
    return without_part(undated(stem)).partition("#")[0].strip(" ._-([")


def _work_key(name: str, seen: Glance) -> str:
    if work := work_of_address(seen.address):
        return f"address:{work}"
    stem = _stem(name)
    reduced = without_part(undated(stem))
    if "#" not in reduced or _counts_versions(stem):
        return f"file:{name}"
    before = reduced.split("#", 1)[0]
    titled = "titled" if reduced[0] == "#" and re.search(r"[^\W\d_]{3}", reduced) and stem[0].isdecimal() else ""
    return f"name:{before.strip(' ._-([')}|{titled}"
