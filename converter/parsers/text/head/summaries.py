"""The summary in a story's head where its label stands alone above it: "Văn án:", "あらすじ", "* Sinopsis *"."""

from __future__ import annotations

from collections.abc import Sequence

from converter.parsers.text.lines.layout import RowGroup
from converter.parsers.text.page.label_rows import LABEL_LETTERS, describes
from converter.recognisers.headings.families import Decision
from converter.recognisers.lines.authors_notes import is_note
from converter.recognisers.lines.breaks import is_break
from converter.recognisers.lines.letters import begins_epigraph
from converter.recognisers.metadata.fields import read_field
from converter.recognisers.metadata.names import byline
from converter.recognisers.vocabulary import listed_words

MOST_PARAGRAPHS, MOST_WORDS, MOST_LETTERS = 6, 300, 1_500  # of a summary
_BODY = frozenset(listed_words("titles", "body"))


def is_summary_label(text: str) -> bool:
    """Whether a line is the label of a summary alone, whatever is drawn around it."""
    if len(text) > 2 * LABEL_LETTERS:
        return False
    while text and not (text[0].isalnum() and text[-1].isalnum()):
        text = text[1:] if not text[0].isalnum() else text[:-1]
    return bool(text) and describes(text)


def without_summary(decisions: list[Decision], groups: Sequence[RowGroup], *, read: bool) -> list[Decision]:
    """The headings without a first one that is the label of a summary: the next one divides. `read`: heads are."""
    if read and len(decisions) > 1 and summary_end(groups, decisions[0].at, decisions[1].at, headed=True):
        return decisions[1:]
    return decisions


def summary_end(groups: Sequence[RowGroup], at: int, stop: int, *, headed: bool) -> int:
    """Behind the paragraphs of the summary whose label is group `at`; 0 where it is none.

    Up to a heading (`headed`: one stands at `stop`) all that is no fact, no note and no break is the summary; where
    none is known, only the paragraph below the label.
    """
    rows = groups[at].rows
    if not is_summary_label(rows[0].text):
        return 0
    if len(rows) > 1:
        return at + 1 if groups[at].words <= MOST_WORDS and not any(_begins_other(r.text) for r in rows[1:]) else 0
    end = at + 1
    while end < stop and end - at <= (MOST_PARAGRAPHS if headed else 1) and not _begins_other(groups[end].rows[0].text):
        end += 1
    told = groups[at + 1 : end]
    words, letters = sum(g.words for g in told), sum(len(r.text) for g in told for r in g.rows)
    return end if told and words <= MOST_WORDS and letters <= MOST_LETTERS else 0


def _begins_other(text: str) -> bool:
    return (
        is_break(text)
        or read_field(text) is not None
        or is_note(text)
        or begins_epigraph(text)
        or bool(byline(text))
        or text.strip(" 　") in _BODY
    )
