"""How long the pages of a shelf take: `python -m benchmarks.shelf [--books 5000]`, median and worst in milliseconds.

In one process, without a network: what the program itself needs for an answer.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.shelf.shelves import PAGES, browser, many

TIMES = 40


def main() -> None:
    """Prints a line for each page."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--books", type=int, default=5_000)
    with tempfile.TemporaryDirectory() as place:
        client = browser(many(Path(place), options.parse_args().books))
        for path in (*PAGES, "/opds", "/opds/new", "/opds/v2/new"):
            client.get(path)
            times = []
            for _ in range(TIMES):
                began = time.perf_counter()
                client.get(path)
                times.append(1_000 * (time.perf_counter() - began))
            print(f"{path:24}{median(times):7.1f} ms {max(times):7.1f} ms")


if __name__ == "__main__":
    main()
