"""Lines that stand alone above a scene and say when it is, or whose eyes see it: "Later that night", "Ada's POV"."""

from __future__ import annotations

import re
from typing import Literal

from converter.document.patterns import regex
from converter.recognisers.metadata.names import is_person
from converter.recognisers.vocabulary import either, whole

LONGEST = 60  # characters
WORDS = 7
NAME_WORDS = 3
SceneLabel = Literal["", "sure", "time", "name", "end"]
_HOUR = r"\d{1,2}(?::\d{2}){1,2}(?:\s?[ap]\.?\s?m\.?)?|\d{1,2}(?:\.\d{2})?\s?[ap]\.?\s?m\.?"
_TIME = regex(
    rf"(?:{_HOUR}|(?:[\w'’\-]{{1,14}}\s+){{1,3}}{either('labels', 'spans')}\s+{either('labels', 'after')}"
    rf"|{either('labels', 'before')}\s+{either('labels', 'moments')}|{either('labels', 'times')})",
    re.I,
    LONGEST,
)
_PAST = regex(either("labels", "past"), re.I, LONGEST)
_END = regex(either("labels", "end"), re.I, LONGEST)
_POV = regex(whole("labels", "pov"), re.I, LONGEST)
_HELD = regex(
    r"\[([^\[\]]{2,40})\]|([-–—~*=<>]{1,6})\s?([^\[\]]{2,40}?)\s?\2|<([^<>]{2,40})>|>\s?([^<>]{2,40})\s?<",
    within=LONGEST,
)
_AROUND = " *_~[]()<>-–—=:#•\t"
_SPOKEN = frozenset("\"“”„«»'‘’")


def scene_label(text: str) -> SceneLabel:
    """What a line says of the scene below it: "sure" that it is one (a point of view, a flashback), a "time" or a
    "name" that may be one, "end" of what was told between; "" for any other line."""
    bare = text.strip(_AROUND).rstrip("…. ")
    if not bare or bare[0].islower() or len(text) > LONGEST or len(bare.split()) > WORDS or text[0] in _SPOKEN:
        return ""
    stopped = text.rstrip(" *_)]")[-1:]
    if stopped in '!?;,"”':
        return ""
    return _said_in_words(text, bare, stopped) or _held_name(text)


def _said_in_words(text: str, bare: str, stopped: str) -> SceneLabel:
    if _END.fullmatch(bare):
        return "end"
    if stopped != "." and (_PAST.fullmatch(bare) or _POV.search(bare)):
        return "sure"
    return "time" if _TIME.fullmatch(bare) and (stopped != "." or text.endswith(("..", "m."))) else ""


def _held_name(text: str) -> SceneLabel:
    held = _HELD.fullmatch(text.strip(" *_") if text[0] in "*_" else text)
    name = next((part for part in held.group(1, 3, 4, 5) if part), "") if held else ""
    return "name" if name and len(name.split()) <= NAME_WORDS and is_person(name) else ""
