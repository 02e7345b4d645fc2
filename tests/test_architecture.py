"""The one-way street: imports only point down, heavy libraries stay in their rooms, importing costs next to nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

ROOT = Path(__file__).parent.parent
MOST_ROOMS = 19
PACKAGES = sorted(path.parent for path in (ROOT / "converter").rglob("*/__init__.py"))
FEWEST_LINES = 4  # of a package's docstring
LONGEST = 600  # lines; the habit is 300, and a file beyond this is certainly two
HEAVY = (
    "weasyprint",
    "ebooklib",
    "bs4",
    "lxml",
    "PIL",
    "rich",
    "readability",
    "selectolax",
    "trafilatura",
    "click",
    "numpy",
)


@pytest.mark.slow
def test_imports_point_down() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _modules_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.slow
def test_importing_the_package_imports_nothing_heavy() -> None:
    assert _modules_after("import converter").isdisjoint(HEAVY)
    assert _modules_after("from converter import convert, read, Book, ConverterError").isdisjoint(HEAVY)


@pytest.mark.slow
def test_a_text_is_read_without_the_libraries_for_pages_and_pictures() -> None:
    code = """
from converter.document.contracts import Source
from converter.build.pipeline import examined, understand
from converter.build.settings import Settings
examined(understand([Source("a.txt", b"One word after another, and the lamp went out.", ".txt")], Settings()))
"""
    loaded = _modules_after(f"exec({code!r})")
    assert loaded.isdisjoint(
        {"weasyprint", "ebooklib", "bs4", "PIL", "rich", "readability", "selectolax", "trafilatura", "click"}
    )


def test_files_are_short() -> None:
    too_long = {
        str(path.relative_to(ROOT)): count
        for path in sorted((ROOT / "converter").rglob("*.py"))
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert not too_long


def test_first_lines_say_the_duty() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "converter").rglob("*.py"))
        if not path.read_text("utf-8").startswith('"""')
    ]
    assert not silent


def test_no_room_is_called_utils() -> None:
    names = {path.stem for path in (ROOT / "converter").rglob("*.py")}
    assert names.isdisjoint({"utils", "helpers", "common", "misc", "tools"})


def test_no_circle_of_imports() -> None:
    """Imports for types alone count: a newcomer follows them, too."""
    graph = grimp.build_graph("converter", exclude_type_checking_imports=False, cache_dir=None)
    imports = {m: graph.find_modules_directly_imported_by(m) for m in graph.modules}
    while imports:  # whatever imports nothing that is left can be in no circle
        ends = {m for m, others in imports.items() if not others & imports.keys()}
        assert ends, sorted(imports)
        for module in ends:
            del imports[module]


def test_few_rooms_at_the_top() -> None:
    known = {"__init__.py", "__main__.py", "py.typed", "__pycache__"}
    rooms = {path.name for path in (ROOT / "converter").iterdir()} - known
    assert len(rooms) <= MOST_ROOMS, rooms
    assert all((ROOT / "converter" / room / "__init__.py").is_file() for room in rooms)


@pytest.mark.parametrize("package", PACKAGES, ids=[str(p.relative_to(ROOT)) for p in PACKAGES])
def test_every_room_says_what_it_is_for(package: Path) -> None:
    """A newcomer reads the package's docstring: what goes in and comes out, what to open first, what it doesn't know."""
    said = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    lines = [line for line in said.splitlines() if line.strip()]
    assert len(lines) >= FEWEST_LINES, said
    named = re.findall(r"`([\w/]+\.py)`", said)
    assert [name for name in named if not any((p / name).is_file() for p in (package, ROOT / "converter"))] == []


MOST_COMPLEX = 20  # ways through a function, "and" and "or" counted
FLAT = {  # nothing but a match over the kinds of blocks, a line or two for each
    "writers/txt.py:_Text._block",
}


@pytest.mark.slow
def test_functions_are_small() -> None:
    too_complex = {
        f"{path.relative_to(ROOT / 'converter').as_posix()}:{block.fullname}"
        for path in (ROOT / "converter").rglob("*.py")
        for block in cc_visit(path.read_text("utf-8"))
        if isinstance(block, Function) and _ways(block) > MOST_COMPLEX
    }
    assert too_complex == FLAT


def _ways(function: Function) -> int:
    """The ways through a function, those through the functions inside it included."""
    return int(function.complexity) + sum(map(_ways, function.closures))
