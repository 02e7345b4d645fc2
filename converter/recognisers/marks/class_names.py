"""What the class of an element, or the frame around it, says that it holds: an author's note, a spoiler, a poem."""

from __future__ import annotations

import re

from converter.document.patterns import regex

NAMES_CHARACTERS = 2_000  # characters of class names
NOTE = regex(
    r"author'?s?[-_ ]?notes?|(?:^|[-_\s])(?:a-?n|an-?note|t-?n)(?:$|[-_\s])|translators?[-_ ]?notes?|"
    r"wi_authornotes|(?:start|end|chapter)[-_]?notes?",
    re.I,
    NAMES_CHARACTERS,
)
SPOILER = regex(r"(?:^|[-_\s])(?:bbcode-?)?spoiler(?:$|s?[-_\s])|bbCodeSpoiler|sp-wrap", re.I, NAMES_CHARACTERS)
SPOILER_PART = regex(r"button|title|head|inner|content|body", re.I, NAMES_CHARACTERS)
SPOILER_HEAD = regex(r"button|spoiler[-_]?(?:title|head|button)|sp-head|summary", re.I, NAMES_CHARACTERS)
VERSE = regex(r"(?:^|[-_:\s])(?:poem|poetry|verse|stanza|linegroup|lyrics)(?:$|[-_\s])", re.I, NAMES_CHARACTERS)
_STEPS = regex(r"(?:^|\s)i(?:ndent)?[-_]?(\d{1,2})(?:$|\s)", re.I, NAMES_CHARACTERS)  # Project Gutenberg's "i2"
EPIGRAPH = regex(r"(?:^|[-_:\s])(?:epigraph|motto)(?:$|[-_\s])", re.I, NAMES_CHARACTERS)
DEDICATION = regex(r"(?:^|[-_:\s])dedication(?:$|[-_\s])", re.I, NAMES_CHARACTERS)
CAPTION = regex(  # of what is said under a picture; a caption's own element holds none
    r"(?:^|[-_])caption(?:[-_]?(?:text|dd))?\Z|(?:image|photo|picture|fig(?:ure)?|img|wp)[-_]?caption",
    re.I,
    NAMES_CHARACTERS,
)
CHAT = regex(
    r"(?:^|[-_\s])(?:chat|texts|texting|sms|imessages?|messages|conversation)(?:$|[-_\s])", re.I, NAMES_CHARACTERS
)
MESSAGE = regex(r"(?:^|[-_\s])(?:msg|message|text|bubble)(?:$|[-_\s\d])", re.I, NAMES_CHARACTERS)
SENDER = regex(r"(?:^|[-_\s])(?:name|sender|author|user|from|who)(?:$|[-_\s])", re.I, NAMES_CHARACTERS)
FRAME = regex(  # in a style: drawn by the author
    r"(?:^|[;\s])border\s*:(?!\s*(?:0|none|inherit|initial|unset|hidden)\b)", re.I, NAMES_CHARACTERS
)


def steps_set_in(names: str) -> int | None:
    """How many steps a line of verse is set in by its class: 2 for "i2"; None where it says nothing."""
    found = _STEPS.search(names)
    return int(found[1]) if found else None
