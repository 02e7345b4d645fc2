"""A gift belongs to another book, as somebody says: its next chapters, or a newer version; nothing is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from converter.build.api import read
from converter.document.words import book_text
from converter.shelf.books import Asked, Book
from converter.shelf.gifts import joins
from converter.shelf.gifts.dropped import DROPPED
from converter.shelf.gifts.joining import settle_all
from converter.shelf.shelf import Shelf
from converter.shelf.sync import places, progress
from tests.checkers.shelf import browse, served
from tests.shelf.shelves import LAMPS, TALE, book_of, browser, end, files, shelf_in
from tests.shelf.test_giving import as_epub
from tests.shelf.test_removing import contents

FERRY = "".join(f"Chapter {n}\n\nNumber {n} of them. {text}\n\n" for n, text in ((1, LAMPS), (2, TALE)))
THIRD = f"Chapter 3\n\nNumber 3 of them. {TALE.replace('lamp', 'bell')}"
ODD = f"Title: Something Else\nAuthor: Odile Marsh\n\nChapter 1\n\nNumber 4 of them. {LAMPS[::-1]}\n\nThe End\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})


def given(shelf: Shelf, client: TestClient, name: str, text: str | bytes) -> Book:
    """The book that a file became."""
    data = text if isinstance(text, bytes) else text.encode()
    before = {book.id for book in shelf.books.page(Asked()).books}
    assert client.post("/new", files=[("files", (name, data))]).status_code == 303
    end(shelf)
    (book,) = [book for book in shelf.books.page(Asked()).books if book.id not in before]
    return book


def join(shelf: Shelf, client: TestClient, book: Book, other: Book, how: str = "behind") -> None:
    answer = client.post(f"/book/{book.id}/join", data={"other": other.id, "how": how, "sure": "1"})
    assert (answer.status_code, answer.headers.get("location")) == (303, "/new"), answer.text
    end(shelf)


def numbers(shelf: Shelf, book: Book) -> list[str]:
    """What the parts of a book's story say in which order they stand."""
    return re.findall(r"Number (\d)", book_text(read(shelf.folder / book.source)))


def titles(shelf: Shelf) -> set[str]:
    return {book.title for book in shelf.books.page(Asked()).books}


