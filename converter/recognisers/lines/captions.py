"""What is said of a picture: words for its caption, or only its file's name and what kind of thing it is."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.lines.breaks import describes_drawn_break
from converter.recognisers.lines.sentences import ends_sentence
from converter.recognisers.metadata.credits import role_in_byline
from converter.recognisers.metadata.names import author_in, byline, is_person
from converter.recognisers.vocabulary import either

CAPTION_LETTERS = 250  # more describes a picture to those who do not see it
BELOW_WORDS = 15  # of a stressed line right below a picture
_FILE = regex(r"\S+\.(?:jpe?g|png|gif|webp|svg|bmp|tiff?)\Z", re.I, 200)
_KIND = regex(
    rf"{either('library', 'pictures', 'pictured')}\W*(?:\w{{0,3}}\d*|{either('library', 'not_there')})\W*\Z",
    re.I,
    60,
)
_FIGURE = regex(
    rf"[(\[]?{either('library', 'figures')}\s*(?:no\.?\s*|nr\.?\s*)?(?:\d{{1,3}}[a-z]?|[IVXL]{{1,6}})"
    r"(?:(?<=\.\s\d)(?!\w)|\s*(?:[.:,;)\]–—-]|\Z))",
    re.I,
)
_WORD = regex(r"[^\W\d_]{2,}")


def is_caption(description: str) -> bool:
    """Whether what stands in a picture's place is said to its readers: several words, not "image 3", no file's name."""
    text = description.strip()
    if len(text) > CAPTION_LETTERS or len(_WORD.findall(text)) < 2 or _FILE.search(text):
        return False
    return not _KIND.match(text) and not describes_drawn_break(text, alone=True)


def is_caption_below(line: str) -> bool:
    """Whether a stressed line that stands below a picture, a paragraph of its own, may be its caption: a few words that
    end no sentence and speak to nobody."""
    text = line.strip()
    few = 0 < len(text.split()) <= BELOW_WORDS
    return few and not ends_sentence(text) and text[0] not in "\"“‘'«„—–-"


def is_numbered_figure(line: str) -> bool:
    """Whether a line opens as that under a numbered picture: "Fig. 3. The quay", "Plate IV", "Abb. 2: Der Kai"."""
    return _FIGURE.match(line.strip()) is not None


def says_whose_picture(line: str) -> bool:
    """Whether a line says who drew the picture above it: "Drawn by Ada Moss"."""
    text = line.strip().rstrip(".")
    drawn = 0 < len(text.split()) <= BELOW_WORDS and role_in_byline(text) == "illustrator"
    return drawn and is_person(author_in(text) or byline(text))
