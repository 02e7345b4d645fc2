"""New books from the browser: what is given lies in a folder of its own, and becomes a book that can be told better."""

from __future__ import annotations

import errno
import io
import random
import re
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path, PurePath
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from converter.catalogue.records import digest
from converter.shelf.arrivals import refresh
from converter.shelf.books import Asked
from converter.shelf.gifts import giving
from converter.shelf.gifts.dropped import DROPPED, LONGEST_NAME, Given, NoStory, safe_name, take
from converter.shelf.gifts.unfinished import homes_of_gifts, let_go
from converter.shelf.gifts.zipped import unpacked
from converter.shelf.shelf import Shelf, shelf_of
from converter.shelf.workshop import Work
from tests.checkers.shelf import browse, served
from tests.packed.documents import Document, p
from tests.shelf.shelves import LAMPS, PASSWORD, TALE, book_of, browser, end, files, make_books, shelf_in, write_stories

DAYS = "Day 1\n\n" + TALE + "\nDay 2\n\n" + TALE + '\nHe said "no and then\n\nshe left in the middle of\n\nthe road.\n'


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}"})


@given(st.text())
def test_names_are_safe(name: str) -> None:
    safe = safe_name(name)
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith((".", "-"))
    assert not safe.endswith((".", " "))
    assert all(sign.isprintable() for sign in safe)
    assert len(safe) <= LONGEST_NAME + 1
    assert len(safe.encode()) <= 201
    assert safe_name(safe) in (safe, safe.strip("_"), f"_{safe}")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("Salt Road.txt", "Salt Road.txt"),
        ("con.txt", "_con.txt"),
        (".htaccess", "htaccess"),
        ("a\0b\n.txt", "a b.txt"),
        ("-rf.txt", "_-rf.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("...", ""),
    ],
)
def test_what_becomes_of_names(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize(
    "name", ["../../../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\Windows\\x.txt", "..\\..\\x.txt"]
)
def test_nothing_is_put_outside(tmp_path: Path, name: str) -> None:
    two = [Given(name, io.BytesIO(b"x")), Given(f"b/{name}", io.BytesIO(b"y"))]
    gift = take(tmp_path, two)
    assert gift.path.is_relative_to(tmp_path / DROPPED)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 2
    assert all(path.is_relative_to(tmp_path / DROPPED) for path in written)
    assert all(path.resolve() == path.absolute() for path in written)


def test_names_that_disks_take_for_one_lie_beside_each_other(tmp_path: Path) -> None:
    gift = take(tmp_path, [Given("x/A.txt", io.BytesIO(b"1")), Given("x/a.txt", io.BytesIO(b"2"))])
    assert sorted(path.name for path in gift.path.iterdir()) == ["A.txt", "a (2).txt"]


def test_sidecars_of_others_are_not_taken(tmp_path: Path) -> None:
    with pytest.raises(NoStory):
        take(tmp_path, [Given("story.toml", io.BytesIO(b"style = '/etc'"))])
    assert list((tmp_path / DROPPED).iterdir()) == []


def test_a_file_becomes_a_book(shelf: Shelf) -> None:
    client = browser(shelf)
    answer = client.post("/new", files=files(**{"salt.txt": "The Salt Road\nby Ada Thorn\n\n" + TALE}))
    assert (answer.status_code, answer.headers["location"]) == (303, "/new")
    states = re.findall(r'"state": "(\w+)"', client.get("/events?of=dropped/").text)
    assert states[-1] == "made"
    book = book_of(shelf, "salt")
    assert (book.title, book.by, book.source) == ("The Salt Road", "Ada Thorn", "dropped/salt/salt.txt")
    assert f'<a href="/book/{book.id}">The Salt Road</a>' in client.get("/new").text


def test_a_folder_becomes_its_books(shelf: Shelf) -> None:
    client = browser(shelf)
    given = files(two__one_txt=TALE, two__other_txt=TALE.replace("lamp", "bell"))
    given = [(key, (name.replace("_txt", ".txt"), data)) for key, (name, data) in given]
    assert client.post("/new", files=given).status_code == 303
    end(shelf)
    made = [b for b in shelf.books.page(Asked()).books if b.source.startswith("dropped/two")]
    assert made
    assert sum(b.words for b in made) >= 2 * len(TALE.split())


def test_a_story_that_is_given_alone_and_then_with_others_is_one_book(shelf: Shelf) -> None:
    client = browser(shelf)
    bell, coal = f"Title: Bell\nAuthor: Ada Thorn\n\n{TALE}", f"Title: Coal\nAuthor: Odile Marsh\n\n{LAMPS}"
    parts = [f"Chapter {n}\n\n{TALE.replace('lamp', what)}" for n, what in ((1, "oar"), (2, "rope"))]
    for name, text in (("bell.txt", bell), ("Ropes 1.txt", parts[0])):
        client.post("/new", files=[("files", (name, text))])
        end(shelf)
    folder = {"mine/bell.txt": bell, "mine/coal.txt": coal, "mine/Ropes/1.txt": parts[0], "mine/Ropes/2.txt": parts[1]}
    given = [("files", (name, text)) for name, text in folder.items()]
    assert client.post("/new", files=given).status_code == 303
    end(shelf)
    books = shelf.books.page(Asked()).books
    assert sorted(book.title for book in books if book.chapters == 1) == ["Bell", "Coal", "One", "Ropes 1"]
    assert [book.chapters for book in books if book.title == "Ropes"] == [2]
    assert "bell.txt: it is on the shelf, as “Bell”" in client.get("/new").text
    twice = [("files", ("both/bell.txt", bell)), ("files", ("both/a.txt", f"Title: One\n\n{TALE}"))]
    assert client.post("/new", files=twice).status_code == 303
    assert shelf.workshop.under_way == 0, "no story is left"
    assert "a.txt: it is on the shelf, as “One”" in client.get("/new").text
    assert not (shelf.folder / DROPPED / "both").exists()


def test_epubs_that_are_given_together_are_books_each(shelf: Shelf, tmp_path: Path) -> None:
    stories = {"b.txt": f"Title: Bell\n\n{TALE}", "c.txt": f"Title: Coal\n\n{LAMPS}"}
    made = tmp_path / "own books"
    make_books(write_stories(tmp_path / "own", stories), made)
    given = [("files", (path.name, path.read_bytes())) for path in sorted(made.glob("*.epub"))]
    client = browser(shelf)
    assert client.post("/new", files=[*given, *files(**{"salt.txt": f"Title: Salt\n\n{TALE}"})]).status_code == 303
    end(shelf)
    assert {b.title for b in shelf.books.page(Asked()).books} == {"One", "Bell", "Coal", "Salt"}
    assert client.post("/new", files=[*given, ("files", ("broken.epub", b"no zip"))]).status_code == 303
    end(shelf)
    assert len(shelf.books.page(Asked()).books) == 4, "the same ones again"
    assert 'class="wrong"' in client.get("/new").text


def test_books_in_a_zip_are_books_each(shelf: Shelf, tmp_path: Path) -> None:
    make_books(write_stories(tmp_path / "own", {"b.txt": f"Title: Bell\n\n{TALE}"}), tmp_path / "own books")
    epub = (tmp_path / "own books" / "b.epub").read_bytes()
    client = browser(shelf)
    inside = {"more/bell.epub": epub, "salt.txt": f"Title: Salt\n\n{LAMPS}", "__MACOSX/._bell.epub": "x", "a.jpg": "x"}
    assert client.post("/new", files=[("files", ("all.zip", zipped(inside)))]).status_code == 303
    end(shelf)
    assert {b.title for b in shelf.books.page(Asked()).books} == {"One", "Bell", "Salt"}
    assert sorted(path.name for path in (shelf.folder / DROPPED).rglob("*") if path.is_file()) == [
        "bell.epub",
        "salt.txt",
    ]


@pytest.mark.parametrize("page", [{}, {"tale.html": f"<title>Salt</title><p>{LAMPS}"}])
def test_what_of_a_zip_is_not_read_is_named(shelf: Shelf, page: Mapping[str, str]) -> None:
    client = browser(shelf)
    names = (
        "more/inner.zip",
        "draft.odt",
        "old.doc",
        "print.pdf",
        "song.mp3",
        "a.eml",
        "cover.jpg",
        "__MACOSX/._x.zip",
        ".x.zip",
    )
    inside = {"salt.txt": f"Title: Salt\n\n{LAMPS}", **dict.fromkeys(names, "x"), **page}
    assert client.post("/new", files=[("files", ("all.zip", zipped(inside)))]).status_code == 303
    end(shelf)
    text = client.get("/new/list").text
    assert re.findall(r'<p class="facts">([\w.]+): ', text)[:6] == [PurePath(name).name for name in names[:6]]
    assert "inner.zip: an archive in an archive; unpack that one, and drop what is in it<" in text
    assert "draft.odt: a word processor&#39;s file; save it as .docx, HTML or text<" in text
    assert "x.zip" not in text


def test_one_bad_book_in_a_zip_stops_no_other(shelf: Shelf) -> None:
    client = browser(shelf)
    inside = {"bomb.epub": bytes(2_000_000), "salt.txt": f"Title: Salt\n\n{LAMPS}"}
    answer = client.post("/new", files=[("files", ("all.zip", zipped(inside)))])
    assert answer.status_code == 400
    assert "bomb.epub would unpack to far more than it is worth." in answer.text
    end(shelf)
    assert {b.title for b in shelf.books.page(Asked()).books} == {"One", "Salt"}


def zipped(inside: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ({"a.html": "<p>One.", "b/c.epub": "x"}, ["all.zip", "c.epub"]),
        ({"a.html": "<p>One.", "b.txt": "x"}, ["all.zip"]),
        ({"a.txt": "x", "b/c.docx": "x", "d.png": "x"}, ["all/a.txt", "all/b/c.docx"]),
        ({"x/a.txt": "x", "b/c.epub": "x", "b/d.epub": "x"}, ["a.txt", "c.epub", "d.epub"]),
        ({"d.png": "x"}, ["all.zip"]),
        ({"bomb.epub": bytes(60_000_000), "a.txt": "x"}, ["bomb.epub", "a.txt"]),
        ({f"{n}.epub": "x" for n in range(2_001)}, ["all.zip"]),
        (None, ["all.zip"]),
    ],
    ids=["pages and a book", "pages and a text", "texts", "one of them", "nothing", "bomb", "too many", "no zip"],
)
def test_what_of_a_zip_is_taken_by_itself(inside: Mapping[str, str | bytes] | None, names: list[str]) -> None:
    data = b"PK no zip" if inside is None else zipped(inside)
    found = list(unpacked([Given("my/all.zip", io.BytesIO(data)), Given("b.txt", io.BytesIO(b"b"))]))
    assert [file.name.removeprefix("my/") for file in found] == [*names, "b.txt"]
    assert all(file.data.read() == data for file in found if file.name.endswith(".zip"))


