"""What people install has all it needs: the wheel, unpacked anywhere, converts a story."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.shell.running import STORY

ROOT = Path(__file__).parents[2]


def test_the_wheel_converts_a_story(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    data = {
        p.relative_to(ROOT / "converter")
        for p in (ROOT / "converter").rglob("*")
        if p.suffix in (".toml", ".java", ".html", ".css", ".js")
    }
    assert {p.suffix for p in data} == {".toml", ".java", ".html", ".css", ".js"}
    assert Path("shelf/static/vendor/foliate-js/view.js") in data, "run tools/vendor-reader"
    assert all((tmp_path / "installed" / "converter" / p).exists() for p in data)
    (tmp_path / "story.txt").write_text(STORY)
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    where = [sys.executable, "-c", "import converter; print(converter.__file__)"]
    place = subprocess.run(where, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout
    assert place.startswith(str(tmp_path))
    for args in (["story.txt", "-t", "epub,pdf", "--style", "modern"], ["styles"], ["sites"]):
        done = subprocess.run(
            [sys.executable, "-m", "converter", *args],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "output" / "story.pdf").exists()
