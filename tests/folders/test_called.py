"""What books of folders are called, and the chapters in them that say it nowhere but in their files' names."""

from __future__ import annotations

from pathlib import Path
from quopri import encodestring

import pytest

from converter.build.api import convert
from converter.build.folders import folder_tree, stories_of
from tests.folders import lay, page, told
from tests.shell.running import chapbook


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (("Downloads/salt road - 1", "Downloads/salt road - 2", "Downloads/salt road - 3"), {"salt road"}),
        (("Salt/salt road - 1", "Salt/salt road - 2", "Salt/salt road - 3"), {"Salt"}),
        (("Salt/Volume 1/chapter 1", "Salt/Volume 1/chapter 2", "Salt/Volume 2/chapter 1", "Salt/Volume 2/chapter 2"),
         {"Salt, Volume 1", "Salt, Volume 2"}),
        (("Salz/Band 1", "Salz/Zweiter Band"), {"Salz, Band 1", "Salz, Zweiter Band"}),
        (("Downloads/Volume 1", "Downloads/Eels"), {"Volume 1", "Eels"}),
    ],
)  # fmt: skip
def test_a_book_is_called_as_its_work(tmp_path: Path, names: tuple[str, ...], called: set[str]) -> None:
    lay(tmp_path, {f"{name}.txt": told(name) for name in names})
    assert {story.stem for story in stories_of(folder_tree(tmp_path))} == called


SIGNED = "The Long Weir\nby Colm Hasty\n\n"
OTHER = "Eels\nby Colm Hasty\n\n"


@pytest.mark.parametrize(
    ("folder", "heads", "called"),
    [
        ("03-romans", (SIGNED, SIGNED, SIGNED), "The Long Weir"),
        ("from the web", (SIGNED, "", ""), "The Long Weir"),
        ("from the web", ("", SIGNED, ""), "from the web"),  # what a later chapter says may be its own
        ("from the web", (SIGNED, OTHER, ""), "from the web"),
        ("Colm Hasty - The Long Weir (2019)", (SIGNED, SIGNED, ""), "Colm Hasty - The Long Weir (2019)"),
        ("Downloads", (SIGNED, "", ""), "The Long Weir"),
    ],
)
def test_a_book_is_called_as_its_files_say_before_its_folder(
    tmp_path: Path, folder: str, heads: tuple[str, ...], called: str
) -> None:
    texts = {f"{folder}/ch{n}.txt": f"{head}Chapter {n}\n\n{told(str(n))}" for n, head in enumerate(heads, 1)}
    lay(tmp_path, texts)
    assert [story.stem for story in stories_of(folder_tree(tmp_path))] == [called]


@pytest.mark.parametrize(
    ("names", "headings"),
    [
        (("ch1", "ch2", "ch10"), ["Chapter 1", "Chapter 2", "Chapter 10"]),
        (("pt 1", "pt 2"), ["Part 1", "Part 2"]),
        (("part_01", "part_02"), ["Part 1", "Part 2"]),
        (("ch1", "Interlude 1.5", "ch2", "Omake 2 - 1999"), ["Chapter 1", "Interlude 1.5", "Chapter 2", "Omake 2: 1999"]),
        (("Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"), ["Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"]),
        (("Глава вторая", "Глава первая"), ["Глава первая", "Глава вторая"]),
        (("第二章", "第一章", "第十章"), ["第一章", "第二章", "第十章"]),
    ],
)  # fmt: skip
def test_chapters_are_called_as_their_files_in_their_order(
    tmp_path: Path, names: tuple[str, ...], headings: list[str]
) -> None:
    lay(tmp_path, {f"salt/{name}.txt": told(name) for name in names})
    assert chapbook("salt", "-t", "txt", "-o", "books", cwd=tmp_path).code == 0
    (book,) = (tmp_path / "books").glob("*.txt")
    lines = book.read_text().splitlines()
    assert [line.strip() for line in lines if line.strip() in headings] == headings


@pytest.mark.parametrize("best", ["Salt (2)", "Salt - Copy", "Copy of Salt"])
def test_the_best_of_several_copies_is_called_as_the_story(tmp_path: Path, best: str) -> None:
    lay(
        tmp_path,
        {"Salt.txt": told("salt", 20), f"{best}.txt": told("salt", 20) + told("more", 2), "Eels (1).txt": told("eels")},
    )
    assert {story.stem for story in stories_of(folder_tree(tmp_path))} == {"Salt", "Eels (1)"}