def test_what_can_not_be_taken_stops_nothing_else(shelf: Shelf, tmp_path: Path) -> None:
    make_books(write_stories(tmp_path / "own", {"b.txt": f"Title: Bell\n\n{TALE}"}), tmp_path / "own books")
    epub = ("files", ("b.epub", (tmp_path / "own books" / "b.epub").read_bytes()))
    client = browser(shelf)
    answer = client.post("/new", files=[("files", ("story.toml", b"style = 1")), epub])
    assert answer.status_code == 400
    assert "no story" in answer.text
    end(shelf)
    assert {b.title for b in shelf.books.page(Asked()).books} == {"One", "Bell"}


def test_what_is_left_out_of_a_gift_is_named(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post(
        "/new", files=files(**{"two__salt.txt": f"Title: Salt\n\n{TALE}", "two__todo.txt": "eggs\nmilk\nsalt\n"})
    )
    end(shelf)
    assert "todo.txt:" in client.get("/new").text


def test_each_file_that_is_no_story_is_told(shelf: Shelf) -> None:
    client = browser(shelf)
    noise = bytes(n * n % 251 for n in range(3_000))
    given = {"salt.txt": f"Title: Salt\n\n{TALE}".encode(), "photo.jpg.txt": noise, "half.docx": noise[:500]}
    client.post("/new", files=[("files", (name, io.BytesIO(data))) for name, data in given.items()])
    end(shelf)
    page = client.get("/new").text
    assert page.count('<p class="wrong">') == 2
    assert ">photo.jpg.txt: " in page
    assert ">half.docx: " in page
    assert ">Salt</a>" in page


def test_a_serial_grows_on_the_shelf(shelf: Shelf) -> None:
    client = browser(shelf)
    chapters = [f"Chapter {n}\n\n{text}\n" for n, text in enumerate((TALE, LAMPS, TALE.replace("lamp", "bell")), 1)]
    said = []
    for count in (2, 3, 3):
        text = "Title: The Ferry\n\n" + "\n".join(chapters[:count])
        assert client.post("/new", files=files(**{"ferry.txt": text})).status_code == 303
        end(shelf)
        assert book_of(shelf, "ferry").chapters == count
        said.append(re.findall("is on the shelf|\\+1 chapter|is here already", client.get("/new/list").text))
    assert said == [["is on the shelf"], ["+1 chapter"], ["is here already"]], "the last is told of each story"
    client.post("/new", files=files(**{"ferry.txt": f"Title: The Other Ferry\n\n{LAMPS[::-1]}"}))
    end(shelf)
    assert len(shelf.books.page(Asked(words="ferry")).books) == 2, "another story of that name"
    assert [path.name for path in (shelf.folder / DROPPED).rglob("*") if path.is_file()] == ["ferry.txt"] * 2


def test_a_serial_grows_whose_name_counts_its_chapters(shelf: Shelf) -> None:
    client = browser(shelf)
    chapters = [f"Chapter {n}\n\n{text}\n" for n, text in enumerate((LAMPS, TALE, LAMPS.replace("boat", "raft")), 1)]
    client.post("/new", files=files(**{"ferry ch1-2.txt": "\n".join(chapters[:2])}))
    end(shelf)
    book = book_of(shelf, "ferry")
    client.post(f"/book/{book.id}/answer", data={"title": "Ferry, the Long One"}, files={"none": b""})
    end(shelf)
    client.post("/new", files=files(**{"ferry ch1-3.txt": "\n".join(chapters)}))
    end(shelf)
    again = book_of(shelf, "ferry")
    assert (again.id, again.title, again.chapters) == (book.id, "Ferry, the Long One", 3)
    assert again.source == "dropped/ferry ch1-2/ferry ch1-3.txt"
    assert (shelf.folder / "replaced" / "ferry ch1-2" / "ferry ch1-2.txt").is_file()
    client.post("/new", files=files(**{"ferry ch4-5.txt": f"Chapter 4\n\n{LAMPS[::-1]}"}))
    end(shelf)
    assert len(shelf.books.page(Asked(words="ferry")).books) == 2, "the chapters that follow, in a file of their own"


CHAPTERS = [f"Chapter {n}\n\n{text}\n" for n, text in enumerate((LAMPS, TALE, LAMPS.replace("boat", "raft")), 1)]


def as_epub(text: str) -> bytes:
    """An EPUB of another program: bare, a document for each chapter."""
    package = "<package xmlns='http://www.idpf.org/2007/opf' version='3.0' unique-identifier='i'><metadata "
    package += "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:identifier id='i'>x</dc:identifier><dc:title>The Ferry"
    package += "</dc:title><dc:language>en</dc:language></metadata><manifest>{}</manifest><spine>{}</spine></package>"
    pages = {}
    for number, chapter in enumerate(text.split("Chapter ")[1:]):
        head, *paragraphs = chapter.strip().split("\n\n")
        body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        page = f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body><h1>Chapter {head}</h1>"
        pages[f"p{number}.xhtml"] = f"{page}{body}</body></html>"
    items = "".join(f"<item id='{n[:-6]}' href='{n}' media-type='application/xhtml+xml'/>" for n in pages)
    spine = "".join(f"<itemref idref='{n[:-6]}'/>" for n in pages)
    container = "<container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
    container += "<rootfile full-path='c.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"
    return zipped(
        {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "c.opf": package.format(items, spine)}
        | pages
    )


def as_docx(text: str) -> bytes:
    lines = (line.strip() for line in text.split("\n\n"))
    body = "".join(p(line, style="Heading1" if line.startswith("Chapter") else "") for line in lines)
    return Document(body).data()


def in_folder(count: int) -> list[tuple[str, tuple[str, bytes]]]:
    return files(**{f"Ferry__Chapter {n}.txt": text for n, text in enumerate(CHAPTERS[:count], 1)})


def alone(name: str, data: bytes) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (name, data))]


