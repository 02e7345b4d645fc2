"""What is doubted in a book is answered on its page: written down beside its story, where all else stays."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path

import pytest
from httpx import Response
from PIL import Image

from converter.shelf.answering import sidecars
from converter.shelf.answering.answers import answers
from converter.shelf.answering.sidecars import Unwritable, said_in
from converter.shelf.arrivals import refresh
from converter.shelf.books import Asked, Book
from converter.shelf.shelf import Shelf
from tests.shelf.shelves import LAMPS, TALE, book_of, browser, end, files, make_books, shelf_in

DAYS = "Day 1\n\n" + TALE + "\nDay 2\n\n" + TALE + '\nHe said "no and then\n\nshe left in the middle of\n\nthe road.\n'
NO_FILE = {"none": b""}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return shelf_in(tmp_path, stories={"a.txt": f"Title: One\n\n{TALE}", "days.txt": DAYS})


def test_answers_make_the_book_again(shelf: Shelf) -> None:
    client = browser(shelf)
    client.post("/new", files=files(**{"days.txt": DAYS + "They met again.\n"}))
    end(shelf)
    book = next(b for b in shelf.books.page(Asked(words="days")).books if b.source.startswith("dropped/"))
    form = client.get(f"/book/{book.id}").text
    assert f'action="/book/{book.id}/answer"' in form
    picture = io.BytesIO()
    Image.new("RGB", (1000, 1600), "navy").save(picture, "PNG")
    said = {"title": "All the Days", "author": "Ada Thorn", "chapter": r"^Day \d+$"}
    answer = client.post(f"/book/{book.id}/answer", data=said, files={"cover": ("../x.png", picture.getvalue())})
    assert answer.status_code == 303
    end(shelf)
    again = book_of(shelf, "all the days")
    assert (again.id, again.by, again.chapters) == (book.id, "Ada Thorn", 2)
    assert again.cover != book.cover
    assert said_in((shelf.folder / again.source).with_suffix(".toml"))["chapter"] == r"^Day \d+$"
    assert "Day \\d+" in client.get(f"/book/{book.id}").text
    wrong = client.post(f"/book/{book.id}/answer", data={"chapter": "((("}, files={"none": b""})
    assert wrong.status_code == 400
    assert said_in((shelf.folder / again.source).with_suffix(".toml"))["chapter"] == r"^Day \d+$"
    assert (
        client.post(f"/book/{book.id}/answer", data=said, files={"cover": ("x.png", b"\x89PNG no")}).status_code == 400
    )
    assert 'value="(((" maxlength="1000" aria-invalid="true"' in wrong.text
    photograph = io.BytesIO()
    Image.new("RGB", (900, 1350), "green").save(photograph, "WEBP")
    client.post(f"/book/{book.id}/answer", data=said, files={"cover": ("x.webp", photograph.getvalue())})
    end(shelf)
    assert (shelf.folder / again.source).with_name("days cover.jpg").is_file()
    assert book_of(shelf, "all the days").cover != again.cover


def test_a_book_that_was_converted_is_answered_beside_its_story(shelf: Shelf) -> None:
    client, stories = browser(shelf), shelf.folder.parent / "stories"
    said = '# mine\nseries = "Rivers"\nauthors = ["Nobody"]\ntags = [\n  "flood", # and ebb\n]\n'
    (stories / "days.toml").write_text(said)
    (stories / "days cover.png").write_bytes(b"another's")
    book = book_of(shelf, "days")
    page = client.get(f"/book/{book.id}").text
    assert f'action="/book/{book.id}/answer"' in page
    assert "<code>../stories/days.toml</code>" in page
    picture = io.BytesIO()
    Image.new("RGB", (1000, 1600), "navy").save(picture, "PNG")
    told = {"title": "All the Days", "author": "Ada Thorn; Jörg Öhm", "chapter": r"^Day \d+$"}
    answer = client.post(f"/book/{book.id}/answer", data=told, files={"cover": ("x.png", picture.getvalue())})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/book/{book.id}#answers")
    end(shelf)
    again = book_of(shelf, "all the days")
    assert (again.id, again.authors, again.chapters, again.series) == (book.id, ("Ada Thorn", "Jörg Öhm"), 2, "Rivers")
    assert again.tags == ("flood",)
    assert again.cover != book.cover
    now = (stories / "days.toml").read_text()
    assert now.startswith('# mine\nseries = "Rivers"\ntags = [\n  "flood", # and ebb\n]\n')
    assert tomllib.loads(now)["cover"] == "days cover (2).png"
    assert (stories / "days cover.png").read_bytes() == b"another's"
    assert sorted(path.name for path in shelf.folder.glob("*.epub")) == ["a.epub", "days.epub"]


def test_where_the_shelf_may_not_write_a_person_is_told_what_to_write(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, stories = browser(shelf), shelf.folder.parent / "stories"
    monkeypatch.setattr(
        "converter.shelf.answering.answers.os.access", lambda path, mode: Path(path) != shelf.folder / "../stories"
    )
    book = book_of(shelf, "days")
    page = client.get(f"/book/{book.id}").text
    assert f'action="/book/{book.id}/answer"' not in page
    assert "into <code>../stories/days.toml</code>" in page
    assert f"<pre>title = &#34;{book.title}&#34;\nlanguage = &#34;en&#34;\n</pre>" in page
    assert client.post(f"/book/{book.id}/answer", data={"title": "Mine"}, files=NO_FILE).status_code == 404
    assert not (stories / "days.toml").exists()


def test_a_story_that_lies_elsewhere_is_not_answered_for(shelf: Shelf) -> None:
    client, stories = browser(shelf), shelf.folder.parent / "stories"
    book = book_of(shelf, "days")
    (stories / "days.txt").rename(stories.parent / "days.txt")
    assert "what is right can be said where it lies" in client.get(f"/book/{book.id}").text
    assert client.post(f"/book/{book.id}/answer", data={"title": "Mine"}, files=NO_FILE).status_code == 404
    with shelf.store.writing() as connection:
        connection.execute("UPDATE books SET source = 'dropped/../../stories/a.txt' WHERE source = '../stories/a.txt'")
    assert client.post("/book/1/answer", data={"title": "Mine"}, files=NO_FILE).status_code == 404
    assert [path.name for path in stories.iterdir()] == ["a.txt"]


SAID = {"title": 'The "Bell"', "author": ["Ada"], "chapter": ""}
LINES = 'title = "The \\"Bell\\""\nauthor = ["Ada"]\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", LINES),
        ("# mine", "# mine\n" + LINES),
        ('chapters = ["a"]\r\nstyle = "modern"\r\n', 'style = "modern"\r\n' + LINES),
        ('authors = "B"\n[mail]\ntitle = "no"\n', LINES + '[mail]\ntitle = "no"\n'),
        ('author = [\n "Ada", # one\n]\ntags = [\n "title = 1",\n]', 'tags = [\n "title = 1",\n]\n' + LINES),
        ('description = """\ntitle = 1\n"""\n', 'description = """\ntitle = 1\n"""\n' + LINES),
        ("\ufefftags = ['title = 1']\n", "tags = ['title = 1']\n" + LINES),
    ],
)
def test_answers_stand_with_what_was_written_before(tmp_path: Path, before: str, after: str) -> None:
    place = tmp_path / "a.toml"
    place.write_bytes(before.encode())
    place.chmod(0o640)
    sidecars.answer(place, SAID)
    assert place.read_bytes().decode() == after
    assert place.stat().st_mode & 0o777 == 0o640
    sidecars.answer(place, SAID)
    assert place.read_bytes().decode().count('title = "The') == 1


@pytest.mark.parametrize(
    "before", ['author = [\n "Ada",\n', "no toml", 'title.a = "x"\n', '"ti\\u0074le" = 1\n', b"\xff"]
)
def test_a_sidecar_that_can_not_be_told_on_stays_as_it_is(tmp_path: Path, before: str | bytes) -> None:
    place = tmp_path / "a.toml"
    data = before if isinstance(before, bytes) else before.encode()
    place.write_bytes(data)
    with pytest.raises(Unwritable):
        sidecars.answer(place, SAID)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.toml", data)]


def told(shelf: Shelf, book: Book, **said: str) -> Response:
    """What is answered, of a form that is sent as it is but for this."""
    held = answers(shelf, book)
    assert held
    return browser(shelf).post(f"/book/{book.id}/answer", data={**held.held, **said}, files=NO_FILE)


def test_all_that_a_reader_sees_of_a_book_can_be_said(shelf: Shelf) -> None:
    story = shelf.folder.parent / "stories" / "days.txt"
    make_books(story.parent, shelf.folder, series="Rivers", language="de")
    refresh(shelf.store)
    book = book_of(shelf, "days")
    page = browser(shelf).get(f"/book/{book.id}").text
    assert '<option value="de" selected>German</option>' in page
    said = {
        "series": "Lakes",
        "series_index": "1.5",
        "other_language": "pt_br",
        "tag": "ice, mills",
        "description": "A\r\nB",
    }
    assert told(shelf, book, title="The Days", author="Ada", **said).status_code == 303
    end(shelf)
    sidecar = said_in(story.with_suffix(".toml"))
    assert (sidecar["series-index"], sidecar["description"]) == ("1.5", "A\nB")
    for form in ("txt", "kepub"):  # as it is, and when it grew
        story.write_text(f"{DAYS}The road was long for number {form}.\n")
        browser(shelf).post(f"/book/{book.id}/make", data={"format": form})
        end(shelf)
        again = book_of(shelf, "the days")
        assert (again.series, again.series_index, again.language, again.tags) == (
            "Lakes",
            "1.5",
            "pt-BR",
            ("ice", "mills"),
        )
        assert (again.id, again.summary, again.by) == (book.id, "A\nB", "Ada")
    assert told(shelf, again, series="", series_index="", language="", tag="", title="").status_code == 303
    end(shelf)
    bare = shelf.books.get(book.id)
    assert bare
    assert (bare.title, bare.series, bare.language, bare.tags, bare.summary) == ("Days", "", "en", (), "A\nB")
    assert set(said_in(story.with_suffix(".toml"))) == {"author", "description"}


def test_an_answer_holds_for_a_story_of_several_files_that_is_given_again(shelf: Shelf) -> None:
    client, parts = browser(shelf), {"Walk__Chapter 1.txt": TALE, "Walk__Chapter 2.txt": LAMPS}
    client.post("/new", files=files(**parts))
    end(shelf)
    book = book_of(shelf, "walk")
    assert told(shelf, book, series="Lakes", tag="a, b; c", author="Ada Thorn").status_code == 303
    end(shelf)
    client.post("/new", files=files(**parts, **{"Walk__Chapter 3.txt": LAMPS.replace("boat", "cart")}))
    end(shelf)
    again = book_of(shelf, "walk")
    assert (again.id, again.series, again.tags, again.chapters) == (book.id, "Lakes", ("a, b", "c"), 3)


@pytest.mark.parametrize(
    "parts", [{"one.txt": LAMPS}, {"Walk__Chapter 1.txt": LAMPS[:900], "Walk__Chapter 2.txt": LAMPS[900:]}]
)
def test_a_cover_is_given_and_taken_back(shelf: Shelf, parts: dict[str, str]) -> None:
    client, picture = browser(shelf), io.BytesIO()
    client.post("/new", files=files(**parts))
    end(shelf)
    (drawn,) = (b for b in shelf.books.page(Asked()).books if b.source.startswith("dropped/"))
    Image.new("RGB", (1000, 1600), "navy").save(picture, "PNG")
    assert "no_cover" not in client.get(f"/book/{drawn.id}").text
    client.post(f"/book/{drawn.id}/answer", data={"title": drawn.title}, files={"cover": ("x.png", picture.getvalue())})
    end(shelf)
    given = shelf.books.get(drawn.id)
    assert given
    assert given.cover != drawn.cover
    assert 'name="no_cover"' in client.get(f"/book/{drawn.id}").text
    grown = {name: f"{text}\nNobody asked for the boats again.\n" for name, text in parts.items()}
    client.post("/new", files=files(**grown))
    end(shelf)
    rows = [row for work in shelf.workshop.works() for row in work.stories]
    assert {row["state"] for row in rows} == {"made"}, "and the cover is not left out"
    told(shelf, given, no_cover="1")
    end(shelf)
    again = shelf.books.get(drawn.id)
    assert again
    assert again.cover == drawn.cover


def test_what_another_said_meanwhile_stays(shelf: Shelf) -> None:
    book = book_of(shelf, "days")
    fields = dict(re.findall(r'name="(shown_\w+)" value="([^"]*)"', browser(shelf).get(f"/book/{book.id}").text))
    stale = {name.removeprefix("shown_"): value for name, value in fields.items()} | fields
    assert stale["title"] == "Days"
    told(shelf, book, **stale | {"title": "All the Days", "description": "Two of them."})
    end(shelf)
    told(shelf, book, **stale | {"series": "Lamps", "series_index": "3"})
    end(shelf)
    again = shelf.books.get(book.id)
    assert again
    assert (again.title, again.summary, again.series) == ("All the Days", "Two of them.", "Lamps")
    wrong = told(shelf, book, **stale | {"series": "", "shown_series": "Lamps", "series_index": "4"})
    assert "It counts in a series" in wrong.text
    assert 'value="All the Days"' in wrong.text
    told(shelf, book, title="All the Days", series="", series_index="3")
    end(shelf)
    sidecar = said_in(shelf.folder.parent / "stories" / "days.toml")
    assert not {"series", "series-index", "series_index"} & sidecar.keys()


def test_a_summary_keeps_its_lines(shelf: Shelf) -> None:
    sidecar = shelf.folder.parent / "stories" / "days.toml"
    told(shelf, book_of(shelf, "days"), description="One day <3\n& another")
    end(shelf)
    sidecar.unlink()
    held = answers(shelf, book_of(shelf, "days"))
    assert held
    assert held.held["description"] == "One day <3\n& another"
    assert "One day &lt;3\n&amp; another</textarea>" in browser(shelf).get("/book/2").text


def test_nothing_is_written_that_nobody_said(shelf: Shelf) -> None:
    """What is doubted is right when it is sent as it stands; what stood in the sidecar stays as it was."""
    book, sidecar = book_of(shelf, "days"), shelf.folder.parent / "stories" / "days.toml"
    sidecar.write_text('subtitle = "Mine"\ntags = [\n "x",\n]\n')
    told(shelf, book)
    end(shelf)
    assert sidecar.read_text() == 'subtitle = "Mine"\ntags = [\n "x",\n]\ntitle = "Days"\n'
    assert "only the file" not in browser(shelf).get(f"/book/{book.id}").text


@pytest.mark.parametrize(
    ("said", "told_there"),
    [
        ({"language": "en", "other_language": "klingon"}, "“klingon” is no language: write a tag"),
        ({"series_index": "two"}, "“two” is no number: write it as 3, or 1.5."),
        ({"chapter": ".*"}, "“.*” matches every line"),
        ({"chapter": "(Day"}, "a bracket ( is opened and not closed"),
        ({"title": "x" * 1001}, "It has more than 1,000 letters."),
        ({"chapter": "^Day"}, "contradict each other"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(shelf: Shelf, said: dict[str, str], told_there: str) -> None:
    sidecar = shelf.folder.parent / "stories" / "days.toml"
    sidecar.write_text("no-chapters = true\n")
    answer = told(shelf, book_of(shelf, "days"), **{"author": "Ada <Thorn>", **said})
    assert answer.status_code == 400
    assert told_there in answer.text
    assert 'value="Ada &lt;Thorn&gt;"' in answer.text
    assert f'value="{[*said.values()][-1]}"' in answer.text
    assert sidecar.read_text() == "no-chapters = true\n"
    assert not shelf.workshop.under_way


def test_a_format_that_is_made_settles_no_doubt(shelf: Shelf) -> None:
    client, book = browser(shelf), book_of(shelf, "days")
    client.post(f"/book/{book.id}/make", data={"format": "txt"})
    end(shelf)
    page = client.get(f"/book/{book.id}").text
    assert "Download TXT" in page
    assert 'only the file&#39;s name; <a href="#say-title">say the right title</a>' in page


def test_a_sidecar_that_only_a_person_can_change_costs_no_answer(shelf: Shelf) -> None:
    sidecar = shelf.folder.parent / "stories" / "days.toml"
    sidecar.write_text("no toml")
    answer = told(shelf, book_of(shelf, "days"), author="Ada Thorn")
    assert answer.status_code == 409
    assert "only a person can change it: ../stories/days.toml." in answer.text
    assert 'value="Ada Thorn"' in answer.text
    assert sidecar.read_text() == "no toml"


def test_a_picture_that_is_no_cover_is_refused(shelf: Shelf) -> None:
    book, picture = book_of(shelf, "days"), io.BytesIO()
    Image.new("RGB", (10, 10), "navy").save(picture, "PNG")
    answer = browser(shelf).post(f"/book/{book.id}/answer", data={}, files={"cover": ("x.png", picture.getvalue())})
    assert answer.status_code == 400
    assert 'id="wrong-cover">The cover image is too small (10 x 10 pixels): give one of about' in answer.text
    assert sorted(path.name for path in (shelf.folder.parent / "stories").iterdir()) == ["a.txt", "days.txt"]
