"""Where readers are: KOReader's protocol, the draft of OPDS, and books that grow under their readers' hands."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree
from starlette.testclient import TestClient

from converter.checker.epub.nodes import XmlNode, read_xml
from converter.shelf.access import key_of
from converter.shelf.arrivals import refresh
from converter.shelf.books import Asked
from converter.shelf.sync import outlines, places
from converter.shelf.sync.cfi import to_cfi, to_pointer
from converter.shelf.sync.digests import of_name, sampled
from converter.shelf.sync.moving import Spot
from converter.shelf.sync.pointers import Pointer, leads_somewhere, pointer_of
from converter.shelf.sync.served_names import served_names
from converter.shelf.sync.shares import share_before
from tests.shelf.shelves import PASSWORD, browser, make_books, shelf_in

X = "{http://www.w3.org/1999/xhtml}"
OTHER = {"x-auth-user": "a", "x-auth-key": key_of(PASSWORD)}
NOUNS = "ferry rope lamp bridge miller orchard bell gate harbour salt cart winter river stair tower".split()


def paragraph(chapter: str, number: int) -> str:
    chosen = random.Random(f"{chapter} {number}")
    return f"In {chapter} the {chosen.choice(NOUNS)} was {number} steps from the {chosen.choice(NOUNS)}, and nobody had moved the {chosen.choice(NOUNS)}."


def serial(chapters: Sequence[str], *, title: str = "The Long Ferry", prologue: bool = False, revised: str = "") -> str:
    parts = [f"Title: {title}\nAuthor: Odile Marsh\nLanguage: en\n"]
    if prologue:
        parts += ["Prologue\n", *(f"{paragraph('the prologue', n)}\n" for n in range(5))]
    for at, chapter in enumerate(chapters, 1):
        parts += [f"Chapter {at}: {chapter}\n"]
        for n in range(12):
            text = paragraph(chapter, n)
            parts.append("This one was written anew, and says another thing.\n" if text == revised else f"{text}\n")
    return "\n".join(parts)


class Serial:
    """A story that is told on, its book, its shelf and a client."""

    def __init__(self, place: Path) -> None:
        self.place, self.chapters = place, ["Rain", "Thaw", "Flood", "Ebb"]
        self.shelf = shelf_in(place, stories={"ferry.txt": serial(self.chapters)})
        outlines.catch_up(self.shelf.store)
        self.client = browser(self.shelf)

    def told_on(self, name: str = "ferry.txt", **changes: Any) -> None:
        (self.place / "stories" / name).write_text(serial(self.chapters, **changes), "utf-8")
        make_books(self.place / "stories", self.place / "books")
        assert refresh(self.shelf.store)
        outlines.catch_up(self.shelf.store)

    @property
    def file(self) -> Path:
        (book,) = self.shelf.books.page(Asked()).books
        return self.place / "books" / book.files[0].path

    @property
    def document(self) -> str:
        return sampled(self.file)

    def pointer_to(self, words: str, tail: str = "text().0") -> str:
        """The place of a paragraph as KOReader would write it, from the file itself."""
        for number, root in enumerate(documents(self.file), 1):
            for found in root.iter(f"{X}p"):
                if words in "".join(found.itertext()):
                    element, steps = found, []
                    while element.tag != f"{X}html":
                        same = [e for e in element.getparent() if e.tag == element.tag]
                        name = element.tag.removeprefix(X)
                        steps.append(f"{name}[{same.index(element) + 1}]" if len(same) > 1 else name)
                        element = element.getparent()
                    return f"/body/DocFragment[{number}]/{'/'.join(reversed(steps))}/{tail}"
        raise AssertionError(words)

    def told(self, document: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.get(f"/syncs/progress/{document}").json()
        return found


def documents(path: Path) -> list[Any]:
    with ZipFile(path) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        hrefs = {e.get("id"): e.get("href") for e in package.iter("{*}item")}
        return [etree.fromstring(archive.read(f"EPUB/{hrefs[e.get('idref')]}")) for e in package.iter("{*}itemref")]


def words_at(path: Path, pointer: str) -> str:
    """The words of the block to which a pointer leads in a file, followed step by step."""
    found = re.fullmatch(r"/body/DocFragment\[(\d+)\]((?:/[^/]+)*)\.(\d+)", pointer)
    assert found, pointer
    node = documents(path)[int(found[1]) - 1]
    for step in found[2].split("/")[1:]:
        name, number = re.fullmatch(r"([\w()]+)(?:\[(\d+)\])?", step).groups()  # type: ignore[union-attr]
        if name == "text()":
            break
        node = [child for child in node if child.tag == X + name][int(number or 1) - 1]
    while node.tag in (f"{X}span", f"{X}em"):
        node = node.getparent()
    return " ".join("".join(node.itertext()).split())


def push(client: TestClient, document: str, place: str, share: float = 0.5, **more: Any) -> Any:
    said = {"document": document, "progress": place, "percentage": share, "device": "Kobo", "device_id": "K1", **more}
    return client.put("/syncs/progress", json=said)


@pytest.fixture
def ferry(tmp_path: Path) -> Serial:
    return Serial(tmp_path)


def test_samples_of_a_file(tmp_path: Path) -> None:
    """The offsets are those of KOReader: 0, then 1 Ki, 4 Ki, 16 Ki and so on; what is not there ends it."""
    data = random.Random(1).randbytes(70_000)
    (tmp_path / "x").write_bytes(data)
    expected = hashlib.md5(b"".join(data[n : n + 1024] for n in (0, 1024, 4096, 16384, 65536)))
    assert sampled(tmp_path / "x") == expected.hexdigest()
    (tmp_path / "x").write_bytes(b"short")
    assert sampled(tmp_path / "x") == hashlib.md5(b"short").hexdigest()


def test_the_four_calls(ferry: Serial) -> None:
    client = ferry.client
    refused = client.post("/users/create", json={"username": "a", "password": "b"})
    assert (refused.status_code, refused.json()["code"]) == (402, 2005)
    assert client.get("/users/auth", headers=OTHER).json() == {"authorized": "OK"}
    assert client.get("/healthcheck").json() == {"state": "OK"}
    unknown = client.get("/syncs/progress/0123456789abcdef")
    assert (unknown.status_code, unknown.json()) == (200, {})
    place = ferry.pointer_to(paragraph("Thaw", 3)[:40])
    answer = push(client, ferry.document, place, 0.3)
    assert answer.status_code == 200
    told = ferry.told(ferry.document)
    assert told == {
        "document": ferry.document, "progress": place, "percentage": 0.3, "device": "Kobo", "device_id": "K1",
        "timestamp": answer.json()["timestamp"],
    }  # fmt: skip
    push(client, ferry.document, "later")
    push(client, "a" * 32, "17", 0.1)
    assert ferry.told("a" * 32)["progress"] == "17", "books of others have places, too"
    assert len(ferry.shelf.store.asked("SELECT 1 FROM places")) == 3, "a history"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"document": ""}, 2004), ({"document": "a:b"}, 2004), ({"document": None}, 2004), ({"document": "x" * 300}, 2004),
        ({"percentage": "1"}, 2003), ({"percentage": None}, 2003), ({"progress": None}, 2003), ({"device": 3}, 2003),
        ({"progress": "x" * 5000}, 2003), ({"percentage": 10**400}, 2003), ({"percentage": 7}, 2003), ({"percentage": -0.5}, 2003), ({"progress": "\ud800"}, 2003),
    ],
)  # fmt: skip
def test_what_is_no_place_is_not_kept(ferry: Serial, wrong: dict[str, Any], code: int) -> None:
    import json

    said = {"document": "d", "progress": "p", "percentage": 0.5, "device": "Kobo", "device_id": "K1", **wrong}
    answer = ferry.client.put("/syncs/progress", content=json.dumps(said))
    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert ferry.shelf.store.asked("SELECT 1 FROM places") == []


def test_bodies_have_limits(ferry: Serial) -> None:
    for body, status in ((b"", 403), (b"[" * 60_000, 403), (b"NaN", 403), (b"\xff", 403), (b"x" * 70_000, 413)):
        assert ferry.client.put("/syncs/progress", content=body).status_code == status


def test_places_ask_for_the_password(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path, password=PASSWORD, stories={"a.txt": serial(["Rain"])})
    client = browser(shelf)
    assert client.post("/users/create").json()["code"] == 2005
    for call in (client.get("/users/auth"), client.get("/syncs/progress/x"), push(client, "x", "1")):
        assert (call.status_code, call.json()["code"]) == (401, 2001)
    assert client.get("/users/auth", headers=OTHER).status_code == 200
    assert client.get("/progression/1").status_code == 401


def test_a_book_that_grows_keeps_the_place(ferry: Serial) -> None:
    words, old = paragraph("Flood", 7), ferry.document
    place = ferry.pointer_to(words[:40], "text().5")
    push(ferry.client, old, place, 0.6)
    ferry.chapters.append("Spring")
    ferry.told_on()
    assert ferry.document != old
    assert ferry.told(old)["device"] == "Kobo", "who has the old file is told what was said of it"
    told = ferry.told(ferry.document)
    assert told["progress"] == place, "nothing before it is another"
    assert told["device"] != "Kobo", "it heeds nothing of its own device"
    assert told["device_id"] != "K1"
    assert 0.4 < told["percentage"] < 0.6
    assert told["timestamp"] == ferry.told(old)["timestamp"]
    assert ferry.told(of_name(ferry.file.name))["progress"] == place, "by its name"


def test_a_prologue_before_it_moves_the_place(ferry: Serial) -> None:
    words, old = paragraph("Flood", 7), ferry.document
    place = ferry.pointer_to(words[:40])
    push(ferry.client, old, place)
    ferry.told_on(prologue=True)
    told = ferry.told(ferry.document)["progress"]
    assert told != place
    assert words_at(ferry.file, told) == words
    back = ferry.pointer_to(paragraph("Ebb", 2)[:40])
    push(ferry.client, ferry.document, back)
    assert ferry.told(old)["progress"] != back, "and back again, for the reader that has the old file"


def test_a_revised_paragraph_is_found_where_it_stood(ferry: Serial) -> None:
    words, old = paragraph("Flood", 7), ferry.document
    push(ferry.client, old, ferry.pointer_to(words[:40]))
    other = ferry.pointer_to(paragraph("Flood", 9)[:40])
    ferry.told_on(revised=words, prologue=True)
    told = ferry.told(ferry.document)["progress"]
    assert words_at(ferry.file, told) == "This one was written anew, and says another thing."
    push(ferry.client, old, other)
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == paragraph("Flood", 9)


def test_a_chapter_that_is_gone_leads_to_the_next(ferry: Serial) -> None:
    push(ferry.client, ferry.document, ferry.pointer_to(paragraph("Flood", 7)[:40]))
    ferry.chapters.remove("Flood")
    ferry.told_on()
    assert "Ebb" in words_at(ferry.file, ferry.told(ferry.document)["progress"])


def test_a_renamed_book_keeps_the_place(ferry: Serial) -> None:
    words, old = paragraph("Flood", 7), ferry.document
    push(ferry.client, old, ferry.pointer_to(words[:40]))
    (before,) = ferry.shelf.books.page(Asked()).books
    identity = ferry.client.get("/opds/v2/new").json()["publications"][0]["metadata"]["identifier"]
    ferry.told_on(title="The Short Ferry")
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == words
    (ferry.place / "stories" / "ferry.txt").rename(ferry.place / "stories" / "boat.txt")
    for path in (ferry.place / "books").glob("*.epub"):
        path.unlink()
    ferry.told_on("boat.txt", title="The Short Ferry", prologue=True)
    (after,) = ferry.shelf.books.page(Asked()).books
    assert after.source != before.source
    assert after.id == before.id
    assert ferry.client.get("/opds/v2/new").json()["publications"][0]["metadata"]["identifier"] == identity
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == words


def test_a_book_that_was_renamed_and_grew_keeps_the_place(tmp_path: Path) -> None:
    """Downloaded anew: another name, a chapter more, and nobody says who wrote it."""
    chapters = ["Rain", "Thaw", "Flood"]
    shelf = shelf_in(tmp_path, stories={"ferry ch1-3.txt": serial(chapters).replace("Author: Odile Marsh\n", "")})
    outlines.catch_up(shelf.store)
    (before,) = shelf.books.page(Asked()).books
    document = sampled(tmp_path / "books" / before.files[0].path)
    client = browser(shelf)
    push(client, document, "/body/DocFragment[4]/body/section/p[3]/text().0")
    (tmp_path / "stories" / "ferry ch1-3.txt").unlink()
    text = serial([*chapters, "Ebb"], title="The Ferry, Told On").replace("Author: Odile Marsh\n", "")
    (tmp_path / "stories" / "ferry ch1-4.txt").write_text(text, "utf-8")
    make_books(tmp_path / "stories", tmp_path / "books")
    assert refresh(shelf.store)
    (after,) = shelf.books.page(Asked()).books
    assert (after.id, after.chapters) == (before.id, 4)
    now = sampled(tmp_path / "books" / after.files[0].path)
    assert now != document
    assert client.get(f"/syncs/progress/{now}", headers=OTHER).json()["progress"]


def test_a_book_that_was_gone_for_a_while_keeps_the_place(ferry: Serial) -> None:
    place, old, file = ferry.pointer_to(paragraph("Flood", 7)[:40]), ferry.document, ferry.file
    push(ferry.client, old, place)
    file.rename(file.with_suffix(".away"))
    assert refresh(ferry.shelf.store)
    assert ferry.told(old)["progress"] == place
    file.with_suffix(".away").rename(file)
    assert refresh(ferry.shelf.store)
    ferry.told_on(prologue=True)
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == paragraph("Flood", 7)


def test_a_reader_with_the_old_name_and_the_new_file(ferry: Serial) -> None:
    """KOReader keeps the name of the first file that it opened: a place in a later chapter comes under it."""
    old = ferry.document
    ferry.chapters.append("Spring")
    ferry.told_on()
    words = paragraph("Spring", 4)
    push(ferry.client, old, ferry.pointer_to(words[:40]))
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == words


@pytest.mark.parametrize(
    "place",
    [
        "/body/DocFragment[6]/body/section/p[99]/text().0",
        "/body/DocFragment[6]/body/div/p[3].7",
        "/body/DocFragment[6].0",
    ],
)
def test_what_leads_nowhere_leads_to_the_chapter(ferry: Serial, place: str) -> None:
    push(ferry.client, ferry.document, place)
    ferry.told_on(prologue=True)
    told = pointer_of(ferry.told(ferry.document)["progress"])
    assert told
    assert told.document == 6, "the sixth of the old file is the seventh of the new one"
    assert words_at(ferry.file, str(told)) == "Chapter 3 Flood"


def test_steps_inside_a_paragraph_are_kept_while_they_lead_somewhere(ferry: Serial) -> None:
    push(ferry.client, ferry.document, ferry.pointer_to(paragraph("Flood", 0)[:40], "span/text().3"))
    ferry.told_on(prologue=True)
    assert ferry.told(ferry.document)["progress"].endswith("/p/span/text().3")
    push(ferry.client, ferry.document, ferry.pointer_to(paragraph("Flood", 5)[:40], "span[3]/text().900"))
    ferry.chapters.append("Spring")
    ferry.told_on(prologue=True)
    assert ferry.told(ferry.document)["progress"].endswith("/p[6].0")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("/body/DocFragment[14]/body/section/p[22]/text().0", Pointer(13, ("body", "section", "p[22]", "text()"), 0)),
        ("/body/DocFragment[2]/body/p[1]/text()[2].5", Pointer(1, ("body", "p", "text()[2]"), 5)),
        ("/body/DocFragment[2]/body/div[1]/img.0", Pointer(1, ("body", "div", "img"), 0)),
        ("/body/DocFragment[3].0", Pointer(2, ("body",), 0)),
        ("/body/DocFragment/body/p", Pointer(0, ("body", "p"), 0)),
        ("17", None),
        ("/html/body/p[2].0", None),
        ("/body/DocFragment[2]/body/p[x]/text().0", None),
        ("", None),
    ],
)
def test_how_koreader_writes_a_place(said: str, place: Pointer | None) -> None:
    assert pointer_of(said) == place


def test_progression(ferry: Serial) -> None:
    (book,) = ferry.shelf.books.page(Asked()).books
    address = f"/progression/{book.id}"
    links = ferry.client.get("/opds/v2/new").json()["publications"][0]["links"]
    assert f"http://localhost:8737{address}" in [
        link["href"] for link in links if link["type"] == "application/opds-progression+json"
    ]
    assert ferry.client.get(address).status_code == 404
    said = {
        "modified": "2026-01-02T03:04:05Z", "device": {"id": "urn:uuid:1", "name": "Phone"}, "progression": 0.5,
        "references": ["chapter-3.xhtml#:~:text=" + paragraph("Flood", 7)[:30].replace(" ", "%20")],
    }  # fmt: skip
    answer = ferry.client.put(address, json=said)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/opds-progression+json"
    kept = ferry.client.get(address).json()
    assert kept == answer.json()
    assert (kept["modified"], kept["device"], kept["progression"]) == (said["modified"], said["device"], 0.5)
    assert kept["references"][0].startswith("chapter-3.xhtml#:~:text=In%20Flood")
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == paragraph("Flood", 7), "for KOReader, too"
    older = {
        **said,
        "modified": "2025-01-02T03:04:05Z",
        "device": {"id": "urn:uuid:2", "name": "Desk"},
        "progression": 0.1,
    }
    assert ferry.client.put(address, json=older).json() == kept, "somebody read on since"
    push(ferry.client, ferry.document, ferry.pointer_to(paragraph("Ebb", 2)[:40]), 0.8)
    now = ferry.client.get(address).json()
    assert (now["progression"], now["device"]["name"]) == (0.8, "Kobo")
    assert now["references"][0].startswith("chapter-4.xhtml#:~:text=In%20Ebb")
    by_id = {
        **said,
        "modified": "2999-01-01T00:00:00Z",
        "references": None,
        "refs": ["nowhere.xhtml", "chapter-2.xhtml#chapter-2"],
    }
    del by_id["references"]
    kept = ferry.client.put(address, json=by_id).json()
    assert kept["references"][0].startswith("chapter-2.xhtml#:~:text=Chapter")
    assert kept["modified"] < "2998"


@pytest.mark.parametrize(
    "wrong",
    [
        {"progression": 2j}, {"progression": "x"}, {"modified": "yesterday"}, {"modified": None}, {"device": "x"},
        {"device": {"id": 3, "name": "x"}}, {"references": "x"}, {"references": ["x"] * 50}, {"references": [3]},
    ],
)  # fmt: skip
def test_what_is_no_progression_is_not_kept(ferry: Serial, wrong: dict[str, Any]) -> None:
    said: dict[str, Any] = {
        "modified": "2026-01-02T03:04:05Z",
        "device": {"id": "urn:x:1", "name": "P"},
        "progression": 0.5,
    }
    said |= {key: str(value) if isinstance(value, complex) else value for key, value in wrong.items()}
    assert ferry.client.put("/progression/1", json=said).status_code == 400
    assert ferry.client.put("/progression/99", json=said).status_code == 404


def browse(ferry: Serial, place: str, share: float = 0.5) -> None:
    """Somebody reads in the browser, in the file that is there now."""
    (book,) = ferry.shelf.books.page(Asked()).books
    digest = book.files[0].digest
    places.note(
        ferry.shelf.store, places.Place(digest, "browser", place, share, "chapbook", "browser", 0, book.id, digest)
    )


def test_the_browser_and_koreader_know_the_same_place(ferry: Serial) -> None:
    (book,) = ferry.shelf.books.page(Asked()).books
    words = paragraph("Flood", 7)
    place = ferry.pointer_to(words[:40], "text().5")
    push(ferry.client, ferry.document, place)
    cfi, share = places.for_browser(ferry.shelf.store, book.id)
    assert cfi == "epubcfi(/6/12!/4/2/18/1:5)", (
        "the header is the first child of the section, the seventh after the first the ninth"
    )
    assert 0.5 < share < 0.75
    browse(ferry, "epubcfi(/6/12[chapter-3]!/4/2[chapter-3^]]/18,/1:5,/1:20)")
    assert ferry.told(ferry.document)["progress"] == place
    assert ferry.told(ferry.document)["device"] == "chapbook"
    ferry.told_on(prologue=True)
    told = ferry.told(ferry.document)["progress"]
    assert words_at(ferry.file, told) == words
    assert told.endswith("/text().5")
    assert places.for_browser(ferry.shelf.store, book.id)[0] == "epubcfi(/6/14!/4/2/18/1:5)"


def test_a_page_that_is_open_while_the_book_grows_keeps_its_place(ferry: Serial) -> None:
    (book,) = ferry.shelf.books.page(Asked()).books
    opened = re.search(r'data-digest="(\w+)"', ferry.client.get(f"/read/{book.id}").text)
    assert opened
    ferry.told_on(prologue=True)
    said = {"place": "epubcfi(/6/12!/4/2/18/1:5)", "fraction": "0.6", "digest": opened[1]}
    assert ferry.client.post(f"/read/{book.id}/place", data=said).status_code == 204
    assert places.for_browser(ferry.shelf.store, book.id)[0] == "epubcfi(/6/14!/4/2/18/1:5)"
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == paragraph("Flood", 7)
    strange = {**said, "digest": "0" * 64}  # of no file of this book: that of now is meant
    assert ferry.client.post(f"/read/{book.id}/place", data=strange).status_code == 204
    assert places.for_browser(ferry.shelf.store, book.id)[0] == said["place"]


@pytest.mark.parametrize(
    "place", ["epubcfi(/6/12!/4/2/18/3:5)", "epubcfi(/6/12!/4/2/900)", "epubcfi(/6/12!)", "epubcfi(/6/12!/3:1)"]
)
def test_what_a_browser_says_may_lead_nowhere(ferry: Serial, place: str) -> None:
    browse(ferry, place)
    told = pointer_of(ferry.told(ferry.document)["progress"])
    assert told
    assert told.document == 5


def test_a_share_is_counted_as_the_reader_in_the_browser_counts(ferry: Serial) -> None:
    outline = outlines.read_outline(ferry.file)
    with ZipFile(ferry.file) as book:
        sizes = [book.getinfo(chapter.name).file_size for chapter in outline]
    assert share_before(ferry.file, outline, Spot(4, 0)) == pytest.approx(sum(sizes[:4]) / sum(sizes))
    assert share_before(ferry.file, outline, Spot(0, 0)) == 0
    last = outline[-1]
    end = Spot(len(outline) - 1, len(last.paths) - 1, (("text()",), last.sizes[-1]))
    assert share_before(ferry.file, outline, end) == pytest.approx(1)


PAGE = read_xml(b"<html><head/><body><p>One two <i>three</i></p></body></html>")[0]


@pytest.mark.parametrize(("offset", "now"), [(0, 0), (2, 2), (3, 4), (4, 4), (7, 8), (99, 8)])
def test_no_page_begins_with_a_space(offset: int, now: int) -> None:
    """A space at the end of a line hangs there: browsers would show the page before."""
    assert to_cfi(Pointer(0, ("body", "p", "text()"), offset), PAGE) == f"epubcfi(/6/2!/4/2/1:{now})"


@pytest.mark.parametrize("place", ["", "epubcfi()", "epubcfi(/6/0!/4)", "epubcfi(/6/9999999!/4)", "epubcfi(/6/12", "x"])
def test_what_is_no_place_of_a_browser(ferry: Serial, place: str) -> None:
    browse(ferry, place)
    assert ferry.told(ferry.document) == {}


def test_places_in_words_and_back(ferry: Serial) -> None:
    """Each text of a chapter, by the numbers of a browser, by KOReader's steps, and by numbers again."""
    data = ZipFile(ferry.file).read("EPUB/chapter-2.xhtml")
    root, _, _ = read_xml(data)

    def walk(node: XmlNode, numbers: tuple[int, ...]) -> int:
        seen = 0
        for n, text in enumerate((node.text, *(child.after for child in node.children))):
            if text:
                pointer = to_pointer(3, (*numbers, 2 * n + 1), 1, root)
                assert leads_somewhere(root, pointer.steps, 1)
                assert (
                    to_cfi(pointer_of(str(pointer)) or pointer, root)
                    == f"epubcfi(/6/8!{''.join(f'/{s}' for s in (*numbers, 2 * n + 1))}:1)"
                )
                seen += 1
        return seen + sum(walk(child, (*numbers, 2 * n)) for n, child in enumerate(node.children, 1))

    assert walk(root.children[1], (4,)) > 20


