"""Every command through the real program: what it prints is what it promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from converter import __version__
from converter.cli import COMMANDS
from tests.shell.running import STORY, chapbook, everything

FAULTY = """Title: The Salt Road
Author: Ada Thorn
Disclaimer: none

Chapter 1

The lamp went out at at nine, "and nobody on the pier could say who had lit it.

Odile waited -- she *always* did...

Chapter 3

By morning Odile was gone.
"""


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "faulty.txt").write_text(FAULTY)
    return tmp_path


def test_version_and_help(tmp_path: Path) -> None:
    assert chapbook("--version", cwd=tmp_path).out == f"chapbook {__version__}\n"
    for args in (["--help"], ["-h"]):
        run = chapbook(*args, cwd=tmp_path)
        assert run.code == 0
        assert all(name in run.out for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name: str, tmp_path: Path) -> None:
    run = chapbook(name, "--help", cwd=tmp_path)
    assert run.code == 0, run
    first = run.out.split("\n\n")[1].strip()
    assert first == COMMANDS[name]
    assert everything(tmp_path) == set()


def test_a_path_alone_is_converted(story: Path) -> None:
    run = chapbook("story.txt", cwd=story)
    assert run.code == 0
    assert run.err == ""
    assert run.out.splitlines() == [
        "The Salt Road by Ada Thorn: 2 chapters, 56 words",
        "  output/story.epub",
        "  output/story.pdf",
    ]


def test_quiet_and_verbose(story: Path) -> None:
    quiet = chapbook("faulty.txt", "-q", "-t", "epub", cwd=story)
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    verbose = chapbook("faulty.txt", "-v", "-t", "epub", "--force", cwd=story)
    assert "faulty.txt:11: doubt: no chapter 2" in verbose.err
    assert "[chapter-missing]" in verbose.err


def test_inspect(story: Path) -> None:
    run = chapbook("inspect", "faulty.txt", cwd=story)
    assert run.code == 0
    for said in ("The Salt Road", "Ada Thorn", "encoding", "Chapter 1", "Chapter 3", "█", "no chapter 2", "2 chapters"):
        assert said in run.out, said
    assert everything(story) == {"story.txt", "faulty.txt"}
    why = chapbook("inspect", "faulty.txt", "--why", cwd=story).out
    assert len(why) > len(run.out)


def test_inspect_json(story: Path) -> None:
    shown = json.loads(chapbook("inspect", "faulty.txt", "--json", cwd=story).out)
    assert shown["metadata"]["title"] == "The Salt Road"
    assert [c["name"] for c in shown["chapters"]] == ["Chapter 1", "Chapter 3"]
    assert shown["chapters"][1]["line"] == 11
    assert {d["code"] for d in shown["diagnostics"]} >= {"chapter-missing", "word-doubled"}
    both = json.loads(chapbook("inspect", "story.txt", "faulty.txt", "--json", cwd=story).out)
    assert [s["story"] for s in both] == ["story.txt", "faulty.txt"]


def test_a_reading_can_be_corrected(story: Path) -> None:
    (story / "days.txt").write_text("\n\n".join(f"= Day {n}\n\nIt rained, and the sea rose again." for n in range(3)))
    shown = json.loads(chapbook("inspect", "days.txt", "--json", "--chapter", "^= Day", cwd=story).out)
    assert len(shown["chapters"]) == 3
    shown = json.loads(chapbook("inspect", "story.txt", "--json", "--no-chapters", cwd=story).out)
    assert len(shown["chapters"]) == 1


def test_no_typography_leaves_every_character(story: Path) -> None:
    shown = json.loads(chapbook("inspect", "story.txt", "--json", "--no-typography", cwd=story).out)
    assert shown["changes"] == {}
    shown = json.loads(chapbook("inspect", "story.txt", "--json", cwd=story).out)
    assert shown["changes"]["quotes"] == 4


def test_notes_of_a_page_go_where_they_are_wanted(tmp_path: Path) -> None:
    page = """# The Salt Road

