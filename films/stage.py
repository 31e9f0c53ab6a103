"""A film is scenes one after the other; a frame is the picture of one moment."""

from collections.abc import Callable
from dataclasses import dataclass

from films.effects import Cue
from films.motion import ease, track
from films.music import Tune
from films.shapes import num, style

WIDE, HIGH = 1280, 720
DISSOLVE = 0.35
PAPER = {"day": "#faf6ef", "evening": "#c3ced3", "night": "#9db4c1", "dusk": "#e9e3db"}
VIEW = (-32.0, 18.0, 384.0)
"""What the camera sees when it stands still: left, top and width; drawings are 320 by 240."""

Draw = Callable[[float], str]
View = tuple[float, float, float]


@dataclass(frozen=True)
class Scene:
    """A scene: what is drawn at second t of it, on which paper, and where the camera is."""

    draw: Draw
    paper: str = "day"
    camera: tuple[tuple[float, View], ...] = ((0, VIEW),)


@dataclass(frozen=True)
class Film:
    """The pictures and the sound of a film; its times and texts are in scripts/<name>.toml."""

    scenes: tuple[Scene, ...]
    tune: Tune
    cues: list[Cue]
    poster: float
    """The second whose picture stands for the film."""


def closer(x: float, y: float, wide: float) -> View:
    """A view around a middle."""
    return x - wide / 2, y - wide * HIGH / WIDE / 2, wide


def frame(film: Film, starts: list[float], second: float, wide: int = WIDE) -> str:
    """The picture of one moment as SVG; around a cut the next scene comes up through the last one."""
    index = max(i for i, start in enumerate(starts[:-1]) if start <= second + 1e-9)
    body = _scene(film.scenes[index], second - starts[index])
    since, left = second - starts[index], starts[index + 1] - second
    if index and since < DISSOLVE:
        before = _scene(film.scenes[index - 1], second - starts[index - 1])
        body = before + f'<g opacity="{num(0.5 + ease(since / DISSOLVE) / 2)}">{body}</g>'
    elif index + 2 < len(starts) and left < DISSOLVE:
        after = _scene(film.scenes[index + 1], 0.0)
        body += f'<g opacity="{num(ease(1 - left / DISSOLVE) / 2)}">{after}</g>'
    body += _curtain(second, starts[-1])
    high = wide * HIGH // WIDE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {WIDE} {HIGH}">'
        f"<style>{style()}</style>{body}</svg>"
    )


def _scene(scene: Scene, t: float) -> str:
    left = track(t, *((second, view[0]) for second, view in scene.camera))
    top = track(t, *((second, view[1]) for second, view in scene.camera))
    scale = WIDE / track(t, *((second, view[2]) for second, view in scene.camera))
    camera = f"scale({scale:.4f}) translate({num(-left)} {num(-top)})"
    paper = f'<rect width="{WIDE}" height="{HIGH}" fill="{PAPER[scene.paper]}"/>'
    return f'{paper}<g class="people" transform="{camera}">{scene.draw(t)}</g>'


def _curtain(second: float, end: float) -> str:
    """The film comes out of the paper and goes back into it."""
    opacity = max(1 - ease(second / 0.5), ease((second - end + 0.5) / 0.5))
    return (
        f'<rect width="{WIDE}" height="{HIGH}" fill="{PAPER["day"]}" opacity="{num(opacity)}"/>'
        if opacity > 0
        else ""
    )
