"""Seconds and memory from a large web page to the model, beside BeautifulSoup's own parse of it, in the same run.

    python -m benchmarks.pages [--megabytes 2] [--runs 3] [--page FILE]

The page is a work of many chapters in an archive's markup with curly quotation marks, made here, or the one that is
named. Each measurement is a process of its own, its imports done before it starts; the fastest of the runs counts.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.invented import novel

MEASURED = """
import resource, sys, time
from pathlib import Path
data = Path(sys.argv[1]).read_bytes()
{warm}
before = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
start = time.process_time()
{work}
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(seconds, max(0, peak - before))
"""
OURS = {
    "warm": "from converter.document.contracts import Source\nfrom converter.parsers.html import html_parser\n"
    "parse = html_parser()\n"
    "parse(Source('a.html', b'<p>' + b'A lamp was lit in the window of the house. ' * 40, '.html'))",
    "work": "made = parse(Source('page.html', data, '.html'))",
}
THEIRS = {
    "warm": "from bs4 import BeautifulSoup\nBeautifulSoup('<p>a', 'lxml')",
    "work": "soup = BeautifulSoup(data.decode(), 'lxml')",
}


def page(size: int) -> str:
    """A work of about `size` bytes."""
    chapters: list[str] = []
    made = 0
    while made < size:
        number = len(chapters) + 1
        text = novel(3_000, seed=number).split("\n\n")[3:]
        body = "".join(f"<p>{_inline(p)}</p>\n" for p in text if p.strip())
        chapters.append(
            f'<div class="chapter" id="chapter-{number}"><div class="chapter preface group"><h3 class="title">'
            f'<a href="/works/1/chapters/{number}">Chapter {number}</a></h3></div>'
            f'<div class="userstuff module" role="article">{body}</div></div>'
        )
        made += len(chapters[-1].encode())
    title = "The Invented Sea"
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body>"
        '<div id="main"><dl class="work meta group"><dt class="rating tags">Rating:</dt>'
        f'<dd class="rating tags">General</dd></dl><div id="workskin"><div class="preface group">'
        f'<h2 class="title heading">{title}</h2><h3 class="byline"><a rel="author" href="/users/x">x</a></h3></div>'
        f'<div id="chapters">{"".join(chapters)}</div></div></div></body></html>'
    )


def _inline(paragraph: str) -> str:
    text = html.escape(" ".join(paragraph.split()), quote=False)
    text = re.sub(r"_(\w+)_", r"<em>\1</em>", text)
    text = re.sub(r'(^|\s)"', r"\1“", text).replace('"', "”").replace("'", "’")
    return text.replace(" -- ", "—")


def measured(what: dict[str, str], file: Path, runs: int) -> tuple[float, float]:
    """Processor seconds and megabytes at the peak, over what was there before."""
    best = (float("inf"), float("inf"))
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", MEASURED.format(**what), str(file)], capture_output=True, text=True, check=True
        )
        seconds, memory = map(float, done.stdout.split())
        best = (min(best[0], seconds), min(best[1], memory / 1e6))
    return best


def main() -> None:
    """Makes the page, measures both, prints a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--megabytes", type=float, default=2.0)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--page", type=Path)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = asked.page or Path(folder) / "page.html"
        if not asked.page:
            file.write_text(page(int(asked.megabytes * 1e6)), "utf-8")
        size = file.stat().st_size / 1e6
        print(f"{size:.2f} MB{'':17}{'cpu s':>8}{'peak MB':>9}{'x page':>8}")
        for name, what in (("page to model", OURS), ("BeautifulSoup alone", THEIRS)):
            seconds, memory = measured(what, file, asked.runs)
            print(f"{name:24}{seconds:8.2f}{memory:9.1f}{memory / size:8.1f}")


if __name__ == "__main__":
    main()
