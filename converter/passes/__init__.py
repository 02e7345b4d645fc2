"""The order of the typographic passes, left to right, one reason per line.

In comes a `Book`, out come a better one and every change as a `Change` (`Improved`). Open this file first, then
`rules.py`: a rule sees only the flat text of the units of a chapter and answers with edits; the tree is rebuilt there.
`conventions.py` is what printers of each language do, as data. `quotes.py` with `marks.py` is the hard one: every
straight mark gets the direction it was meant to have.

No pass changes a letter: marks, dashes, dots and spaces are all it touches, and each edit is recorded. It knows strings
and the model, not where the story came from nor how it will be written.
"""

from __future__ import annotations

from converter.document.contracts import Pass
from converter.document.edit_script import edit_string
from converter.passes.apostrophes import inside_words
from converter.passes.capitals import capitals_to_italics
from converter.passes.conventions import conventions_for
from converter.passes.dashes import dashes, set_dashes
from converter.passes.ellipses import ellipses
from converter.passes.inner_spaces import inner_spaces
from converter.passes.label_stops import label_stops
from converter.passes.ordinals import ordinals
from converter.passes.own_marks import own_marks
from converter.passes.primes import measures, primes
from converter.passes.quotes import quotes
from converter.passes.rules import each, edit_text, edit_texts
from converter.passes.spaces import spaces, untidy
from converter.passes.ties import ties


def passes_for(language: str, *, typography: bool = True, italics: bool = False) -> tuple[tuple[str, Pass], ...]:
    """The passes for a story in this language (BCP 47), each with its name. None when typography is not wanted.

    `italics` sets stressed capitals in italics, before anything else. A language whose marks this program doesn't
    know keeps every mark; only its spaces are tidied.
    """
    first: tuple[tuple[str, Pass], ...] = (("capitals", capitals_to_italics),) if italics else ()
    if not typography:
        return first
    conventions = conventions_for(language)
    tidy = ("spaces", each(spaces(conventions), untidy))
    if conventions is None:
        own = own_marks(language)
        return (*first, ("spaces", edit_text(*tidy)), *((("own-marks", own),) if own else ()))
    tied = ties(language)
    marks = (
        tidy,  # first: the other rules look at neighbours, and a stray space is a false neighbour
        ("ellipses", each(ellipses)),  # before quotes: three dots close, one dot ends a sentence
        ("dashes", dashes(conventions)),  # before quotes: after a dash speech breaks off or begins
        ("dashes", set_dashes(conventions)),  # those that were hyphens have their form by now
        ("apostrophes", each(inside_words)),  # the sure ones, so that fewer are left to weigh
        ("primes", each(primes, measures)),  # before quotes: inches are no closing mark
    )
    return (
        *first,
        ("marks", edit_texts(marks)),
        ("label-stops", edit_text("label-stops", label_stops)),  # after ellipses: their dots are one sign by now
        ("quotes", quotes(conventions)),
        ("inner-spaces", edit_text("inner-spaces", inner_spaces(conventions))),  # the marks must point first
        ("ties", edit_text("ties", each(tied.edits, tied.likely))),  # late: what was one space is one no longer
        *((("ordinals", ordinals),) if language.partition("-")[0].lower() == "fr" else ()),  # last: it parts texts
    )


def typeset(text: str, language: str) -> str:
    """A title or a summary with the apostrophes inside its words; whatever else was typed stays."""
    return edit_string(text, inside_words(text)) if conventions_for(language) else text
