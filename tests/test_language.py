"""The language of a story, whatever stands before and after it."""

from __future__ import annotations

import pytest

from converter.recognisers.language.detection import detect_language
from tests.test_decoding import STORIES

TAGS = {
    "English": "en", "French": "fr", "German": "de", "Spanish": "es", "Portuguese": "pt", "Danish": "da",
    "Polish": "pl", "Czech": "cs",
    "Hungarian": "hu", "Russian": "ru", "Ukrainian": "uk", "Greek": "el", "Turkish": "tr",
    "Hebrew": "he", "Arabic": "ar", "Thai": "th", "Lithuanian": "lt", "Japanese": "ja", "Korean": "ko",
    "simplified Chinese": "zh-Hans", "traditional Chinese": "zh-Hant",
}  # fmt: skip


@pytest.mark.parametrize("name", STORIES)
def test_each_language(name: str) -> None:
    tag, confidence = detect_language(STORIES[name])
    assert tag == TAGS[name]
    assert confidence > 0.7


def test_an_english_licence_around_a_german_story() -> None:
    licence = (
        "This work may be copied by anyone for any purpose, provided that this notice stays with every copy of it. "
        * 30
    )
    story = (STORIES["German"] + "\n\n") * 400
    assert detect_language(licence + story + licence)[0] == "de"


@pytest.mark.parametrize("text", ["", "   ", "1234 - 5678", "* * *", "http://example.org/one/two"])
def test_nothing_to_go_by(text: str) -> None:
    assert detect_language(text) == ("und", 0.0)
