"""The title that a program noted in a document: less sure than the text's own, surer than a file's name."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.metadata.empty_labels import says_nothing
from converter.recognisers.metadata.file_names import fits_any_story, letters_of
from converter.recognisers.vocabulary import either

WHERE = "document, properties"
LONGEST = 255  # characters of a title
_NO_TITLE = regex(
    r"microsoft word\b.*|.*\.(?:docx?|rtf|odt|txt|pages|wpd)|document\s?\d*|"
    rf"(?:{either('site', 'untitled')}|{either('titles', 'untitled')})(?:\s\S{{1,20}}){{0,2}}",
    re.I,
    LONGEST,
)


def is_noted_title(title: str, opening: str = "") -> bool:
    """Whether what a program noted may be a story's title: it is no file's name, no word that stands for one
    ("Document1"), and not how the text begins (`opening`), which programs write there where nobody said a title."""
    bare = " ".join(title.split())
    if not bare or len(bare) > LONGEST or _NO_TITLE.fullmatch(bare) or fits_any_story(bare.casefold()):
        return False
    if says_nothing(bare):
        return False
    said, begins = letters_of(bare), letters_of(opening)
    return not (len(begins) > len(said) and begins.startswith(said))
