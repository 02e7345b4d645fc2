"""From the entries of one folder to what they are: the steps, in their order."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

from converter.folders.about import teller, tellers, together
from converter.folders.aside import NO_PDF, aside, printed
from converter.folders.called import only_counts, stem_of
from converter.folders.coded_parts import parts_in_codes
from converter.folders.collected import with_collection
from converter.folders.copies import alike_by_name
from converter.folders.covers import is_picture, with_covers
from converter.folders.drafts import called_old, drafts_among, without_drafts
from converter.folders.entries import with_entries
from converter.folders.index_pages import only_lists, without_lists
from converter.folders.jottings import OF_A_WORK
from converter.folders.kindred import Telling, told_by_several
from converter.folders.kinds import PAGES, ending_of, holds_nothing, no_story, no_story_page
from converter.folders.listed_order import listed_order
from converter.folders.listing import FIRST, WHOLE, Entry, Look, Reads
from converter.folders.named_files import cover_named, files_named
from converter.folders.overlaps import apart
from converter.folders.series import with_series
from converter.folders.settled import sorted_out, told_again
from converter.folders.signed import with_signed
from converter.folders.understood import NAMED, About, FolderBook, Other, Twin, Understood
from converter.parsers.works.grouping import works_among
from converter.parsers.works.heads import file_head
from converter.parsers.works.order import natural
from converter.parsers.works.rows import Work, contradict
from converter.parsers.works.titles import fold
from converter.parsers.works.worded import with_digits
from converter.recognisers.metadata.file_names import fits_any_folder, holds_chapters, series_name
from converter.recognisers.metadata.matter_in_names import is_title_page, matter_in_name

T = TypeVar("T")
STORY_SETTINGS = "story.toml"
TEXTS = (".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".docx", ".docm")  # whose lines tell what is no story
PAGE_FILES = ("_files", "_Dateien", "_fichiers", "_archivos", "-Dateien", ".files")  # a browser's "save page, complete"
OUTPUT = "where books go"
NAME_IT = "name the file itself to have it read"


def understand(folder: str, entries: Sequence[Entry], reads: Reads, look: Look, output: str = "") -> Understood:
    """What the entries of the folder of this name are. `reads` says which endings are read, `look` looks into files,
    `output` is the folder among them where books go. Every entry is accounted for.
    """
    known = {e.name: e for e in sorted(entries, key=lambda e: natural(e.name))}
    told = STORY_SETTINGS in known and known[STORY_SETTINGS].kind == "file"
    named, loose = _files_named(known, look)
    others = aside(loose, reads)
    files, pictures, inner = _parted([e for e in loose.values() if e.name not in others])
    folders, of_pages = _folders(inner, files, output)
    told_of = tellers(known.values(), files, look, elsewhere=bool(folders))
    about = together(list(told_of.values()))
    files = _others_of(files, told_of)
    lists, matter = _lists(files, folder, known, look)
    stories, twins = _each_once(_others_of(files, {o.name for o in lists}), known, look)
    drafts = {**called_old(stories, look), **drafts_among(twins, known, look)}
    handed_in = {} if told else with_entries(stories)
    rest = _others_of(stories, {*drafts, *handed_in})
    books, lists = _bound(rest, lists, known, look, folder, one_told=told, about=about, named=named)
    books = sorted([*handed_in.values(), *books], key=lambda b: natural(b.files[0])) if handed_in else books
    books, twins = without_drafts(books, drafts, twins)
    if not told:
        books, doubts = apart(books, look)
        twins = _with_more(twins, doubts)
    books, nobodys = _without(books, matter)
    books, indexes = without_lists(books, look)
    lists += [*nobodys, *indexes]
    books, twins = _told_once(books, twins, known, look)
    if told and len(books) > 1:
        others[STORY_SETTINGS] = _speaks_of_one(len(books))
    elif told and books:
        of_pages += [Other(name, "beside", "the folder above is one book") for name in folders]
        folders = ()
    books = _dressed(books, twins, pictures, folder, look, about)
    others |= {name: teller(said, len(books)) for name, said in told_of.items()}
    others |= {} if books or folders else {o.name: replace(o, kind="unread", why=NO_PDF) for o in printed(others)}
    left = (*others.values(), *lists, *_unused(pictures, books, _covers_named(others, look)), *of_pages)
    return Understood(tuple(books), left, folders, None if books else about)


def _files_named(known: Mapping[str, Entry], look: Look) -> tuple[Sequence[str], Mapping[str, Entry]]:
    """The files that the folder's story.toml names as those of one book, and the other entries."""
    said = files_named(look.whole(STORY_SETTINGS)) if STORY_SETTINGS in known else ()
    there = [known[name] for name in said if name in known]
    named = [e.name for e in there if e.kind == "file" and not is_picture(e.name) and ending_of(e.name) != ".toml"]
    return named, {name: entry for name, entry in known.items() if name not in named} if named else known


