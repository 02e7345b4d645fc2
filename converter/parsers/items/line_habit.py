"""What a single line end means in a story, and which looks say nothing because all of it has them."""

from __future__ import annotations

from converter.document.record import dataclass
from converter.recognisers.line_ends import LineUse


@dataclass(frozen=True, slots=True)
class LineHabit:
    """`line_use`: what a single `<br>` means. `blank`: blank lines between two paragraphs parted by `<br>`s (1
    = `<br><br>`)."""

    line_use: LineUse = "keep"
    blank: int = 1
    italic: bool = True  # does italic from CSS mean stress here?
    bold: bool = True
    center: bool = True
    letters: int = 0  # of the whole story, white space levelled