def test_a_folder_that_fits_anything_names_no_book(tmp_path: Path) -> None:
    lay(tmp_path, {f"Downloads/{name}.txt": told(name) for name in ("ch1", "ch2")})
    run = chapbook("Downloads", "-t", "epub", "-v", cwd=tmp_path)
    assert "nobody says what the story is called" in run.err


@pytest.mark.parametrize(
    "subject", ["The Weir", "The Weir, Part {}: Low Water {}", "The Weir - Part {}: Rain {}", "The Weir, Chapter {}"]
)
def test_the_subject_of_mails_calls_the_book_and_their_address_does_not(tmp_path: Path, subject: str) -> None:
    names = ("One", "Two", "Three")
    head = f"From: Ada Thorn <ada@example.org>\nSubject: {subject}\nDate: 2021-03-01\n\n"
    lay(tmp_path / "mail", {f"part {n}.txt": head.format(w, w) + told(w) for n, w in enumerate(names, 1)})
    assert [story.stem for story in stories_of(folder_tree(tmp_path))] == ["The Weir"]
    lines = convert(tmp_path / "mail", to=("txt",))["txt"].decode().splitlines()
    assert "The Weir" in lines
    assert not [line for line in lines if line.startswith(("From", "Subject"))]
    if "Part" in subject:
        rest = subject.partition("Part")[2]
        assert [line for line in lines if line.startswith("Part")] == [f"Part{rest.format(w, w)}" for w in names]


@pytest.mark.parametrize(
    ("folder", "names", "called"),
    [
        ("X6", ("Atlas 1", "Atlas 2", "Atlas 3"), "Atlas"),
        ("15-parts-and-zips", ("The Long Cold (part 1 of 2)", "The Long Cold (part 2 of 2)"), "The Long Cold"),
        ("USB backup 2019", ("lamplighter ch1", "lamplighter ch2"), "lamplighter"),
        ("The Weigh House", ("twh1", "twh2", "twh3"), "The Weigh House"),  # short for the folder's name
        ("The Weigh House", ("weigh 1", "weigh 2", "weigh 3"), "The Weigh House"),
        ("Lamplighter", ("lmplght 1", "lmplght 2", "lmplght 3"), "Lamplighter"),
        ("Tin Harbour", ("Scene 1", "Scene 2", "Scene 3"), "Tin Harbour"),  # what is counted in a book
        ("Tin Harbour", ("Week 1", "Week 2", "Week 3"), "Tin Harbour"),
        ("Tin Harbour", ("viewstory.php (1)", "viewstory.php (2)", "viewstory.php (3)"), "Tin Harbour"),
        ("Salt Road/2 - The Weir", ("Salt Road ch 1", "Salt Road ch 2"), "2 - The Weir"),  # the name of the series
    ],
)
def test_a_book_is_called_as_all_its_files_before_a_folder_of_another_name(
    tmp_path: Path, folder: str, names: tuple[str, ...], called: str
) -> None:
    lay(tmp_path / folder, {f"{name}.txt": told(name) for name in names})
    assert [story.stem for story in stories_of(folder_tree(tmp_path))] == [called]


def test_a_file_that_names_itself_as_its_folder_speaks_for_the_folder(tmp_path: Path) -> None:
    heads = ("Grey Water\n\n", "", "")
    lay(tmp_path / "Grey Water", {f"Atlas {n}.txt": head + told(str(n)) for n, head in enumerate(heads, 1)})
    assert [story.stem for story in stories_of(folder_tree(tmp_path))] == ["Grey Water"]


RICH = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 \\fswiss Helvetica;}}\n\\widowctrl\n"


@pytest.mark.parametrize(
    ("opening", "called"),
    [
        (RICH + "{\\pard \\b Chapter %s\\par}\n", "salt"),
        (RICH + "{\\pard The Long Weir\\par}\n{\\pard by Colm Hasty\\par}\n{\\pard %s\\par}\n", "The Long Weir"),
        ("\\documentclass{book}\n\\begin{document}\n%s\n\n", "salt"),
    ],
)
def test_marks_of_another_program_are_no_title(tmp_path: Path, opening: str, called: str) -> None:
    names = ("01 Ferry", "02 Weir", "03 Harbour")
    heads = (opening % name[1:2] for name in names)
    texts = (head + told(name).replace("\n\n", "\\par\n\n") for head, name in zip(heads, names, strict=True))
    lay(tmp_path / "salt", {f"{name}.rtf": text for name, text in zip(names, texts, strict=True)})
    assert [story.stem for story in stories_of(folder_tree(tmp_path))] == [called]


