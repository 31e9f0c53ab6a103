"""The sounds of things, each made from waves and filtered noise; none is sudden or loud."""

from collections.abc import Callable

import numpy as np

from films.music import frequency
from films.sound import (
    RATE,
    Mix,
    Sound,
    band,
    bell,
    below,
    dying,
    marimba,
    noise,
    pad,
    pluck,
    seconds,
    swell,
    wave,
)


def _joined(parts: list[tuple[float, Sound]]) -> Sound:
    """Sounds at their seconds, as one."""
    made = np.zeros(int(max(at + len(sound) / RATE for at, sound in parts) * RATE) + 1)
    for at, sound in parts:
        start = int(at * RATE)
        made[start : start + len(sound)] += sound
    return made


def buzz() -> Sound:
    """A phone that vibrates on wood: two short bursts."""
    burst = (wave(118, 0.26) + 0.4 * wave(236, 0.26) + 0.2 * wave(354, 0.26)) * swell(0.26, 0.03, 0.05)
    burst *= 0.75 + 0.25 * wave(29, 0.26)
    return _joined([(0, burst), (0.36, burst)]) * 0.5


def pop() -> Sound:
    """A message that pops up."""
    sweep = 320 + 420 * np.clip(seconds(0.16) / 0.07, 0, 1)
    return wave(sweep, 0.16) * dying(0.16, 0.035) * 0.7


def low_pop() -> Sound:
    """An unkind message: lower and drier."""
    sweep = 300 - 110 * np.clip(seconds(0.2) / 0.1, 0, 1)
    return wave(sweep, 0.2) * dying(0.2, 0.045) * 0.8


def tick() -> Sound:
    """One tick of a clock."""
    return (
        band(noise(0.05, 3), 1800, 4200) * dying(0.05, 0.006) * 0.6
        + wave(1250, 0.05) * dying(0.05, 0.008) * 0.25
    )


def tap() -> Sound:
    """Something is put down on wood."""
    return wave(190, 0.2) * dying(0.2, 0.03) * 0.6 + below(noise(0.2, 5), 900) * dying(0.2, 0.014) * 0.8


def key_press() -> Sound:
    """A key of a keyboard."""
    return band(noise(0.05, 7), 900, 3000) * dying(0.05, 0.007) * 0.6


def click() -> Sound:
    """A button."""
    one = band(noise(0.04, 9), 1400, 5200) * dying(0.04, 0.005)
    return _joined([(0, one * 0.6), (0.07, one * 0.45)])


def shutter() -> Sound:
    """A camera."""
    one = band(noise(0.09, 11), 1000, 6000) * dying(0.09, 0.012)
    return _joined([(0, one * 0.5), (0.11, one * 0.4)])


def slide() -> Sound:
    """A page slides away."""
    return band(noise(0.5, 13), 500, 2600) * swell(0.5, 0.2, 0.28) * 0.3


def wind(length: float = 5.0) -> Sound:
    """A soft wind."""
    body = band(noise(length, 17), 180, 700)
    return body * swell(length, 1.2, 1.6) * (0.7 + 0.3 * wave(0.37, length)) * 0.5


def sea(length: float = 6.0) -> Sound:
    """Waves that come and go."""
    body = band(noise(length, 19), 200, 1900) * (
        0.35 + 0.65 * (0.5 - 0.5 * np.cos(2 * np.pi * seconds(length) / 3.1))
    )
    return body * swell(length, 0.8, 1.4) * 0.4


def paper(length: float = 0.8) -> Sound:
    """Paper that rustles."""
    grains = np.abs(below(noise(length, 23), 18)) ** 1.5
    return (
        band(noise(length, 29), 1500, 7000)
        * grains
        / max(float(grains.max()), 1e-9)
        * swell(length, 0.1, 0.25)
        * 0.55
    )


def sweep(length: float = 0.9) -> Sound:
    """A brush that sweeps over a wall."""
    return band(noise(length, 31), 700, 3200) * swell(length, 0.3, 0.4) * (0.7 + 0.3 * wave(7, length)) * 0.36


def scratch(length: float = 0.6) -> Sound:
    """Chalk or a pencil."""
    return (
        band(noise(length, 37), 2200, 6500)
        * swell(length, 0.05, 0.12)
        * (0.6 + 0.4 * wave(11, length))
        * 0.28
    )


