"""What lies beside stories: told by an entry's name and kind alone, without a look into it."""

from __future__ import annotations

from collections.abc import Mapping

from converter.folders.covers import is_picture
from converter.folders.kinds import ending_of, name_accompanies, systems_folder, unread_because
from converter.folders.listing import Entry, Reads
from converter.folders.understood import Other, OtherKind

BESIDE = {  # endings of what lies beside stories and of what was made of them
    ".toml": "settings of a story, or of another program",
    **dict.fromkeys((".json", ".jsonl", ".opf", ".xml"), "what a program noted"),
    **dict.fromkeys((".css", ".js", ".ttf", ".otf", ".woff", ".woff2", ".ico", ".svg"), "a part of pages"),
    **dict.fromkeys((".mp3",), "sound"),
    **dict.fromkeys((".epub", ".pdf", ".azw3", ".mobi"), "a finished book"),
}
MADE = "a book that was made here"
NO_PDF = "no story is read from .pdf; save it as HTML or text where it was written"


def aside(known: Mapping[str, Entry], reads: Reads) -> dict[str, Other]:
    """What is neither a story, nor a picture, nor a folder, by the names and kinds of these entries."""
    others = {e.name: other for e in known.values() if (other := _other(e, reads))}
    links = [e for e in known.values() if e.of and others.keys().isdisjoint((e.name, e.of)) and not is_picture(e.name)]
    return others | {e.name: Other(e.name, "beside", f"a link to {e.of}") for e in links}


def printed(others: Mapping[str, Other]) -> list[Other]:
    """The PDFs among these: where nothing else is, a person may think that they are stories."""
    finished = BESIDE[".pdf"]
    return [o for o in others.values() if ending_of(o.name) == ".pdf" and (o.kind, o.why) == ("beside", finished)]


def _other(entry: Entry, reads: Reads) -> Other | None:
    """What an entry is by its name and kind alone, when it is neither a story, nor a picture, nor a folder."""
    name, ending = entry.name, ending_of(entry.name)

    def other(kind: OtherKind, why: str) -> Other:
        return Other(name, kind, why)

    if name.startswith((".", "~")):
        return other("hidden", "hidden, or another program's")
    if entry.kind == "folder":
        return _folder(name)
    if entry.kind == "made":
        return other("beside", MADE)
    if entry.kind == "link here":
        return other("beside", "a link to a folder that is found where it lies")
    if entry.kind != "file" and (ending in BESIDE or is_picture(name)):
        return other("beside", entry.what)
    if entry.kind == "link out":
        return other("outward", "leads out of the folder and is left alone; name it to convert it")
    if entry.kind == "special":
        return other("unread", entry.what)
    if ending in BESIDE:
        return other("settings" if ending == ".toml" else "beside", BESIDE[ending])
    if is_picture(name):
        return None
    if not reads(ending):
        return other("companion" if name_accompanies(name) else "unread", unread_because(name))
    if name_accompanies(name):
        return other("companion", "it goes with stories, by its name; name it to have it read")
    return None


def _folder(name: str) -> Other | None:
    """What a folder is that no person made; None for a person's."""
    if name.startswith("__"):
        return Other(name, "hidden", "hidden, or another program's")
    kept = systems_folder(name)
    return Other(name, *kept) if kept else None
