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
    assert "{number}" in own.chapter


def test_other_names_of_a_language() -> None:
    assert labels_for("no").contents == labels_for("nb-NO").contents == "Innhold"
    assert labels_for("xx") == labels_for("") == labels_for("en-GB")


def test_a_region_or_a_script_may_have_words_of_its_own() -> None:
    assert (labels_for("pt").contents, labels_for("pt-PT").contents, labels_for("pt-BR").contents) == (
        "Índice", "Índice", "Sumário",
    )  # fmt: skip
    assert (labels_for("sr").contents, labels_for("sr-Latn-RS").contents) == ("Садржај", "Sadržaj")
    assert {labels_for(tag).contents for tag in ("yue", "zh-TW", "zh-Hant-HK", "zh-Hant")} == {"目錄"}
    assert {labels_for(tag).contents for tag in ("zh", "zh-CN", "zh-Hans")} == {"目录"}
