"""Makes the films of the demo: `python -m films [--draft | --sheet | --texts] [name …]`.

Without a name all films are made. What is needed, and how a film is changed: films/README.md.
"""

import argparse
import importlib
import io
import re
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import resvg_py
from PIL import Image

from films import effects, texts
from films.sound import RATE, Mix
from films.stage import HIGH, WIDE, Film, frame

ROOT = Path(__file__).resolve().parents[1]
TARGETS = {
    "repository": ROOT / "src/sauga/repository/demo/films",
    "training": ROOT / "src/sauga/training/data/starter/films",
}
CUT = 0.1
"""Seconds by which a film ends early, so that its container is not longer than its script."""
LOUDNESS = -20.0
"""LUFS, measured as EBU R 128 says."""
VIDEO = ["-c:v", "libvpx-vp9", "-b:v", "0", "-row-mt", "1", "-pix_fmt", "yuv420p"]
AUDIO = ["-c:a", "libopus"]


@dataclass(frozen=True)
class Format:
    """How large and how fine a film is: pixels, frames a second, quality (less is finer), bits of sound."""

    wide: int
    frames: int
    crf: int
    frames_apart: int
    speed: int
    sound: str


FORMATS = {
    "repository": Format(WIDE, 15, 44, 150, 3, "64k"),
    "training": Format(960, 12, 50, 240, 2, "40k"),
}
"""By folder. The films of a course are kept on a phone together with it."""
POSTER = 960
"""Pixels across. A page that shows the parts of a film loads all their posters with itself."""
DRAFT = Format(WIDE // 2, 15, 44, 150, 6, "64k")


def main() -> None:
    """Make what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m films", description=__doc__)
    parser.add_argument("names", nargs="*", help="films (scripts/<name>.toml); without one: all")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--draft", action="store_true", help="small and quick, into the folder shots/films")
    kind.add_argument(
        "--sheet", action="store_true", help="only a contact sheet of each film, into shots/films"
    )
    kind.add_argument("--texts", action="store_true", help="only captions and transcripts")
    chosen = parser.parse_args()
    for script in texts.scripts():
        if not chosen.names or script.name in chosen.names:
            print(script.name, flush=True)
            _make(script, chosen)


def _make(script: texts.Script, chosen: argparse.Namespace) -> None:
    film: Film = importlib.import_module(f"films.scenes.{script.pictures}").FILM
    if len(film.scenes) != len(script.scenes):
        raise SystemExit(f"{script.name}: {len(film.scenes)} scenes drawn, {len(script.scenes)} written")
    shots = ROOT / "shots/films"
    folder = shots if chosen.draft or chosen.sheet else TARGETS[script.folder]
    folder.mkdir(parents=True, exist_ok=True)
    if chosen.sheet:
        contact_sheet(film, script).save(shots / f"{script.name}.png")
        return
    for name, text in texts.files(script).items():
        (folder / name).write_text(text, "utf-8")
    if not chosen.texts:
        picture(film, script.cuts, film.poster, POSTER).save(
            folder / f"{script.name}.webp", quality=72, method=6
        )
        encode(
            film, script, folder / f"{script.name}.webm", DRAFT if chosen.draft else FORMATS[script.folder]
        )


def png(film: Film, cuts: list[float], second: float, wide: int) -> bytes:
    """The picture of one moment as PNG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=frame(film, cuts, second, wide), skip_system_fonts=True))


def picture(film: Film, cuts: list[float], second: float, wide: int) -> Image.Image:
    """The picture of one moment."""
    return Image.open(io.BytesIO(png(film, cuts, second, wide))).convert("RGB")


def contact_sheet(film: Film, script: texts.Script, columns: int = 5, wide: int = 320) -> Image.Image:
    """Every scene in some moments, one below the other."""
    high = wide * HIGH // WIDE
    sheet = Image.new("RGB", (columns * wide, len(script.scenes) * high))
    for row, scene in enumerate(script.scenes):
        for column in range(columns):
            second = scene.start + (scene.end - scene.start) * (0.08 + 0.84 * column / (columns - 1))
            sheet.paste(picture(film, script.cuts, second, wide), (column * wide, row * high))
    return sheet


def pictures(film: Film, script: texts.Script, form: Format) -> Iterator[bytes]:
    """Every frame as PNG; one that is like the last is not drawn again."""
    before, made = "", b""
    for number in range(int(script.length * form.frames)):
        drawing = frame(film, script.cuts, number / form.frames, form.wide)
        if drawing != before:
            before = drawing
            made = bytes(resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True))
        yield made


def write_sound(film: Film, length: float, target: Path) -> None:
    """The sound as a WAV file of two channels."""
    mix = Mix(length)
    film.tune.play(mix)
    effects.play(mix, film.cues)
    samples = (mix.finished().T * 32767).astype("<i2")
    with wave.open(str(target), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.ascontiguousarray(samples).tobytes())


def loudness(sound: Path) -> float:
    """The loudness of a whole sound in LUFS."""
    command = ["ffmpeg", "-hide_banner", "-i", str(sound), "-af", "ebur128", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1])


def encode(film: Film, script: texts.Script, target: Path, form: Format) -> None:
    """The film as WebM: VP9 and Opus, its index at the beginning."""
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.wav"
        write_sound(film, script.length, sound)
        louder = LOUDNESS - loudness(sound)
        command = ["ffmpeg", "-y", "-hide_banner", "-loglevel", "error", "-f", "image2pipe", "-c:v", "png"]
        command += ["-framerate", str(form.frames), "-i", "-", "-i", str(sound), *VIDEO]
        command += ["-crf", str(form.crf), "-g", str(form.frames_apart)]
        command += ["-deadline", "good", "-cpu-used", str(form.speed), "-threads", "1"]
        command += [
            "-af",
            f"volume={louder:.2f}dB,alimiter=limit=0.89:level=false",
            *AUDIO,
            "-b:a",
            form.sound,
            "-t",
            str(script.length - CUT),
        ]
        command += ["-fflags", "+bitexact", "-map_metadata", "-1", "-cues_to_front", "1", str(target)]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as running:
            assert running.stdin
            for made in pictures(film, script, form):
                running.stdin.write(made)
            running.stdin.close()
        if running.returncode:
            raise SystemExit(f"{target.name}: ffmpeg refused")


if __name__ == "__main__":
    main()
