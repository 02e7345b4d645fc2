"""The few words that a book says on its own account (Contents, Cover, Book 2 of ...), in the language of the story."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from converter.document.record import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Words in one language. `series` takes `{number}` and `{series}`, `volume` and `chapter` take `{number}`,
    `made_with` `{program}`; `back` is read to those who can't see."""

    contents: str
    cover: str
    title_page: str
    start: str
    notes: str
    back: str
    series: str
    translator: str
    illustrator: str
    editor: str
    contributor: str
    fandom: str
    genre: str
    rating: str
    warnings: str
    relationships: str
    characters: str
    tags: str
    status: str
    words: str
    chapters: str
    published: str
    updated: str
    source: str
    landmarks: str
    volume: str
    pages: str
    made_with: str
    chapter: str


_OTHER_NAMES = {
    "no": "nb",
    "nn": "nb",
    "sh": "hr",
    "bs": "hr",
    "fil": "tl",
    "iw": "he",
    "in": "id",
}  # of the same words


_TRADITIONAL = frozenset(("hant", "tw", "hk", "mo"))


@cache
def _read() -> dict[str, Labels]:
    """The labels of all languages, from `labels.toml`."""
    import tomllib

    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {language: Labels(*words) for language, words in tomllib.loads(text).items()}


def labels_for(language: str) -> Labels:
    """The labels for a BCP 47 tag, by its first part, and the script or region where that has words of its own; English
    where there is no translation."""
    tag, _, rest = language.lower().partition("-")
    parts = rest.split("-")
    if tag == "yue" or (tag == "zh" and not _TRADITIONAL.isdisjoint(parts)):
        tag, parts = "zh", ["hant"]
    own = {f"{tag}-{part}" for part in parts}
    labels = _read()
    name = next((name for name in labels if name.lower() in own), _OTHER_NAMES.get(tag, tag))
    return labels.get(name) or labels["en"]