def bounce() -> Sound:
    """A ball on the ground."""
    drop = 150 - 60 * np.clip(seconds(0.28) / 0.12, 0, 1)
    return wave(drop, 0.28) * dying(0.28, 0.04) * 0.9 + below(noise(0.28, 41), 700) * dying(0.28, 0.012) * 0.5


def kick() -> Sound:
    """A football that is kicked."""
    return bounce() * 1.1 + np.pad(band(noise(0.1, 43), 500, 1600) * dying(0.1, 0.012), (0, int(0.18 * RATE)))


def step() -> Sound:
    """One step on gravel."""
    return band(noise(0.12, 47), 300, 1500) * dying(0.12, 0.018, 0.01) * 0.5


def block_falls() -> Sound:
    """A wooden block."""
    return (wave(520, 0.14) * 0.5 + wave(830, 0.14) * 0.3) * dying(0.14, 0.018) + below(
        noise(0.14, 53), 1500
    ) * dying(0.14, 0.01) * 0.4


def cup() -> Sound:
    """A cup meets its saucer."""
    return (wave(2100, 0.5) * 0.4 + wave(3350, 0.5) * 0.25) * dying(0.5, 0.05) * 0.6


def water(length: float = 3.0) -> Sound:
    """Water from a tap."""
    return (
        band(noise(length, 59), 700, 4200) * swell(length, 0.25, 0.3) * (0.85 + 0.15 * wave(9, length)) * 0.24
    )


def brushing(length: float = 1.8) -> Sound:
    """Teeth are brushed."""
    strokes = np.abs(wave(2.2, length)) ** 0.7
    return band(noise(length, 61), 1800, 5200) * strokes * swell(length, 0.1, 0.2) * 0.26


def creak(length: float = 1.0) -> Sound:
    """A door or a swing."""
    glide = 260 + 90 * np.sin(np.pi * seconds(length) / length) + 8 * wave(13, length)
    tone = below(np.sign(wave(glide, length)) * 0.5, 1300)
    return band(tone, 250, 1500) * swell(length, 0.2, 0.4) * 0.2


def drawer() -> Sound:
    """A drawer shuts."""
    roll = band(noise(0.5, 67), 150, 900) * swell(0.5, 0.15, 0.05) * 0.5
    return _joined([(0, roll), (0.46, tap())])


def whine() -> Sound:
    """A dog that whines softly."""
    glide = 520 + 130 * np.sin(np.pi * np.clip(seconds(0.7) / 0.6, 0, 1))
    one = (wave(glide, 0.7) + 0.25 * wave(glide * 2, 0.7)) * swell(0.7, 0.12, 0.3) * 0.24
    return _joined([(0, one), (0.9, one * 0.7)])


def birds() -> Sound:
    """Some birds in the morning."""
    parts = []
    for index, (at, pitch) in enumerate(
        ((0.0, 2500), (0.22, 2900), (0.9, 2300), (1.1, 2700), (1.28, 3000), (2.3, 2600), (2.5, 2400))
    ):
        length = 0.13 + 0.02 * (index % 3)
        chirp = wave(pitch + 420 * np.sin(np.pi * seconds(length) / length), length) * swell(
            length, 0.03, 0.07
        )
        parts.append((at, chirp * 0.16))
    return _joined(parts)


def cheer(length: float = 2.6) -> Sound:
    """People who are glad, some way off."""
    voices = sum(
        (band(noise(length, 71 + i), low, low * 1.5) for i, low in enumerate((420, 760, 1200))),
        np.zeros_like(seconds(length)),
    )
    return np.asarray(voices) * swell(length, 0.5, 1.4) * (0.8 + 0.2 * wave(5.3, length)) * 0.22


def whistle() -> Sound:
    """A whistle, short and not shrill."""
    tone = wave(1750 + 40 * wave(27, 0.5), 0.5) * swell(0.5, 0.03, 0.1)
    return below(tone, 2600) * 0.26


def murmur(length: float = 4.5) -> Sound:
    """People in a room."""
    made = np.zeros_like(seconds(length))
    for voice in range(5):
        syllables = np.clip(below(noise(length, 83 + voice), 4) * 40, 0, 1)
        made += band(noise(length, 97 + voice), 180 + 45 * voice, 420 + 90 * voice) * syllables
    return made * swell(length, 0.6, 1.2) * 0.2


