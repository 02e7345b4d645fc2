"""What holds for a story: the command line over its own file, over its folders', over its person's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from converter.build.batch import plan
from converter.build.inputs import Job, gather
from converter.build.reading import read_job
from converter.build.settings import layer
from tests.folders import lay, told
from tests.shell.running import chapbook

pytestmark = pytest.mark.slow


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person with defaults of their own, and the folder where stories are."""
    from converter.build import sidecars

    config = tmp_path / "config" / "chapbook"
    config.mkdir(parents=True)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    sidecars._user_path.cache_clear()
    yield tmp_path
    sidecars._user_path.cache_clear()


def jobs(folder: Path, **options: object) -> dict[str, Job]:
    return {j.group.stem: j for j in plan([folder / "stories"], layer(options), folder / "output")}


def test_the_nearer_wins(person: Path) -> None:
    lay(
        person,
        {
            "config/chapbook/config.toml": 'page = "a4"\nlanguage = "de"\npublisher = "User"\nstyle = "modern"\n',
            "stories/chapbook.toml": 'publisher = "Far"\nrights = "Far"\nauthor = "Far"\nnotes = "drop"\n',
            "stories/near/chapbook.toml": 'rights = "Near"\nauthor = "Near"\nto = ["epub"]\n',
            "stories/near/Salt.toml": 'rights = "File"\n',
            "stories/near/Salt.txt": told("salt"),
            "stories/near/Weir.txt": told("weir"),
            "stories/Eels.txt": "Eels\nby Bo Marsh\n\n" + told("eels"),
        },
    )
    found = jobs(person, style="classic")
    salt, weir, eels = found["Salt"], found["Weir"], found["Eels"]
    assert (salt.settings.style, salt.settings.page, salt.settings.notes, salt.settings.to) == (
        "classic",
        "a4",
        "drop",
        ("epub",),
    )
    assert eels.settings.to == ("epub", "pdf")

    def said(job: Job, key: str) -> tuple[str, str]:
        inputs = gather(job)
        witnesses = [m for m in (*inputs.above, *inputs.below) if getattr(m, key)]
        return getattr(witnesses[0], key), witnesses[0].found_in(key)

    assert said(salt, "rights") == ("File", "Salt.toml")
    assert said(weir, "rights") == ("Near", "chapbook.toml")
    assert said(eels, "rights") == ("Far", "chapbook.toml")
    assert said(weir, "publisher") == ("Far", "chapbook.toml")
    assert said(weir, "language") == ("de", "config.toml")


def test_a_default_does_not_take_a_story_from_its_author(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "chapbook.toml": 'author = "Ada Thorn"\npublisher = "The Weir Press"\n',
            "Eels.txt": "Eels\nby Bo Marsh\n\n" + told("eels"),
            "Salt.txt": told("salt"),
        },
    )
    shown = {
        n: json.loads(chapbook("inspect", f"{n}.txt", "--json", cwd=tmp_path).out)["metadata"] for n in ("Eels", "Salt")
    }
    assert [p["name"] for p in shown["Eels"]["people"]] == ["Bo Marsh"]
    assert [p["name"] for p in shown["Salt"]["people"]] == ["Ada Thorn"]
    assert shown["Salt"]["provenance"]["people"] == "chapbook.toml"
    assert shown["Eels"]["publisher"] == "The Weir Press"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('title = "Salt"\n', "chapbook.toml: title can't be the same for all stories"),
        ("notes = 3\n", "chapbook.toml:1: notes"),
        ("rights = ", "chapbook.toml:1: the sidecar can't be read"),
    ],
)
def test_defaults_that_can_not_be_followed(tmp_path: Path, text: str, line: str) -> None:
    lay(tmp_path, {"stories/chapbook.toml": text, "stories/Salt.txt": told("salt")})
    run = chapbook("stories", "-t", "epub", cwd=tmp_path)
    assert run.code == 1
    assert line in run.line


def test_a_changed_default_makes_its_stories_anew(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "stories/a/chapbook.toml": 'rights = "One"\n',
            "stories/a/Salt.txt": told("salt"),
            "stories/Weir.txt": told("weir"),
        },
    )
    assert chapbook("stories", "-t", "epub", cwd=tmp_path).code == 0
    assert "2 up to date" in chapbook("stories", "-t", "epub", cwd=tmp_path).out
    (tmp_path / "stories" / "a" / "chapbook.toml").write_text('rights = "Two"\n')
    assert "1 converted, 1 up to date" in chapbook("stories", "-t", "epub", cwd=tmp_path).out


def test_a_picture_is_the_cover_and_a_broken_one_costs_no_book(tmp_path: Path) -> None:
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (800, 1200), "navy").save(picture, "JPEG")
    lay(
        tmp_path,
        {
            "stories/Salt.txt": told("salt"),
            "stories/Salt.jpg": picture.getvalue(),
            "stories/Weir.txt": told("weir"),
            "stories/Weir.png": b"none",
        },
    )
    run = chapbook("stories", "-v", "-t", "epub", cwd=tmp_path)
    assert run.code == 0, run
    assert "Weir.png is named as the cover, but the cover is not an image; a cover is drawn [cover-unfit]" in run.err
    assert "Salt.jpg" not in run.err
    found = jobs(tmp_path)
    assert gather(found["Salt"]).cover is not None
    assert gather(found["Weir"]).cover is None


def test_a_file_that_is_named_gets_what_its_folder_tells(tmp_path: Path) -> None:
    lay(tmp_path, {f"stories/Ashfall {n} - {t}.txt": told(t) for n, t in ((1, "Kiln"), (2, "Forge"))})
    (one,) = plan([tmp_path / "stories" / "Ashfall 2 - Forge.txt"], {}, tmp_path / "output")
    both = {j.group.stem: j for j in plan([tmp_path / "stories"], {}, tmp_path / "output")}
    assert gather(one).below == gather(both["Ashfall 2 - Forge"]).below
    series = gather(one).below[0]
    assert (series.series, series.series_index, series.title) == ("Ashfall", "2", "Forge")


def test_a_default_says_the_language_of_stories_that_do_not(tmp_path: Path) -> None:
    lay(tmp_path, {"stories/chapbook.toml": 'language = "de"\n', "stories/Salt.txt": told("salt")})
    (job,) = jobs(tmp_path).values()
    assert read_job(job).book.metadata.language == "de"
    assert read_job(replace(job, options={"language": "fr"})).book.metadata.language == "fr"
