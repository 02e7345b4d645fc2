"""Parts of a work whose files have a code for book and chapter, or for season and episode: "B1C01", "s02e01"."""

from __future__ import annotations

from collections.abc import Sequence

from converter.folders.listing import Look
from converter.recognisers.language.detection import detect_language
from converter.recognisers.metadata.parts_in_names import SEASON, code_in_name, part_in_name, spelled_out


def parts_in_codes(files: Sequence[str], look: Look) -> tuple[str, ...]:
    """What the part is called in which each of these files stands by its code, in the words of the text's language;
    empty where they have no codes, or all are of one book."""
    stems = [name.rpartition("/")[2].rpartition(".")[0].lower() for name in files]
    codes = [code_in_name(stem) for stem in stems]
    if not codes or not all(codes):
        return ()
    numbers = [int(part.number // SEASON) for stem in stems if (part := part_in_name(stem))]
    if len(set(numbers)) < 2:
        return ()
    language = detect_language(look.first(files[0]).decode("utf-8", "replace"))[0]
    return tuple(f"{spelled_out(code[:1], language)} {n}" for code, n in zip(codes, numbers, strict=True))