@pytest.mark.parametrize(
    "given",
    [
        lambda n: alone("Ferry.txt" if n < 3 else "Ferry (1).txt", "\n".join(CHAPTERS[:n]).encode()),
        lambda n: alone("Ferry.epub", as_epub("\n".join(CHAPTERS[:n]))),
        lambda n: alone("Ferry.docx", as_docx("\n".join(CHAPTERS[:n]))),
        in_folder,
        lambda n: alone("Ferry.zip", zipped({f"Chapter {i}.txt": t for i, t in enumerate(CHAPTERS[:n], 1)})),
    ],
    ids=["a browser's second copy", "EPUB", "Word", "folder", "zip"],
)
def test_what_is_given_again_with_a_chapter_more_is_the_same_book(
    shelf: Shelf, given: Callable[[int], list[tuple[str, tuple[str, bytes]]]]
) -> None:
    client = browser(shelf)
    for count in (2, 3):
        assert client.post("/new", files=given(count)).status_code == 303
        end(shelf)
    assert book_of(shelf, "ferry").chapters == 3
    assert "+1 chapter" in client.get("/new").text


def test_the_cover_in_a_zip_is_the_books(shelf: Shelf) -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (800, 1200), (20, 90, 40)).save(picture, "JPEG")
    inside = {f"Ferry/Chapter {n}.txt": text for n, text in enumerate(CHAPTERS, 1)} | {
        "Ferry/cover.jpg": picture.getvalue()
    }
    client = browser(shelf)
    client.post("/new", files=alone("Ferry.zip", zipped({**inside, "Ferry/thumbs.png": b"x"})))
    end(shelf)
    small = shelf.books.cover(book_of(shelf, "ferry").cover)
    assert small is not None
    with Image.open(io.BytesIO(small)) as cover:
        assert cover.getpixel((5, 5))[1] > 80  # type: ignore[index]


