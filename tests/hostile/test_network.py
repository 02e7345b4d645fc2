"""A real server that must hear nothing, and a secret file that must be in no book, whatever a page asks for."""

from __future__ import annotations

import http.server
import threading
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from tests.hostile.test_archives import mhtml, zipped
from tests.pages.making import page, prose
from tests.pages.test_hostile import png
from tests.shell.running import chapbook

SECRET = "The ledger of the lighthouse is kept in the third drawer"


class Heard(http.server.ThreadingHTTPServer):
    """A server on this machine that notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(handler) -> None:  # noqa: N805 - names of the library
                self.asked.append(handler.path)
                handler.send_response(200)
                handler.send_header("Content-Type", "image/png")
                handler.end_headers()
                handler.wfile.write(png(30, 30))

            def log_message(handler, *_: object) -> None:  # noqa: N805
                pass

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def server() -> Iterator[Heard]:
    heard = Heard()
    thread = threading.Thread(target=heard.serve_forever, daemon=True)
    thread.start()
    with urllib.request.urlopen(f"{heard.address}/hello") as answer:  # it would hear
        assert answer.status == 200
    assert heard.asked.pop() == "/hello"
    yield heard
    heard.shutdown()
    heard.server_close()


REACHING = """
<base href="{out}/base/"><link rel="stylesheet" href="{out}/l.css"><link rel="icon" href="{out}/icon.png">
<link rel="preload" as="image" href="{out}/pre.png"><meta http-equiv="refresh" content="0;url={out}/meta">
<meta property="og:image" content="{out}/og.png">
<style>@import url("{out}/i.css"); @import "{file}"; @font-face {{ font-family: x; src: url({out}/f.woff) }}
@font-face {{ font-family: y; src: url({file}) }} body {{ font-family: x, y; background: url({out}/b.png) }}
p::before {{ content: url({out}/c.png) }} p::after {{ content: url("{file}") }}</style>"""
BODY = """
<iframe src="{out}/frame"></iframe><iframe src="{file}"></iframe><iframe srcdoc="<img src='{out}/srcdoc.png'>"></iframe>
<object data="{out}/o"></object><object data="{file}"></object><embed src="{out}/e"><video src="{out}/v" poster="{out}/p"></video>
<p style="background: url({out}/style.png); list-style-image: url({file})">A paragraph with a look of its own.</p>
<p><img src="{out}/img.png" alt="far"> <img src="{file}" alt="near"> <img src="//127.0.0.1:{port}/slashes.png" alt="x">
<img srcset="{out}/set.png 2x" alt="set"> <img data-src="{out}/lazy.png" alt="lazy"> <img src="relative.png" alt="based">
<img src="{path}" alt="absolute"> <img src="../{name}" alt="up"> <img src="%2e%2e/{name}" alt="up again"></p>
<picture><source srcset="{out}/source.png"><img src="drawn.svg" alt="drawn"></picture>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image href="{out}/svg.png"/>
<image xlink:href="{file}"/><use href="{out}/use.svg#a"/><foreignObject><iframe src="{out}/foreign"></iframe></foreignObject></svg>
<p><img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{out}/data.png'/%3E%3C/svg%3E" alt="d"></p>
<math><mi href="{out}/math">x</mi></math><a ping="{out}/ping" href="{out}/a">A link is only a link.</a>"""
DRAWN = """<!DOCTYPE svg [<!ENTITY x SYSTEM "{file}">]><?xml-stylesheet href="{out}/xsl"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90">
<style>@import url({out}/in.css);</style><image xlink:href="{out}/in.png"/><image href="{file}"/><text>&x;</text></svg>"""


def reaching(server: Heard, secret: Path) -> dict[str, str]:
    port = str(server.server_address[1])
    return {"out": server.address, "file": secret.as_uri(), "path": str(secret), "name": secret.name, "port": port}


def shown(folder: Path) -> str:
    """All that the EPUB and the PDF hold as text."""
    text = ""
    with zipfile.ZipFile(folder / "output" / "story.epub") as book:
        for name in book.namelist():
            text += book.read(name).decode("utf-8", "replace")
    with pikepdf.open(folder / "output" / "story.pdf") as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                text += thing.read_bytes().decode("latin-1") if not thing.get("/Subtype") else ""
        assert not any("/EF" in str(o.keys()) for o in pdf.objects if isinstance(o, pikepdf.Dictionary))
    return text


@pytest.mark.parametrize("kind", ["html", "zip", "mhtml", "md"])
def test_no_page_reaches_out(tmp_path: Path, kind: str, server: Heard) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"{SECRET}\n")
    folder = tmp_path / "here"
    folder.mkdir()
    to = reaching(server, secret)
    html = page(prose() + BODY.format(**to) + prose(), REACHING.format(**to))
    drawn = DRAWN.format(**to).encode()
    (folder / "drawn.svg").write_bytes(drawn)
    (folder / "relative.png").write_bytes(png(20, 20))
    data = {
        "html": html,
        "zip": zipped({"index.html": html, "drawn.svg": drawn}),
        "mhtml": mhtml(
            f"Content-Type: text/html; charset=utf-8\nContent-Location: {to['out']}/page\n\n{html.decode()}"
        ),
        "md": f"# One\n\n![far]({to['out']}/md.png) ![near]({to['file']})\n\n{BODY.format(**to)}\n\nThe end.\n".encode(),
    }[kind]
    (folder / f"story.{kind}").write_bytes(data)
    run = chapbook(f"story.{kind}", "--title", "Reaching", cwd=folder)
    assert run.code == 0, run
    assert server.asked == []
    text = shown(folder)
    assert "third drawer" not in text
    assert "Reaching" in text
    for sign in ("@import", "<iframe", "<object", "<embed", f'src="{server.address}', f"url({server.address}"):
        assert sign not in text, text[max(0, text.find(sign) - 300) : text.find(sign) + 100]


def test_a_style_reaches_nothing_outside_it_in_print(tmp_path: Path, server: Heard) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>')
    to = reaching(server, secret)
    style = tmp_path / "here" / "mine"
    style.mkdir(parents=True)
    (style / "theme.toml").write_text('title = "Mine"\n')
    (style / "inner.svg").write_text(DRAWN.format(**to).partition("]>")[2].replace("&x;", ""))
    (style / "taken.svg").symlink_to(secret)
    (style / "print.css").write_text(
        f"@import url({to['out']}/s.css); @font-face {{ font-family: z; src: url({to['out']}/z.ttf), url({to['file']}) }}\n"
        f"body {{ background: url({to['out']}/bg.png), url({to['file']}), url(inner.svg), url(taken.svg), url(../../secret.svg) }}\n"
        f".titlepage::before {{ content: url({to['file']}) url(inner.svg); font-family: z }}\n"
    )
    (tmp_path / "here" / "story.txt").write_text("Title: Reaching\n\nThe lamp went out at nine.\n")
    run = chapbook("story.txt", "--style", "mine", cwd=tmp_path / "here")
    assert run.code == 0, run
    assert server.asked == []
    assert "third drawer" not in shown(tmp_path / "here")