def _named(rest: Sequence[str], named: Sequence[str]) -> FolderBook:
    """The one book of a folder whose story.toml names files: those that it does not name, and these behind them."""
    files = (*rest, *named)
    whole = len(named) == len(files) > 1
    return FolderBook(files, f"{STORY_SETTINGS} says so", ordered=whole, settled=0 if whole else len(named))


def _others_of(names: Sequence[str], known: Container[str]) -> list[str]:
    return [name for name in names if name not in known]


def _speaks_of_one(books: int) -> Other:
    """The settings of one story where so many are."""
    why = f"it speaks of one book, and {books} stories are here; --together makes them one"
    return Other(STORY_SETTINGS, "unread", why)


def _covers_named(others: Mapping[str, Other], look: Look) -> set[str]:
    """The pictures that settings in the folder say to be covers."""
    return {cover_named(look.whole(o.name)) for o in others.values() if o.kind == "settings"} - {""}


def _unused(pictures: Sequence[str], books: Sequence[FolderBook], covers: Container[str]) -> list[Other]:
    """The pictures that are no book's cover by their names; those that settings name may be all the same."""
    unused = [p for p in pictures if p not in {b.cover for b in books}]
    return [
        Other(p, "beside", "a cover, as settings say")
        if p in covers
        else Other(p, "picture", "no story is called like it")
        for p in unused
    ]


def _parted(entries: Sequence[Entry]) -> tuple[list[str], list[str], list[str]]:
    """The names of what may be stories, of pictures and of folders."""
    files = [e.name for e in entries if e.kind == "file"]
    pictures = [name for name in files if is_picture(name)]
    return [n for n in files if not is_picture(n)], pictures, [e.name for e in entries if e.kind == "folder"]


def _lists(
    files: Sequence[str], folder: str, known: Mapping[str, Entry], look: Look
) -> tuple[list[Other], Mapping[str, Other]]:
    """Those of these files that are no stories by what stands in them; apart from them, by name, those that may be a
    part of a novel that is there: that are its front or back matter by their names, or hold nothing. What a writer
    notes of a work is none, whatever it is called."""
    lists, held = [], {}
    for name in files:
        size, seen = known[name].size, ending_of(name) in (*PAGES, *TEXTS)
        first = look.first(name) if size and seen else b""
        if seen and (what := _no_story(name, first, folder, known)):
            other = Other(name, "no story", f"{what}; {NAME_IT}")
            if what not in OF_A_WORK and _may_be_matter(name):
                held[name] = other
            else:
                lists.append(other)
        elif is_title_page(name.rpartition(".")[0]):
            why = (size < FIRST and holds_nothing(name, first, size)) or (seen and only_lists(name, look))
            lists += [Other(name, "no story", why)] if why else []
        elif size < FIRST and (why := holds_nothing(name, first, size)):
            held[name] = Other(name, "no story", why)
    return lists, held


def _may_be_matter(name: str) -> bool:
    """Whether a file that tells nothing may be a part of a book: front or back matter, but no title page."""
    stem = name.rpartition(".")[0]
    return not is_title_page(stem) and matter_in_name(stem.lower()) is not None


