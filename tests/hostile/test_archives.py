"""Archives that lie about their sizes, are damaged, or would unpack without end: one line, or one file left out."""

from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from converter.checker.epub import check_epub
from converter.document.errors import InputError, NotAStory, TooLarge
from converter.limits.unzip import Archive, ArchiveLimits, Damaged, TooMuch
from tests.inspection.others import packed
from tests.pages.making import PROSE, page, prose, read, text
from tests.pages.test_hostile import png, zipped
from tests.shell.running import STORY, chapbook
from tests.shell.test_check import clean

# VmHWM, since `ru_maxrss` also counts what the process that began this one held (Linux keeps it over fork and exec)
MEASURED = """
import sys
from converter.cli import main
try:
    main()
finally:
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print("peak", int(line.split()[1]) // 1024, file=sys.__stderr__)
"""


def peak(*args: str, cwd: Path) -> tuple[int, str]:
    """`chapbook ARGS` in a process of its own: its largest memory in MB, and all it said."""
    command = [sys.executable, "-c", MEASURED, *args]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    return int(said.rsplit("peak ", 1)[1].split()[0]), said


def patched(data: bytes, name: str, change: Callable[[bytearray, int, int], None]) -> bytes:
    """The archive with one file's two headers changed: `change` gets all bytes, the place of the header of the file
    and that of its entry in the list."""
    out = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        local = archive.getinfo(name).header_offset
    at = data.rindex(name.encode())  # the list of files stands last
    change(out, local, at - 46)
    return bytes(out)


def method(number: int) -> Callable[[bytearray, int, int], None]:
    def change(out: bytearray, local: int, listed: int) -> None:
        struct.pack_into("<H", out, local + 8, number)
        struct.pack_into("<H", out, listed + 10, number)

    return change


def locked(out: bytearray, local: int, listed: int) -> None:
    out[local + 6] |= 1
    out[listed + 8] |= 1


def wrong_sum(out: bytearray, local: int, listed: int) -> None:
    struct.pack_into("<I", out, listed + 16, 0x12345678)


def cut_short(out: bytearray, local: int, listed: int) -> None:
    size = struct.unpack_from("<I", out, listed + 20)[0]
    struct.pack_into("<I", out, listed + 20, size // 2)


def torn(out: bytearray, local: int, listed: int) -> None:
    start = local + 30 + struct.unpack_from("<H", out, local + 26)[0]
    out[start + 2 : start + 40] = bytes(b ^ 0xA5 for b in out[start + 2 : start + 40])


def no_header(out: bytearray, local: int, listed: int) -> None:
    out[local : local + 4] = b"....."[:4]


def said_to_be_small(out: bytearray, local: int, listed: int) -> None:
    struct.pack_into("<I", out, listed + 24, 10)


FAULTS = [method(99), method(14), locked, wrong_sum, cut_short, torn, no_header, said_to_be_small]
NAMES = ["unknown method", "lzma", "locked", "checksum", "cut short", "torn", "no header", "said to be small"]


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_damaged_file_costs_itself(fault: Callable[[bytearray, int, int], None]) -> None:
    whole = zipped({"1.html": page(prose()), "2.html": page("<p>The second page, which is lost.</p>" + prose())})
    parsed = read(patched(whole, "2.html", fault), suffix=".zip")
    assert text(parsed).count(PROSE[0]) == 2
    told = [d for d in parsed.findings if d.code == "archive-part"]
    assert [d.origin.source for d in told if d.origin] == ["page.zip/2.html"]
    pictures = zipped({"a.html": page(prose() + '<p><img src="b.png" alt="b"></p>'), "b.png": png(40, 40)})
    parsed = read(patched(pictures, "b.png", fault), suffix=".zip")
    assert not parsed.book.resources
    assert "archive-part" in {d.code for d in parsed.findings}
    only = patched(zipped({"story.html": page(prose())}), "story.html", fault)
    with pytest.raises(NotAStory, match=r"story\.html is ") as error:
        read(only, suffix=".zip")
    assert error.value.remedy


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_a_damaged_file_of_an_epub_is_a_finding(fault: Callable[[bytearray, int, int], None]) -> None:
    with zipfile.ZipFile(io.BytesIO(clean())) as book:
        name = next(n for n in book.namelist() if n.endswith("chapter-1.xhtml"))
    found = check_epub(patched(clean(), name, fault))
    assert (name, "container-file-unreadable") in {(f.file, f.code) for f in found}


def test_of_two_files_of_one_name_it_is_said() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", page("<p>The first of them.</p>"))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.html", page(prose()))
    parsed = read(out.getvalue(), suffix=".zip")
    assert text(parsed).count(PROSE[0]) == 2
    assert any("a.html is there twice" in d.message for d in parsed.findings)


