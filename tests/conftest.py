"""What all tests share: laws are tried on the same examples every time, and golden files are rewritten on request.

`--unit` leaves out what takes long: the tests that begin a process (the program itself, Java, a browser), draw, print,
or read megabytes. That no other test begins one is watched there.
"""

from __future__ import annotations

import compileall
import gc
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.once import Once
from tests.shelf.fork_servers import fork_servers, seconds_of
from tests.shell.running import seconds_of_runs

settings.register_profile(
    "house", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", deadline=None, max_examples=5_000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("LAWS", "house"))


HERE = Path(__file__).parent
TOOK = pytest.StashKey[float]()
SLOW_ROOMS = frozenset({"checkers", "covers", "growth", "hostile", "inspection", "print", "shelf", "shell"})
LONG = (  # what takes longest begins first, so that no worker is left with it when the other has nothing more to do
    "checkers/test_epubcheck.py",
    "cluster/test_ray.py",
    "cluster/test_command.py",
    "cluster/test_store.py",
    "growth/test_patterns.py",
    "test_readme.py",
    "test_recipes.py",
    "shell/test_check.py",
    "shell/test_check_pdf.py",
    "inspection/test_check_pdf.py",
    "hostile/test_archives.py",
    "checkers/test_ace.py",
    "checkers/test_samples.py",
)
BEGINS_A_PROCESS = frozenset({"subprocess.Popen", "os.fork", "os.posix_spawn", "os.system"})  # audit events


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite golden files; reading the diff is the review")
    parser.addoption("--unit", action="store_true", help="only tests that begin no process and take no time")
    parser.addoption("--groups", type=int, default=0, metavar="N", help="end with the N files that took longest")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if config.getoption("--unit") and collection_path.parent == HERE and collection_path.name in SLOW_ROOMS:
        return True
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is loaded and collected stays to the end: no collection of waste looks through it, now or during a test."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    rank = {HERE / name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))
    if not config.getoption("--unit"):
        return
    left_out = [item for item in items if item.get_closest_marker("slow")]
    items[:] = [item for item in items if not item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=left_out)


def _watch_for_processes(config: pytest.Config) -> None:
    def watch(event: str, _args: object) -> None:
        if event in BEGINS_A_PROCESS and os.environ.get("PYTEST_CURRENT_TEST"):
            raise RuntimeError(f"a test of --unit begins a process ({event}): mark it with pytest.mark.slow")

    if config.getoption("--unit"):
        sys.addaudithook(watch)


def _compile(config: pytest.Config) -> None:
    """Hundreds of tests start the program: where Python may not write its byte code itself, each would compile all."""
    if not config.getoption("--unit") and not hasattr(config, "workerinput"):
        compileall.compile_dir(HERE.parent / "converter", quiet=2)


def _processor_time() -> float:
    """Seconds that this process took, those that it has waited for, and the runs of the command line and of shelves."""
    used = os.times()
    of_shelves = sum(map(seconds_of, fork_servers(os.getpid())))
    return used.user + used.system + used.children_user + used.children_system + seconds_of_runs() + of_shelves


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    item.stash[TOOK] = _processor_time()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    before, item.stash[TOOK] = item.stash[TOOK], _processor_time()
    report.user_properties = [*report.user_properties, ("processor", item.stash[TOOK] - before)]
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Where the time went, by file: processor time, for the clock tells what else the machine did."""
    took: Counter[str] = Counter()
    tests: defaultdict[str, set[str]] = defaultdict(set)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for _, seconds in (p for p in getattr(report, "user_properties", ()) if p[0] == "processor"):
                name = report.nodeid.partition("::")[0]
                took[name] += seconds
                tests[name].add(report.nodeid)
    if most := config.getoption("--groups"):
        terminalreporter.section(f"slowest groups: {sum(took.values()):.0f} s of processor time in all")
        for name, seconds in took.most_common(most):
            terminalreporter.write_line(f"{seconds:7.1f} s {len(tests[name]):5} tests  {name}")


def pytest_configure(config: pytest.Config) -> None:
    _compile(config)
    _watch_for_processes(config)
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("golden files are not rewritten in CI")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """`once(name, make)`: what is made once for all tests of the run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "made-once"
    folder.mkdir(exist_ok=True)
    return Once(folder)
