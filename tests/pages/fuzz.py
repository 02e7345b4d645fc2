"""Broken pages by the thousand, run by hand: `python -m tests.pages.fuzz --minutes 60`.

The golden pages and made-up markup are spliced, cut, repeated, truncated, retagged and re-encoded by a seeded generator.
Each page must end within `SECONDS` of processor time in a book or in one line of ConverterError; no word may be lost, read
as usual or set plainly; the same page must give the same book twice. A loss that the fallback doesn't mend is "unmended". Pages that show something new (a kind of block, an omission's rule, a finding)
join the pool from which the next are made. Failing pages are made small and written to `--out`; what they taught stays in
`test_found.py`.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Parsed, Source
from converter.document.errors import ConverterError, ProofError
from converter.parsers.html import html_parser
from converter.parsers.switches import PLAINLY
from converter.parsers.text import text_parser
from converter.proof import prove_parsed
from converter.proof.faults import SAYS
from tests.pages.outline import of_book

CASES = Path(__file__).parent / "cases"
SECONDS = 5.0  # of processor time; the golden pages take a hundredth of that
LARGEST = 40_000  # characters; larger pages are only slower
POOL = 1_500
EACH = 6  # failing pages kept of one kind
MINIMISE = 20.0  # seconds spent on making one failing page small

TAGS = (
    "p div span em b i u s sup sub br hr h1 h2 h3 h6 ul ol li table tbody tr td th caption blockquote pre a img center font "
    "section article aside nav header footer form figure figcaption details summary ruby rt rb dl dt dd q small code address "
    "main script style title button noscript template select option textarea body html head svg math iframe o:p st1:place "
    "wbr big tt strike marquee abbr cite ins del bdo var col colgroup input label video object center base meta link frameset"
).split()
WORDS = (
    "lamp", "Chapter 3", "CHAPTER III", "Prologue", "Chapter 2: The Weir", "* * *", "***", "Hello.", "xXx", "oOo", "A/N: hi",
    "Author's Note", " ", "\u00a0", "\n", "It was late and the tide was out, and nobody had thought of the boat.", "&amp;",
    "&nbsp;&nbsp;", "“Yes,”", "次の章", "Title: Road", "Rating: K", "1", "I", "…", "by Ada Thorn", "The End", "Contents", "[1]",
    "&#128;", "&#0;", "&#xD800;", "&bogus;", "&lt;p&gt;", "\u200b", "\u2060", "\ufeff", "e\u0301", "אבג", "😀", "-----", "#", "~",
    "Summary:", "Next Chapter", "Share this", "Comments (3)", "Continue reading", "Posted by Ada", "2020-01-02", "Page 3",
    "*never* said *so*", "_lamp_", "~Line Break~", "[page break]", "Home", "E-mail me", "Last updated June 3, 2001",
    "You are visitor number 12", "1.&nbsp; ", "·", "*** START OF THE PROJECT GUTENBERG EBOOK ROAD ***", "*** END OF THE PROJECT GUTENBERG EBOOK ROAD ***", "\x00", "\x0b", "\x85",
)  # fmt: skip
ATTRIBUTES = (
    "class=note", "class='spoiler x'", "style='display:none'", "style='font-style:italic;text-align:center'", "hidden",
    "href=#n", "href='http://x.example/chapter/2'", "href='javascript:a()'", "id=n", "name=n", "class=comments", "src=a.png",
    "alt=divider", "align=center", "aria-hidden=true", "lang=fr", "colspan=99999", "rowspan=0", "class=authors-note",
    "start=-3", "style='white-space:pre'", "style='visibility:hidden'", "style=\"font:italic bold 12px/1 'x\"", "class=",
    "id=chapters", "id=storytext", "id=profile_top", "class=userstuff", "class=chapter-inner", "id=workskin", "class=bbWrapper",
    "data-p-id=x", "class=entry-content", "class=mw-parser-output", "epub:type=chapter", "role=doc-footnote", "class=c1",
    "style='mso-list:l0 level2 lfo1'", "style='mso-list:Ignore'", "style='font:7.0pt x'", "class=MsoListParagraph",
    "href=a.html", "=x", "\"quoted\"", "a='unclosed", "style='position:absolute;left:-9999px'", "style='font-size:0'", "dir=rtl", "class=title",
    "rel=next", "rel=author", "itemprop=name", "property=og:title content=Road", "name=author content=Ada", "charset=utf-16",
    "style='mso-element:footnote'", "class=MsoNormal", "selected", "value=2", "type=a", "width=1 height=1", "xmlns=x", "on=1",
)  # fmt: skip
STYLES = (
    "<style>.c1{font-style:italic}.c2{display:none}</style>", "<style>p{visibility:hidden</style>", "<style>@media print{*{x}}",
    "<style>*{display:none}</style>", "<style>.x::before{content:'lamp'}</style>", "<!-- never closed", "<![CDATA[lamp]]>",
    "<?xml version='1.0' encoding='x'?>", "<!DOCTYPE html [<!ENTITY a 'b'>]>", "<![if !mso]>", "<![endif]-->", "</p></div></body>",
    "<br>" * 9, "<p>&nbsp;</p>" * 4, "<div>" * 300, "<blockquote><ul><li>" * 30, "<em><p>" * 40, "<table><tr><td>" * 12, "<font>" * 90,
)  # fmt: skip


class Hang(BaseException):
    """The page took more than `SECONDS` of processor time."""


class Unsteady(Exception):
    """The same page gave two books."""


class Untidy(Exception):
    """An error of more than one line."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Hang


