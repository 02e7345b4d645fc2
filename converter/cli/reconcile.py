"""`chapbook reconcile`: several copies of a story to one book, the fullest and newest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.build.registry import WRITTEN
from converter.cli.asking import BOOK, about_reading, checked_options, option
from converter.cli.left_out import tell_catalogue, tell_no_stories
from converter.cli.screen import say, say_json
from converter.cli.sections import SectionedCommand
from converter.reports.run import counted

if TYPE_CHECKING:
    from converter.build.outcomes import Outcome
    from converter.build.reconcile import Heap
    from converter.reconciling.differences import Passage
    from converter.reconciling.result import KeptChapter, Reconciled

NAMED = 8  # files that are named one by one
DOUBTS = 5  # of a story that are shown
PASSAGES = 3  # of a chapter that are shown
SHOWN = 160  # characters of a passage
EPILOG = """\b
Examples
  chapbook reconcile old-downloads/ --dry-run    the groups and what would be kept, nothing written
  chapbook reconcile old-downloads/ -o books/
  chapbook reconcile draft.txt final.html -t epub -v
"""


@click.command(cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@option("Output", "-o", "--output", metavar="FOLDER", help="Where books go.  [default: output/]")
@option("Output", "-t", "--to", multiple=True, metavar="FORMAT", help=f"{', '.join(WRITTEN)}.  [default: epub,pdf]")
@option("Output", "--dry-run", is_flag=True, help="Show the groups and what would be kept, write nothing.")
@option("Output", "--json", "as_json", is_flag=True, help="Print all that was found as JSON, for other programs.")
@option("Output", "--force", is_flag=True, help="Replace other books of that name.")
@option("Output", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Files at a time.  [default: one a core]")
@option("Output", "-v", "--verbose", is_flag=True, help="Show where each chapter is from, and what was rewritten.")
@option(BOOK, "--style", metavar="NAME|FOLDER", help="See `chapbook styles`.  [default: classic]")
@option(BOOK, "--page", metavar="SIZE", help="PDF page: a5, 6x9, kobo-libra, 120x190mm, ...  [default: a5]")
@about_reading
def reconcile(
    paths: tuple[str, ...],
    output: str | None,
    dry_run: bool,
    as_json: bool,
    force: bool,
    jobs: int | None,
    verbose: bool,
    **options: Any,
) -> int:
    """Make one book of several copies of a story.

    Files that hold the same story, whole or in part, older or newer, are found by their words. Each chapter is taken
    from the newest copy that has all of it; NAME.changes.html shows what was rewritten, and which words came from which
    file. No file is changed, and no book that `convert` made.
    """
    from converter.build.reconcile import files_of, look_through
    from converter.build.reconcile import reconcile as made
    from converter.cli.progress import Reporter

    folder = Path(output or "output")
    workers = jobs or os.cpu_count() or 1
    asked = checked_options(options)
    tell_catalogue(folder)
    files = files_of([Path(p) for p in paths], asked, folder)
    with Reporter(len(files.jobs), showing="quiet" if as_json else "screen", verbose=0) as reporter:
        started, done = reporter.started, reporter.done
        heap = look_through(files, asked, folder, workers=workers, started=started, done=done, force=force)
    outcomes = []
    with Reporter(len(heap.jobs), showing="quiet" if as_json else "screen", verbose=0) as reporter:
        for outcome in made(heap.jobs, folder, workers=workers, write=not dry_run, started=reporter.started):
            outcomes.append(outcome)
            reporter.done(outcome)
    outcomes.sort(key=lambda o: o.name)
    if as_json:
        say_json(_values(heap, outcomes))
    else:
        for outcome in outcomes:
            _show(outcome, verbose)
        _rest(heap)
        tell_no_stories(files.left, all_names=verbose)
    return int(heap.has_failed or any(o.error for o in outcomes))


def _show(outcome: Outcome, verbose: bool) -> None:
    result = _result(outcome)
    if result is None:
        return
    by = f" by {', '.join(result.authors)}" if result.authors else ""
    rewritten = f", {result.rewritten} rewritten" if result.rewritten else ""
    files, chapters = counted(len(result.files), "file"), counted(len(result.chapters), "chapter")
    say(f"{result.title}{by}: {files}, {chapters}{rewritten}")
    for share in result.files:
        dated = f", dated {share.changed}" if share.changed else ""
        say(f"  {share.file}{dated}: {share.chapters_kept} of {counted(share.chapters, 'chapter')} kept")
    for chapter in result.chapters:
        _chapter(chapter, verbose)
    for doubt in result.doubts if verbose else result.doubts[:DOUBTS]:
        say(f"  doubt: {doubt.message} [{doubt.code}]")
    if not verbose and len(result.doubts) > DOUBTS:
        say(f"  and {len(result.doubts) - DOUBTS} doubts more: -v tells them")
    for path in (*map(str, outcome.written), result.page):
        if path:
            say(f"  -> {path}")
    for book in outcome.kept:
        say(f"  {book} is up to date")


def _chapter(chapter: KeptChapter, verbose: bool) -> None:
    different = [o for o in chapter.others if o.passages]
    name = chapter.name or "(no heading)"
    if verbose and not different:
        say(f"    {name}: {chapter.file}, line {chapter.line}")
    for other in different:
        places = counted(len(other.passages), "place")
        counts = f"-{other.removed:,} +{counted(other.added, 'word')} in {places}"
        say(f"    {name}: {chapter.file}, not {other.file}: {counts}; the one kept {other.reason}")
        for passage in other.passages[:PASSAGES] if verbose else ():
            say(f"      {_passage(passage)}")


def _passage(passage: Passage) -> str:
    removed, added = (text[:SHOWN] + ("…" if len(text) > SHOWN else "") for text in (passage.removed, passage.added))
    return f"… {passage.before} [-{removed}-] {{+{added}+}} {passage.behind} …"


def _rest(heap: Heap) -> None:
    for doubt in heap.doubts:
        say(f"{doubt.origin}: doubt: {doubt.message} [{doubt.code}]")
    if heap.alone:
        more = f" and {len(heap.alone) - NAMED} more" if len(heap.alone) > NAMED else ""
        say(f"nothing to reconcile: {', '.join(heap.alone[:NAMED])}{more}")


def _values(heap: Heap, outcomes: list[Outcome]) -> dict[str, Any]:
    from dataclasses import asdict

    stories = []
    for outcome in outcomes:
        if result := _result(outcome):
            doubts = [{"code": d.code, "message": d.message} for d in result.doubts]
            stories.append(
                {**asdict(result), "doubts": doubts, "books": [str(p) for p in (*outcome.written, *outcome.kept)]}
            )
    doubts = [{"code": d.code, "message": d.message, "place": str(d.origin)} for d in heap.doubts]
    return {"stories": stories, "alone": list(heap.alone), "doubts": doubts}


def _result(outcome: Outcome) -> Reconciled | None:
    from converter.reconciling.result import Reconciled

    return outcome.about if isinstance(outcome.about, Reconciled) else None
