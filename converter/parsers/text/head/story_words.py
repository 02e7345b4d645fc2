"""What the words of a file say of its title page: which lines may be a title, which name the author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from converter.document.patterns import regex
from converter.parsers.text.head.telling import is_stat
from converter.parsers.text.head.typescript import cells
from converter.parsers.text.lines.layout import RowGroup
from converter.recognisers.metadata.author_lines import WORD, AuthorLines, signed_by
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.kinds import is_kind, may_be_kind
from converter.recognisers.metadata.names import byline, is_by

TITLE_WORDS = 16
BOTH = 2  # corners of a line
NEAR_BLOCKS, NEAR_LINES = 4, 4  # below a line of a title page, in which what belongs to it stands
SAMPLE = 1_000  # blocks of a story that tell its common words
LONGEST_TITLE = 90  # characters
BYLINE_LONGEST = 160  # characters: several names may stand in one
_BEHIND_WORD = regex(r"(?<=[^\W\d_][ \-])([^\W\d_]+)")
TWO_SENTENCES = regex(r"[^\W\d_]{3}[.!?]\s+[^\W\d_]+\s+[^\W\d_]", within=LONGEST_TITLE)


class StoryWords:
    """The story below a title page, as a witness of who is its author: it tells common words from names."""

    def __init__(self, groups: Sequence[RowGroup], file: str = "") -> None:
        self._groups = groups
        self._file = WORD.findall(file)  # the words of the file's name
        told = (r.text for g in groups[:SAMPLE] if g.words > TITLE_WORDS for r in g.rows)
        self._lines = AuthorLines(told, (g.rows[0].text for g in groups if len(g.rows) == 1))

    def has_author(self, line: str) -> bool:
        """Whether a line below the title is the author's name; one that stands alone again is a heading."""
        return self._lines.has_author(line)

    def writes_small(self, line: str) -> bool:
        """Whether the story writes a word of this line without a capital."""
        return self._tells(line)

    def begins_with_author(self, at: int, k: int, line: str, following: str) -> bool:
        """Whether the first line of a title page, row `k` of block `at`, is the author's name: a title is the next one,
        and no line below that names somebody."""
        if not self.has_author(line) or not self.has_title(following, line):
            return False
        below = self._below(at, k)[1:]
        kind = may_be_kind(following)
        return not any(names_author(b) or (kind and self.has_author(b)) for b in below)

    def _below(self, at: int, k: int) -> list[str]:
        """The next lines below row `k` of block `at`."""
        rows = (r.text for g in self._groups[at : at + NEAR_BLOCKS] for r in g.rows)
        return list(islice(rows, k + 1, k + 1 + NEAR_LINES))

    def has_title(self, line: str, above: str) -> bool:
        """Whether a line below a name is a title: it is none itself, or has words of the story and the other hasn't."""
        if not line or not title_words(line) or byline(line) or is_by(line) or line[0].islower() or is_kind(line):
            return False
        capitals = line.isupper() and not above.isupper()
        return not self.has_author(line) or capitals or (self._tells(line) and not self._tells(above))

    def _tells(self, line: str) -> bool:
        return any(len(w) > 1 and w.casefold() in self._lines.small for w in WORD.findall(line))

    def has_author_below(self, at: int, k: int, following: str) -> bool:
        """Whether the author stands below the title in row `k` of block `at`: in the row `following`, or below that."""
        if self.has_author(following):
            return True
        after = self._below(at, k)
        if len(after) < BOTH or not title_words(after[0]):
            return False
        return names_author(after[1]) or (may_be_kind(after[0]) and self.has_author(after[1]))

    def recased(self, word: str) -> str:
        """A word in capitals as the story writes it in mid-sentence, mostly; "" where it never does."""
        folded = word.casefold()
        if folded in self._small and self._small[folded] >= self._named[folded]:
            return word.lower()
        return word.capitalize() if folded in self._named else ""

    def named_in_file(self, title: Sequence[str]) -> list[str]:
        """The words of a title as the name of the file writes them; none where it has others, or writes all of them
        large or small."""
        folded = [w.casefold() for w in title]
        for at in range(len(self._file) - len(title) + 1):
            words = self._file[at : at + len(title)]
            if [w.casefold() for w in words] == folded:
                large = sum(not w[0].islower() for w in words)
                return words if 0 < large < len(words) else []
        return []

    @cached_property
    def _told(self) -> str:
        return "\n".join(r.text for g in self._groups[:SAMPLE] if g.words > TITLE_WORDS for r in g.rows)

    @cached_property
    def _named(self) -> Counter[str]:
        """The words that the story writes with a capital behind another word."""
        words = (m[1] for m in _BEHIND_WORD.finditer(self._told))
        return Counter(w.casefold() for w in words if w[0].isupper() and not w.isupper())

    @cached_property
    def _small(self) -> Counter[str]:
        """The words that the story writes without a capital, also where its script has none."""
        return Counter(w for w in WORD.findall(self._told) if not w[0].isupper())


def names_author(text: str) -> bool:
    """Whether a line is a byline, or its "by"."""
    return is_by(text) or (len(text) < BYLINE_LONGEST and bool(signed_by(text)))


def any_names_author(lines: Sequence[str]) -> bool:
    """Whether one of these lines is a byline, or has one in a corner."""
    return any(names_author(cell) for line in lines for cell in cells(line))


def title_words(text: str) -> bool:
    """Whether a line may be a title by its words: few, no speech, no end of a sentence, nothing with a label."""
    few = len(text.split()) <= TITLE_WORDS and len(text) <= LONGEST_TITLE
    ends = text.endswith((".", ",", ";", ":")) and not text.isupper()
    if TWO_SENTENCES.search(text):
        return False
    return few and not ends and text[:1] not in "\"“‘'«([-–—" and not read_field(text) and not is_stat(text)
