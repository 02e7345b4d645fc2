"""Spaces at which no line may end: behind addresses and titles, before numbers, in long numbers, behind small words."""

from __future__ import annotations

import pytest

from converter.passes.ties import tied_words, ties
from converter.recognisers.vocabulary import languages, listed_words
from tests.passes import improve, typeset

TIED = {
    "en": "Mrs.~Penn asked Dr~Weir for No.~12 of St.~Oda’s, and J.~R. Moor for 1~250~000 plums.",
    "fr": "M.~Dulac devait 3~400 francs à Mme~Roy, au n°~7.",
    "de": "Frau~Dr.~Lind las S.~40 in Nr.~3.",
    "pl": "O~godz.~6.15 Pan~Lis był w~domu i~z~nikim nie mówił.",
    "cs": "Seděl u~okna s~bratrem a~mlčel.",
    "ru": "Он стоял в~саду и~смотрел на дом №~9.",
    "es": "La Sra.~Vega leyó la pág.~30.",
}


HOURS = {
    "en": "At 4:30~a.m. he woke, slept till 11~am, and at 6~P.M. (or 6.15~pm) he ate.",
    "de": "Um 16~Uhr und um 7:30~Uhr.",
    "es": "A las 4:30~a.~m. y a las 9~p.m. salió.",
    "fr": "À 16~h, puis à 18~heures.",
    "nl": "Om 16~uur.",
}


@pytest.mark.parametrize("language", HOURS)
def test_no_line_parts_an_hour_from_its_word(language: str) -> None:
    wanted = HOURS[language].replace("~", "\u00a0")
    assert typeset(wanted.replace("\u00a0", " "), language) == wanted


@pytest.mark.parametrize("text", ["In 1893 am I to go?", "I am 4. Am I old?", "At 4 amber lamps went out.", "1,204 pm"])
def test_other_figures_before_such_words_are_not_tied(text: str) -> None:
    assert "\u00a0" not in typeset(text, "en")


@pytest.mark.parametrize("language", TIED)
def test_no_line_parts_them(language: str) -> None:
    wanted = TIED[language].replace("~", "\u00a0")
    typed = wanted.replace("\u00a0", " ").replace("’", "'")
    assert typeset(typed, language) == wanted
    texts, changes, _ = improve(language, wanted)
    assert texts == [wanted]
    assert not [c for c in changes if c.code == "ties"]


@pytest.mark.parametrize("before", ["", " ", "“", "(", "— ", "x", "’", "."])
def test_a_text_with_a_tied_word_is_looked_at(before: str) -> None:
    """What a glance finds is what the words themselves find, whatever stands before them, in all languages."""
    for language in languages():
        kinds = ("names", "numbers", "letters")
        words = [word for kind in kinds for word in listed_words("ties", kind, language)]
        for word in words:
            for text in (f"{before}{word} Ada", f"{before}{word.upper()} 7", f"{before}{word}, Ada"):
                assert ties(language).likely(text) == bool(tied_words(words).search(text)), (language, text)


@pytest.mark.parametrize(
    "text", ["He was a dr. of nothing.", "It was I. And you?", "In 1893 400 came.", "She said no. 3 came."]
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert typeset(text, "en") == text


def test_a_small_word_of_another_language_is_not_tied() -> None:
    assert "\u00a0" not in typeset("A dog i saw, a cat o mine.", "en")