def test_what_a_full_disk_kept_from_being_made_is_made_when_it_is_given_again(shelf: Shelf) -> None:
    client = browser(shelf)
    first, both = CHAPTERS[0].encode(), "\n".join(CHAPTERS[:2]).encode()
    client.post("/new", files=alone("Ferry.txt", first))
    end(shelf)
    book = book_of(shelf, "ferry")
    (shelf.folder / "dropped" / "Ferry" / "Ferry.txt").write_bytes(both)
    with closing(sqlite3.connect(shelf.folder / ".chapbook.db")) as catalogue, catalogue:
        catalogue.execute("UPDATE ingredients SET digest = ? WHERE path LIKE '%Ferry.txt'", (digest(both),))
    client.post("/new", files=alone("Ferry.txt", both))
    end(shelf)
    assert (book_of(shelf, "ferry").id, book_of(shelf, "ferry").chapters) == (book.id, 2)


def test_what_is_said_of_a_book_of_many_files_is_said_of_all(shelf: Shelf) -> None:
    """Its other formats are made of all of them, too, and are there again when it has grown."""
    client = browser(shelf)
    client.post("/new", files=in_folder(2))
    end(shelf)
    book = book_of(shelf, "ferry")
    answered = client.post(f"/book/{book.id}/answer", data={"author": "Ada Thorn", "title": "Ferry"}, files={"n": b""})
    assert answered.headers["location"] == f"/book/{book.id}#answers"
    end(shelf)
    client.post(f"/book/{book.id}/make", data={"format": "txt"})
    end(shelf)
    made = book_of(shelf, "thorn")
    assert (made.id, made.chapters, [file.format for file in made.files]) == (book.id, 2, ["epub", "txt"])
    client.post("/new", files=in_folder(3))
    end(shelf)
    grown = book_of(shelf, "thorn")
    assert (grown.id, grown.chapters, [file.format for file in grown.files]) == (book.id, 3, ["epub", "txt"])


