"""The list of books in other orders than the newest first, and the letters to jump to."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from converter.shelf.books import Asked
from converter.shelf.sorting import LAST, Letter, author_key, letters_of, title_key
from tests.shelf.shelves import TALE, browser, many, shelf_in

STORIES = {
    "a.txt": f"Title: The Zebra\nAuthor: Zoe Abel\nLanguage: en\n\n{TALE}",
    "b.txt": f"Title: Łódź\nAuthor: Ørjan Nilsen\nSeries: Towns\nSeries-Index: 10\n\n{TALE}{TALE}",
    "c.txt": f"Title: Die Lampe\nAuthor: Ada Thorn\nLanguage: de\n\n{TALE}{TALE}{TALE}",
    "d.txt": "Title: 灯下客\nAuthor: 顾青\n\n灯亮了。他走了。\n",
    "e.txt": f"Title: “Kiln”\nSeries: Towns\nSeries-Index: 9\n\n{TALE}",
}


def titles(text: str) -> list[str]:
    return [unescape(title) for title in re.findall(r'<span class="title">([^<]*)</span>', text)]


def test_every_order_is_asked_for_by_the_address(tmp_path: Path) -> None:
    client = browser(shelf_in(tmp_path, stories=STORIES))
    for sort, order in {
        "title": ["“Kiln”", "Die Lampe", "Łódź", "The Zebra", "灯下客"],
        "author": ["The Zebra", "Łódź", "Die Lampe", "灯下客", "“Kiln”"],
        "longest": ["Die Lampe", "Łódź"],
        "series": ["“Kiln”", "Łódź", "Die Lampe", "The Zebra", "灯下客"],
    }.items():
        page = client.get(f"/?sort={sort}").text
        assert titles(page)[: len(order)] == order
        assert f'<option value="{sort}" selected>' in page
        assert titles(client.get(f"/found?sort={sort}").text) == titles(page)
    assert "5 books, by title" in client.get("/?sort=title").text
    assert titles(client.get("/?sort=nonsense").text) == titles(client.get("/").text)


@pytest.mark.parametrize(
    ("title", "language", "key"),
    [
        ("The Sea", "en-GB", "sea"),
        ("the, and then", "en", "the, and then"),
        ("A", "en", "a"),
        ("Die Hard", "en", "die hard"),
        ("L’Été", "fr", "ete"),
        ("'t Huis", "nl", "huis"),
        ("الميناء", "ar", "ميناء"),
        ("…and", "", "and"),
        ("???", "en", "???"),
    ],
)
def test_titles_stand_without_their_articles(title: str, language: str, key: str) -> None:
    assert title_key(title, language) == key


def test_who_is_nobody_stands_last() -> None:
    assert author_key(()) == LAST > author_key(("龍",))
    assert author_key(("Ursula K. Le Guin",)) == "le guin, ursula k."


def test_letters_are_those_that_are_there() -> None:
    counts = [("0", 3), ("a", 2), ("м", 1), *((chr(0x4E00 + n), 1) for n in range(40)), (LAST, 4)]
    found = [("0–9", 0), ("A", 3), ("М", 5), ("一–丧", 6), ("No author", 46)]
    assert letters_of(counts, "No author") == tuple(Letter(*one) for one in found)


def test_pages_and_letters_keep_what_is_asked_for(tmp_path: Path) -> None:
    shelf = many(tmp_path, 400)
    with shelf.store.writing() as connection:
        connection.execute("UPDATE books SET by_title = char(97 + id % 20) || id")
    client = browser(shelf)
    page = client.get("/?sort=title&tag=tag+7&unread=1").text
    assert "letters" not in page, "eight books are on one page"
    page = client.get("/?sort=title&unread=1").text
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert client.get(unescape(following[1])).text.count('<li><a href="/book/') == 60
    links = re.findall(r'<a href="([^"]+)" aria-label="Titles: (\w)"', page)
    assert [letter for _, letter in links] == list("ABCDEFGHIJKLMNOPQRST")
    (to_k,) = [unescape(link) for link, letter in links if letter == "K"]
    jumped = client.get(to_k).text
    assert (
        titles(jumped)[0] == f"Story {next(n for n in sorted(map(str, range(1, 401))) if int(n) % 20 == 10)} of the sea"
    )
    assert 'aria-label="Titles: K" aria-current="true"' in jumped
    assert "unread=1" in to_k
    seen: list[int] = []
    asked = Asked(sort="title")
    while True:
        found = shelf.books.page(asked)
        seen += [book.id for book in found.books]
        if not found.more:
            break
        asked = Asked(sort="title", before=found.more)
    assert sorted(seen) == list(range(1, 401))


def test_long_lists_of_names_have_letters(tmp_path: Path) -> None:
    shelf = many(tmp_path, 61)
    with shelf.store.writing() as connection:
        connection.execute("UPDATE people SET name = 'Zoe Abel' WHERE book = 1")
        connection.execute("UPDATE people SET name = 'Łem' WHERE book = 2")
    page = browser(shelf).get("/names/author").text
    assert 'href="#at-0" aria-label="Authors: A"' in page
    assert 'href="#at-60" aria-label="Authors: L"' in page
    assert re.search(r'<li id="at-60"><a[^>]*>Łem<', page)
    assert page.index("Zoe Abel") < page.index("Author 3")
    assert "#at-0" not in browser(shelf).get("/names/tag").text


@pytest.mark.parametrize("sort", ["title", "author", "longest", "series"])
def test_no_order_is_made_while_somebody_waits(tmp_path: Path, sort: str) -> None:
    """The database reads each order from an index."""
    shelf = many(tmp_path, 10)
    told: list[str] = []
    with shelf.store._at_hand() as connection:
        connection.set_trace_callback(told.append)
    browser(shelf).get(f"/?sort={sort}")
    connection.set_trace_callback(None)
    (statement,) = [one for one in told if "ORDER BY" in one and "LIMIT" in one and "FROM books" in one]
    (plan,) = [row for row in shelf.store.asked(f"EXPLAIN QUERY PLAN {statement}") if row]
    assert "USING INDEX" in plan[3]
