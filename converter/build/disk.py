"""A folder on this machine: what it lists, and the bytes that are read of its files until it is understood."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from converter.build.heads_ahead import HeadsAhead
from converter.folders.listing import END, FIRST, HEAD, WHOLE, Entry
from converter.limits.files import lies_in, read_edges, read_end, read_head, what_lies
from converter.parsers.works.heads import FileHead, file_head

PAGES = (".html", ".htm", ".xhtml")
MAILS = (".eml",)
DOCUMENTS = (".docx", ".docm", *MAILS)  # whose text is packed
MOST_OF_MAIL = 512 * 1024  # bytes of a mail that is looked into: what is attached stands behind
MOST_PACKED = 64 * 1024 * 1024  # bytes of a document that is looked into


class Disk:
    """Looks into the files of one folder, or below it, by their names there."""

    def __init__(self, folder: Path) -> None:
        self._home = f"{folder}{os.sep}"
        self._firsts: dict[str, bytes] = {}
        self._ends: dict[str, bytes] = {}  # read with the first bytes, for as a rule both are asked for
        self._last: tuple[str, bytes] = ("", b"")  # the head that was read last: a page's is asked for at once
        self._ahead: HeadsAhead | None = None

    @contextlib.contextmanager
    def reading_ahead(self, names: Sequence[str]) -> Iterator[None]:
        """While these files, in their order, are understood, the heads of many are read before they are asked for."""
        self._ahead = HeadsAhead(names, self._brief)
        try:
            yield
        finally:
            self._ahead.abandon()

    def first(self, name: str) -> bytes:
        """See `Look`: kept, for it is asked for again."""
        if name not in self._firsts:
            if name.lower().endswith(DOCUMENTS):
                text = self._unpacked(name)
                self._firsts[name], self._ends[name] = text[:FIRST], text[-END:]
            elif name.endswith(PAGES):
                self._last = (name, self._read(name, HEAD))
                self._firsts[name] = self._last[1][:FIRST]
            else:
                self._firsts[name] = self._ends[name] = b""
                with contextlib.suppress(OSError):
                    self._firsts[name], self._ends[name] = read_edges(self._home + name, FIRST, END)
        return self._firsts[name]

    def head(self, name: str) -> bytes:
        """See `Look`."""
        if name == self._last[0]:
            return self._last[1]
        if name.lower().endswith(DOCUMENTS):
            return self._unpacked(name)[:HEAD]
        first = self._firsts.get(name, b"")
        return first if 0 < len(first) < FIRST else self._read(name, HEAD)

    def end(self, name: str) -> bytes:
        """See `Look`."""
        if name.lower().endswith(DOCUMENTS):
            self.first(name)
        if name not in self._ends:
            self._ends[name] = b""
            with contextlib.suppress(OSError):
                self._ends[name] = read_end(self._home + name, 0, END)
        return self._ends[name] or self._firsts.get(name, b"")[-END:]

    def brief(self, name: str) -> FileHead:
        """See `Look`."""
        ahead = self._ahead.head(name) if self._ahead else None
        return ahead or self._brief(name)

    def _brief(self, name: str) -> FileHead:
        return file_head(self.first(name), self.end(name))

    def whole(self, name: str) -> bytes:
        """See `Look`."""
        return self._unpacked(name)[:WHOLE] if name.lower().endswith(DOCUMENTS) else self._read(name, WHOLE)

    def _unpacked(self, name: str) -> bytes:
        """The text of a Word document or of a mail, as that of a text file is."""
        if name.lower().endswith(MAILS):
            from converter.parsers.mail import glimpse as glimpse_mail

            return glimpse_mail(self._read(name, MOST_OF_MAIL))
        from converter.parsers.docx.glimpse import glimpse

        return glimpse(self._read(name, MOST_PACKED))

    def _read(self, name: str, most: int) -> bytes:
        with contextlib.suppress(OSError):
            return read_head(self._home + name, most)
        return b""


def entries_of(folder: Path, top: Path) -> list[Entry]:
    """What a folder lists; links count as what they lead to when that lies below `top`. Raises OSError."""
    with os.scandir(folder) as found:
        listed = [(_entry(e, top), _is_link(e)) for e in found]
    entries = [e for e, _ in listed]
    linked = [e for e, is_link in listed if e.kind == "file" and is_link]
    if not linked:
        return entries
    here, names = os.path.realpath(folder), {e.name for e in entries if e.kind == "file"} - {e.name for e in linked}
    leads = {e.name: os.path.split(os.path.realpath(folder / e.name)) for e in linked}
    beside = {name: target for name, (home, target) in leads.items() if home == here and target in names}
    return [replace(e, of=beside.get(e.name, "")) for e in entries]


def _is_link(entry: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):
        return entry.is_symlink()
    return False


def _entry(entry: os.DirEntry[str], top: Path) -> Entry:
    try:
        if entry.is_symlink():
            path = Path(entry.path)
            if not lies_in(path, top):
                return Entry(entry.name, "link out") if path.is_dir() or path.is_file() else _special(entry)
            if entry.is_dir():
                return Entry(entry.name, "link here")
        elif entry.is_dir(follow_symlinks=False):
            return Entry(entry.name, "folder")
        if not entry.is_file():
            return _special(entry)
        status = entry.stat()
    except OSError:
        return _special(entry)
    return Entry(entry.name, "file", status.st_size, status.st_mtime_ns, status.st_ino)


def _special(entry: os.DirEntry[str]) -> Entry:
    return Entry(entry.name, "special", what=what_lies(entry.path))
