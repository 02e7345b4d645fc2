"""`chapbook convert` for whole archives: shards at addresses, made by this machine or by a cluster."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, NamedTuple

from converter.cli.left_out import tell_catalogue
from converter.cli.screen import say
from converter.cli.sections import WrongUsage

if TYPE_CHECKING:
    from converter.build.executor import Executor
    from converter.cli.progress import Showing
    from converter.cluster.run import ArchiveRun

OUTPUT = "output"


class Asked(NamedTuple):
    """What was asked for an archive: a checked layer of settings; the cluster, or None for this machine alone; the
    column of tables; processes; whether all is made anew."""

    options: Mapping[str, Any]
    cluster: str | None
    column: str
    jobs: int | None
    force: bool


def is_archive(paths: Sequence[str], output: str | None, cluster: str | None, column: str) -> bool:
    """Whether what is asked for is done as with archives. Raises WrongUsage."""
    if column and cluster is None:
        raise WrongUsage("--column is of Parquet files, which are read with --cluster")
    return cluster is not None or any("://" in path for path in (*paths, output or ""))


INSTEAD = {  # what is no option for archives, and what to do in its place
    "--name": "books are named as their stories; convert the folder without --cluster to have them named otherwise",
    "--plan": "a plan is of a folder on this machine; leave out --cluster",
    "--together": "a folder with a story.toml is one book; put one there, or leave out --cluster",
    "--report": "`chapbook library -o FOLDER` tells of all books, --json-lines of each story of this run",
}


def refuse(options: Mapping[str, object]) -> None:
    """Raises WrongUsage for the first of these options that is given: they don't fit archives."""
    for name in (name for name, value in options.items() if value):
        raise WrongUsage(f"{name} is not for addresses, nor for --cluster: {INSTEAD[name]}")


def convert_archive(
    paths: Sequence[str], output: str | None, asked: Asked, *, dry_run: bool, showing: Showing, verbose: int
) -> int:
    """Makes the books of all stories at these addresses; the exit code. Raises WrongUsage, ConverterError."""
    from converter.cluster.addresses import local_path
    from converter.cluster.run import ArchiveRun, merged

    sources = list(paths)
    if output is None and len(sources) > 1:
        output = sources.pop()
    if not sources:
        raise WrongUsage("no story is named")
    run = ArchiveRun(sources, output or OUTPUT, asked.options, column=asked.column, force=asked.force)
    folder = local_path(run.output)
    if folder is not None:
        tell_catalogue(folder)
    with ExitStack() as stack:
        executor = _executor(stack, asked.cluster, asked.jobs)
        run.find(executor)
        if dry_run:
            return _show(run)
        code = _make(run, executor, showing, verbose)
    if problem := merged(run):
        say(f"chapbook: {problem}", err=True)
        return 1
    return code


def _executor(stack: ExitStack, cluster: str | None, jobs: int | None) -> Executor:
    """Who makes the stories: the cluster that is asked for, else processes of this machine."""
    if cluster is None:
        from converter.build.executor import LocalPool
        from converter.build.making import do

        return LocalPool(jobs or os.cpu_count() or 1, do)
    from converter.cluster.ray_cluster import RayCluster

    return stack.enter_context(RayCluster(cluster, processors=jobs))


def _make(run: ArchiveRun, executor: Executor, showing: Showing, verbose: int) -> int:
    """Makes the books while the person sees how it goes; the exit code."""
    from converter.build.executor import LostPiece
    from converter.cli.progress import Reporter
    from converter.cluster.run import KeptShard

    tally: Counter[str] = Counter()
    with (
        Reporter(run.stories, showing=showing, verbose=verbose, keep=False) as reporter,
        closing(run.results(executor)) as coming,
    ):
        for told in coming:
            if isinstance(told, LostPiece):
                tally["lost"] += 1
                say(f"chapbook: {' '.join(told.why.split())}", err=True)
            elif isinstance(told, KeptShard):
                failed = sum(map(bool, told.problems))
                tally += Counter(kept=len(told.problems) - failed, failed_before=failed)
                reporter.passed(len(told.problems))
            else:
                tally[told.row.state] += 1
                reporter.done(told)
    if showing == "screen":
        say(", ".join(_counts(tally)))
    return int(bool(tally["failed"] or tally["failed_before"] or tally["lost"]))


def _counts(tally: Mapping[str, int]) -> list[str]:
    """What became of the stories, in numbers."""
    told = {
        "kept": "up to date",
        "failed": "failed",
        "failed_before": "failed before (--force tries again)",
        "lost": "shards not done (begin again to do them)",
    }
    return [f"{tally['made']:,} converted", *(f"{tally[key]:,} {what}" for key, what in told.items() if tally[key])]


def _show(run: ArchiveRun) -> int:
    """What would be made; the exit code."""
    for piece in run.pieces:
        say(f"{piece.name}: {len(piece.contents):,} -> {run.output}")
    for lost in run.lost:
        say(f"chapbook: {lost.why}", err=True)
    return int(bool(run.lost))
