"""`chapbook convert`: stories to books."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from converter.build.registry import WRITTEN
from converter.cli.archive import Asked, convert_archive, is_archive, refuse
from converter.cli.asking import about_book, about_reading, about_story, checked_options, option
from converter.cli.left_out import tell_catalogue, tell_left_out
from converter.cli.screen import say
from converter.cli.sections import SectionedCommand, WrongUsage
from converter.reports.run import failed

if TYPE_CHECKING:
    from converter.build.batch import Job
    from converter.cli.progress import Showing
    from converter.reports.run import RunRow

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
@option(
    "Output",
    "--name",
    metavar="TEMPLATE",
    help="What books are called: '{author}/[{series} {series_index:02} - ]{title}'.",
)
@option("Output", "--plan", "plan_name", metavar="FILE", help="Make what `chapbook plan` wrote down, and you edited.")
@option("Output", "--together", is_flag=True, help="Make one book of all the files.")
@option("Output", "--force", is_flag=True, help="Convert again, and replace other books of that name.")
@option("Output", "--dry-run", is_flag=True, help="Say what would be done, write nothing.")
@option("Output", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Stories at a time.  [default: one a core]")
@option(
    "Output",
    "--cluster",
    metavar="ADDRESS|local",
    help="Have a Ray cluster make whole archives; the last PATH is where books go.",
)
@option("Output", "--column", default="", metavar="NAME", help="The column of Parquet files that holds the stories.")
@option("Output", "--verify", is_flag=True, default=None, help="Prove the PDF too (the EPUB always is).")
@option("Output", "-q", "--quiet", is_flag=True, help="Print nothing but what went wrong, and what was left out.")
@option("Output", "--log", is_flag=True, help="Print a line for each story as it is done.")
@option("Output", "--json-lines", is_flag=True, help="Print a line of JSON for each story, for other programs.")
@option("Output", "--report", metavar="FILE", help="Write a web page that shows what became of each story.")
@option("Output", "-v", "--verbose", count=True, help="Print doubts about each story; -vv prints all that was noticed.")
@about_book
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
    cluster: str | None,
    column: str,
    quiet: bool,
    log: bool,
    json_lines: bool,
    report: str | None,
    verbose: int,
    **options: Any,
) -> int:
    """Convert stories to EPUB and PDF.

    PATH is a text, a saved web page, a Markdown file, an EPUB, or a folder or a zip: all stories in it are converted,
    side by side. `-` reads standard input. A book that is up to date is not made again. A last PATH that ends in .epub
    or .pdf is the book to write. A PATH may also be an address (s3://, gs://, file://) and, with --cluster, a shard of
    an archive (.tar, .zip, .parquet, .warc.gz).
    """
    from converter.build.batch import names_output

    showing = _showing(quiet=quiet, log=log, json_lines=json_lines)
    if is_archive(paths, output, cluster, column):
        refuse({"--plan": plan_name, "--together": together, "--report": report, "--name": options.get("name")})
        wanted = Asked(checked_options(options), cluster, column, jobs, force)
        return convert_archive(paths, output, wanted, dry_run=dry_run, showing=showing, verbose=verbose)

    files = [Path(p) for p in paths]
    if output is None and names_output(files):
        output = str(files.pop())
    folder = Path(output or "output")
    asked = checked_options(options)
    tell_catalogue(folder)
    if plan_name is not None:
        planned = _of_plan(Path(plan_name), files, asked, folder, together=together, force=force, reserve=not dry_run)
    else:
        planned = _of_paths(files, asked, folder, together=together, force=force, reserve=not dry_run)
    left = tell_left_out(planned, showing=showing, all_kinds=bool(verbose))
    if dry_run:
        return _show_plan(planned)

    if report:
        from converter.build.shelving import check_page_place

        check_page_place(Path(report))
        planned = tuple(replace(job, thumbnail=True) for job in planned)
    rows = _made(planned, folder, min(jobs or os.cpu_count() or 1, len(planned)), showing, verbose)
    if report:
        _write_report(Path(report), [*rows, *left])
    return int(failed(rows))


def _made(planned: Sequence[Job], folder: Path, workers: int, showing: Showing, verbose: int) -> Sequence[RunRow]:
    """Makes the books while the person sees how it goes; what became of each story."""
    from converter.build.batch import build
    from converter.cli.progress import Reporter
    from converter.cli.run_summary import summary

    with (
        Reporter(len(planned), showing=showing, verbose=verbose) as reporter,
        closing(build(planned, folder, workers=workers, started=reporter.started)) as coming,
    ):
        for outcome in coming:
            reporter.done(outcome)
    if showing == "screen":
        summary(reporter.rows, verbose=bool(verbose))
    return reporter.rows


def _showing(*, quiet: bool, log: bool, json_lines: bool) -> Showing:
    if quiet + log + json_lines > 1:
        raise click.UsageError("--quiet, --log and --json-lines exclude each other")
    return "quiet" if quiet else "log" if log else "json" if json_lines else "screen"


def _write_report(path: Path, rows: Sequence[RunRow]) -> None:
    from converter.build.shelving import write_page
    from converter.writers.run_page import run_page

    write_page(path, run_page(rows))


def _of_paths(
    files: Sequence[Path], asked: Mapping[str, Any], folder: Path, *, together: bool, force: bool, reserve: bool
) -> tuple[Job, ...]:
    """The jobs of paths; zips of stories are unpacked beside the books, where nothing is to be written (no `reserve`)
    for the moment."""
    from converter.build.batch import plan
    from converter.build.unpacked import UNPACKED, unpacked, without_scratch

    if not files:
        raise WrongUsage("no story is named")
    if not any(path.suffix.lower() == ".zip" for path in files):
        return plan(files, asked, folder, together=together, force=force, reserve=reserve)
    home = (folder.parent if _names_book(folder) else folder) / UNPACKED
    with nullcontext() if reserve else TemporaryDirectory() as scratch:
        laid = unpacked(files, home, Path(scratch) if scratch else None)
        planned = plan(laid.paths, asked, folder, together=together, force=force, reserve=reserve)
    jobs = (*planned, *laid.faults)
    return tuple(without_scratch(job, Path(scratch), home) for job in jobs) if scratch else jobs


def _names_book(output: Path) -> bool:
    from converter.build.batch import output_format

    return bool(output_format(output)) and not output.is_dir()


def _of_plan(
    name: Path,
    files: Sequence[Path],
    asked: Mapping[str, Any],
    folder: Path,
    *,
    together: bool,
    force: bool,
    reserve: bool,
) -> tuple[Job, ...]:
    """The jobs of a plan that was written down; what is not as it says is told."""
    from converter.build.batch import output_format, plan
    from converter.build.plan_file import read_plan
    from converter.document.errors import SettingError

    if files or together:
        raise WrongUsage("--plan says which files are made; name no others beside it")
    if output_format(folder):
        raise WrongUsage("--plan makes the books of a folder; name a folder for them with -o")
    try:
        written = read_plan(name)
    except SettingError as error:
        raise WrongUsage(str(error)) from None
    for note in written.notes:
        say(f"chapbook: {note}", err=True)
    return plan((), asked, folder, force=force, reserve=reserve, written=written.books)


def _show_plan(planned: Sequence[Job]) -> int:
    """Where each story's books would go, or why there would be none; the exit code."""
    for job in planned:
        for _, path in job.outputs:
            say(f"{job.group.name} -> {path}")
        if job.problem:
            say(f"chapbook: {job.problem}", err=True)
    return int(any(job.problem for job in planned))