def parse(data: bytes, suffix: str, hidden: bool, plain: bool = False) -> Parsed | None:
    """One page, with every law proved; `plain`: set plainly. None when it is refused in one line."""
    parser = html_parser(
        hidden="keep" if hidden else "drop", without=frozenset([PLAINLY] if plain else []), text=text_parser()
    )
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        parsed = parser(Source("page" + suffix, data, suffix))
    except ProofError:
        raise
    except ConverterError as error:
        if "\n" in str(error):
            raise Untidy(str(error)) from None
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    prove_parsed(parsed)
    if parser(Source("page" + suffix, data, suffix)) != parsed:
        raise Unsteady
    return parsed


def failure(data: bytes, suffix: str, hidden: bool, plain: bool = False) -> tuple[str, BaseException] | None:
    """(what kind of failure, the exception), or None when all is well; `plain`: set plainly, too."""
    try:
        parse(data, suffix, hidden)
        if plain:
            parse(data, suffix, hidden, plain=True)
    except KeyboardInterrupt:
        raise
    except (Exception, Hang) as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "converter" in f.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "?"
        if isinstance(error, ProofError):
            where = next((kind for kind, said in SAYS.items() if said in error.what), where)
            where += f" {'' if _falls_well(data, suffix, error) else 'unmended'}"
        return (f"{type(error).__name__} " + ("" if isinstance(error, Hang) else where)).strip(), error
    return None


def _falls_well(data: bytes, suffix: str, trouble: ProofError) -> bool:
    """Whether the fallback makes a book of a page that the usual reading lost words of."""
    try:
        return not understand([Source("page" + suffix, data, suffix)], Settings(), trouble=trouble).unbalanced
    except ConverterError:
        return False


# --------------------------------------------------------------------------------------------------- making pages


def made_up(dice: random.Random) -> str:
    """Tags, words and styles in any order; many are never closed."""
    parts = []
    for _ in range(dice.randint(1, 60)):
        match dice.randint(0, 9):
            case 0 | 1 | 2:
                parts.append(_tag(dice))
            case 3 | 4:
                parts.append(f"</{dice.choice(TAGS)}>")
            case 5 if dice.random() < 0.3:
                parts.append(dice.choice(STYLES))
            case 6:
                tag = dice.choice(("p", "div", "em", "b", "h2", "li", "td", "span", "blockquote"))
                parts.append(f"<{tag}>{dice.choice(WORDS)}</{tag}>" * dice.randint(1, 3))
            case _:
                parts.append(dice.choice(WORDS))
    return "".join(parts)


def _tag(dice: random.Random) -> str:
    attributes = "".join(f" {dice.choice(ATTRIBUTES)}" for _ in range(dice.choice((0, 0, 1, 1, 2, 4))))
    return f"<{dice.choice(TAGS)}{attributes}{dice.choice(('', '', '', '/'))}>"