def test_what_is_here_already_is_made_no_second_time(shelf: Shelf) -> None:
    client = browser(shelf)
    text = (shelf.folder.parent / "stories" / "a.txt").read_text()
    for name, words in (("again.txt", text), ("lamps.txt", LAMPS), ("brass.txt", LAMPS)):
        client.post("/new", files=files(**{name: words}))
        end(shelf)
    assert len(shelf.books.page(Asked()).books) == 2
    rows = re.findall(r'<li id="work-.*?</li>', client.get("/new").text, re.DOTALL)
    assert ["is here already" in row for row in rows] == [True, True]
    assert all('href="/book/' in row for row in rows)
    assert [path.name for path in (shelf.folder / DROPPED).iterdir()] == ["lamps"]


def test_no_word_of_an_earlier_gift_is_lost(tmp_path: Path) -> None:
    boats = LAMPS.split("\n\n")
    fewer, less, revised = boats[:-1], boats[:-3], [*boats[:-1], "The last boat came home in the dark, by ear alone."]
    for paragraphs in (fewer, boats, fewer, less, [*revised, boats[0]]):
        take(tmp_path, [Given("boats.txt", io.BytesIO("\n\n".join(paragraphs).encode()))])
    kept = [path.read_text() for path in tmp_path.rglob("*.txt")]
    for paragraphs in (fewer, boats, less, [*revised, boats[0]]):
        assert "\n\n".join(paragraphs) in kept
    assert not list(tmp_path.rglob("*.part"))


def test_a_text_is_pasted(shelf: Shelf) -> None:
    said = {"text": TALE, "title": 'The "Bell" \\ of Öhm', "author": "Ada Thorn; Odile Marsh"}
    assert browser(shelf).post("/new", data=said, files={"none": b""}).status_code == 303
    end(shelf)
    book = book_of(shelf, "bell")
    assert book.authors == ("Ada Thorn", "Odile Marsh")
    assert "Öhm" in book.title


def test_what_is_no_story_is_told(shelf: Shelf) -> None:
    client = browser(shelf)
    assert client.post("/new", data={"text": "  "}, files={"none": b""}).status_code == 400
    assert client.post("/new", files=files(**{"x.txt": "\0\1\2 no text"})).status_code == 303
    end(shelf)
    text = client.get("/new").text
    assert "binary data" in text
    assert str(shelf.folder) not in text


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("sheet.csv", "a table"),
        ("photo.JPG", "a picture"),
        ("song.mp3", "sound or film"),
        ("eel.py", "source code"),
        ("look.css", "source code"),
        ("stack.yml", "settings of a program"),
        ("list.json", "data of a program"),
    ],
)
def test_what_is_no_story_by_its_name_is_not_taken(shelf: Shelf, name: str, what: str) -> None:
    """It may have been dropped by mistake; beside a story it is left out, or its cover."""
    answer = browser(shelf).post("/new", files=[("files", (name, b"a,b\n1,2\n"))])
    assert answer.status_code == 400
    assert f"{name} is {what}, and no story." in answer.text
    assert not (shelf.folder / DROPPED).exists()


def test_what_is_refused_is_not_kept(shelf: Shelf) -> None:
    client = browser(shelf)
    given = files(**{"two__x.txt": "\0\1\2 no text", "two__b.txt": f"Title: Boats\n\n{LAMPS}"})
    for gift in (files(**{"x.txt": "\0\1\2 no text"}), given):
        assert client.post("/new", files=gift).status_code == 303
    end(shelf)
    assert client.get("/new").text.count('class="wrong"') == 2
    assert [path.name for path in (shelf.folder / DROPPED).iterdir()] == ["two"], "of which there is a book"


