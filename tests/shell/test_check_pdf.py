"""`chapbook check` of a PDF: what the command adds to the critic: the table, the story's words, exit codes, hostile files."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest

from benchmarks.invented import novel
from tests.shell.running import chapbook

LONG = novel(5_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("printed")
    (place / "story.txt").write_text(LONG)
    (place / "other.txt").write_text(f"{LONG}\nAnd once more the lanterns were lit.\n")
    assert chapbook("story.txt", "book.pdf", "--engine", "weasyprint", cwd=place).code == 0  # has more of a kind
    assert chapbook("story.txt", "level.pdf", cwd=place).code == 0
    return place


def test_a_book_of_ours(folder: Path) -> None:
    run = chapbook("check", "book.pdf", "--story", "story.txt", cwd=folder)
    first, head, *rest = run.out.splitlines()
    assert first.startswith("book.pdf: ")
    assert " pages, 31 lines each, 11.6 on 15.3 pt" in first
    assert head.split() == ["count", "per", "100", "pages"]
    assert "error" not in run.out
    assert rest[-1].startswith("book.pdf: ")
    told = json.loads(chapbook("check", "book.pdf", "--json", cwd=folder).out)["book.pdf"]
    assert {"code", "message", "page", "severity"} == told["flaws"][0].keys()
    assert told["figures"]["lines on a full page"] == 31
    assert run.code == int(any(f["severity"] != "info" for f in told["flaws"]))
    assert f"book.pdf: {told['pages']} pages" in first


def test_every_word_of_a_level_book_is_found(folder: Path) -> None:
    """Lines that are set tight have narrow spaces, and ligatures may first stand before a dash."""
    run = chapbook("check", "level.pdf", "--story", "story.txt", cwd=folder)
    assert "error" not in run.out


def test_words_that_are_not_in_it(folder: Path) -> None:
    run = chapbook("check", "book.pdf", "--story", "other.txt", cwd=folder)
    assert run.code == 1
    assert "book.pdf: error: the book lacks “And once more the lanterns were lit”" in run.out
    assert "missing words" in run.out
    same = chapbook("check", "book.pdf", "--against", "other.txt", cwd=folder)
    assert same.out == run.out


def test_all_of_them_and_the_first(folder: Path) -> None:
    """Many of a kind are told in one line, `--all` each."""
    few, whole = (chapbook("check", "book.pdf", *more, cwd=folder).out.splitlines() for more in ((), ("--all",)))
    told = json.loads(chapbook("check", "book.pdf", "--json", cwd=folder).out)["book.pdf"]["flaws"]
    places = [line for line in whole if line.startswith("book.pdf") and line.endswith("]")]
    assert len(places) == len(told)
    kinds = {f["code"]: sum(g["code"] == f["code"] for g in told) for f in told}
    many = sum(n > 3 for n in kinds.values())
    assert sum(" more, on page" in line for line in few) == many > 0
    assert "--all tells each of them" in few[-1]


def test_books_of_both_kinds_in_one_go(folder: Path) -> None:
    assert chapbook("story.txt", "book.epub", cwd=folder).code == 0
    run = chapbook("check", "book.epub", "book.pdf", "--no-epubcheck", "--json", cwd=folder)
    assert list(json.loads(run.out)) == ["book.epub", "book.pdf"]
    (folder / "disguised.epub").write_bytes((folder / "book.pdf").read_bytes())
    assert "31 lines each" in chapbook("check", "disguised.epub", "--no-epubcheck", cwd=folder).out


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (tmp_path / "empty.pdf").write_bytes(b"")
    for name, said in (
        ("noise", "damaged beyond reading"),
        ("empty", "damaged beyond reading"),
        ("none", "No such file"),
    ):
        run = chapbook("check", f"{name}.pdf", cwd=tmp_path)
        (line,) = run.out.splitlines()
        assert (run.code, run.err) == (1, "")
        assert line.startswith(f"{name}.pdf: error: ")
        assert said in line


def test_a_file_that_never_ends_is_given_up(tmp_path: Path) -> None:
    """Forms that draw one another, ten times each: a hundred milliard words from three kilobytes."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 400))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    form, resources = b"BT /F 9 Tf 9 9 Td (lantern) Tj ET", pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    for _ in range(11):
        made = pdf.make_stream(form)
        made.Type, made.Subtype, made.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 300, 400])
        made.Resources = resources
        form, resources = b"/X Do " * 10, pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=made))
    page.Contents, page.Resources = pdf.make_stream(form), resources
    out = io.BytesIO()
    pdf.save(out)
    (tmp_path / "bomb.pdf").write_bytes(out.getvalue())
    run = chapbook("check", "bomb.pdf", cwd=tmp_path)
    (line,) = run.out.splitlines()
    assert (run.code, run.err) == (1, "")
    assert "bomb.pdf: error: it can't be read: it was ended when it took more than" in line


