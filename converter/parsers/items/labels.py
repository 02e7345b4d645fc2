"""Labels of scenes: when it is, or whose eyes see it, alone on a line. The scene above ends there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from converter.document.model import Block, Heading, Paragraph, SceneBreak
from converter.document.patterns import regex
from converter.document.words import block_text, plain_text
from converter.recognisers.lines.labels import SceneLabel, scene_label

AGAIN = 2  # times that labels of a kind stand in a chapter: one alone may be a sentence cut short
WORD = regex(r"[^\W\d_]+")
PARTS = (SceneBreak, Heading)


def with_scene_labels(blocks: Sequence[Block], joined: Set[int] = frozenset()) -> list[Block]:
    """The blocks of a chapter with a scene break above each label, and below one that ends what was told between, where
    none is: for labels that say surely what they are, that stand again and again, or of which another of the kind
    follows a break. `joined`: places of blocks with another right above or below them; none of them is a label."""
    labels = [_label(block) if k not in joined else "" for k, block in enumerate(blocks)]
    if "name" in labels:
        labels = _of_persons(blocks, labels)
    meant = _meant(blocks, labels)
    out: list[Block] = []
    for k, block in enumerate(blocks):
        label = labels[k] if labels[k] in meant else ""
        above = labels[k - 1] if k and labels[k - 1] in meant else ""
        begins = (label and label != "end" and not above) or above == "end"
        if k and begins and not isinstance(blocks[k - 1], PARTS) and not isinstance(block, PARTS):
            out.append(SceneBreak("", block.origin))
        out.append(block)
    return out


def _label(block: Block) -> SceneLabel:
    """What a block says of the scene below it, if it is a label."""
    if not isinstance(block, Paragraph) or block.role:
        return ""
    text = plain_text(block.content).strip()
    return scene_label(text) if text and "\n" not in text else ""


def _of_persons(blocks: Sequence[Block], labels: Sequence[SceneLabel]) -> list[SceneLabel]:
    """The labels without those names of which the chapter says nothing else: "[Laughter]"."""
    told = " ".join(block_text(block) for block, label in zip(blocks, labels, strict=True) if label != "name")
    words = frozenset(WORD.findall(told))

    def is_told_of(block: Block) -> bool:
        return words.issuperset(WORD.findall(block_text(block)))

    return [
        "" if label == "name" and not is_told_of(block) else label for block, label in zip(blocks, labels, strict=True)
    ]


def _meant(blocks: Sequence[Block], labels: Sequence[SceneLabel]) -> Set[SceneLabel]:
    """The kinds of labels that are some here."""
    times = Counter(labels)
    after_break = {label for label, above in zip(labels[1:], blocks, strict=False) if isinstance(above, PARTS)}
    return {
        label
        for label, number in times.items()
        if label and (label in ("sure", "end") or number >= AGAIN or label in after_break)
    }
