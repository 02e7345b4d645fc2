"""What a single line end means in a story, and which looks say nothing because all of it has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from converter.document.record import dataclass
from converter.recognisers.lines.line_ends import LineUse, line_use, usual_blank

SET_SHARE = 0.7  # of all letters in one style: that is how the story is set, it stresses nothing


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


class LineMeasure:
    """The habit of a story, learnt text by text."""

    def __init__(self) -> None:
        self.lines: list[str] = []  # that one line end alone ends
        self.runs: Counter[int] = Counter()  # line ends in a row
        self.shares: Counter[str] = Counter()  # letters in each style
        self.letters = 0
        self._line: list[str] = []
        self._ends = 0

    def border(self) -> None:
        """A block begins or ends."""
        self._line, self._ends = [], 0

    def line_end(self) -> None:
        """A line ends inside a block."""
        self._ends += 1

    def text(self, text: str, styles: Iterable[str]) -> None:
        """The next text, its white space levelled, in these styles: "italic", "bold", "center"."""
        if self._ends:
            if before := "".join(self._line).strip():
                self.runs[self._ends] += 1
                if self._ends == 1:
                    self.lines.append(before)
            self.border()
        self._line.append(f"{text} ")
        self.letters += len(text)
        for name in styles:
            self.shares[name] += len(text)

    def habit(self) -> LineHabit:
        """What has been learnt."""
        italic, bold, center = (self.shares[name] < SET_SHARE * self.letters for name in ("italic", "bold", "center"))
        return LineHabit(line_use(self.lines, self.runs), usual_blank(self.runs), italic, bold, center, self.letters)