def _span(text: str, dice: random.Random, most: int) -> tuple[int, int]:
    """A stretch of the text; three times in four its ends are the ends of tags."""
    start = dice.randrange(len(text) + 1)
    end = min(len(text), start + int(most ** dice.random()))
    if dice.random() < 0.75:
        start = max(text.rfind("<", 0, start), 0)
        end = text.find("<", end) if text.find("<", end) >= 0 else len(text)
    return start, max(start, end)


def mutate(text: str, other: str, dice: random.Random) -> str:
    """The page with one thing done to it."""
    a, b = _span(text, dice, 4_000)
    match dice.randint(0, 13):
        case 0:
            return text[:a] + text[b:]
        case 1:
            return text[:b] + text[a:b] * dice.choice((1, 1, 2, 8)) + text[b:]
        case 2:
            return text[:b]
        case 3:
            c, d = _span(other, dice, 4_000)
            return text[:a] + other[c:d] + text[a:]
        case 4:
            c, d = _span(other, dice, 4_000)
            return text[:a] + other[c:d] + text[b:]
        case 5:
            return text[:a] + made_up(dice) + text[a:]
        case 6:
            return text[:a] + _tag(dice) + text[a:]
        case 7:
            old, new = dice.choice(TAGS), dice.choice(TAGS)
            return text.replace(f"<{old}", f"<{new}").replace(f"</{old}>", f"</{new}>")
        case 8:
            at = text.find(">", a)
            return text if at < 0 else f"{text[:at]} {dice.choice(ATTRIBUTES)}{text[at:]}"
        case 9:
            return text[:a] + dice.choice(WORDS) + text[a:]
        case 10:
            c, d = _span(text, dice, 2_000)
            b, c = sorted((b, c))
            return text[:a] + text[b:c] + text[a:b] + text[c:]
        case 11:
            at = a + dice.randrange(max(1, min(40, len(text) - a)))
            return text[:at] + dice.choice("<>\"'=/&;#!-\x00 \n") + text[at + dice.randrange(2) :]
        case 12:
            return text[:a] + dice.choice(STYLES) + text[a:]
        case _:
            tag = dice.choice(TAGS)
            return f"{text[:a]}<{tag}>{text[a:b]}</{tag}>{text[b:]}"


def encode(text: str, dice: random.Random) -> bytes:
    """The page as bytes: mostly UTF-8, some in other encodings, some with odd bytes in between."""
    name = (
        "utf-8"
        if dice.random() < 0.85
        else dice.choice(("cp1252", "utf-16", "utf-16-le", "shift_jis", "gb18030", "cp1251"))
    )
    data = text.encode(name, "replace")
    if dice.random() < 0.15 and data:
        for _ in range(dice.randint(1, 6)):
            at = dice.randrange(len(data))
            data = (
                data[:at]
                + bytes(dice.randrange(256) for _ in range(dice.randint(1, 3)))
                + data[at + dice.randrange(3) :]
            )
    return data


def features(parsed: Parsed | None) -> set[str]:
    """What this page shows that another may not: kinds of lines in its outline, rules, codes."""
    if parsed is None:
        return {"refused"}
    found = {
        " ".join(w for w in line.split()[:2] if not w[:1].isalnum() or w.islower())[:24]
        for line in of_book(parsed.book)
    }
    found |= {o.rule for o in parsed.omissions} | {f"{d.code} {d.severity}" for d in parsed.findings}
    found |= {f"{e.topic} {e.why[:20]}" for e in parsed.evidence} | {f"chapters {min(len(parsed.book.chapters), 6)}"}
    return found


# -------------------------------------------------------------------------------------------------- making it small