def test_a_book_that_could_not_be_noted_is_taken_away(shelf: Shelf) -> None:
    noted, lost = shelf.folder / "a.epub", shelf.folder / "lost.epub"
    lost.write_bytes(b"x")
    (shelf.folder / DROPPED / "lost").mkdir(parents=True)
    let_go(shelf.store, Work("1", f"{DROPPED}/lost", "lost", (), stories=({"books": [str(noted), str(lost)]},)))
    assert (noted.exists(), lost.exists()) == (True, False)


def test_of_a_gift_for_which_there_is_no_room_nothing_is_left(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        take(tmp_path, [Given("two/a.txt", io.BytesIO(b"a")), Given("two/b.txt", Full())])
    assert list((tmp_path / DROPPED).iterdir()) == []


def test_what_was_not_finished_is_taken_up(shelf: Shelf) -> None:
    take(shelf.folder, [Given("boats.txt", io.BytesIO(f"Title: Boats\n\n{LAMPS}".encode()))])
    take(shelf.folder, [Given("x/1.txt", io.BytesIO(LAMPS.encode())), Given("x/2.txt", io.BytesIO(TALE.encode()))])
    giving.take_up(shelf, homes_of_gifts(shelf.folder))
    assert [work.key for work in shelf.workshop.works()] == ["dropped/boats", "dropped/x"]
    shelf.workshop.close()
    end(shelf)
    assert sorted(path.name for path in (shelf.folder / DROPPED).iterdir()) == ["boats", "x"], "ended, not refused"
    again = shelf_of(shelf.folder)
    giving.take_up(again, homes_of_gifts(again.folder))
    end(again)
    assert "Boats" in browser(again).get("/new").text
    assert {b.title for b in again.books.page(Asked()).books} >= {"One", "Boats"}
    giving.take_up(again, homes_of_gifts(again.folder))
    assert all(work.is_over for work in again.workshop.works())


def test_what_a_shelf_that_was_killed_had_made_is_not_said_to_have_been_here(shelf: Shelf) -> None:
    browser(shelf).post("/new", files=files(**{"boats.txt": f"Title: Boats\n\n{LAMPS}"}))
    end(shelf)
    with shelf.store.writing() as connection:  # as it is when the end of it was not noted
        connection.execute("UPDATE works SET state = 'waiting', stories = '[]'")
    again = shelf_of(shelf.folder)
    giving.take_up(again, homes_of_gifts(again.folder))
    end(again)
    rows = browser(again).get("/new/list").text
    assert 'Boats</a> <span class="count">is on the shelf</span>' in rows


def test_what_became_of_gifts_is_told_after_a_new_start(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"boats.txt": f"Title: Boats\n\n{LAMPS}"}))
    client.post("/new", files=files(**{"x.txt": "\0\1\2 no text"}))
    end(shelf)
    rows = client.get("/new/list").text
    assert "Boats" in rows
    assert "binary data" in rows
    again = browser(shelf_of(shelf.folder))
    assert again.get("/new/list").text == rows
    assert again.post("/new/clear").status_code == 303
    assert again.get("/new/list").text == browser(shelf_of(shelf.folder)).get("/new/list").text
    assert "Boats" not in again.get("/new/list").text


def test_a_book_that_was_to_be_made_again_is_made_after_a_new_start(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"boats.txt": f"Title: Boats\n\n{LAMPS}"}))
    end(shelf)
    shelf.workshop.close()
    book = book_of(shelf, "Boats")
    assert client.post(f"/book/{book.id}/make", data={"format": "txt"}).status_code == 303
    end(shelf)
    moved = shelf.folder.rename(shelf.folder.with_name("elsewhere"))
    again = shelf_of(moved)
    giving.take_up(again, homes_of_gifts(again.folder))
    end(again)
    assert [file.format for file in book_of(again, "Boats").files] == ["epub", "txt"]


def test_how_far_a_heap_came_is_told(shelf: Shelf) -> None:
    words = sorted(set(re.findall(r"\w+", LAMPS + TALE)))
    heap = {}
    for n in range(20):
        some = random.Random(n)
        name = "".join(some.sample("abcdefghijklmnop", 9))
        heap[f"heap__{name}.txt"] = f"Title: The {name}\n\n{' '.join(some.choices(words, k=400))}"
    client = browser(shelf)
    client.post("/new", files=files(**heap))
    seen = set()
    while shelf.workshop.under_way:
        seen.add(client.get("/new/list").text.partition(' max="')[2].partition('"')[0])
    assert seen & {"20"}


