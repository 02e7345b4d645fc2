"""The flaws of a PDF as lines: a table of their kinds with how many there are, then the places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from converter.checker.pdf import PdfFlaw, PdfInspection

MOST_SHOWN = 3  # flaws of one kind whose text is told
PLACES = 8  # of more, the pages that are named


def page_lines(name: str, found: PdfInspection, *, whole: bool = False) -> Iterator[str]:
    """The lines for a PDF: what it is, the table, the first places (`whole`: all), the sum."""
    pages = f"{found.pages:,} {'page' if found.pages == 1 else 'pages'}"
    figures, flaws = found.figures, found.flaws
    if figures:
        type_size = f"{figures['type size']:g} on {figures['line distance']:g} pt"
        pages = f"{pages}, {figures['lines on a full page']:.0f} lines each, {type_size}"
    if found.pages:
        yield f"{name}: {pages}"
    if not flaws:
        yield f"{name}: nothing wrong"
        return
    if found.pages:
        yield from _table(flaws, found.pages)
    yield from _places(name, flaws, whole)
    if not found.pages:
        return
    counted = Counter(f.severity for f in flaws)
    said = ", ".join(
        f"{n:,} {s}{'s' * (n != 1 and s != 'info')}" for s in ("error", "warning", "info") if (n := counted[s])
    )
    kinds = Counter(f.code for f in flaws)
    hint = "" if whole or max(kinds.values()) <= MOST_SHOWN else "; --all tells each of them"
    yield f"{name}: {said} of {len(kinds)} {'kind' if len(kinds) == 1 else 'kinds'}{hint}"


def _table(flaws: Sequence[PdfFlaw], pages: int) -> Iterator[str]:
    from converter.checker.pdf import PDF_KINDS, PDF_SEVERITIES

    counts = Counter(f.code for f in flaws)
    wide = max(len(PDF_KINDS[code][1]) for code in counts)
    yield f"  {'':7}  {'':{wide}}  {'count':>6}  {'per 100 pages':>13}"
    rows = [(code, *PDF_KINDS[code]) for code in PDF_KINDS if counts[code]]
    for severity in PDF_SEVERITIES:
        for code, _, label in (row for row in rows if row[1] == severity):
            count = counts[code]
            each = f"{100 * count / pages:13.1f}" if pages and any(f.page for f in flaws if f.code == code) else ""
            yield f"  {severity:7}  {label:{wide}}  {count:6,}  {each}".rstrip()


def _places(name: str, flaws: Sequence[PdfFlaw], whole: bool) -> Iterator[str]:
    kinds: dict[str, list[PdfFlaw]] = {}
    for flaw in flaws:
        kinds.setdefault(flaw.code, []).append(flaw)
    for code, many in kinds.items():
        shown = many if whole else many[:MOST_SHOWN]
        yield from (f"{_place(name, f)}: {f.severity}: {f.message} [{code}]" for f in shown)
        if rest := many[len(shown) :]:
            numbers = list(dict.fromkeys(f.page for f in rest))
            named = ", ".join(map(str, numbers[:PLACES]))
            more = f" and {len(numbers) - PLACES:,} others" if len(numbers) > PLACES else ""
            on = f", on {'pages' if len(numbers) > 1 else 'page'} {named}{more}" if numbers != [0] else ""
            yield f"{name}: {many[0].severity}: {len(rest):,} more{on} [{code}]"


def _place(name: str, flaw: PdfFlaw) -> str:
    return f"{name}, page {flaw.page}" if flaw.page else name