def _without(books: Sequence[FolderBook], matter: Mapping[str, Other]) -> tuple[list[FolderBook], list[Other]]:
    """The books but those that are nothing but one of these files, and what these are."""
    alone = [b for b in books if len(b.files) == 1 and b.files[0] in matter]
    return [b for b in books if b not in alone], [matter[b.files[0]] for b in alone]


def _no_story(name: str, first: bytes, folder: str, known: Mapping[str, Entry]) -> str:
    if ending_of(name) in PAGES:
        return no_story_page(name, first)
    return "" if _has_settings(name, known) else no_story(name, first, folder, known)


def _with_more(
    twins: Mapping[str, tuple[Twin, ...]], more: Mapping[str, tuple[Twin, ...]]
) -> Mapping[str, tuple[Twin, ...]]:
    return {**twins, **{name: (*twins.get(name, ()), *found) for name, found in more.items()}}


def _dressed(
    books: Sequence[FolderBook],
    twins: Mapping[str, tuple[Twin, ...]],
    pictures: Sequence[str],
    folder: str,
    look: Look,
    about: About | None,
) -> list[FolderBook]:
    """The books, each with its twins, its place in a series, the author behind its title, its cover; the only one with
    what is told beside it."""
    whole = list(books)
    if twins:
        whole = [replace(b, twins=tuple(t for f in b.files for t in twins.get(f, ()))) for b in books]
    author = partial(_author_in, look)
    whole = with_series(whole, author)
    whole = with_signed(whole, author, partial(_first_words, look))
    whole = with_collection(whole, folder, author)
    whole = with_covers(whole, pictures, folder, _shown_in(look), alone=len(whole) == 1)
    if about and about.only_author:
        whole = [replace(b, author=b.author or about.facts[0][1]) for b in whole]
    if not about or len(whole) != 1:
        return whole
    named = about.cover if about.cover in pictures else ""
    (only,) = whole
    stem = about.title if len(only.files) > 1 and not only.stem and fold(about.title) not in fold(folder) else only.stem
    return [replace(only, about=about, cover=only.cover or named, stem=stem)]


def _author_in(look: Look, name: str) -> str:
    return file_head(look.first(name)).author


def _first_words(look: Look, name: str) -> str:
    return look.first(name).decode("utf-8", "replace")


def _folders(inner: Sequence[str], files: Sequence[str], output: str) -> tuple[tuple[str, ...], list[Other]]:
    """The folders in which stories may be, and those that hold parts of saved pages, or finished books."""
    stems = {name.rpartition(".")[0] for name in files}
    searched, others = [], []
    for name in inner:
        page = next((name.removesuffix(end) for end in PAGE_FILES if name.endswith(end)), "")
        if name == output:
            others.append(Other(name, "beside", OUTPUT))
        elif page and page in stems:
            others.append(Other(name, "beside", f"parts of the saved page {page}"))
        else:
            searched.append(name)
    return tuple(searched), others


def _each_once(
    stories: Sequence[str], known: Mapping[str, Entry], look: Look
) -> tuple[list[str], Mapping[str, tuple[Twin, ...]]]:
    """The stories without those that are there twice, and the twins of each that is made."""
    made: dict[str, tuple[Twin, ...]] = {}
    left: set[str] = set()
    for names in alike_by_name(stories):
        settled = sorted_out(names, known, look)
        made |= settled
        left |= set(names) - settled.keys()
    return [name for name in stories if name not in left], made


def _told_once(
    books: Sequence[FolderBook], twins: Mapping[str, tuple[Twin, ...]], known: Mapping[str, Entry], look: Look
) -> tuple[list[FolderBook], Mapping[str, tuple[Twin, ...]]]:
    """The books without those of one file whose text is that of another such book, under whatever name; with the twins
    of each that is made."""
    alone = [book.files[0] for book in books if len(book.files) == 1 and not _has_settings(book.files[0], known)]
    settled = told_again(alone, known, look)
    left = {twin.name for again in settled.values() for twin in again}
    known_twins = dict(twins)
    for name, again in settled.items():
        theirs = [replace(t, of=name) for twin in again for t in twins.get(twin.name, ())]
        known_twins[name] = (*twins.get(name, ()), *again, *theirs)
    once = [b for b in books if len(b.files) > 1 or b.files[0] not in left]
    kept, theirs_too = _told_by_several(once, known_twins, known, look)
    return [_alone(kept[0])] if len(kept) == 1 else kept, theirs_too


