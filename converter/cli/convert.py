"""`chapbook convert`: stories to books."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.build.registry import WRITTEN
from converter.cli.asking import BOOK, about_reading, about_story, checked_options, one_of, option
from converter.cli.left_out import tell_left_out, tell_twins
from converter.cli.screen import say
from converter.cli.sections import SectionedCommand, WrongUsage

if TYPE_CHECKING:
    from converter.build.batch import Job

EPILOG = """\b
Examples
  chapbook story.txt
  chapbook story.txt "The Salt Road.epub"
  chapbook convert stories/ -o books/ -t epub,pdf --jobs 4
  chapbook convert ch*.html --together --title "The Salt Road"
  curl ... | chapbook - --title "The Salt Road" -o books/

\b
The same can be said in a file story.toml (or NAME.toml) beside the story:
  title = "The Salt Road"
  author = "Ada Thorn"
  chapter = "^Day \\\\d+"
In a folder of chapter pages it makes the folder one book.

\b
Shell completion: add the line for your shell to its start file
  bash  eval "$(_CHAPBOOK_COMPLETE=bash_source chapbook)"
  zsh   eval "$(_CHAPBOOK_COMPLETE=zsh_source chapbook)"
  fish  _CHAPBOOK_COMPLETE=fish_source chapbook | source
"""


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("paths", nargs=-1, metavar="PATH...")
@option("Output", "-o", "--output", metavar="FOLDER|FILE", help="Where books go.  [default: output/]")
@option("Output", "-t", "--to", multiple=True, metavar="FORMAT", help=f"{', '.join(WRITTEN)}.  [default: epub,pdf]")
@option("Output", "--plan", "plan_name", metavar="FILE", help="Make what `chapbook plan` wrote down, and you edited.")
@option("Output", "--together", is_flag=True, help="Make one book of all the files.")
@option("Output", "--force", is_flag=True, help="Convert again, and replace other books of that name.")
@option("Output", "--dry-run", is_flag=True, help="Say what would be done, write nothing.")
@option("Output", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Stories at a time.  [default: one a core]")
@option("Output", "--verify", is_flag=True, default=None, help="Prove the PDF too (the EPUB always is).")
@option("Output", "-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@option("Output", "-v", "--verbose", count=True, help="Print doubts about each story; -vv prints all that was noticed.")
@option(BOOK, "--style", metavar="NAME|FOLDER", help="See `chapbook styles`.  [default: classic]")
@option(BOOK, "--page", metavar="SIZE", help="PDF page: a5, 6x9, kobo-libra, 120x190mm, ...  [default: a5]")
@option(
    BOOK,
    "--for",
    type=one_of("made_for"),
    help="What the PDF is read on: print makes a book's inside.  [default: screen]",
)
@option(BOOK, "--engine", type=one_of("engine"), help="What lays out a PDF's pages.  [default: auto]")
@option(
    BOOK, "--draft", is_flag=True, default=None, help="A PDF in a hurry: Typst doesn't level the feet of its pages."
)
@option(BOOK, "--volumes", metavar="N|parts", help="Several books: of N chapters each, or one for each part.")
@option(
    BOOK,
    "--notes-at",
    type=one_of("notes_at"),
    help="An EPUB's footnotes: at their chapter's end, or all at the book's.",
)
@option(BOOK, "--page-list", is_flag=True, default=None, help="Mark in an EPUB where the pages of the PDF begin.")
@option(BOOK, "--embed-fonts", is_flag=True, default=None, help="Put the typefaces of the style into an EPUB.")
@option(
    BOOK,
    "--certified-by",
    metavar="NAME",
    help="You, who looked at the text and its pictures: an EPUB says that it meets WCAG 2.2 AA.",
)
@option(BOOK, "--cover", metavar="FILE", help="Your own cover image, instead of a drawn one.")
@option(BOOK, "--cover-size", metavar="WxH", help="Pixels of the cover.  [default: 1500x2400]")
@about_story
@about_reading
def convert(
    paths: tuple[str, ...],
    output: str | None,
    plan_name: str | None,
    together: bool,
    force: bool,
    dry_run: bool,
    jobs: int | None,
    quiet: bool,
    verbose: int,
    **options: Any,
) -> int:
    """Convert stories to EPUB and PDF.

    PATH is a text, a saved web page, a Markdown file, or a folder: all stories below it are converted, side by side.
    `-` reads standard input. A book that is up to date is not made again. A last PATH that ends in .epub or .pdf is the
    book to write.
    """
    from converter.build.batch import build, output_format
    from converter.cli.progress import Reporter

    files = [Path(p) for p in paths]
    if output is None and len(files) > 1 and output_format(files[-1]):
        output = str(files.pop())
    folder = Path(output or "output")
    asked = checked_options(options)
    if plan_name is not None:
        planned = _of_plan(Path(plan_name), files, asked, folder, together=together, force=force)
    else:
        planned = _of_paths(files, asked, folder, together=together, force=force)
    tell_left_out([other for job in planned for other in job.group.left], quiet=quiet, all_kinds=bool(verbose))
    if not quiet:
        tell_twins([job.group for job in planned])
    if dry_run:
        return _show_plan(planned)

    workers = min(jobs or os.cpu_count() or 1, len(planned))
    outcomes = []
    with (
        Reporter(len(planned), quiet=quiet, verbose=verbose) as reporter,
        closing(build(planned, folder, workers=workers, started=reporter.started)) as coming,
    ):
        for outcome in coming:
            outcomes.append(outcome)
            reporter.done(outcome)
    reporter.summary(outcomes)
    return int(any(o.error for o in outcomes))


def _of_paths(
    files: Sequence[Path], asked: Mapping[str, Any], folder: Path, *, together: bool, force: bool
) -> tuple[Job, ...]:
    from converter.build.batch import plan

    if not files:
        raise WrongUsage("no story is named")
    return plan(files, asked, folder, together=together, force=force)


def _of_plan(
    name: Path, files: Sequence[Path], asked: Mapping[str, Any], folder: Path, *, together: bool, force: bool
) -> tuple[Job, ...]:
    """The jobs of a plan that was written down; what is not as it says is told."""
    from converter.build.batch import output_format, plan
    from converter.build.plan_file import read_plan

    if files or together:
        raise WrongUsage("--plan says which files are made; name no others beside it")
    if output_format(folder):
        raise WrongUsage("--plan makes the books of a folder; name a folder for them with -o")
    written = read_plan(name)
    for note in written.notes:
        say(f"chapbook: {note}", err=True)
    return plan((), asked, folder, force=force, written=written.books)


def _show_plan(planned: Sequence[Job]) -> int:
    """Where each story's books would go, or why there would be none; the exit code."""
    for job in planned:
        for _, path in job.outputs:
            say(f"{job.group.name} -> {path}")
        if job.problem:
            say(f"chapbook: {job.problem}", err=True)
    return int(any(job.problem for job in planned))