def test_names_as_in_addresses_call_the_work_and_its_chapters(tmp_path: Path) -> None:
    names = [f"mole-prince-chapter-{n}.txt" for n in range(1, 13)]
    lay(tmp_path / "web", {name: told(name) for name in (*names, "Eels.txt", "Otter Hall.txt")})
    assert {story.stem for story in stories_of(folder_tree(tmp_path))} == {"mole prince", "Eels", "Otter Hall"}
    assert chapbook("web", "-t", "txt", "-o", "books", cwd=tmp_path).code == 0
    lines = (tmp_path / "books" / "mole prince.txt").read_text().splitlines()
    assert "Mole Prince" in lines
    assert [line for line in lines if line.startswith("Chapter")] == [f"Chapter {n}" for n in range(1, 13)]


ENVELOPE = (
    "From: <Saved by Blink>\nSubject: =?utf-8?Q?Ink=20Barn?=\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--edge"\n\n\n----edge\n'
    "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
)
SITE = '<header><h1><a href="{}">Ink Barn <sup>beta</sup></a></h1></header>'


@pytest.mark.parametrize("home", ["/", "https://inkbarn.example/", "https://inkbarn.example/index.html"])
@pytest.mark.parametrize(
    "tab", ["{work} - Chapter {n} - wren [Ink Barn]", "{work}: Chapter {n} | Ink Barn", "Ink Barn"]
)
@pytest.mark.parametrize("saved", ["html", "mhtml"])
def test_a_site_s_name_above_the_work_s_is_no_title(tmp_path: Path, home: str, tab: str, saved: str) -> None:
    texts = {}
    for n in (1, 2):
        title = tab.format(work="The Salt Inn", n=n)
        paragraphs = "".join(f"<p>{p}</p>\n" for p in told(f"inn {n}").split("\n\n"))
        markup = (
            f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{SITE.format(home)}<h2>The Salt Inn</h2>"
            f"<h3>wren</h3><h3>Chapter {n}: {'Eggs' if n > 1 else 'Soup'}</h3>{paragraphs}</body></html>"
        )
        texts[f"{n + 40}.{saved}"] = markup if saved == "html" else ENVELOPE + encodestring(markup.encode()).decode()
    lay(tmp_path / "from my phone", texts)
    assert [story.stem for story in stories_of(folder_tree(tmp_path / "from my phone"))] == ["The Salt Inn"]


def test_a_site_s_name_is_the_title_of_the_only_serial_on_it(tmp_path: Path) -> None:
    head = (
        '<html><head><title>Chapter {n}</title></head><body><h1><a href="/">The Salt Inn</a></h1><h2>Chapter {n}</h2>'
    )
    lay(tmp_path / "from my phone", {f"{n + 40}.html": f"{head.format(n=n)}<p>{told(str(n))}</p>" for n in (1, 2)})
    assert [story.stem for story in stories_of(folder_tree(tmp_path / "from my phone"))] == ["The Salt Inn"]


@pytest.mark.parametrize("tag", ["Fic_ ", "Fanfic_ ", "OC_ ", ""])
def test_a_post_s_tag_before_the_title_is_none_of_it(tmp_path: Path, tag: str) -> None:
    shown = tag.replace("_", ":")
    pages = {
        f"{tag}Cold Weir ({n}_3)_ lampmoth.html": f"<!DOCTYPE html><html><head><title>{shown}Cold Weir ({n}/3): lampmoth</title></head>"
        f"<body><h3>{shown}Cold Weir ({n}/3)</h3><p>{told(f'weir {n}')}</p></body></html>"
        for n in (1, 2, 3)
    }
    lay(tmp_path / "journal", pages | {"Fic_ Eels_ lampmoth.html": page("Fic: Eels", told("eels"))})
    assert "Cold Weir" in {story.stem for story in stories_of(folder_tree(tmp_path / "journal"))}
