"""Each language's own marks, dashes and spaces."""

from __future__ import annotations

import pytest

from converter.passes import passes_for
from tests.passes import typeset

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("language", "typed", "wanted"),
    [
        ("de", '"Komm!", rief er, "sonst wird\'s zu spät."', "„Komm!“, rief er, „sonst wird’s zu spät.“"),
        ("de", "Sie sagte: \"Er hat 'nein' gesagt.\"", "Sie sagte: „Er hat ‚nein‘ gesagt.“"),
        ("de", "'ne Frau -- und 'n Mann.", "’ne Frau – und ’n Mann."),
        ("de-CH", '"Ja", sagte sie.', "«Ja», sagte sie."),
        ("fr", '"Viens! dit-elle; où vas-tu?"', "«~Viens~! dit-elle~; où vas-tu~?~»"),
        ("fr", "« Viens » dit-il : rien ...", "«~Viens~» dit-il~: rien_…"),
        ("fr", "- Où vas-tu ?", "— Où vas-tu~?"),
        ("fr", "L'an dernier, à 10:30, http://a.fr/?x", "L’an dernier, à 10:30, http://a.fr/?x"),
        ("es", '"Hola", dijo. ¿"Quién"?', "«Hola», dijo. ¿«Quién»?"),
        ("es", "-Hola -dijo ella-. Adiós.", "—Hola —dijo ella—. Adiós."),
        ("it", "\"È vero\", disse l'uomo del '68. Un po' di vino.", "«È vero», disse l’uomo del ’68. Un po’ di vino."),
        ("pt-BR", '"Vem", disse ele -- e saiu.', "“Vem”, disse ele — e saiu."),
        ("nl", '"Kom \'s avonds," zei hij, "\'t is laat."', "“Kom ’s avonds,” zei hij, “’t is laat.”"),
        ("sv", '"Kom", sade han.', "”Kom”, sade han."),
        ("da", '"Kom," sagde han.', "»Kom,« sagde han."),
        ("pl", '"Chodź", powiedział. - Nie.', "„Chodź”, powiedział. – Nie."),
        ("cs", '"Pojď," řekl.', "„Pojď,“ řekl."),
        ("ru", '"Привет", - сказал он.', "«Привет», — сказал он."),
        ("ru", "- Куда ты? - спросила она.", "— Куда ты? — спросила она."),
        ("ja", "「はい」...", "「はい」..."),
    ],
)
def test_conventions(language: str, typed: str, wanted: str) -> None:
    assert typeset(typed, language) == wanted.replace("~", NARROW).replace("_", "\u00a0")


def test_no_typography_means_no_passes() -> None:
    assert passes_for("en", typography=False) == ()
