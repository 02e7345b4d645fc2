"""The words that a book says on its own account: every language of the vocabulary has its own."""

from __future__ import annotations

import pytest

from converter.recognisers.vocabulary import languages
from converter.writers.labels import labels_for


@pytest.mark.parametrize("language", [tag for tag in languages() if tag not in ("en", "cjk")])
def test_a_language_has_its_own(language: str) -> None:
    own, english = labels_for(language), labels_for("en")
    assert own.contents != english.contents
    assert "{number}" in own.series
    assert "{series}" in own.series
    assert "{number}" in own.volume


def test_other_names_of_a_language() -> None:
    assert labels_for("no").contents == labels_for("nb-NO").contents == "Innhold"
    assert labels_for("xx") == labels_for("") == labels_for("en-GB")
