"""Sound from numbers: waves, envelopes and filters, four soft instruments, and the mix of a film."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

Sound = NDArray[np.float64]

RATE = 48_000
QUIET_END = 1.2
"""Seconds over which the sound of a film fades out."""


def seconds(length: float) -> Sound:
    """The moments of a sound, in seconds."""
    return np.arange(int(length * RATE)) / RATE


def noise(length: float, seed: int = 1) -> Sound:
    """White noise, the same for the same seed: a film made again sounds the same."""
    return np.random.default_rng(seed).standard_normal(int(length * RATE))


def band(sound: Sound, low: float, high: float) -> Sound:
    """Only what lies between two frequencies."""
    return np.asarray(signal.sosfilt(signal.butter(2, (low, high), "bandpass", fs=RATE, output="sos"), sound))


def below(sound: Sound, high: float) -> Sound:
    """Only what lies below a frequency."""
    return np.asarray(signal.sosfilt(signal.butter(2, high, "lowpass", fs=RATE, output="sos"), sound))


def swell(length: float, attack: float, decay: float) -> Sound:
    """A loudness that comes within `attack` seconds, stays, and goes within `decay`."""
    t = seconds(length)
    rising = np.clip(t / max(attack, 1e-4), 0, 1)
    falling = np.clip((length - t) / max(decay, 1e-4), 0, 1)
    return np.sin(rising * np.pi / 2) ** 2 * np.sin(falling * np.pi / 2) ** 2


def dying(length: float, half: float, attack: float = 0.003) -> Sound:
    """A loudness that starts at once and halves every `half` seconds."""
    t = seconds(length)
    return np.clip(t / attack, 0, 1) * 0.5 ** (t / half) * np.clip((length - t) / 0.02, 0, 1)


def wave(frequency: float | Sound, length: float) -> Sound:
    """A sine; its frequency may change."""
    steps = np.broadcast_to(np.asarray(frequency, dtype=float), seconds(length).shape)
    return np.sin(2 * np.pi * np.cumsum(steps) / RATE)


@lru_cache(maxsize=128)
def marimba(frequency: float, length: float = 1.4) -> Sound:
    """A wooden bar: the tone, its double octave, and the soft knock of the mallet."""
    body = wave(frequency, length) * dying(length, 0.17)
    upper = wave(frequency * 3.93, length) * dying(length, 0.035) * 0.28
    knock = below(noise(length, int(frequency)), 1800) * dying(length, 0.008) * 0.12
    return body + upper + knock


@lru_cache(maxsize=128)
def pluck(frequency: float, length: float = 2.0) -> Sound:
    """A soft string."""
    made = np.zeros_like(seconds(length))
    for partial in range(1, 7):
        made += (
            wave(frequency * partial * (1 + 0.0003 * partial**2), length)
            * dying(length, 0.5 / partial**0.8)
            / partial**1.7
        )
    return made * 0.7


@lru_cache(maxsize=128)
def bell(frequency: float, length: float = 2.4) -> Sound:
    """A small bell, for something that turns bright."""
    parts = ((1, 1, 0.6), (2.76, 0.35, 0.28), (5.4, 0.14, 0.12))
    return (
        sum(
            (wave(frequency * f, length) * dying(length, half) * a for f, a, half in parts),
            np.zeros_like(seconds(length)),
        )
        * 0.6
    )


@lru_cache(maxsize=128)
def pad(frequency: float, length: float) -> Sound:
    """A chord tone that breathes in and out; two voices that are hardly apart."""
    both = wave(frequency * 0.9985, length) + wave(frequency * 1.0015, length)
    both += 0.3 * wave(frequency * 2, length) + 0.12 * wave(frequency * 3, length)
    return both * swell(length, min(0.9, length / 3), min(1.2, length / 2)) * 0.3


class Mix:
    """The sound of one film, in two channels."""

    def __init__(self, length: float) -> None:
        self.length = length
        self.dry = np.zeros((2, int((length + 6) * RATE)))
        self.wet = np.zeros_like(self.dry)

    def add(self, sound: Sound, at: float, gain: float, *, side: float = 0.0, room: float = 0.25) -> None:
        """Put a sound at a second; `side` -1 is left, 1 is right, `room` how much of the room answers."""
        start = max(int(at * RATE), 0)
        sound = sound[: self.dry.shape[1] - start]
        angle = (side + 1) * np.pi / 4
        for channel, share in enumerate((np.cos(angle), np.sin(angle))):
            self.dry[channel, start : start + len(sound)] += sound * gain * share
            self.wet[channel, start : start + len(sound)] += sound * gain * share * room

    def finished(self) -> Sound:
        """Both channels with the room around them, faded out at the end; samples between -1 and 1."""
        made = self.dry + np.array(
            [signal.fftconvolve(self.wet[c], _room(c))[: self.wet.shape[1]] for c in (0, 1)]
        )
        made = made[:, : int(self.length * RATE)]
        made *= np.clip(seconds(self.length)[None, : made.shape[1]] / 0.05, 0, 1)
        made *= np.clip((self.length - seconds(self.length)[None, : made.shape[1]]) / QUIET_END, 0, 1) ** 0.8
        made /= max(float(np.max(np.abs(made))), 1e-9)
        return np.tanh(made * 1.3) / np.tanh(1.3) * 0.89


def _room(seed: int) -> Sound:
    """The answer of a small room."""
    tail = below(noise(1.1, 40 + seed), 3800) * 0.5 ** (seconds(1.1) / 0.13)
    tail[: int(0.012 * RATE)] = 0
    return np.asarray(tail / np.sqrt(np.sum(tail**2)))
