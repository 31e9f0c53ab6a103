"""The scripts of the films, and the texts made from them: captions and transcripts, in both languages."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(__file__).with_name("scripts")
LANGUAGES = ("lt", "en")
INSET = 0.2
"""Seconds that a caption comes after the beginning of its scene, and goes before the end of it."""
WORDS = {
    "lt": ("Teksto išrašas", "Kalbos nėra, tik garsai ir muzika.", "Užrašas"),
    "en": ("Transcript", "No speech, only sounds and music.", "Caption"),
}
"""The heading of a transcript, what it says first, and what a caption is called."""


@dataclass(frozen=True)
class Passage:
    """A scene in words. `seen`, `sound` and `caption` are by language."""

    start: float
    end: float
    seen: dict[str, str]
    sound: dict[str, str]
    caption: dict[str, str]
    sound_in_caption: bool = False


@dataclass(frozen=True)
class Script:
    """A film in words; `pictures` is the module in scenes/ that draws it, `folder` the service with it."""

    name: str
    resource: str
    pictures: str
    title: dict[str, str]
    scenes: tuple[Passage, ...]
    folder: str = "repository"

    @property
    def cuts(self) -> list[float]:
        """When the scenes begin, and the end of the film."""
        return [scene.start for scene in self.scenes] + [self.scenes[-1].end]

    @property
    def length(self) -> float:
        """Seconds."""
        return self.scenes[-1].end


def scripts() -> list[Script]:
    """Every film, by name."""
    return [script(path.stem) for path in sorted(SCRIPTS.glob("*.toml"))]


def script(name: str) -> Script:
    """The script of one film."""
    found = tomllib.loads((SCRIPTS / f"{name}.toml").read_text("utf-8"))
    passages = tuple(Passage(**scene) for scene in found["scene"])
    folder = found.get("folder", "repository")
    return Script(name, found["resource"], found["pictures"], found["title"], passages, folder)


def captions(film: Script, language: str) -> str:
    """The captions as WebVTT; a sound that carries meaning stands in brackets."""
    blocks = ["WEBVTT"]
    for place, scene in enumerate(film.scenes, 1):
        heard = f"[{scene.sound[language]}]\n" if scene.sound_in_caption else ""
        times = f"{_stamp(scene.start + INSET)} --> {_stamp(scene.end - INSET)}"
        blocks.append(f"{place}\n{times}\n{heard}{scene.caption[language]}")
    return "\n\n".join(blocks) + "\n"


def transcript(film: Script, language: str) -> str:
    """The descriptive transcript: picture, sound and caption of each scene."""
    heading, silent, caption = WORDS[language]
    blocks = [f"# {heading}: {film.title[language]}", silent]
    for scene in film.scenes:
        said = scene.caption[language].replace("\n", " ")
        clock = f"{int(scene.start) // 60}:{int(scene.start) % 60:02}"
        blocks.append(f"**{clock}** {scene.seen[language]} [{scene.sound[language]}]\n{caption}: {said}")
    return "\n\n".join(blocks) + "\n"


def files(film: Script) -> dict[str, str]:
    """The text files that lie beside a film, by name."""
    made = {f"{film.name}.{language}.vtt": captions(film, language) for language in LANGUAGES}
    return made | {f"{film.name}.{language}.md": transcript(film, language) for language in LANGUAGES}


def _stamp(second: float) -> str:
    return f"{int(second) // 60:02}:{second % 60:06.3f}"
