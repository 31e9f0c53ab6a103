"""The films of the demo and of the starter courses: each plays, is short, and has captions and transcripts in
both languages that agree with its script."""

import runpy
import struct
from pathlib import Path

import pytest

from sauga.kernel.media.upload_checks import captions, inspection
from sauga.kernel.media.upload_checks.kinds import Kind

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {
    "repository": ROOT / "src/sauga/repository/demo/films",
    "training": ROOT / "src/sauga/training/data/starter/films",
}
TEXTS = runpy.run_path(str(ROOT / "films/texts.py"))
SCRIPTS = TEXTS["scripts"]()
MOST_BYTES, MOST_BYTES_OF_COURSES, FEWEST = 24 * 1024 * 1024, 9 * 1024 * 1024, 16
DURATION, SCALE = b"\x44\x89\x88", b"\x2a\xd7\xb1\x83"
"""Matroska (RFC 9559): Duration as a number of eight bytes, TimestampScale as one of three."""


def duration(film: bytes) -> float:
    """The seconds that the head of a WebM file names."""
    head = film[: 64 * 1024]
    scale = head.find(SCALE)
    units = int.from_bytes(head[scale + 4 : scale + 7], "big") if scale >= 0 else 1_000_000
    place = head.index(DURATION) + len(DURATION)
    return struct.unpack(">d", head[place : place + 8])[0] * units / 1e9


@pytest.fixture(params=SCRIPTS, ids=lambda script: script.name)
def film(request):
    """One film after the other."""
    return request.param


def test_there_are_enough_and_they_are_small():
    assert len(SCRIPTS) >= FEWEST
    for folder, most in (("repository", MOST_BYTES), ("training", MOST_BYTES_OF_COURSES)):
        assert sum(path.stat().st_size for path in FOLDERS[folder].iterdir()) <= most


def test_each_film_is_a_video_of_the_length_of_its_script(film):
    content = (FOLDERS[film.folder] / f"{film.name}.webm").read_bytes()
    assert inspection.inspect(content, f"{film.name}.webm").kind is Kind.VIDEO
    assert b"V_VP9" in content[:4096]
    assert b"A_OPUS" in content[:4096]
    assert 20 <= duration(content) <= 60
    assert duration(content) == pytest.approx(film.length, abs=0.15)


def test_each_has_a_picture_before_it_plays(film):
    head = (FOLDERS[film.folder] / f"{film.name}.webp").read_bytes()[:12]
    assert (head[:4], head[8:]) == (b"RIFF", b"WEBP")


@pytest.mark.parametrize("language", TEXTS["LANGUAGES"])
def test_captions_are_correct_and_end_before_the_film(film, language):
    text = (FOLDERS[film.folder] / f"{film.name}.{language}.vtt").read_text("utf-8")
    assert not list(captions.faults(text))
    cues = captions.read(text)
    assert len(cues) == len(film.scenes)
    assert cues[-1].end <= film.length
    assert all(len(line) <= 42 for cue in cues for line in cue.text.splitlines())


def test_texts_are_those_of_the_script(film):
    for name, text in TEXTS["files"](film).items():
        assert (FOLDERS[film.folder] / name).read_text("utf-8") == text, (
            f"{name}: run `python -m films --texts`"
        )


def test_scenes_follow_each_other_without_a_gap(film):
    assert film.scenes[0].start == 0
    assert all(one.end == two.start for one, two in zip(film.scenes, film.scenes[1:], strict=False))


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_else_lies_in_the_folder(folder: str):
    scripts = [script for script in SCRIPTS if script.folder == folder]
    known = {name for script in scripts for name in TEXTS["files"](script)}
    known |= {f"{script.name}.{ending}" for script in scripts for ending in ("webm", "webp")}
    if folder == "repository":
        known.add("librarians-course.webp")  # the poster of a film that the demo draws itself
    assert {path.name for path in FOLDERS[folder].iterdir()} == known


def test_no_letters_are_drawn():
    """One picture serves both languages: words are in the captions."""
    sources = [*ROOT.glob("films/*.py"), *ROOT.glob("films/scenes/*.py")]
    assert sources
    assert not [path.name for path in sources if "<text" in path.read_text("utf-8")]
