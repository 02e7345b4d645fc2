"""Draws the pictures of the README from the sample stories: `.venv/bin/python docs/pictures/draw.py`.

Needs what the tests need: pdftoppm, Chromium and the Node packages of `tests/checkers`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
STORIES = ROOT / "stories"
GREY = (226, 224, 219)
GAP = 28  # pixels around and between what is shown
sys.path.insert(0, str(ROOT))

from converter import convert  # noqa: E402
from tests.checkers.foliate import Shot, read_books  # noqa: E402
from tests.checkers.programs import browser  # noqa: E402

COVERS = (
    ("the-orchard-under-the-lake", "classic"),
    ("the-night-bus-does-not-stop-here.html", "modern"),
    ("the-salt-post.txt", "romance"),
    ("the-understudy-dragon.txt", "serial"),
    ("das-zimmer-der-verspaeteten-zuege.txt", "modern"),
    ("the-museum-of-ordinary-weather.txt", "classic"),
)
GROWN = "\n\nChapter 9: A Curtain Call\n\nThe dragon bowed, and the house stood up. Nobody asked for the prince.\n"
STYLES = ("classic", "modern", "romance", "serial", "large-print", "manuscript")


def row(pictures: list[Image.Image], height: int, gap: int = GAP) -> Image.Image:
    """Pictures side by side on grey, all of one height."""
    scaled = [
        p.convert("RGB").resize((round(p.width * height / p.height), height), Image.Resampling.LANCZOS)
        for p in pictures
    ]
    sheet = Image.new("RGB", (sum(p.width for p in scaled) + gap * (len(scaled) - 1) + 2 * GAP, height + 2 * GAP), GREY)
    x = GAP
    for picture in scaled:
        sheet.paste(picture, (x, GAP))
        x += picture.width + gap
    return sheet


def pages(pdf: Path, *wanted: int) -> list[Image.Image]:
    """Pages of a PDF, counted from 1."""
    found = []
    for number in wanted:
        stem = pdf.with_suffix(f".{number}")
        subprocess.run(
            ["pdftoppm", "-r", "170", "-png", "-singlefile", "-f", str(number), "-l", str(number), pdf, stem],
            check=True,
        )
        found.append(Image.open(f"{stem}.png"))
    return found


def printed(story: str, style: str, folder: Path) -> Path:
    """The PDF of a sample story in a style."""
    pdf = folder / f"{Path(story).stem}-{style}.pdf"
    pdf.write_bytes(convert(STORIES / story, to=("pdf",), style=style)["pdf"])
    return pdf


def words_on(pdf: Path, words: str) -> int:
    """The first page on which these words stand."""
    text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout
    text = re.sub(r"[‐\xad-]\n|\u2060", "", text)
    return next(n for n, page in enumerate(text.split("\f"), 1) if words in " ".join(page.split()))


def keep(picture: Image.Image, name: str) -> None:
    """Writes a picture small enough for a README: JPEG for covers, few colours for pages."""
    if name.endswith(".jpg"):
        picture.save(HERE / name, quality=84, optimize=True, progressive=True)
    else:
        picture.quantize(128, dither=Image.Dither.NONE).save(HERE / name, optimize=True)
    print(name, picture.size, (HERE / name).stat().st_size // 1024, "KB")


def report_shown(folder: Path) -> Image.Image:
    """The page that shows what became of the stories of a folder, of which one has grown and one is empty."""
    stories, page = folder / "stories", folder / "report.html"
    shutil.copytree(STORIES, stories)
    chapbook = [sys.executable, "-m", "converter", "convert", "stories", "-o", "books", "-t", "epub", "-q"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(chapbook, cwd=folder, check=True, env=env)
    with (stories / "the-understudy-dragon.txt").open("a", encoding="utf-8") as file:
        file.write(GROWN)
    (stories / "notes-for-later.txt").write_text("")
    subprocess.run([*chapbook, "--report", str(page)], cwd=folder, check=False, env=env)
    return shown(page.as_uri(), folder / "report.png")


def shelf_shown(folder: Path) -> Image.Image:
    """The shelf of the books that were made for the report."""
    command = [sys.executable, "-u", "-m", "converter", "serve", "books"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            told = iter(server.stdout.readline, "")
            address = next(line.split()[-1] for line in told if "http://" in line)
            next(line for line in told if "Ctrl-C" in line)
            return shown(address, folder / "shelf.png")
        finally:
            server.terminate()


def shown(address: str, shot: Path) -> Image.Image:
    """A page as a browser shows it."""
    size = ["--hide-scrollbars", "--window-size=1000,760"]
    subprocess.run(
        [browser(), "--headless", "--no-sandbox", *size, f"--screenshot={shot}", address],
        check=True,
        capture_output=True,
    )
    return Image.open(shot)


def main() -> None:
    """Draws all of them."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        keep(row([pages(printed(story, style, folder), 1)[0] for story, style in COVERS], 400), "covers.jpg")
        post = printed("the-salt-post.txt", "classic", folder)
        verse = words_on(post, "Tell us of kettles")
        left = verse - verse % 2
        lake = printed("the-orchard-under-the-lake", "classic", folder)
        opening = words_on(lake, "said the engineer. He had been sent out")
        keep(row([*pages(post, left, left + 1), *pages(lake, opening, opening + 1)], 620, 2), "pages.png")
        shown = []
        for style in STYLES:
            pdf = printed("the-understudy-dragon.txt", style, folder)
            shown += pages(pdf, words_on(pdf, "who owned the theatre"))
        keep(row(shown, 380, 14), "styles.png")
        epub = folder / "dragon.epub"
        epub.write_bytes(convert(STORIES / "the-understudy-dragon.txt", to=("epub",))["epub"])
        orchard = folder / "orchard.epub"
        orchard.write_bytes(convert(STORIES / "the-orchard-under-the-lake", to=("epub",))["epub"])
        read_books(
            {
                epub: [
                    Shot(str(folder / "phone.png"), 5, 400, 760, scale=1.5),
                    Shot(str(folder / "dark.png"), 5, 400, 760, dark=True, scale=1.5),
                ],
                orchard: [Shot(str(folder / "lake.png"), 4, 400, 760, scale=1.5)],
            }
        )
        keep(row([Image.open(folder / f"{n}.png") for n in ("phone", "dark", "lake")], 620, 24), "phone.png")
        keep(report_shown(folder), "report.png")
        keep(shelf_shown(folder), "shelf.png")


if __name__ == "__main__":
    main()
