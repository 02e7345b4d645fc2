"""No pattern of the program takes longer than its text is long: each is attacked with strings made of its own parts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from converter.document.patterns import regex
from tests.growth.attack import judge
from tests.growth.found import Found
from tests.growth.made import EXAMPLES, made
from tests.once import Once

ROOT = Path(__file__).parents[2]
SILENT = 60  # seconds without a word: then the pattern that is attacked hangs (all of them together take less)


@pytest.fixture(scope="module")
def told(once: Once, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the attack on all patterns says: which there are, and which take too long."""

    def attacked() -> list[dict[str, Any]]:
        told = tmp_path_factory.mktemp("attack") / "told"
        with told.open("wb") as out:
            child = subprocess.Popen([sys.executable, "-m", "tests.growth.attack"], cwd=ROOT, stdout=out)
        size = -1
        while child.poll() is None and told.stat().st_size > size:
            size = told.stat().st_size
            try:
                child.wait(SILENT)
            except subprocess.TimeoutExpired:
                continue
        child.kill()
        child.wait()
        return [json.loads(line) for line in told.read_text("utf-8").splitlines()]

    return once("attack on every pattern", attacked)


def test_every_pattern_is_found(told: list[dict[str, Any]]) -> None:
    found, unknown, bare = (told[0][name] for name in ("found", "unknown", "bare"))
    assert len(found) > 400
    assert bare == [], "words of the vocabulary: use `regex`"
    assert set(unknown) <= set(made()), "give an example in tests/growth/made.py"
    places = {place.rpartition(":")[0] for place in found}
    assert {place.rpartition(":")[0] for place in EXAMPLES} <= places


def test_every_pattern_is_linear(told: list[dict[str, Any]]) -> None:
    assert [line for line in told if "grows" in line] == []
    assert told[-1:] == [{"done": True}], "the attack on this pattern did not end"


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"(a+)+b", "match"),
        (r"(?:a|b|ab)*c", "match"),
        (r"[\W_]*(?:(?:[oO0][\W_]*){3,}|(?:[xX][\W_]*){3,}|[xXoO0\-_~=]{5,})+\Z", "match"),
        (r"_([^\W_]+(?:['’\-]?[^\W_]+)*)_", "search"),
        (r"-\s?(?:(?:[A-Z][\w'’.\-]*|de|of)[,:;.]{0,2}(?:\s|\Z))+\Z", "match"),
        (r"\w+, ((?:[^\W\d_][\w.'’\-]*\s?)+)", "fullmatch"),
        (r"\s+$", "search"),
        (r"\s*(?:;|\s&\s|\s+and\s+)\s*", "split"),
        (r"<[^>]*>", "sub"),
        (r"([\w.+\-]+)@\w+", "findall"),
        (r"<!--.*?-->", "search"),
        (r"(\*{1,6})\s*(\S.*?)\s*\*{1,6}\Z", "match"),
    ],
)
def test_an_attack_finds_what_is_not(pattern: str, way: str) -> None:
    assert judge(Found("here", re.compile(pattern), (way,)))


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r"(?:a|b)+c", "match"),
        (r"(?<!\s)\s+$", "search"),
        (r"<[^<>]*>", "sub"),
        (r"<[^<>]{0,200}>|<!--.{0,200}?-->", "sub"),
        (r"(?<![\w.+\-])([\w.+\-]+)@\w+", "findall"),
        (r"[A-Z]\w*(?: [A-Z]\w*)*\.?\Z", "match"),
    ],
)
def test_an_attack_lets_pass_what_is_linear(pattern: str, way: str) -> None:
    assert judge(Found("here", re.compile(pattern), (way,))) is None


def test_within_its_limit_a_pattern_may_be_quadratic_but_not_worse() -> None:
    assert judge(Found("here", regex(r"\s+$", within=300), ("search",))) is None
    assert judge(Found("here", regex(r"\s*\s*\s*\s*$", within=300), ("search",)))
    assert judge(Found("here", regex(r"(a+)+b", within=300), ("search",)))