def breath() -> Sound:
    """Somebody breathes in and out."""
    inward = band(noise(1.2, 101), 500, 1500) * swell(1.2, 0.7, 0.4) * 0.16
    outward = band(noise(1.5, 103), 350, 1100) * swell(1.5, 0.3, 1.0) * 0.16
    return _joined([(0, inward), (1.35, outward)])


def chime() -> Sound:
    """A kind message."""
    return _joined([(0, bell(frequency(76), 1.6) * 0.5), (0.14, bell(frequency(81), 1.8) * 0.5)])


def three_notes() -> Sound:
    """Three notes that rise."""
    return _joined([(i * 1.5, marimba(frequency(pitch)) * 0.8) for i, pitch in enumerate((67, 71, 74))])


def note(pitch: int) -> Callable[[], Sound]:
    """One warm note."""
    return lambda: _joined(
        [(0, marimba(frequency(pitch), 1.8) * 0.6), (0, pad(frequency(pitch - 12), 2.6) * 0.5)]
    )


def chord(*pitches: int) -> Callable[[], Sound]:
    """A chord that is rolled."""
    return lambda: _joined([(i * 0.09, pluck(frequency(p), 2.8) * 0.45) for i, p in enumerate(pitches)])


def sparkle() -> Sound:
    """Something turns into something else."""
    return _joined([(i * 0.09, bell(frequency(n), 1.4) * 0.25) for i, n in enumerate((72, 76, 79, 84, 88))])


def flutter() -> Sound:
    """A chord that is a little out of tune: something is not right."""
    length = 2.4
    both = (
        wave(220 + 4 * wave(5, length), length)
        + wave(277 + 6 * wave(4.1, length), length)
        + wave(331 + 5 * wave(6.3, length), length)
    )
    return below(both, 1200) * swell(length, 0.3, 1.2) * 0.14


EFFECTS: dict[str, tuple[Callable[[], Sound], float]] = {
    "birds": (birds, 0.6),
    "block": (block_falls, 0.5),
    "bounce": (bounce, 0.4),
    "breath": (breath, 0.9),
    "bright": (chord(60, 64, 67, 72), 0.35),
    "brushing": (brushing, 0.45),
    "buzz": (buzz, 0.5),
    "cheer": (cheer, 1.3),
    "chime": (chime, 0.5),
    "click": (click, 0.7),
    "creak": (creak, 0.6),
    "cup": (cup, 0.4),
    "drawer": (drawer, 0.7),
    "flutter": (flutter, 0.9),
    "high": (note(76), 0.3),
    "key": (key_press, 0.5),
    "kick": (kick, 0.4),
    "low": (note(50), 0.5),
    "low pop": (low_pop, 0.4),
    "murmur": (murmur, 1.8),
    "paper": (paper, 0.45),
    "pop": (pop, 0.35),
    "question": (chord(57, 62, 64), 0.35),
    "scratch": (scratch, 0.45),
    "sea": (sea, 0.5),
    "shutter": (shutter, 0.7),
    "slide": (slide, 0.8),
    "sparkle": (sparkle, 0.6),
    "step": (step, 0.8),
    "sweep": (sweep, 0.55),
    "tap": (tap, 0.5),
    "three": (three_notes, 0.5),
    "tick": (tick, 0.4),
    "warm": (note(64), 0.4),
    "water": (water, 0.4),
    "whine": (whine, 0.7),
    "whistle": (whistle, 0.4),
    "wind": (wind, 0.8),
}
"""The effects by name, with the loudness at which they sit well in a mix."""

OVER_MUSIC = 1.7
"""How much louder than that effects are, so that they are heard beside the music."""
Cue = tuple[float, str]


def many(name: str, start: float, end: float, every: float) -> list[Cue]:
    """The same effect again and again: steps, ticks, keys."""
    return [(start + i * every, name) for i in range(int((end - start) / every) + 1)]


def play(mix: Mix, cues: list[Cue]) -> None:
    """Put effects at their seconds into a mix."""
    for place, (second, name) in enumerate(cues):
        make, gain = EFFECTS[name]
        mix.add(make(), second, gain * OVER_MUSIC, side=0.15 * (-1) ** place, room=0.18)
