"""Lines of letters and of the pages before a story, and what each of them is: in `letters.tsv`, read by an editor.

"text" is none of the others: prose, speech after a dash, a list.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.recognisers.lines.letters import attributes, closes, dedicates, greets

TABLE = [row.split("\t", 1) for row in (Path(__file__).parent / "letters.tsv").read_text("utf-8").split("\n") if row]
ASKED = {"greeting": greets, "closing": closes, "attribution": attributes, "dedication": dedicates}


@pytest.mark.parametrize(("kind", "line"), TABLE)
def test_a_line(kind: str, line: str) -> None:
    assert [name for name, asked in ASKED.items() if asked(line)] == ([] if kind == "text" else [kind])
