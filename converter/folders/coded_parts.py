"""Parts of a work whose files have a code or words for book and chapter, or for season and episode: "B1C01", "s02e01",
"Vol 2 Chapter 1"."""

from __future__ import annotations

from collections.abc import Sequence

from converter.folders.listing import Look
from converter.recognisers.language.detection import detect_language
from converter.recognisers.metadata.parts_in_names import part_in_name, spelled_out, whole_in_name

FEWEST = 2  # parts


def parts_in_codes(files: Sequence[str], look: Look) -> tuple[str, ...]:
    """What the part is called in which each of these files stands by its name, in the words of the text's language;
    empty where not all say one, or all are of one book."""
    stems = [name.rpartition("/")[2].rpartition(".")[0].lower() for name in files]
    wholes = [whole for stem in stems if (whole := whole_in_name(stem))]
    if (
        len(wholes) < len(stems)
        or len({whole.number for whole in wholes}) < FEWEST
        or not any(map(part_in_name, stems))
    ):
        return ()
    language = detect_language(look.first(files[0]).decode("utf-8", "replace"))[0]
    return tuple(f"{spelled_out(whole.word, language)} {whole.number}" for whole in wholes)