def test_names_that_are_no_text() -> None:
    whole = zipped({"1.html": page(prose()), "näme.html": page(prose())})
    broken = whole.replace("näme".encode(), b"n\xff\xfeme")
    with pytest.raises(InputError) as error:
        read(broken, suffix=".zip")
    assert "\n" not in str(error.value)
    assert {f.code for f in check_epub(broken)} == {"container-unreadable"}


@pytest.mark.parametrize("suffix", [".zip", ".htmlz", ".epub"])
def test_archives_damaged_anywhere_never_raise_anything_else(suffix: str) -> None:
    whole = (
        clean() if suffix == ".epub" else zipped({"i.html": page(prose()), "b.png": png(9, 9), "metadata.opf": b"<p/>"})
    )
    for seed in range(150):
        chance = random.Random(seed)
        out = bytearray(whole)
        for _ in range(chance.choice((1, 4, 30))):
            out[chance.randrange(2, len(out))] = chance.randrange(256)
        data = bytes(out[: chance.randrange(2, len(out))] if seed % 5 == 0 else out)
        if suffix == ".epub":
            check_epub(data, ("kobo", "kindle", "apple", "old"))
            continue
        try:
            read(data, suffix=suffix)
        except InputError as error:
            assert "\n" not in f"{error}"  # noqa: PT017 - most are read


# -------------------------------------------------------------------------------------------------------- bombs