def _alone(book: FolderBook) -> FolderBook:
    """The only book that is left: that others beside it may be chapters of it is no doubt any more."""
    several = book.doubt is not None and book.doubt.taken_for == "stories"
    return replace(book, doubt=None) if several else book


def _told_by_several(
    books: Sequence[FolderBook], twins: Mapping[str, tuple[Twin, ...]], known: Mapping[str, Entry], look: Look
) -> tuple[list[FolderBook], Mapping[str, tuple[Twin, ...]]]:
    """The books without those that another one holds, whatever their names and formats; with the twins of each."""
    most = max((known[book.files[0]].size for book in books if len(book.files) == 1), default=0)
    told = [telling for book in books if (telling := _telling(book, known, look, most))]
    kin = told_by_several(told, lambda book: b"\n".join(look.whole(f.name) for f in book.files))
    left = {twin.name for found in kin.values() for twin in found if not twin.made}
    whole = _without_settled(twins, kin)
    seen = {frozenset((name, twin.name)) for name, own in whole.items() for twin in own}
    for name, found in kin.items():
        new = [twin for twin in found if frozenset((name, twin.name)) not in seen]
        theirs = [replace(t, of=name) for twin in new if not twin.made for t in twins.get(twin.name, ())]
        whole[name] = (*whole.get(name, ()), *new, *theirs)
    return [book for book in books if book.files[0] not in left], whole


def _without_settled(
    twins: Mapping[str, tuple[Twin, ...]], kin: Mapping[str, tuple[Twin, ...]]
) -> dict[str, tuple[Twin, ...]]:
    """The twins without the doubts about those that `kin` knows to be held by another: these are not made."""
    settled = {frozenset((name, twin.name)) for name, found in kin.items() for twin in found if not twin.made}
    return {
        name: tuple(t for t in own if not (t.made and frozenset((name, t.name)) in settled))
        for name, own in twins.items()
    }


def _telling(book: FolderBook, known: Mapping[str, Entry], look: Look, most: int) -> Telling | None:
    """What is compared of a book; None where it is too long, or a person says something of one of its files. `most`:
    the size of the largest file that is a book by itself, which may begin with any file of this one."""
    files = tuple(known[name] for name in book.files)
    if sum(f.size for f in files) > WHOLE or any(_has_settings(name, known) for name in book.files):
        return None
    opens = [f.name for f in (files if most > sum(sorted(f.size for f in files)[:2]) else files[:1])]
    first, *later = ((look.head if ending_of(name) in PAGES else look.first)(name) for name in opens)
    return Telling(files, first, tuple(later))


def _has_settings(name: str, known: Mapping[str, Entry]) -> bool:
    """Whether a person says something of a story in a file of its name beside it."""
    return f"{name.rpartition('.')[0]}.toml" in known


def _bound(
    stories: Sequence[str],
    lists: list[Other],
    known: Mapping[str, Entry],
    look: Look,
    folder: str,
    *,
    one_told: bool,
    about: About | None,
    named: Sequence[str],
) -> tuple[list[FolderBook], list[Other]]:
    """The books that these files are, and what is no story: where a list says the order of all pieces, or a person has
    `named` files of the book, they are one."""
    if named:
        return [_named(stories, named)], lists
    listed = None if one_told else listed_order({n: known[n] for n in stories}, [o.name for o in lists], folder, look)
    if not listed:
        return _books(stories, known, look, folder, one_told=one_told, about=about), lists
    return [listed.book], [*(o for o in lists if o.name != listed.said_in.name), listed.said_in]