def test_next_chapters_are_put_behind_the_others(shelf: Shelf) -> None:
    """Week after week, whatever they are called; answers, number and place are the book's that was there."""
    client = browser(shelf)
    ferry = given(shelf, client, "zz ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    client.post(f"/book/{ferry.id}/answer", data={"title": "The Ferry, Whole"}, files={"none": b""})
    end(shelf)
    client.post(f"/book/{ferry.id}/make", data={"format": "txt"})
    end(shelf)
    client.post(f"/read/{ferry.id}/place", data={"place": "epubcfi(/6/4!/4/2:0)", "fraction": "0.5"})
    third = given(shelf, client, "Chapter 3.txt", THIRD)
    assert f'action="/book/{third.id}/join"' in client.get("/new").text
    assert "Is it the next chapter of The Ferry, Whole?" in client.get("/new").text
    join(shelf, client, third, ferry)
    assert "+1 chapter" in client.get("/new").text
    odd = given(shelf, client, "aa.txt", ODD)
    join(shelf, client, odd, shelf.books.get(ferry.id) or ferry)
    assert titles(shelf) == {"One", "The Ferry, Whole"}
    book = book_of(shelf, "whole")
    assert (book.id, book.by, {file.format for file in book.files}) == (ferry.id, "Ada Thorn", {"epub", "txt"})
    assert numbers(shelf, book) == ["1", "2", "3", "4"]
    assert "Read on (" in client.get(f"/book/{ferry.id}").text
    kept = contents(shelf.folder).values()
    assert all(text.encode() in kept for text in (THIRD, ODD))
    assert not list((shelf.folder / joins.JOINING).glob("*"))
    client.post("/new", files=files(**{"Chapter 3.txt": THIRD}))
    end(shelf)
    assert "is here already" in client.get("/new").text
    assert titles(shelf) == {"One", "The Ferry, Whole"}


def test_a_newer_version_takes_the_place_of_the_older(shelf: Shelf) -> None:
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    client.post(f"/read/{ferry.id}/place", data={"place": "epubcfi(/6/4!/4/2:0)", "fraction": "0.5"})
    newer = given(shelf, client, "the ferry, revised.html", f"<h1>The Ferry!</h1><p>{LAMPS[::-1]}</p><p>{TALE}</p>")
    join(shelf, client, newer, ferry, "instead")
    book = book_of(shelf, "ferry")
    assert (book.id, book.title, book.source) == (ferry.id, "The Ferry", "dropped/ferry/the ferry, revised.html")
    assert book.files[0].digest != ferry.files[0].digest
    assert shelf.store.one("SELECT 1 FROM places WHERE book = ?", (ferry.id,))
    (name,) = re.findall(r'name="name" value="(.+?)"', client.get("/new").text)
    client.post("/new/back", data={"name": name})
    end(shelf)
    older, now = shelf.books.get(ferry.id), shelf.books.get(newer.id)
    assert older
    assert now
    assert (older.source, older.title, older.files[0].digest) == (ferry.source, "The Ferry", ferry.files[0].digest)
    assert (now.source, now.title) == (newer.source, newer.title)
    assert numbers(shelf, older) == ["1", "2"]


def test_an_address_leads_to_the_book_and_the_later_place_goes_along(shelf: Shelf) -> None:
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    client.post(f"/read/{ferry.id}/place", data={"place": "epubcfi(/6/4!/4/2:0)", "fraction": "0.1"})
    third, odd = given(shelf, client, "Chapter 3.txt", THIRD), given(shelf, client, "aa.txt", ODD)
    client.post(f"/book/{odd.id}/mark", data={"as": "read"})
    before = len(places.latest(shelf.store, ferry.id))
    join(shelf, client, odd, ferry)
    assert len(places.latest(shelf.store, ferry.id)) == before, "what was marked by hand was in no place"
    client.post(f"/read/{third.id}/place", data={"place": "epubcfi(/6/6!/4/2/6/1:3)", "fraction": "0.5"})
    join(shelf, client, third, shelf.books.get(ferry.id) or ferry)
    for number in (third.id, odd.id):
        answer = client.get(f"/book/{number}")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/book/{ferry.id}")
    book = book_of(shelf, "ferry")
    so_far = progress.of(shelf.store, [book.id])[book.id]
    assert so_far.fraction > 0.5
    place, _ = places.for_browser(shelf.store, book.id)
    assert place.startswith("epubcfi(/6/14!/4/2/6/1:")
    assert client.get("/book/999").status_code == 404


def test_a_serial_that_has_what_was_joined_to_it_has_it_once(shelf: Shelf) -> None:
    client = browser(shelf)
    third = THIRD + f"\n\n{LAMPS.replace('boat', 'raft')}\n"
    ferry = given(shelf, client, "ferry 1-2.txt", f"Title: The Ferry\n\n{FERRY}")
    join(shelf, client, given(shelf, client, "Chapter 3.txt", third), ferry)
    join(shelf, client, given(shelf, client, "more.txt", ODD), ferry)
    client.post("/new", files=files(**{"ferry 1-3.txt": f"Title: The Ferry\n\n{FERRY}{third}"}))
    end(shelf)
    book = book_of(shelf, "ferry")
    assert (book.id, numbers(shelf, book)) == (ferry.id, ["1", "2", "3", "4"])
    assert titles(shelf) == {"One", "The Ferry"}
    assert third.encode() in contents(shelf.folder / "replaced").values()


def test_epubs_and_folders_are_joined_too(shelf: Shelf) -> None:
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.epub", as_epub(FERRY))
    client.post("/new", files=files(**{"Late__Chapter 3.txt": THIRD, "Late__Chapter 4.txt": ODD.partition("\n\n")[2]}))
    end(shelf)
    late = book_of(shelf, "late")
    join(shelf, client, late, ferry)
    assert numbers(shelf, book_of(shelf, "ferry")) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("how", ["behind", "instead"])
def test_what_can_not_be_made_leaves_all_as_it_was(shelf: Shelf, how: str) -> None:
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    third = given(shelf, client, "third.txt", THIRD)
    before = contents(shelf.folder)
    shelf.workshop.longest = 0.01
    join(shelf, client, third, ferry, how)
    assert contents(shelf.folder) == before
    assert "seconds, and was ended; it was not joined, both books are as they were" in client.get("/new").text
    assert [shelf.books.get(book.id) for book in (ferry, third)] == [ferry, third]
    (shelf.folder / third.source).write_bytes(b"\0\1\2 no text" * 99)
    answer = client.post(f"/book/{third.id}/join", data={"other": ferry.id, "how": how, "sure": "1"})
    assert answer.status_code == 409
    assert "make that again first" in answer.text


def test_a_part_that_is_refused_is_not_joined(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The book that was written over meanwhile is made again as it was."""
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    third = given(shelf, client, "third.txt", THIRD)
    monkeypatch.setattr(joins, "is_made", lambda *_: False)
    join(shelf, client, third, ferry)
    assert numbers(shelf, book_of(shelf, "ferry")) == ["1", "2"]
    assert book_of(shelf, "ferry").chapters == 2
    assert (book_of(shelf, "ferry").id, shelf.books.get(third.id)) == (ferry.id, third)
    assert "were not understood as one book; it was not joined" in client.get("/new").text


class Killed(BaseException):
    """The process ends here."""


def killed(*_: object) -> None:
    raise Killed


def pressed(shelf: Shelf, client: TestClient, book: Book, other: Book, how: str) -> None:
    """Joins two books; what is killed meanwhile leaves what it did."""
    with suppress(Killed, RuntimeError):  # the client's own loop, which may be gone before it hears of it
        client.post(f"/book/{book.id}/join", data={"other": other.id, "how": how, "sure": "1"})
    end(shelf)


def test_what_is_killed_before_it_is_made_is_as_it_was(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    third = given(shelf, client, "third.txt", THIRD)
    before, note = contents(shelf.folder), joins._note

    def noted(*said: Any) -> None:
        note(*said)
        raise Killed

    steps = {"_note": noted, "_copy_beside": killed, "_write": killed, "_rename": killed}
    for how, step in [(how, step) for how in ("behind", "instead") for step in steps]:
        if (how, step) == ("behind", "_copy_beside"):
            continue  # nothing goes out
        with monkeypatch.context() as patch:
            patch.setattr(joins, step, steps[step])
            pressed(shelf, client, third, ferry, how)
        assert list((shelf.folder / joins.JOINING).iterdir()), (how, step)
        settle_all(shelf)
        end(shelf)
        assert contents(shelf.folder) == before, (how, step)
    assert [shelf.books.get(book.id) for book in (ferry, third)] == [ferry, third]


@pytest.mark.parametrize("how", ["behind", "instead"])
def test_what_is_killed_when_it_is_made_is_joined(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    third = given(shelf, client, "third.txt", THIRD)
    before, settle = contents(shelf.folder), shelf.workshop.settled

    def settled(key: str, said: str) -> str:
        with suppress(Killed):
            return settle(key, said)
        return said

    monkeypatch.setattr(shelf.workshop, "settled", settled)
    for at, step in enumerate(("finish", "take_off", "tell", "sweep")):
        with monkeypatch.context() as patch:
            patch.setattr(joins, step, killed)
            pressed(shelf, client, third, ferry, how) if not at else settle_all(shelf)
    settle_all(shelf)
    assert not list((shelf.folder / joins.JOINING).glob("*.json"))
    after = contents(shelf.folder)
    assert all(before[name] in after.values() for name in before if name.endswith(".txt"))
    assert {book.id for book in shelf.books.page(Asked()).books} == {1, ferry.id}
    assert numbers(shelf, book_of(shelf, "ferry")) == (["1", "2", "3"] if how == "behind" else ["3"])


def test_only_what_can_be_joined_is(shelf: Shelf) -> None:
    client = browser(shelf)
    ferry = given(shelf, client, "ferry.txt", f"Title: The Ferry\n\n{FERRY}")
    third = given(shelf, client, "third.txt", THIRD)
    client.post("/new", files=files(**{"two__a.txt": ODD, "two__b.txt": f"Title: Boats\n\n{LAMPS[9:]}"}))
    end(shelf)
    boats, before = book_of(shelf, "boats"), contents(shelf.folder)

    def told(book: int, **said: object) -> int:
        status: int = client.post(f"/book/{book}/join", data={"how": "behind", "sure": "1", **said}).status_code
        return status

    assert told(1, other=ferry.id) == told(ferry.id, other=1) == told(third.id, other=99) == 404
    assert told(ferry.id, other=ferry.id) == told(ferry.id, other="x") == told(ferry.id, other="9" * 30) == 400
    assert told(third.id, other=ferry.id, how="x") == 400
    assert told(third.id, other=boats.id) == 409, "it was given with another book"
    assert contents(shelf.folder) == before
    work = shelf.workshop.begin(
        "dropped/ferry", "x", ["-t", "epub", "--", str(shelf.folder / "dropped/ferry/ferry.txt")]
    )
    assert told(third.id, other=ferry.id) == 409, "it is being made"
    assert not work.is_over
    end(shelf)
    answers = [told(third.id, other=ferry.id) for _ in range(2)]
    assert answers in ([303, 409], [303, 404]), "pressed twice"
    end(shelf)
    assert numbers(shelf, book_of(shelf, "ferry")) == ["1", "2", "3"]


def test_a_book_is_found_by_what_is_typed(shelf: Shelf) -> None:
    client = browser(shelf)
    given(shelf, client, "ferry.txt", f'Title: <b>The Ferry</b> & "more"\nAuthor: Ada Thorn\n\n{FERRY}')
    other = given(shelf, client, "other.txt", f"Title: The Other Ferry\nAuthor: Ada Thorn\n\n{LAMPS[::-1]}")
    third = given(shelf, client, "third.txt", THIRD)
    page = client.get(f"/book/{third.id}").text
    assert '<option value="The Other Ferry – Ada Thorn">' in page
    assert "<b>" not in page
    answer = client.post(f"/book/{third.id}/join", data={"words": "ferry", "how": "instead"})
    assert answer.headers["location"] == f"/book/{third.id}/join?words=ferry&how=instead"
    asked = client.get(answer.headers["location"])
    assert len(re.findall(r'type="radio"[^>]*name="other"', asked.text)) == 2
    assert re.search(r'value="instead" checked', asked.text)
    assert "has “nothing” in" in client.get(f"/book/{third.id}/join?words=nothing").text
    answer = client.post(
        f"/book/{third.id}/join", data={"words": "The Other Ferry – Ada Thorn", "how": "behind", "sure": "1"}
    )
    assert answer.status_code == 303
    end(shelf)
    assert numbers(shelf, book_of(shelf, "other")) == ["3"]
    assert shelf.books.get(other.id)


def test_what_looks_to_belong_is_offered_alone(shelf: Shelf) -> None:
    client = browser(shelf)
    given(shelf, client, "ferry.txt", f"Title: The Ferry\nAuthor: Ada Thorn\n\n{FERRY}")
    given(shelf, client, "four.txt", f"Title: Boats\n\nChapter 4\n\n{LAMPS[7:]}")
    assert "Is it" not in client.get("/new").text, "no book has three chapters"
    given(shelf, client, "tide.txt", f"Title: The Tide\nAuthor: Ada Thorn\n\n{TALE}")
    assert "Is it" not in client.get("/new").text, "another book by her"
    given(shelf, client, "3.txt", THIRD)
    assert client.get("/new").text.count("Is it the next chapter of The Ferry?") == 1
    given(shelf, client, "new.txt", f"Title: The Ferry (revised)\nAuthor: Ada Thorn\n\n{TALE[::-1]}")
    assert client.get("/new").text.count("Is it a newer version of The Ferry?") == 1
    assert "of The Ferry (revised)?" not in client.get("/new").text, "what came before it does not belong to it"


def test_what_looks_wrong_is_said_and_asked_once_more(shelf: Shelf) -> None:
    client = browser(shelf)
    crown = "Title: Crown of Reeds, Book {}\nAuthor: Ada Thorn\n\nChapter 1\n\n{}\n\nChapter 2\n\n{}\n"
    one = given(shelf, client, "one.txt", crown.format(1, LAMPS, LAMPS[40:]))
    two = given(shelf, client, "two.txt", crown.format(2, TALE * 9, TALE[::-1] * 9))
    odd = given(shelf, client, "odd.txt", ODD)
    assert "Is it" not in client.get("/new").text, "each is a book by itself"
    said = {
        (two, "instead"): ("are two books by their numbers", "no sentence in common"),
        (odd, "behind"): ("by Odile Marsh", "begins with chapter 1", "ends with chapter 2"),
    }
    for (book, how), words in said.items():
        answer = client.post(f"/book/{book.id}/join", data={"other": one.id, "how": how})
        answer = client.get(answer.headers["location"])
        assert all(word in answer.text for word in words), answer.text
        assert shelf.books.get(book.id) == book, "nothing was begun"
    assert 'name="sure" value="1"' in answer.text
    again = given(shelf, client, "again.txt", crown.format(1, LAMPS.replace("quay", "pier"), LAMPS[50:]))
    assert client.post(f"/book/{again.id}/join", data={"other": one.id, "how": "instead"}).headers["location"] == "/new"
    end(shelf)


def test_gifts_of_one_name_are_told_apart_and_a_bare_text_is_nobodys_kin(shelf: Shelf) -> None:
    client = browser(shelf)
    first = given(shelf, client, "x.txt", f"Title: Ashes\nAuthor: Ben Sty\n\nChapter 1\n\n{LAMPS}\n")
    for text in (TALE * 4, TALE[9:] * 5):
        given(shelf, client, f"{len(text)}.txt", f"Title: Ashes\nAuthor: Lil Marsh\n\n{text}\n")
    client.post(
        "/new", data={"text": f"The younger Miss Haverley never said a word. {LAMPS[::-1]}"}, files={"none": b""}
    )
    end(shelf)
    named = re.findall('<option value="(Ashes.*?)"', client.get(f"/book/{first.id}").text)
    assert len(named) == len(set(named)) == 2
    assert all(re.fullmatch(r"Ashes – Lil Marsh \(1 chapter, \d+ words\)", name) for name in named)
    more = given(shelf, client, "more.txt", f"Title: More\n\nChapter 2\n\n{LAMPS[30:]}")
    assert "Haverley" not in client.get(f"/book/{more.id}").text.partition("<datalist")[0]
    given(shelf, client, "y.txt", f"Title: Ashes Again\nAuthor: Ben Sty\n\nChapter 2\n\n{LAMPS[60:]}\n")
    assert "of Ashes by Ben Sty" in client.get("/new").text


@pytest.mark.slow
def test_the_page_on_which_it_is_said_is_for_everybody(shelf: Shelf) -> None:
    client = browser(shelf)
    for name in ("The Ferry", f"The Ferry {'Donaudampfschifffahrt' * 3}"):
        given(shelf, client, f"{len(name)}.txt", f"Title: {name}\nAuthor: Ada Thorn\n\n{len(name)}\n\n{TALE}")
    other = given(shelf, client, "other.txt", ODD)
    join(shelf, client, given(shelf, client, "3.txt", THIRD), other)
    sure = f"/book/2/join?other={other.id}&how=behind"
    paths = ["/book/3", "/book/2/join", "/book/2/join?words=zzz&how=instead", sure, f"/book/{other.id}", "/new"]
    with served(shelf.folder) as address:
        found = browse(address, "look", paths=paths)
    assert [seen for seen in found["seen"] if seen["violations"] or seen["wide"] > seen["width"]] == []
    assert found["errors"] == []


def chapter_page(number: int) -> str:
    """A chapter as a site's page has it."""
    told = "".join(
        f"<p>{LAMPS.replace('boat', f'boat of chapter {number}').partition('.')[0]}, the {n}th time.</p>"
        for n in range(9)
    )
    head = f"<title>Chapter {number}: Tides - The Ferry | Serials</title><meta name='author' content='Ada Thorn'>"
    return f"<html><head>{head}</head><body><h1>The Ferry</h1><h2>Chapter {number}: Tides</h2>{told}</body></html>"


def page_with_menu(number: int) -> str:
    """A chapter whose number the site's menu of chapters alone says."""
    told = "".join(f"<p>{line} It was {number}.</p>" for line in LAMPS.split("\n\n")[number * 4 : number * 4 + 4])
    names = ("Wick", "Oil", "Glass")
    menu = "".join(
        f'<option value="{n}"{" selected" if n == number else ""}>{n}. {name}' for n, name in enumerate(names, 1)
    )
    site = f'<link rel="canonical" href="//www.fanfiction.net/s/1355/{number}/The-Ferry">'
    about = '<b class="xcontrast_txt">The Ferry</b> By: <a class="xcontrast_txt" href="/u/77/Thorn">Ada Thorn</a>'
    rated = '<span class="xgray xcontrast_txt">Rated: Fiction T - English - Chapters: 3 - Words: 900</span>'
    return (
        f"<html><head><title>The Ferry Chapter {number}: {names[number - 1]}, a fantasy fic | FanFiction</title>{site}"
        f'</head><body><div id="profile_top">{about}{rated}</div><select id="chap_select">{menu}</select>'
        f'<div role="main"><div class="storytext" id="storytext">{told}</div></div></body></html>'
    )


@pytest.mark.parametrize("first", ["owl.txt", "The Owl Tax - Ada Thorn.md"])
def test_the_same_story_under_another_name_is_one_book(shelf: Shelf, first: str) -> None:
    head = "The Owl Tax\nby Ada Thorn\n\n"
    told = {"owl.txt": head + LAMPS, "The Owl Tax - Ada Thorn.md": f"# The Owl Tax\n\nby Ada Thorn\n\n*{LAMPS}*"}
    client = browser(shelf)
    before = given(shelf, client, first, told.pop(first))
    client.post("/new", files=files(**told))
    end(shelf)
    book = book_of(shelf, "owl")
    assert (book.id, book.title) == (before.id, "The Owl Tax")
    assert Path(book.source).suffix == ".md", "which says what is in italics"
    kept = [path for path in shelf.folder.rglob("owl.txt") if DROPPED not in path.parts]
    assert len(kept) == 1, "no word is lost"
    page = client.get("/new").text
    assert "is here already" in page or first == "owl.txt"
    revised = given(shelf, client, "tax.txt", head + LAMPS.replace("The 20th boat", "The 20th barge"))
    assert revised.id != book.id, "a word is another: nobody but a person knows which one is wanted"


def test_a_chapter_that_is_given_again_takes_its_own_place(shelf: Shelf) -> None:
    client = browser(shelf)
    for number in (1, 2):
        client.post("/new", files=files(**{f"c{number}.html": chapter_page(number)}))
        end(shelf)
    before = book_of(shelf, "ferry")
    told = chapter_page(2).replace("</body>", "<p>And nobody ever saw that boat again.</p></body>")
    client.post("/new", files=files(**{"c2.html": told}))
    end(shelf)
    book = book_of(shelf, "ferry")
    assert (book.id, book.chapters) == (before.id, 2)
    assert "nobody ever saw that boat again" in book_text(read(shelf.folder / book.source))
    other = chapter_page(2).replace("The Ferry", "The Weir").replace("boat of chapter 2", "barge from the north")
    client.post("/new", files=files(**{"c2.html": other}))
    end(shelf)
    assert book_of(shelf, "ferry") == book, "another serial's"


@pytest.mark.parametrize("page", [chapter_page, page_with_menu])
def test_chapters_that_are_given_one_by_one_are_one_book(shelf: Shelf, page: Callable[[int], str]) -> None:
    client = browser(shelf)
    counted, books = [], set()
    for number in (1, 3, 2):
        client.post("/new", files=files(**{f"The Ferry - Chapter {number}.html": page(number)}))
        end(shelf)
        found = [b for b in shelf.books.page(Asked()).books if "Ferry" in b.title]
        counted.append([b.chapters for b in found])
        books.add(min(b.id for b in found))
    assert counted == [[1], [1, 1], [3]], "one that is not there yet is waited for"
    assert len(books) == 1
    assert "+1 chapter" in client.get("/new").text