def kernel_bomb(names: list[str]) -> bytes:
    """Many files that share the bytes of the first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(names[0], page(prose(40)))
        first = archive.filelist[0]
        archive.filelist.extend([first] * 200)
    return out.getvalue()


def test_files_that_lie_over_one_another_are_a_bomb() -> None:
    with pytest.raises(TooLarge, match="over one another"):
        read(kernel_bomb(["a.html"]), suffix=".zip")
    assert {f.code for f in check_epub(kernel_bomb(["a.html"]))} == {"container-too-large"}


def test_sizes_are_counted_while_unpacking() -> None:
    limits = ArchiveLimits(entries=3, member=5_000_000, total=8_000_000)
    noise = random.Random(1).randbytes(6_000_000)
    archive = Archive(zipped({"a": noise[:2_000_000], "b": noise, "c": noise[:3_000_000]}), limits)
    assert archive.read("a") == noise[:2_000_000]
    with pytest.raises(TooMuch, match="more than 5 MB"):
        archive.read("b")
    with pytest.raises(TooMuch, match="8 MB already"):
        archive.read("c")
    with pytest.raises(TooMuch, match="far more"):
        Archive(zipped({"a": bytes(3_000_000)})).read("a")
    with pytest.raises(TooMuch, match="4 files"):
        Archive(zipped(dict.fromkeys("abcd", b"")), limits)
    with pytest.raises(Damaged):
        Archive(b"PK\x03\x04 and no more")


def repetitive(size: int, seed: int) -> bytes:
    """Text that packs fifty times: below every suspicion."""
    chance = random.Random(seed)
    lines = [
        f"<p>{chance.randbytes(6).hex()} {'the tide came in and went out ' * 20}</p>\n".encode() for _ in range(800)
    ]
    whole = b"".join(lines)
    return whole * (size // len(whole))


def test_a_zip_of_a_megabyte_takes_no_gigabyte(tmp_path: Path) -> None:
    files = {f"{n}.css": repetitive(50_000_000, n) for n in range(4)} | {"z.html": page(prose())}
    files |= {f"{n}.png": bytes(60_000_000) for n in range(3)}
    files["z.html"] = page(prose() + "".join(f'<img src="{name}" alt="x">' for name in files))
    (tmp_path / "bomb.zip").write_bytes(zipped(files))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("index.html", b" " * 400_000_000)
    (tmp_path / "dense.zip").write_bytes(out.getvalue())
    assert (tmp_path / "dense.zip").stat().st_size < 1_000
    memory, said = peak("bomb.zip", "-t", "epub", cwd=tmp_path)
    assert memory < 450, memory
    assert "1 chapter" in said
    memory, said = peak("dense.zip", "-t", "epub", cwd=tmp_path)
    assert memory < 200, memory
    assert "method 12" in said


def test_an_epub_of_two_megabytes_takes_no_gigabyte(tmp_path: Path) -> None:
    """Files for two gigabytes, and documents of nothing but elements."""
    entries: dict[str, str | bytes] = {f"EPUB/{n}.css": bytes(90_000_000) for n in range(3)}
    entries |= {f"EPUB/{n}.css": repetitive(80_000_000, n) for n in range(3, 6)}
    (tmp_path / "bytes.epub").write_bytes(packed(entries))
    with zipfile.ZipFile(io.BytesIO(clean())) as book:
        held: dict[str, str | bytes] = {n: book.read(n) for n in book.namelist() if n != "mimetype"}
    package = next(n for n in held if n.endswith(".opf"))
    items = "".join(f'<item id="x{n}" href="x{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(3))
    held[package] = held[package].replace(b"</manifest>", items.encode() + b"</manifest>")  # type: ignore[arg-type, union-attr]
    chance = random.Random(1)
    body = b"".join(b"<b/><i/><u a='%d'/>" % chance.randrange(9) for _ in range(400_000))
    for n in range(3):  # a gigabyte of elements together, were they all looked at
        held[f"{Path(package).parent}/x{n}.xhtml"] = (
            b"<html xmlns='http://www.w3.org/1999/xhtml'><body>" + body + b"</body></html>"
        )
    (tmp_path / "elements.epub").write_bytes(packed(held))
    memory, said = peak("check", "bytes.epub", "--no-epubcheck", cwd=tmp_path)
    assert memory < 450, memory
    assert "[container-file-too-large]" in said
    memory, said = peak("check", "elements.epub", "--no-epubcheck", cwd=tmp_path)
    assert memory < 900, memory
    assert "more elements than are looked at" in said


def test_entities_that_grow_are_refused_by_the_check() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(io.BytesIO(clean())) as book:
        held: dict[str, str | bytes] = {n: book.read(n) for n in book.namelist() if n != "mimetype"}
    name = next(n for n in held if n.endswith("chapter-1.xhtml"))
    held[name] = bomb + "]><html xmlns='http://www.w3.org/1999/xhtml'><body>&a9;</body></html>"
    assert (name, "xml-malformed") in {(f.file, f.code) for f in check_epub(packed(held))}


# --------------------------------------------------------------------------------------------- saved as MHTML


def mhtml(*parts: str) -> bytes:
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    return (head + "".join(f"--x\n{part}\n" for part in parts) + "--x--\n").encode()


PAGE_PART = f"Content-Type: text/html; charset=utf-8\n\n{page(prose()).decode()}"


@pytest.mark.parametrize(
    "part",
    [
        "Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: http://x/a.png\n\n!!!!=A=",
        "Content-Type: image/png; charset*0*=x''%ff; charset*9*=\xff\n\nx",
        "Content-Type: text/html; charset=\x00klingon\n\nx",
        "Content-Transfer-Encoding: x-uuencode\nContent-Location: a\n\nbegin 999 x\n\xff\xff",
        "Content-Type: multipart/mixed\n\nno boundary",
        "Content-ID: <\nContent-Location: http://[\n\nx",
    ],
)
def test_odd_parts_of_an_mhtml_leave_the_page_alone(part: str) -> None:
    parsed = read(mhtml(PAGE_PART, part), suffix=".mhtml")
    assert text(parsed).count(PROSE[0]) == 2


def test_an_mhtml_of_nothing_but_parts_is_refused() -> None:
    with pytest.raises(TooLarge, match="parts"):
        read(mhtml(*[""] * 200_000), suffix=".mhtml")
    nested = PAGE_PART
    for n in range(3_000):
        nested = f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n{nested}\n--b{n}--"
    with pytest.raises(InputError) as error:
        read(mhtml(nested), suffix=".mhtml")
    assert "\n" not in str(error.value)


# --------------------------------------------------------------------------------------- the commands


def test_one_bad_book_does_not_keep_the_others_from_being_checked(tmp_path: Path) -> None:
    import json

    (tmp_path / "good.epub").write_bytes(clean())
    (tmp_path / "damaged.epub").write_bytes(clean()[:3_000])
    (tmp_path / "folder.epub").mkdir()
    os.mkfifo(tmp_path / "pipe.epub")
    names = ("missing.epub", "damaged.epub", "folder.epub", "pipe.epub", "good.epub")
    run = chapbook("check", *names, "--no-epubcheck", cwd=tmp_path)
    assert run.code == 1
    assert run.err == ""
    assert "good.epub: nothing wrong" in run.out
    for name in names[:-1]:
        assert f"{name}: error: " in run.out
    found = json.loads(chapbook("check", *names, "--json", "--no-epubcheck", cwd=tmp_path).out)
    assert [bool(found[name]["flaws"]) for name in names] == [True, True, True, True, False]
    assert [bool(found[name]["accessibility"]) for name in names] == [False, False, False, False, True]


def test_another_book_in_the_way_is_looked_into_with_care(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "story.epub").write_bytes(zipped({"a.opf": bytes(400_000_000)}))
    memory, said = peak("story.txt", "-t", "epub", cwd=tmp_path)
    assert " - story.epub" in said  # another name: that book is nobody's of ours
    assert memory < 200, memory
