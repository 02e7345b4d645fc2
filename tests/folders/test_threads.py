"""Threads that were saved page by page, each under its address: one book in the order of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from converter.parsers.works.threads import pages_missing
from converter.recognisers.metadata.threads_in_names import thread_page
from tests.folders import books, lay, page, told

THREADS = {
    "phpBB": ("viewtopic.php_f=12&t=881", "viewtopic.php_f=12&t=881&start=15", "viewtopic.php_f=12&t=881&start=30"),
    "phpBB in any order": ("viewtopic.php?t=8&f=1", "viewtopic.php?f=1&t=8&start=20&sid=0123456789abcdef01", "viewtopic.php?start=40&t=8&f=1&st=0&sk=t&sd=a"),
    "percent": ("viewtopic.php%3Ff=1%26t=8", "viewtopic.php%3Ff=1%26t=8%26start=5", "viewtopic.php%3Ff=1%26t=8%26start=10"),
    "MyBB": ("thread-12", "thread-12-page-2", "thread-12-page-3"),
    "vBulletin 3": ("showthread.php?t=5", "showthread.php?t=5&page=2", "showthread.php?t=5&page=3"),
    "vBulletin 4": ("showthread.php_5-the-mill", "showthread.php_5-the-mill_page2", "showthread.php_5-the-mill_page3"),
    "SMF": ("index.php_topic=77.0", "index.php_topic=77.15", "index.php_topic=77.30"),
    "Forumotion": ("t9-the-mill", "t9p75-the-mill", "t9p150-the-mill"),
    "without the first": ("viewtopic.php_t=881&start=3", "viewtopic.php_t=881&start=6"),
}  # fmt: skip


@pytest.mark.parametrize("names", THREADS.values(), ids=THREADS)
def test_the_pages_of_a_thread_are_one_book_in_their_order(tmp_path: Path, names: tuple[str, ...]) -> None:
    titles = ["The Mill - Slow Forums", *(f"The Mill - Page {n} - Slow Forums" for n in range(2, 9))]
    files = {f"{name}.html": page(title, told(name)) for name, title in zip(names, titles, strict=False)}
    lay(tmp_path, dict(reversed(files.items())) | {"viewtopic.php_t=9.html": page("Eels - Slow Forums", told("eels"))})
    assert books(tmp_path) == {tuple(files), ("viewtopic.php_t=9.html",)}
    story = max(stories_of(folder_tree(tmp_path)), key=lambda s: len(s.files))
    assert story.stem == "The Mill"
    assert not story.doubt
    assert story.book is not None
    assert story.book.remarks == ()


TITLED = {
    "lines": "The Mill{} _ Slow Forums",
    "dashes": "The Mill{} - Slow Forums - Stories",
    "Seite": "Die Mühle{} - Forum am Wehr",
}


@pytest.mark.parametrize("form", TITLED)
def test_pages_that_a_browser_named_after_their_titles_are_one_thread(tmp_path: Path, form: str) -> None:
    counted = " - Seite {}" if form == "Seite" else " - Page {}"
    names = [TITLED[form].format(counted.format(n) if n > 1 else "") for n in (1, 2, 3, 10)]
    files = {f"{name}.html": page(name.replace("_", "|"), told(name)) for name in names}
    lay(tmp_path, dict(reversed(files.items())) | {"Eels _ Slow Forums.html": page("Eels | Slow Forums", told("eels"))})
    assert books(tmp_path) == {tuple(files), ("Eels _ Slow Forums.html",)}
    book = max(stories_of(folder_tree(tmp_path)), key=lambda s: len(s.files)).book
    assert book is not None
    (remark,) = book.remarks
    assert remark.startswith("pages 4 to 9 are not here")


def test_texts_and_pages_of_other_titles_are_no_thread(tmp_path: Path) -> None:
    names = [f"The Mill - Page {n} - Ada Thorn" for n in (1, 2)]
    lay(tmp_path / "texts", {f"{name}.txt": told(name) for name in names})
    lay(tmp_path / "pages", {f"{name}.html": page(f"{n} eels", told(name)) for n, name in enumerate(names)})
    stories = stories_of(folder_tree(tmp_path))
    assert not [s for s in stories if s.book and "thread" in s.book.why]


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (("thread-12", "thread-12-page-2", "thread-12-page-4"), "page 3 is not here"),
        (("showthread.php?t=5&page=1", "showthread.php?t=5&page=9", "showthread.php?t=5&page=10"), "pages 2 to 8 are"),
        (("viewtopic.php_t=8", "viewtopic.php_t=8&start=15", "viewtopic.php_t=8&start=120"), "pages 3 to 8 are"),
        (("index.php_topic=77.0", "index.php_topic=77.40", "index.php_topic=77.60"), "page 2 is not here"),
        (("t9p25-the-mill", "t9p50-the-mill", "t9p75-the-mill"), "page 1 is not here"),
    ],
)
def test_a_page_that_is_missing_in_a_thread_is_told(tmp_path: Path, names: tuple[str, ...], missing: str) -> None:
    lay(tmp_path, {f"{name}.html": page("The Mill - Slow Forums", told(name)) for name in names})
    (story,) = stories_of(folder_tree(tmp_path))
    assert story.book is not None
    (remark,) = story.book.remarks
    assert remark.startswith(missing)


@pytest.mark.parametrize("counted", [(0, 40), (0, 9, 10), (0, 15, 31), (0, 1, 2), (15, 30)])
def test_where_posts_tell_no_step_no_page_is_missed(counted: tuple[int, ...]) -> None:
    assert pages_missing(counted, by_posts=True) == []


def test_two_threads_of_one_site_are_two_books(tmp_path: Path) -> None:
    pages = {f"viewtopic.php_f=2&t={t}{start}.html": t for t in (7, 8) for start in ("", "&start=15")}
    lay(tmp_path, {name: page(f"Slow Forums • View topic - Story {t}", told(name)) for name, t in pages.items()})
    first, second = (tuple(name for name, at in pages.items() if at == t) for t in (7, 8))
    assert books(tmp_path) == {first, second}
    assert {story.stem for story in stories_of(folder_tree(tmp_path))} == {"Story 7", "Story 8"}


def test_a_page_of_another_title_is_none_of_the_thread(tmp_path: Path) -> None:
    names = [f"showthread.php_t=5&page={n}.html" for n in (1, 2, 3)]
    titles = ("The Mill", "Log in", "The Mill")
    lay(tmp_path, {name: page(title, told(name)) for name, title in zip(names, titles, strict=True)})
    assert books(tmp_path) == {(names[0], names[2]), (names[1],)}


def test_what_counts_chapters_or_stories_counts_no_pages() -> None:
    names = ("viewstory.php_sid=12&chapter=1", "viewstory.php_sid=12&chapter=2", "viewstory.php_sid=13&chapter=1")
    assert len({page.thread for name in names if (page := thread_page(name))}) == 3
    assert not [name for name in ("the rook - page 3", "why? page 2", "salt 2") if thread_page(name)]


def test_pages_without_headings_are_counted(tmp_path: Path) -> None:
    names = [f"viewtopic.php_t=881{start}.html" for start in ("", "&start=3", "&start=6")]
    bare = "<html><head><title>The Mill</title></head><body><div><p>{}</p></div></body></html>"
    lay(tmp_path, {name: bare.format(told(name).replace("\n\n", "</p><p>")) for name in names})
    lines = convert(tmp_path, to=("txt",))["txt"].decode().splitlines()
    assert [line for line in lines if line.isdecimal()] == ["1", "2", "3"]
    assert not [line for line in lines if "viewtopic" in line.lower()]