SCRIPTS = {
    "ru": ("Глава {n}", "Марфа поставила фонарь на стол и посмотрела на старика. Дождь шёл третий день, и никто уже", "не"),
    "he": ("פרק {n}", "נעמי הניחה את הפנס על השולחן והביטה בזקן. הגשם ירד שלושה ימים, ואיש בכפר (שם Persephone 42) כבר", "לא"),
    "ja": ("第{n}章", "美咲はランプを机に置き、老人の顔をじっと見た。三日のあいだ雨が降りつづき、村では誰も", "鐘"),
    "en": ("Chapter {n}", "“How late it is,” said Ilse, and set the lantern down beside the old man. It had rained for three", "not"),
}  # fmt: skip


@pytest.mark.parametrize("engine", ["typst", "weasyprint"])
@pytest.mark.parametrize("language", SCRIPTS)
def test_words_in_every_script(language: str, engine: str, tmp_path: Path) -> None:
    """All words of a book with drop caps and a note over two pages are found; one that is taken out is told, alone."""
    heading, sentence, extra = SCRIPTS[language]
    long = " ".join(f"{sentence} {n}." for n in range(40))
    chapters = [f"# {heading.format(n=n)}\n\n{sentence} {n}{n}.[^{n}]\n\n{long}\n\n[^{n}]: {long}\n\n" for n in (1, 2)]
    (tmp_path / "story.md").write_text("".join(chapters))
    spoiled = chapters[1].replace(f"{sentence} 7.", f"{sentence} {extra} 7.", 1)
    (tmp_path / "other.md").write_text("".join([chapters[0], spoiled]))
    assert chapbook("story.md", "book.pdf", "--engine", engine, cwd=tmp_path).code == 0
    for name, wanted in (("story", []), ("other", [extra])):
        flaws = json.loads(chapbook("check", "book.pdf", "--story", f"{name}.md", "--json", cwd=tmp_path).out)
        told = [f["message"] for f in flaws["book.pdf"]["flaws"] if f["code"].startswith("words-")]
        assert [m.split("”")[0] for m in told] == [f"the book lacks “{word}" for word in wanted]


def test_leaves_of_a_printed_book_have_no_headings(tmp_path: Path) -> None:
    told = "Ada packed for the ferry and wrote down all that was to be done before six in the morning."
    story = (
        f"# Dedication\n\nFor the one who waited.\n\n# Chapter One\n\n{told}\n\n# Chapter Two\n\n{told} She slept.\n"
    )
    (tmp_path / "story.md").write_text(story)
    (tmp_path / "other.md").write_text(story.replace("who waited", "who waited there"))
    assert chapbook("story.md", "book.pdf", "--for", "print", cwd=tmp_path).code == 0
    assert "words" not in chapbook("check", "book.pdf", "--story", "story.md", cwd=tmp_path).out
    assert "lacks “there”" in chapbook("check", "book.pdf", "--story", "other.md", cwd=tmp_path).out
