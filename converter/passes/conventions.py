"""What printers of each language do: quotation marks, dashes, spaces. Data only.

Sources: CLDR's delimiters, Chicago 6.9 to 6.115 and Hart's Rules 9 (English), the Duden and DIN 5008 (German), the
Lexique de l'Imprimerie nationale (French), the Ortografía of the RAE (Spanish).
"""

from __future__ import annotations

from typing import Literal

from converter.document.record import dataclass
from converter.recognisers.vocabulary import listed_words

NARROW, NO_BREAK = "\u202f", "\u00a0"
DashStyle = Literal["closed", "spaced-em", "spaced-en"]


@dataclass(frozen=True, slots=True)
class Conventions:
    """One language's house style.

    `inner` is the space inside the outer quotation marks, `before` the marks that carry a narrow space in front, `dash`
    how a dash inside a sentence is set, `speech_dash` what a line of dialogue begins with.
    """

    double: tuple[str, str] = ("“", "”")
    single: tuple[str, str] = ("‘", "’")
    inner: str = ""
    before: str = ""
    dash: DashStyle = "spaced-en"
    speech_dash: str = ""
    em_alone: bool = False  # an en dash stands between numbers only
    elisions: bool = False  # dialect cuts words at either end, as English does
    cut: frozenset[str] = frozenset()  # words that are written with an apostrophe in front


def _cut(language: str) -> frozenset[str]:
    return frozenset(listed_words("apostrophes", "cut", language))


ENGLISH = Conventions(dash="closed", elisions=True)
GERMAN = Conventions(("„", "“"), ("‚", "‘"), cut=_cut("de"))
FRENCH = Conventions(("«", "»"), ("“", "”"), NARROW, ";:!?", "spaced-em", "— ")
SPANISH = Conventions(("«", "»"), ("“", "”"), dash="closed", speech_dash="—")
GUILLEMETS = Conventions(("«", "»"), ("“", "”"), dash="spaced-em", speech_dash="— ")
RUSSIAN = Conventions(("«", "»"), ("„", "“"), dash="spaced-em", speech_dash="— ", em_alone=True)

BY_LANGUAGE: dict[str, Conventions] = {
    "en": ENGLISH,
    "de": GERMAN,
    "de-CH": Conventions(("«", "»"), ("‹", "›"), cut=_cut("de")),
    "fr": FRENCH,
    "fr-CH": Conventions(("«", "»"), ("‹", "›"), NARROW, ";!?", "spaced-em", "— "),
    "fr-CA": Conventions(("«", "»"), ("“", "”"), NARROW, "", "spaced-em", "— "),
    "es": SPANISH,
    "ca": SPANISH,
    "gl": SPANISH,
    "it": Conventions(("«", "»"), ("“", "”"), cut=_cut("it")),
    "pt": Conventions(("«", "»"), ("“", "”"), dash="spaced-em", speech_dash="— "),
    "pt-BR": Conventions(dash="spaced-em", speech_dash="— "),
    "nl": Conventions(cut=_cut("nl")),
    "af": Conventions(cut=_cut("nl")),
    "sv": Conventions(("”", "”"), ("’", "’"), speech_dash="– "),
    "fi": Conventions(("”", "”"), ("’", "’"), speech_dash="– "),
    "da": Conventions(("»", "«"), ("›", "‹"), speech_dash="– "),
    "nb": Conventions(("«", "»"), ("‘", "’"), speech_dash="– "),
    "nn": Conventions(("«", "»"), ("‘", "’"), speech_dash="– "),
    "pl": Conventions(("„", "”"), ("«", "»"), speech_dash="– "),
    "cs": Conventions(("„", "“"), ("‚", "‘")),
    "sk": Conventions(("„", "“"), ("‚", "‘")),
    "sl": Conventions(("„", "“"), ("‚", "‘")),
    "hr": Conventions(("„", "”"), ("‘", "’"), speech_dash="– "),
    "hu": Conventions(("„", "”"), ("»", "«"), speech_dash="– "),
    "ro": Conventions(("„", "”"), ("«", "»"), speech_dash="– "),
    "bg": Conventions(("„", "“"), ("’", "’"), dash="spaced-em", speech_dash="— "),
    "ru": RUSSIAN,
    "uk": RUSSIAN,
    "be": RUSSIAN,
    "el": GUILLEMETS,
    "lt": Conventions(("„", "“"), ("‚", "‘"), speech_dash="– "),
    "et": Conventions(("„", "“"), ("‚", "‘"), speech_dash="– "),
    "lv": GUILLEMETS,
    "tr": Conventions(),
    "sr": Conventions(("„", "”"), ("’", "’"), speech_dash="– "),
    "mk": Conventions(("„", "“"), ("’", "‘"), speech_dash="– "),
    "is": Conventions(("„", "“"), ("‚", "‘")),
    "ka": Conventions(("„", "“"), ("«", "»"), speech_dash="– "),
    "hy": Conventions(("«", "»"), ("„", "“"), speech_dash="– "),
    "am": Conventions(("«", "»"), ("‹", "›")),
}


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """Of a script that has marks of its own, what stands for a typewriter's: quotation marks outside and inside (one
    character each way), the dash of dialogue and of sentences, whether commas and stops are as wide as a sign; "" for
    what stays as it is."""

    double: str
    single: str = ""
    dash: str = ""
    wide_stops: bool = False


OWN_MARKS: dict[str, OwnMarks] = {
    "ar": OwnMarks("«»", dash="–"),
    "fa": OwnMarks("«»", dash="–"),
    "ur": OwnMarks("“”", dash="–"),
    "he": OwnMarks("””", dash="–"),
    "hi": OwnMarks("“”", "‘’", dash="–"),
    "ko": OwnMarks("“”", "‘’"),
    "th": OwnMarks("“”", "‘’"),
    "zh": OwnMarks("“”", "‘’", wide_stops=True),
    "zh-tw": OwnMarks("「」", wide_stops=True),
    "zh-hk": OwnMarks("「」", wide_stops=True),
    "zh-hant": OwnMarks("「」", wide_stops=True),
    "km": OwnMarks("“”"),
    "lo": OwnMarks("“”"),
    "my": OwnMarks("“”"),
}
"""CLDR's delimiters; but double marks in Korean, as in novels, and guillemets in Arabic, which point the right way
however a line is turned."""
UNTOUCHED = frozenset({*OWN_MARKS, "ja", "yi"})  # by the other rules


def conventions_for(language: str) -> Conventions | None:
    """The conventions of a BCP 47 tag, by the whole tag or its first part. None: leave every mark as it is."""
    primary = language.split("-", 1)[0].lower()
    if primary in UNTOUCHED:
        return None
    return BY_LANGUAGE.get(language) or BY_LANGUAGE.get(primary) or (ENGLISH if not primary else Conventions())