def test_each_folder_of_a_gift_is_a_gift(shelf: Shelf) -> None:
    given = files(**{"a__1.txt": f"Title: Boats\n\n{LAMPS}", "b.txt": f"Title: Carts\n\n{TALE}"})
    assert browser(shelf).post("/new", files=given).status_code == 303
    end(shelf)
    assert sorted(path.name for path in (shelf.folder / DROPPED).iterdir()) == ["a", "b"]


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (["Light ch 1.docx", "Light ch 2.docx", "Light ch 3.docx"], "Light"),
        (["salt road - chapter 2.txt", "salt road - chapter 1.txt"], "salt road"),
        (["a.txt", "b.txt"], "a"),
        (["x/Light 1.txt", "x/Light 2.txt"], "x"),
        (["Light 1.txt"], "Light 1"),
    ],
)
def test_what_several_files_are_called(tmp_path: Path, names: list[str], called: str) -> None:
    gift = take(tmp_path, [Given(name, io.BytesIO(name.encode())) for name in names])
    assert gift.key == f"{DROPPED}/{called}"


def test_gifts_have_limits(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(shelf)
    many = [("files", (f"{n}.txt", b"x")) for n in range(giving.MOST_FILES + 1)]
    assert client.post("/new", files=many).status_code == 413
    monkeypatch.setattr(giving, "LARGEST", 1_000)
    assert client.post("/new", files=files(**{"x.txt": "x" * 2_000})).status_code == 413
    assert not (shelf.folder / DROPPED).exists()


def test_gifts_need_the_token_of_the_session(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, password=PASSWORD, stories={"a.txt": f"Title: One\n\n{TALE}"})
    client: TestClient = browser(shelf)
    client.post("/login", data={"password": PASSWORD})
    token = re.search(r'name="token" value="(\w+)"', client.get("/new").text)
    assert token
    assert client.post("/new", files=files(**{"x.txt": TALE})).status_code == 403
    assert not (shelf.folder / DROPPED).exists()
    assert client.post("/new", files=files(**{"x.txt": TALE}), data={"token": token[1]}).status_code == 303
    end(shelf)


@pytest.mark.slow
def test_what_is_given_becomes_books_before_ones_eyes(tmp_path: Path) -> None:
    """A file and a folder that are dropped, a text that is pasted; what somebody began leaves the unread ones."""
    make_books(write_stories(tmp_path / "stories", {"a.txt": f"Title: One\n\n{TALE}"}), tmp_path / "books")
    folder = write_stories(tmp_path / "Two Tales", {"b.txt": f"Title: Weir\n\n{TALE}"})
    write_stories(folder / "more", {"c.txt": f"Title: Ferry\n\n{TALE}", "chapbook.toml": 'author = "Nobody"\n'})
    fields = {"#title": "Die Öllampe", "#author": "Jörg Öhm; Ada Thorn", "#text": f"{TALE}\n灯亮了。\n"}
    gifts = [
        {"path": "/", "files": {"salt.txt": "The Salt Road\nby Ada Thorn\n\n" + DAYS}, "until": "The Salt Road"},
        {"path": "/", "dropped": [str(folder)], "until": "Weir"},
        {"path": "/new", "fields": fields, "until": "Die Öllampe"},
    ]
    with served(tmp_path / "books") as address:
        given = browse(address, "drop", gifts=gifts)
        looks = browse(address, "look", paths=["/new", "/book/2"])
        file, dropped, pasted = (dict(gift["books"]) for gift in given["seen"])
        place = urlencode({"place": "epubcfi(/6/4!/4/2:0)", "fraction": "0.5"}).encode()
        urlopen(f"{address}read/{pasted['Die Öllampe'].rpartition('/')[2]}/place", place, timeout=10).close()
        filtered = browse(address, "filter", path="/", filters=[["#by-unread"], ["#by-unread"]])
        page = urlopen(f"{address}{pasted['Die Öllampe'][1:]}", timeout=10).read().decode()
    assert file == {"The Salt Road": "/book/2"}
    assert set(dropped) == {"The Salt Road", "Ferry", "Weir"}
    assert any("reading" in state or "waiting" in state for state in given["seen"][0]["states"])
    assert (
        filtered["seen"][0] == filtered["seen"][2] == ["Books", "Die Öllampe", "Ferry", "One", "The Salt Road", "Weir"]
    )
    assert filtered["seen"][1] == ["Books", "Ferry", "One", "The Salt Road", "Weir"]
    assert "Ada Thorn" in page
    assert "Read on (50 %)" in page
    assert given["errors"] == looks["errors"] == filtered["errors"] == []
    assert [seen for seen in looks["seen"] if seen["violations"] or seen["wide"] > seen["width"]] == []
    assert not list((tmp_path / "books" / DROPPED).rglob("chapbook.toml"))


def give(shelf: Shelf, name: str, text: str) -> None:
    assert browser(shelf).post("/new", files=files(**{name: text})).status_code == 303
    end(shelf)
    refresh(shelf.store)


REVISIONS = {
    "a word": ("boats.txt", f"Title: Boats\n\n{LAMPS.replace('lantern', 'lamp', 4)}"),
    "title": ("boats.txt", f"Boat\n\n{LAMPS}"),
    "cut": ("boats.txt", "Title: Boats\n\n" + "\n\n".join(p for p in LAMPS.split("\n\n") if "The 1" not in p)),
    "format": ("boats.html", f"<h1>Boats</h1>{''.join(f'<p>{p}</p>' for p in LAMPS.split(chr(10) * 2))}"),
}


@pytest.mark.parametrize("what", REVISIONS)
def test_what_is_given_again_and_told_otherwise_is_the_same_book(shelf: Shelf, what: str) -> None:
    give(shelf, "boats.txt", f"Title: Boats\n\n{LAMPS}")
    before = book_of(shelf, "boats")
    name, text = REVISIONS[what]
    give(shelf, name, text)
    (after,) = [b for b in shelf.books.page(Asked()).books if b.title != "One"]
    assert after.id == before.id
    assert after.source.endswith(name)
    assert len(list((shelf.folder / "replaced").rglob("boats.txt"))) == 1, "no word is lost"


def test_a_poorer_format_of_what_is_here_is_no_second_book(shelf: Shelf) -> None:
    give(shelf, *REVISIONS["format"])
    before = book_of(shelf, "boats")
    give(shelf, "boats.txt", f"Title: Boats\n\n{LAMPS}")
    assert book_of(shelf, "boats") == before
    assert "is here already" in browser(shelf).get("/new").text
    give(shelf, "boats.txt", f"Title: Boats\n\n{LAMPS}\n\nAnd there it ended, as they had all known for years.")
    assert book_of(shelf, "boats").source.endswith(".txt"), "which tells more"


def test_another_story_of_the_same_name_is_another_book(shelf: Shelf) -> None:
    give(shelf, "boats.txt", f"Title: Boats\n\n{LAMPS}")
    give(shelf, "boats.txt", "Title: Boats\n\n" + "The other story is about a bell, and who rang it. " * 40)
    assert len(shelf.books.page(Asked(words="boats")).books) == 2


def test_an_older_version_of_what_is_here_is_no_second_book(shelf: Shelf) -> None:
    whole = f"Title: Boats\n\n{LAMPS}\n\n{LAMPS.replace('boat', 'barge')}"
    give(shelf, "boats.txt", whole)
    give(shelf, "boats.txt", f"Title: Boats\n\n{LAMPS}")
    assert len(shelf.books.page(Asked(words="boats")).books) == 1
    assert "is here already" in browser(shelf).get("/new").text
    assert (shelf.folder / DROPPED / "boats" / "boats.txt").read_text() == whole


def test_an_older_version_that_lacks_a_chapter_alone_is_no_second_book(shelf: Shelf) -> None:
    chapters = [f"Chapter {n}\n\n{LAMPS.replace('boat', f'boat {n} of them')}\n\n" for n in range(12)]
    give(shelf, "boats.txt", "Title: Boats\n\n" + "".join(chapters))
    give(shelf, "boats.txt", "Title: Boats\n\n" + "".join(chapters[:-1]))
    assert book_of(shelf, "boats").chapters == 12
    assert "is here already" in browser(shelf).get("/new").text


def test_a_site_s_bare_copy_of_a_page_takes_nothing_from_its_book(shelf: Shelf) -> None:
    told = "".join(f"<p>{p}</p>" for p in LAMPS.split("\n\n"))
    give(shelf, "boats.html", f"<h1>Boats</h1><p>Summary: A fleet.</p><p>Tags: lamps, brass</p>{told}")
    before = book_of(shelf, "boats")
    give(shelf, "boats.md", f"# Boats\n\n{LAMPS}")
    assert book_of(shelf, "boats") == before
    assert "is here already" in browser(shelf).get("/new").text
    give(shelf, "boats.md", f"# Boats\n\n{LAMPS}\n\nAnd there it ended, as they had all known for years.")
    assert book_of(shelf, "boats").source.endswith(".md"), "which tells more"


def test_a_folder_that_is_given_day_by_day_is_one_book(shelf: Shelf) -> None:
    told = {
        f"serial__ch{n}.txt": f"Title: Boats\n\nChapter {n}\n\n{LAMPS.replace('boat', f'boat {n} of them')}"
        for n in range(1, 4)
    }
    numbers = set()
    for day in (1, 2, 3):
        assert browser(shelf).post("/new", files=files(**dict(list(told.items())[:day]))).status_code == 303
        end(shelf)
        refresh(shelf.store)
        book = book_of(shelf, "boats")
        numbers.add(book.id)
        assert book.chapters == day
    assert len(numbers) == 1
