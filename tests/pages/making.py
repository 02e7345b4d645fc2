"""Small pages for tests, and what was understood of them in one call."""

from __future__ import annotations

from collections.abc import Sequence

from converter.document.contracts import Assets, Parsed, Reading, Source, no_assets
from converter.document.words import book_text
from converter.parsers.html import html_parser
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from tests.pages.outline import of_chapters

PROSE = (
    "The lamp was lit every evening at the same hour, and nobody on the island could say by whom.",
    "Old Brandt thought it was the widow; the widow thought it was the tide.",
    "When the post boat came it brought two letters and a crate of lemons, which was one letter more than usual.",
    "She read them standing, with her back to the stove, and then she read them again.",
)


def page(body: str, head: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()
    )


def prose(times: int = 2) -> str:
    return "".join(f"<p>{p}</p>" for p in PROSE * times)


def read(data: bytes | str, *, suffix: str = ".html", assets: Assets = no_assets, hidden: str = "drop") -> Parsed:
    """The parse, with the proof that no word was lost on the way."""
    raw = data.encode() if isinstance(data, str) else data
    parsed = html_parser(hidden=hidden, text=text_parser())(Source(f"page{suffix}", raw, suffix, assets))  # type: ignore[arg-type]
    prove_parsed(parsed)
    return parsed


def text(parsed: Parsed) -> str:
    return book_text(parsed.book)


def shown(parsed: Parsed | Reading, prose: Sequence[str] = PROSE) -> list[str]:
    """All that a reader sees of the chapters, a line for each unit as in golden files, with runs of `prose` as "prose(2)".

    The head of the one chapter of an undivided story is no line.
    """
    lines = [line for line in of_chapters(parsed.book) if line]
    if lines[:1] == ["# [chapter]"] and len(parsed.book.chapters) == 1:
        del lines[0]
    return _with_prose_counted(lines, prose)


def left_out(parsed: Parsed) -> list[tuple[str, str]]:
    """The rule and the words of all that is not in the book; what the page's own head says is no part of it."""
    return [(o.rule, o.text) for o in parsed.omissions if o.rule != "the page's head"]


def _with_prose_counted(lines: list[str], prose: Sequence[str]) -> list[str]:
    whole = [f"p {sentence}" for sentence in prose]
    out: list[str] = []
    times = at = 0
    while at < len(lines):
        if lines[at : at + len(whole)] == whole:
            times, at = times + 1, at + len(whole)
            if times > 1:
                out.pop()
            out.append(f"prose({times})")
        else:
            out.append(lines[at])
            times, at = 0, at + 1
    return out
