"""What all tests share: laws are tried on the same examples every time, and golden files are rewritten on request.

`--unit` leaves out what takes long: the tests that begin a process (the program itself, Java, a browser), draw, print,
or read megabytes. That no other test begins one is watched there.
"""

from __future__ import annotations

import compileall
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.once import Once

settings.register_profile(
    "house", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", deadline=None, max_examples=5_000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("LAWS", "house"))


HERE = Path(__file__).parent
SLOW_ROOMS = frozenset({"checkers", "covers", "growth", "hostile", "inspection", "print", "shell"})
BEGINS_A_PROCESS = frozenset({"subprocess.Popen", "os.fork", "os.posix_spawn", "os.system"})  # audit events


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite golden files; reading the diff is the review")
    parser.addoption("--unit", action="store_true", help="only tests that begin no process and take no time")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if config.getoption("--unit") and collection_path.parent == HERE and collection_path.name in SLOW_ROOMS:
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
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
