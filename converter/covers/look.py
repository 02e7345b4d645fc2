"""Choosing a look: layout, palette and terrain, from what is said about the story."""

from __future__ import annotations

from converter.covers.moods import FAMILIES, MOODS, PLAIN, Mood, Terrain
from converter.covers.palettes import PALETTES, Palette
from converter.covers.seeded import pick
from converter.document.model import Metadata
from converter.document.patterns import regex
from converter.document.record import dataclass

GENRE, TAG, FANDOM, TITLE, RATING = 4, 2, 2, 3, 1
"""What one word counts for the mood: a genre is chosen with care, a tag is one of many, a title stands on the cover."""

TOKEN = regex(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Look:
    """`seed` are the facts from which everything else about the drawing follows."""

    layout: str
    palette: Palette
    terrain: Terrain
    seed: tuple[str, ...]


def choose_look(metadata: Metadata, family: str, layouts: tuple[str, ...]) -> Look:
    """The look of a story, or of a whole series: then nothing but the series' name (and the family) has a say, so that
    all its volumes look alike.

    `family` is a name in `FAMILIES` or one of the `layouts`; any other leaves the choice to the mood. The facts used
    do not change when a story grows: no word counts, no dates.
    """
    series = " ".join(metadata.series.casefold().split())
    if series:
        seed: tuple[str, ...] = ("series", series)
        mood = _mood(((series, TITLE),))
    else:
        seed = ("story", " ".join(metadata.title.casefold().split()), *(a.casefold() for a in metadata.authors))
        mood = _mood((
            *((g, GENRE) for g in metadata.genres), *((t, TAG) for t in metadata.tags),
            *((f, FANDOM) for f in metadata.fandoms),
            (metadata.rating, RATING), (f"{metadata.title} {metadata.subtitle}", TITLE),
        ))  # fmt: skip
    if family in FAMILIES:
        choices = FAMILIES[family]
        choices = tuple(c for c in choices if c in mood.layouts) or choices
    elif family in layouts:
        choices = (family,)
    else:
        choices = mood.layouts
    palette = PALETTES[pick(mood.palettes, "palette", *seed)]
    return Look(pick(choices, "layout", *seed), palette, mood.terrain, seed)


def _mood(facts: tuple[tuple[str, int], ...]) -> Mood:
    scores = dict.fromkeys(MOODS, 0)
    for text, weight in facts:
        padded = f" {' '.join(TOKEN.findall(text.casefold()))} "
        for name, mood in MOODS.items():
            if any(_stands_in(word, padded) for word in mood.words):
                scores[name] += weight
    best = max(scores.values())
    return next((MOODS[name] for name, score in scores.items() if score == best and best), PLAIN)


def _stands_in(word: str, padded: str) -> bool:
    word = word.replace("/", " ")
    return f" {word[:-1]}" in padded if word.endswith("*") else f" {word} " in padded
