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
    elisions: bool = False  # dialect cuts words at either end, as English does
    cut: frozenset[str] = frozenset()  # words that are written with an apostrophe in front


def _cut(language: str) -> frozenset[str]:
    return frozenset(listed_words("apostrophes", "cut", language))


ENGLISH = Conventions(dash="closed", elisions=True)
GERMAN = Conventions(("„", "“"), ("‚", "‘"), cut=_cut("de"))
FRENCH = Conventions(("«", "»"), ("“", "”"), NARROW, ";:!?", "spaced-em", "— ")
SPANISH = Conventions(("«", "»"), ("“", "”"), dash="closed", speech_dash="—")
GUILLEMETS = Conventions(("«", "»"), ("“", "”"), dash="spaced-em", speech_dash="— ")

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
    "ru": Conventions(("«", "»"), ("„", "“"), dash="spaced-em", speech_dash="— "),
    "uk": Conventions(("«", "»"), ("„", "“"), dash="spaced-em", speech_dash="— "),
    "be": GUILLEMETS,
    "el": GUILLEMETS,
    "lt": Conventions(("„", "“"), ("‚", "‘"), speech_dash="– "),
    "et": Conventions(("„", "“"), ("‚", "‘"), speech_dash="– "),
    "lv": GUILLEMETS,
    "tr": Conventions(),
    "ko": Conventions(dash="closed"),
}
UNTOUCHED = frozenset(
    {"zh", "ja", "ko", "th", "ar", "he", "fa", "ur", "hi", "yi", "my", "km", "lo"}
)  # marks of their own


def conventions_for(language: str) -> Conventions | None:
    """The conventions of a BCP 47 tag, by the whole tag or its first part. None: leave every mark as it is."""
    primary = language.split("-", 1)[0].lower()
    if primary in UNTOUCHED:
        return None
    return BY_LANGUAGE.get(language) or BY_LANGUAGE.get(primary) or (ENGLISH if not primary else Conventions())
