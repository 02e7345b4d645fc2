"""The posts that a newsletter's site hands out: "posts/101.a-gate.html" beside "posts.csv", which has their titles and
dates; of one serial they are one book."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from converter.document.errors import ConverterError
from converter.folders.kinds import PAGES, ending_of
from converter.folders.listing import Look
from converter.folders.manuscript import Tree
from converter.folders.understood import About, FolderBook, Other, Understood
from converter.parsers.works.titles import fold
from converter.recognisers.metadata.file_names import lettered_number, says_part

TABLE = "posts.csv"
POSTS = "posts"
ID, TITLE, DATE, PUBLISHED = "post_id", "title", "post_date", "is_published"  # columns of the table
FEWEST = 2  # posts of a serial
MOST = 0.6  # of a serial's titles say that they are parts of it
SAYS = "it says the titles and the order of the posts"
WHY = "the posts of one serial, in the order of their dates"


class Export(NamedTuple):
    """What such a folder is: its own and the posts' understood anew, and the serial's book where the posts are one."""

    own: Understood
    posts: Understood
    serial: FolderBook | None


class _Post(NamedTuple):
    title: str
    date: str
    published: bool


def export_in(tree: Tree, look: Look) -> Export | None:
    """The export that a folder is; None where it has no table of posts, or none of them. `look` looks into its files.

    Posts are one serial where a file beside them says a title and who wrote it, or most of their titles say which part
    they are. What was not published is no part of it.
    """
    listed = next((o for o in tree.understood.others if o.name.lower() == TABLE), None)
    folder = next((name for name in tree.folders if name.lower() == POSTS), "")
    if not listed or not folder or tree.understood.books:
        return None
    held = tree.folders[folder].understood
    known = _known(held, _table(look.whole(listed.name)))
    if not known:
        return None
    titled = tuple(one for book in held.books for one in _each(book, known))
    others = tuple(_told(o, listed) for o in tree.understood.others)
    own, posts = replace(tree.understood, others=others), replace(held, books=titled)
    return Export(own, posts, _serial(folder, known, tree.understood.about))


def _known(held: Understood, table: Mapping[str, _Post]) -> dict[str, _Post]:
    """The pages of a folder that are posts of this table."""
    pages = (file for book in held.books for file in book.files if ending_of(file) in PAGES)
    return {file: post for file in pages if (post := table.get(file.rpartition(".")[0]))}


def _serial(folder: str, known: Mapping[str, _Post], about: About | None) -> FolderBook | None:
    """The book of the posts in this folder that were published, where they are one."""
    files = sorted((f for f, post in known.items() if post.published), key=lambda f: (known[f].date, f))
    named = about and about.title and any(field == "author" for field, _, _ in about.facts)
    if len(files) < FEWEST or not (named or _are_parts([known[f].title for f in files])):
        return None
    paths, titles = tuple(f"{folder}/{f}" for f in files), tuple(known[f].title for f in files)
    return FolderBook(paths, WHY, about.title if about else "", about=about, ordered=True, titles=titles)


def _table(data: bytes) -> dict[str, _Post]:
    """The posts in such a table by the names of their files without ending; none where it is another one."""
    from converter.parsers.decoding import decode

    try:
        rows = list(csv.DictReader(decode(data).text.splitlines()))
    except (ConverterError, csv.Error):
        return {}
    if not rows or not {ID, TITLE, DATE} <= rows[0].keys():
        return {}
    found = ((row[ID], row[TITLE], row[DATE], row.get(PUBLISHED)) for row in rows)
    return {
        name.strip(): _Post(" ".join(title.split()), date or "", (published or "true").strip().lower() != "false")
        for name, title, date, published in found
        if name and title and title.strip()
    }


def _each(book: FolderBook, known: Mapping[str, _Post]) -> list[FolderBook]:
    """Posts as books of their own with their titles, where the numbers of their files look like chapters', too."""
    posts = [known[file] for file in book.files if file in known]
    if len(posts) < len(book.files):
        return [book]
    if len(posts) == 1:
        return [book if book.title else replace(book, title=posts[0].title)]
    return [FolderBook((f,), "a post", title=p.title) for f, p in zip(book.files, posts, strict=True)]


def _told(other: Other, table: Other) -> Other:
    return replace(other, kind="beside", why=SAYS) if other is table else other


def _are_parts(titles: Sequence[str]) -> bool:
    """Whether most titles say which part of something they are: "Peat, part 3", "Peat 3"."""
    numbered = [t for t in titles if says_part(t.lower()) or lettered_number(t.lower()) or t[-1:].isdecimal()]
    return len(numbered) > MOST * len(titles) and len({fold(t) for t in titles}) == len(titles)
