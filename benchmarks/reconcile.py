"""How well copies of stories are told apart and joined: `python -m benchmarks.reconcile 45` for so many stories.

Precision and recall are of pairs of files that are in one group; of the chapters those are right that have the words of
the newest revision.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import PurePath

from benchmarks.heaps import heap, newest
from converter.build.joined import joined
from converter.build.pipeline import understand
from converter.build.settings import Settings
from converter.document.contracts import Reading, Source
from converter.document.findings.copies import CopyVersion
from converter.reconciling.copies import Copy, body_text, copy_of
from converter.reconciling.fingerprints import bare_words
from converter.reconciling.groups import grouped


def main(stories: int) -> None:
    """Prints the figures for a heap of so many stories."""
    for heads in (True, False):
        files = list(heap(stories, heads=heads))
        begun = time.process_time()
        readings = [understand([Source(f.name, f.data, PurePath(f.name).suffix)], Settings()) for f in files]
        read = time.process_time()
        copies = [copy_of(r.book, f.name, PurePath(f.name).stem) for f, r in zip(files, readings, strict=True)]
        known = time.process_time()
        found = grouped(copies)
        done = time.process_time()
        together = {pair for group in found.groups for pair in combinations(group, 2)}
        wanted = {(a, b) for a, b in combinations(range(len(files)), 2) if files[a].story == files[b].story}
        right = len(together & wanted)
        kind = "with title and author" if heads else "without a head"
        print(f"{len(files)} files, {kind}: precision {right / len(together):.3f}, recall {right / len(wanted):.3f}")
        print(f"  seconds: {read - begun:.1f} reading, {known - read:.1f} fingerprints, {done - known:.1f} groups")
        own: dict[int, list[int]] = defaultdict(list)
        for place, file in enumerate(files):
            own[file.story].append(place)
        _chapters({s: [(copies[p], readings[p]) for p in places] for s, places in own.items()})
        print(f"  seconds: {time.process_time() - done:.1f} joining")


def _chapters(stories: dict[int, list[tuple[Copy, Reading]]]) -> None:
    right = wrong = told = 0
    for story, own in stories.items():
        made = joined([copy for copy, _ in own], [reading for _, reading in own])
        book = {c.number: bare_words(body_text(c)) for _, c in made.reading.book.walk() if c.number}
        doubtful = {d.chapter for d in made.result.doubts if isinstance(d, CopyVersion)}
        for number, (heading, paragraphs) in enumerate(newest(story).chapters, 1):
            if book.get(number) == bare_words("\n".join(paragraphs)):
                right += 1
            else:
                wrong += 1
                told += heading in doubtful
    print(f"  chapters: {right} right, {wrong} wrong, of which {told} were told as doubts")


if __name__ == "__main__":
    main(int(sys.argv[1]))
