"""The first words of a chapter that a drop cap opens, one by one: the template breaks the lines beside it itself."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from converter.writers.lead_ins import LOW_QUOTES
from converter.writers.pdf.typst.runs import Run

LONG = 600  # characters of a text that are looked at for words
WORDS = 40  # as many as can stand beside a cap of four lines
MARKED = frozenset(["em", "strong", "caps", "lead", "under"])


def opening_of(cap: str, runs: list[Run], most: int) -> dict[str, Any]:
    """`cap` and the `marks` before it, last first, and whether they are low; `words`: pairs of a style and what stands
    between two spaces; `rest`: all that follows. `runs` begin with the cap's own letters. Empty where a word has more
    than `most` characters: there is no room for it beside a cap."""
    letters = cap.strip()
    at = next((i for i, c in enumerate(letters) if c.isalpha()), 0)
    flat = _without(runs, letters)
    words = _first_words(flat)
    words, more = words[:WORDS], words[WORDS:]
    if more:
        flat = [*(piece for word in more for piece in (" ", *_set(word))), *flat]
    elif not words[-1][1]:
        words.pop()
        flat = [" ", *flat] if flat else []
    if any(isinstance(piece, str) and len(piece) > most for word in words for piece in word[1]):
        return {}
    marks = [("".join(some), low) for low, some in groupby(letters[:at], LOW_QUOTES.__contains__)]
    return {"cap": letters[at:], "marks": marks[::-1], "words": words, "rest": flat}


def _first_words(flat: list[Run]) -> list[list[Any]]:
    """Pairs of a style and what stands between two spaces; they are taken off the runs."""
    words: list[list[Any]] = [["", []]]
    while flat and len(words) <= WORDS and flat[0] != ["br"]:
        run = flat.pop(0)
        if isinstance(run, str):
            cut = run.find(" ", LONG)
            if cut > 0:
                run, rest = run[:cut], run[cut:]
                flat.insert(0, rest)
            _add(words, "", run)
        elif run[0] in MARKED and len(run[1]) == 1 and isinstance(run[1][0], str):
            _add(words, run[0], run[1][0])
        else:
            words[-1] = ["", [*_set(words[-1]), run]]
    return words


def _without(runs: list[Run], letters: str) -> list[Run]:
    """The runs without the letters that they begin with."""
    first = runs[0] if runs else ""
    if isinstance(first, str):
        return [first.removeprefix(letters), *runs[1:]]
    return list(runs)


def _add(words: list[list[Any]], style: str, text: str) -> None:
    for number, piece in enumerate(text.split(" ")):
        if number:
            words.append(["", []])
        if not piece:
            continue
        word = words[-1]
        if not word[1]:
            word[0] = style
            word[1].append(piece)
        elif word[0] == style and isinstance(word[1][-1], str):
            word[1][-1] += piece
        else:
            if word[0]:  # one word in two styles: each piece brings its own
                word[1] = [[word[0], word[1]]]
                word[0] = ""
            word[1].append([style, [piece]] if style else piece)


def _set(word: list[Any]) -> list[Run]:
    return [[word[0], word[1]]] if word[0] else word[1]