## Chapter 1

Author's note: thanks for reading, everyone, and for the tea.

The lamp went out at nine, and nobody on the pier could say who had lit it.
"""
    (tmp_path / "story.txt").write_text(page.replace("# ", ""))
    blocks = {}
    for where in ("inline", "end", "drop"):
        shown = json.loads(chapbook("inspect", "story.txt", "--json", "--notes", where, cwd=tmp_path).out)
        blocks[where] = shown["blocks"].get("author's notes", 0), [o["rule"] for o in shown["omissions"]]
    assert blocks["inline"][0] == blocks["end"][0] == 1
    assert blocks["drop"][0] == 0
    assert "author's note" in blocks["drop"][1]


def test_proof(story: Path) -> None:
    run = chapbook("proof", "faulty.txt", cwd=story)
    assert run.code == 0
    for said in ("Words written twice", "“at at”", "Dashes", "→", "Quotation marks"):
        assert said in run.out, said
    shown = json.loads(chapbook("proof", "faulty.txt", "--json", cwd=story).out)
    assert {s["code"] for s in shown["findings"]} >= {"word-doubled", "chapter-missing", "quotes-unbalanced"}
    assert {s["code"] for s in shown["changes"]} >= {"dashes", "ellipses"}
    assert chapbook("proof", "faulty.txt", "--html", "report.html", cwd=story).code == 0
    page = (story / "report.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "Words written twice" in page
    assert "<script" not in page
    assert "http" not in page


def test_styles_sites_and_covers(tmp_path: Path) -> None:
    styles = json.loads(chapbook("styles", "--json", cwd=tmp_path).out)
    assert "classic" in {s["name"] for s in styles}
    assert all(s["description"] for s in styles)
    assert "classic" in chapbook("styles", cwd=tmp_path).out
    sites = json.loads(chapbook("sites", "--json", cwd=tmp_path).out)
    assert len(sites["sites"]) >= 15
    mine = tmp_path / "config" / "chapbook" / "sites" / "harbour.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text("detect = ['#a']\n[chapters]\nbody = '#a'\n", encoding="utf-8")
    told = json.loads(chapbook("sites", "--json", cwd=tmp_path, XDG_CONFIG_HOME=str(mine.parents[2])).out)
    assert told["own"] == ["harbour"]
    run = chapbook("cover", "--title", "The Salt Road", "--author", "Ada Thorn", cwd=tmp_path)
    assert run.code == 0, run
    assert (tmp_path / "cover.jpg").read_bytes().startswith(b"\xff\xd8")
    assert chapbook("cover", "--title", "Another", "-o", "cover.png", cwd=tmp_path).code == 0
    assert (tmp_path / "cover.png").read_bytes().startswith(b"\x89PNG")
    assert ".jpg" in chapbook("cover", "--title", "Another", "-o", "cover.gif", cwd=tmp_path).line
    assert chapbook("cover", "--title", "Another", cwd=tmp_path).code == 1
    assert chapbook("cover", "--title", "Another", "--force", "--family", "nonsense", cwd=tmp_path).code == 2


def test_every_style_makes_a_book(story: Path) -> None:
    for style in json.loads(chapbook("styles", "--json", cwd=story).out):
        run = chapbook("story.txt", "-t", "epub", "-o", style["name"], "--style", style["name"], cwd=story)
        assert run.code == 0, run


def test_completion_script(tmp_path: Path) -> None:
    run = chapbook(cwd=tmp_path, _CHAPBOOK_COMPLETE="bash_source")
    assert "_CHAPBOOK_COMPLETE=bash_complete" in run.out


def test_python_functions(story: Path) -> None:
    import converter

    book = converter.read(story / "story.txt", title="Otherwise")
    assert isinstance(book, converter.Book)
    assert book.metadata.title == "Otherwise"
    assert book.metadata.authors == ("Ada Thorn",)
    made = converter.convert(story / "story.txt", to=["epub", "kepub"], output=story / "books")
    assert made["epub"].startswith(b"PK")
    assert everything(story / "books") == {"story.epub", "story.kepub.epub", ".chapbook.db"}
    assert made.book.metadata.title == "The Salt Road"
    with pytest.raises(converter.ConverterError, match=r"nowhere.txt: no such file"):
        converter.read(story / "nowhere.txt")
    with pytest.raises(converter.ConverterError, match="did you mean 'author'"):
        converter.read(story / "story.txt", auther="x")
    with pytest.raises(AttributeError):
        _ = converter.nothing_of_the_kind


def test_a_cover_for_a_print_shop(story: Path) -> None:
    import pikepdf

    run = chapbook("cover", "story.txt", "--print", "--page", "5x8", "--pages", "200", "--paper", "white", cwd=story)
    assert run.code == 0, run
    assert "spine 0.450 in" in run.out
    with pikepdf.open(story / "cover.pdf") as pdf:
        assert float(pdf.pages[0].mediabox[2]) == pytest.approx((10.25 + 0.4504) * 72, abs=0.01)
    told = ("cover", "--title", "The Salt Road", "--print", "-o", "b.pdf")
    assert chapbook(*told, "--pages", "90", cwd=story).code == 0
    assert "--pages" in chapbook(*told, "--force", cwd=story).line
    for more, said in (
        (("--pages", "12"), "24 to 776"),
        (("--pages", "900"), "24 to 776"),
        (("--pages", "90", "--page", "kobo-libra"), "is a screen"),
        (("--pages", "90", "-o", "c.jpg"), ".pdf"),
    ):
        run = chapbook(*told, "--force", *more, cwd=story)
        assert run.code, more
        assert said in run.line, run
        assert run.line.count("\n") == 0
    assert "--print" in chapbook("cover", "--title", "A", "--page", "5x8", cwd=story).line


def test_the_pages_of_a_printed_cover_are_counted(story: Path) -> None:
    import pikepdf

    text = "\n\n".join(
        f"Chapter {n}\n\nThe lamp went out at nine, and nobody on the pier knew why." for n in range(1, 31)
    )
    (story / "many.txt").write_text(f"Title: Lamps\nAuthor: Ada Thorn\n\n{text}\n")
    assert chapbook("many.txt", "-t", "pdf", "--for", "print", "--page", "6x9", "-o", "many.pdf", cwd=story).code == 0
    with pikepdf.open(next(story.rglob("many.pdf"))) as pdf:
        pages = len(pdf.pages)
    assert pages >= 30
    run = chapbook("cover", "many.txt", "--print", "--page", "6x9", "-o", "wrap.pdf", cwd=story)
    assert f"{pages} pages on cream paper" in run.out, run
    run = chapbook("cover", "story.txt", "--print", "-o", "thin.pdf", cwd=story)
    assert run.code == 1
    assert "24 to 776" in run.line


def test_what_a_pdf_is_made_for_is_a_setting(story: Path) -> None:
    import pikepdf

    def first(name: str) -> str:
        with pikepdf.open(next(story.rglob(name))) as pdf:
            return str(pdf.Root.PageLabels.Nums[1].get("/P", "/S"))

    assert chapbook("story.txt", "-t", "pdf", "-o", "screen.pdf", cwd=story).code == 0
    assert first("screen.pdf") == "Cover"
    (story / "story.toml").write_text('for = "print"\npage = "kobo-libra"\n')
    run = chapbook("story.txt", "-t", "pdf", "-o", "print.pdf", cwd=story)
    assert run.code == 1
    assert "is a screen" in run.line
    assert chapbook("story.txt", "-t", "pdf", "--page", "5x8", "-o", "print.pdf", cwd=story).code == 0
    assert first("print.pdf") != "Cover"
    run = chapbook("story.txt", "-t", "pdf", "--for", "print", "--page", "phone", "--force", cwd=story)
    assert run.code == 2
    assert "is a screen" in run.line
    assert chapbook("story.txt", "--for", "paper", cwd=story).code == 2