def _books(
    stories: Sequence[str],
    known: Mapping[str, Entry],
    look: Look,
    folder: str,
    *,
    one_told: bool,
    about: About | None = None,
) -> list[FolderBook]:
    """The books that these files in the folder of this name are; `one_told`: a person says that they are one, `about`
    is told of the only one."""
    if len(stories) < 2:
        return [FolderBook((name,), "a story") for name in stories]
    if one_told and not _contradict(stories, look):
        return [FolderBook(tuple(stories), f"{STORY_SETTINGS} says that they are one")]
    chapters = holds_chapters(folder.lower())
    called = [f"chapter {name}" if name[:1].isdecimal() else name for name in with_digits(stories)] if chapters else ()
    home = "" if chapters or fits_any_folder(folder.lower()) else folder
    works = works_in(stories, [known[name].size for name in stories], look, called, home)
    only = home if len(works) == 1 else ""
    title = about.title if about and len(works) == 1 else ""
    books = [_book(work, stories, only, look, title) for work in works]
    return _with_home(books) if home else books


def _with_home(books: list[FolderBook]) -> list[FolderBook]:
    """The books; the only one whose name says nothing but what it counts ("day") leaves that to the folder."""
    counted = [book for book in books if len(book.files) > 1 and only_counts(book.stem)]
    return [replace(b, stem="") if [b] == counted else b for b in books]


def _contradict(stories: Sequence[str], look: Look) -> bool:
    heads = [file_head(look.head(name)) for name in stories]
    return contradict(heads, [name.rpartition(".")[0].lower() for name in stories])


def works_in(
    names: Sequence[str], sizes: Sequence[int], look: Look, called: Sequence[str] = (), home: str = ""
) -> tuple[Work, ...]:
    """The works among these files; `called` are the names by which they are sorted, where those are others, `home` is
    the folder's name, where that may be a work's."""
    heads = Looked(look.head, names)
    firsts, ends = Looked(look.first, names), Looked(look.end, names)
    return works_among(called or names, heads, ends, firsts, sizes, home, Looked(look.brief, names))


def _book(work: Work, stories: Sequence[str], folder: str, look: Look, title: str) -> FolderBook:
    """The book of this work; `folder` may name it, `title` is told of it."""
    files = tuple(stories[i] for i in work.files)
    if len(files) == 1:
        return FolderBook(files, "a story", doubt=work.doubt)
    stem = work.title or stem_of(files, folder, look, title)
    parts = parts_in_codes(files, look)
    found = FolderBook(files, work.why, stem, work.doubt, remarks=work.remarks, parts=parts)
    return replace(found, title=work.title, ordered=work.ordered) if work.title or work.ordered else found


def one_among(name: str, stories: Sequence[str], names: Sequence[str], folder: str, look: Look) -> FolderBook:
    """What its neighbours tell of a file that a person named itself: `stories` are those that may be its series,
    `names` all that lies in the folder of this name."""
    own = FolderBook((name,), NAMED)
    placed = series_name(name.rpartition(".")[0])
    if placed:
        alike = [
            n
            for n in stories
            if n != name and (other := series_name(n.rpartition(".")[0])) and other.series == placed.series
        ]
        row = [FolderBook((n,), "") for n in (name, *alike)]
        own = with_series(row, lambda n: file_head(look.first(n)).author)[0]
    pictures = [n for n in names if is_picture(n)]
    return with_covers([own], pictures, folder, _shown_in(look), alone=list(stories) == [name])[0]


def _shown_in(look: Look) -> Callable[[str, str], bool]:
    """Whether a story's file names a picture, which then is a part of the story."""

    def shows(file: str, picture: str) -> bool:
        names = (picture, quote(picture, errors="replace"))
        return any(name.encode("utf-8", "surrogateescape") in look.head(file) for name in names)

    return shows


class Looked(Sequence[T]):
    """What is seen in each of some files, when it is asked for."""

    def __init__(self, look: Callable[[str], T], names: Sequence[str]) -> None:
        self._look, self._names = look, names

    def __getitem__(self, at: Any) -> Any:
        return self._look(self._names[at])

    def __len__(self) -> int:
        return len(self._names)
