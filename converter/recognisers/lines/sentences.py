"""Whether a text ends like a sentence."""

from __future__ import annotations

from converter.document.patterns import regex

_END = regex(r"[.!?…。！？][\"'”’»)\]」』）]*$")


def ends_sentence(text: str) -> bool:
    """Whether a text ends in the sign of a sentence, perhaps in quotation marks or a bracket."""
    return _END.search(text) is not None
