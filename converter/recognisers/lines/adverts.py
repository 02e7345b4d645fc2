"""What a publisher or an author tells the buyer of a book on pages before and behind the story."""

from __future__ import annotations

import re

from converter.document.patterns import regex
from converter.recognisers.lines.imprint import names_other_books
from converter.recognisers.vocabulary import either, whole

LONGEST_TITLE = 80  # characters
_TITLE = regex(rf"{either('adverts', 'titles')}(?:\s.{{1,60}})?", re.I, LONGEST_TITLE)
_SAYS = regex(whole("adverts", "says"), re.I)
_ADDRESS = regex(r"\bhttps?://|\bwww\.\w|\b[\w-]{2,40}\.(?:com|net|org|co\.uk|de|fr|es|it|nl|info)\b|\w@\w{2,}", re.I)
_QR = regex(r"\bqr(?:\b|[-_ ]?code)", re.I)


def is_adverts_title(title: str) -> bool:
    """Whether a page of this title praises or offers: "Also by Ada Thorn", "Newsletter", "Praise for The Weir"."""
    title = " ".join(title.split()).strip(" .:!")
    return names_other_books(title) or _TITLE.fullmatch(title) is not None


def advertises(text: str) -> bool:
    """Whether a paragraph speaks to a buyer: invites to a newsletter, offers, leads to an address."""
    return _SAYS.search(text) is not None or _ADDRESS.search(text) is not None


def shows_code(text: str) -> bool:
    """Whether what is said of a picture says that it is a code to be read by a telephone."""
    return _QR.search(text) is not None