def smallest(data: bytes, still: Callable[[bytes], bool]) -> bytes:
    """The page without all that the failure does not need (ddmin, for at most `MINIMISE` seconds)."""
    until = time.monotonic() + MINIMISE
    size = max(1, len(data) // 2)
    while time.monotonic() < until:
        at, cut = 0, False
        while at < len(data) and time.monotonic() < until:
            candidate = data[:at] + data[at + size :]
            if candidate and still(candidate):
                data, cut = candidate, True
            else:
                at += size
        if size == 1 and not cut:
            break
        size = max(1, size // 2) if not cut or size > 1 else 1
    return data


# ------------------------------------------------------------------------------------------------------------ running


@dataclass
class Tally:
    """What the run has seen."""

    tried: int = 0
    refused: int = 0
    slowest: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)


def _texts() -> Iterator[str]:
    for page in sorted(CASES.glob("*/*")):
        if page.suffix in (".html", ".htm", ".xhtml"):
            yield page.read_bytes().decode("utf-8", "replace")[:LARGEST]


def _containers() -> list[tuple[bytes, str]]:
    return [(p.read_bytes(), p.suffix) for p in sorted(CASES.glob("*/*")) if p.suffix in (".mhtml", ".htmlz", ".zip")]


def run(minutes: float, seed: int, out: Path) -> Tally:
    """Tries pages for so many minutes."""
    dice, tally = random.Random(seed), Tally()
    pool, wrapped = list(_texts()), _containers()
    known = len(pool)
    seen: set[str] = set()
    out.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGPROF, _stop)
    begun = told = time.monotonic()
    while time.monotonic() - begun < minutes * 60:
        suffix, text, hidden = ".html", "", dice.random() < 0.2
        if wrapped and dice.random() < 0.03:
            data, suffix = dice.choice(wrapped)
            for _ in range(dice.randint(1, 4)):
                at = dice.randrange(len(data))
                data = data[:at] + bytes([dice.randrange(256)]) * dice.randrange(3) + data[at + dice.randrange(4) :]
        else:
            text = made_up(dice) if dice.random() < 0.15 else dice.choice(pool)
            for _ in range(dice.choice((1, 1, 2, 3, 5, 9))):
                text = mutate(text, dice.choice(pool), dice)[:LARGEST]
            data = encode(text, dice)
        before = time.process_time()
        found = failure(data, suffix, hidden, plain=dice.random() < 0.3)
        tally.slowest = max(tally.slowest, time.process_time() - before)
        tally.tried += 1
        if found is not None:
            _keep(found, data, suffix, hidden, out, tally)
        elif text:
            shown = features(parse(data, suffix, hidden)) if dice.random() < 0.4 else set()
            tally.refused += shown == {"refused"}
            if shown - seen:
                seen |= shown
                pool.append(text)
                if len(pool) > POOL:
                    pool.pop(dice.randrange(known, len(pool)))
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(
                f"{(told - begun) / 60:.0f} min: {tally.tried:,} pages, pool {len(pool)}, {dict(tally.kinds)}",
                flush=True,
            )
    return tally


def _keep(found: tuple[str, BaseException], data: bytes, suffix: str, hidden: bool, out: Path, tally: Tally) -> None:
    kind, error = found
    tally.kinds[kind] += 1
    if tally.kinds[kind] > EACH:
        return

    def still(candidate: bytes) -> bool:
        again = failure(candidate, suffix, hidden, plain=True)
        return again is not None and again[0] == kind

    small = data if isinstance(error, Hang) else smallest(data, still)
    stem = f"{''.join(c if c.isalnum() else '-' for c in kind)}-{tally.kinds[kind]}"
    (out / f"{stem}{suffix}").write_bytes(small)
    (out / f"{stem}.whole").write_bytes(data)
    (out / f"{stem}.txt").write_text(
        f"hidden={hidden}\n{small!r}\n\n" + "".join(traceback.format_exception(error))[-4_000:],
        encoding="utf-8",
        errors="replace",
    )
    print(f"found: {kind}: {str(error)[:200]}", flush=True)


def main() -> int:
    """The command line. 1 when something was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=60.0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "chapbook-fuzz")
    options = asked.parse_args()
    tally = run(options.minutes, options.seed, options.out)
    print(
        f"{tally.tried:,} pages in {options.minutes:.0f} minutes (seed {options.seed}), slowest {tally.slowest:.1f} s"
    )
    for kind, count in tally.kinds.most_common():
        print(f"{count:6} {kind}")
    return 1 if tally.kinds else 0


if __name__ == "__main__":
    sys.exit(main())