def test_a_place_goes_with_the_reader_to_another_format(ferry: Serial) -> None:
    words = paragraph("Flood", 7)
    push(ferry.client, ferry.document, ferry.pointer_to(words[:40], "text().5"))
    make_books(ferry.place / "stories", ferry.place / "books", to=("epub", "kepub"))
    refresh(ferry.shelf.store)
    outlines.catch_up(ferry.shelf.store)
    (kepub,) = (ferry.place / "books").glob("*.kepub.epub")
    told = ferry.told(sampled(kepub))["progress"]
    assert "/div/div/section" in told
    assert words_at(kepub, told) == words
    push(ferry.client, sampled(kepub), told.replace(".0", "/span/text().2"))
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == words


def structure(path: Path) -> str:
    """The digest of a file's spine, as KOReader reckons it."""
    with ZipFile(path) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
    hrefs = {e.get("id"): e.get("href") for e in package.iter("{*}item")}
    own = next(e.text for e in package.iter("{*}identifier") if e.get("id") == package.get("unique-identifier"))
    lines = [own.strip(), *(hrefs[e.get("idref")] for e in package.iter("{*}itemref"))]
    return hashlib.md5("\n".join(lines).encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize("says", ["structure", "fetched", "file name"])
def test_a_file_that_was_overwritten_under_its_name_is_known(ferry: Serial, says: str) -> None:
    """KOReader calls it as it called the first one."""
    old, before = ferry.document, structure(ferry.file)
    name, holder = of_name(ferry.file.name), {"x": "1"}
    ferry.told_on(prologue=True)
    new, ids = ferry.document, [("content", old), ("structure", structure(ferry.file))]
    assert ids[1][1] != before
    reader = browser(ferry.shelf, client=("192.168.1.7", 50_000))
    asks = old
    if says == "fetched":
        (book,) = ferry.shelf.books.page(Asked()).books
        assert reader.get(f"/get/{book.id}/{book.files[0].digest}/x.epub").status_code == 200
    elif says == "file name":
        asks, ids = name, [("content", new), *ids[1:]]
    query = {"ids": ",".join(f"{kind}:{value}" for kind, value in ids)} if says != "fetched" else {}
    here = ferry.pointer_to(paragraph("Flood", 7)[:40])
    push(ferry.client, new, here, device_id="another")
    assert reader.get(f"/syncs/progress/{asks}", params=query, headers=holder).json()["progress"] == here
    said = [{"type": kind, "value": value} for kind, value in ids]
    push(reader, asks, back := ferry.pointer_to(paragraph("Thaw", 2)[:40]), identifiers=said if query else None)
    assert ferry.told(new)["progress"] == back
    assert ferry.told(old)["progress"] != back, "for the reader that has the old file"


def test_a_place_that_only_a_later_file_has_was_told_of_it(ferry: Serial) -> None:
    old = ferry.document
    last = ferry.pointer_to(paragraph("Ebb", 11)[:40])
    ferry.chapters.append("Spring")
    ferry.told_on()
    push(ferry.client, old, ferry.pointer_to(paragraph("Spring", 4)[:40]))
    assert words_at(ferry.file, ferry.told(ferry.document)["progress"]) == paragraph("Spring", 4)
    told = browser(ferry.shelf, client=("192.168.1.8", 50_000)).get(f"/syncs/progress/{old}").json()["progress"]
    assert told.partition(".")[0] == last.partition("/text")[0], "who has the old file is at its end"
    mine = browser(ferry.shelf, client=("192.168.1.9", 50_000))
    push(mine, old, here := ferry.pointer_to(paragraph("Spring", 2)[:40]))
    assert mine.get(f"/syncs/progress/{old}").json()["progress"] == here


def test_a_share_without_a_place_leads_near_it(ferry: Serial) -> None:
    push(ferry.client, ferry.document, ferry.pointer_to(paragraph("Rain", 1)[:40]), 0.1)
    said = {"modified": "2199-01-01T00:00:00Z", "device": {"id": "urn:x", "name": "x"}, "progression": 0.6}
    (book,) = ferry.shelf.books.page(Asked()).books
    assert ferry.client.put(f"/progression/{book.id}", json=said).status_code == 200
    assert "Flood" in words_at(ferry.file, ferry.told(ferry.document)["progress"])


NAMES = [
    ("A: B/C", ["Ada Thorn"], "Ada Thorn - A_ B_C.epub"),
    ("Salt", [], "Unknown Author - Salt.epub"),
    ("Salt", ["Ada Thorn", "Otto Marsh"], "Ada Thorn - Salt.epub"),
    ("Salt", ["Ada Thorn", "Otto Marsh"], "Ada Thorn_ Otto Marsh - Salt.epub"),
    ("海" * 200, ["Ada"], f"Ada - {'海' * 78}.epub"),
    ("海の話", [], "book-7.epub"),
]


@pytest.mark.parametrize(("title", "authors", "name"), NAMES)
def test_names_under_which_koreader_saves_books(title: str, authors: list[str], name: str) -> None:
    assert name in served_names("epub", "x.epub", authors, title, 7)
