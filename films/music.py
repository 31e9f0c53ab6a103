"""Music written as text: chords and a melody in bars, and how full each bar sounds."""

from dataclasses import dataclass

from films.sound import Mix, bell, marimba, pad, pluck

STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
CHORDS = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 10),
    "sus": (0, 5, 7),
    "maj7": (0, 4, 11),
    "m7": (0, 3, 10),
    "6": (0, 4, 9),
}
VOICES = {"marimba": marimba, "pluck": pluck, "bell": bell}
ACCOMPANIMENT = (0, 2, 1, 2, 0, 2, 1, 2)
"""Which tone of the chord sounds on each eighth of a bar."""


def frequency(note: int) -> float:
    """The frequency of a note, counted in half tones; 57 is a at 220 Hz."""
    return float(220.0 * 2 ** ((note - 57) / 12))


def note_number(name: str) -> int:
    """The number of a note such as e4, f#4 or bb3."""
    sharp = name.count("#") - name[1:].count("b")
    return STEPS[name[0]] + sharp + 12 * int(name[-1]) + 12


def chord_notes(name: str) -> tuple[int, ...]:
    """The tones of a chord such as Am, F#m or Csus, around the little octave."""
    root = name[0].lower() + ("#" if name[1:2] == "#" else "b" if name[1:2] == "b" else "")
    kind = name[len(root) :]
    base = note_number(root + "3")
    base = base - 12 if base > 53 else base
    return tuple(base + step for step in CHORDS[kind])


@dataclass(frozen=True)
class Tune:
    """A tune. `bars` are (chord, melody in eighths) and repeat; `fullness` has a digit for each bar.

    0: nothing, 1: only the chord, 2: and the melody, 3: and the accompaniment, 4: and a bass.
    """

    bar: float
    bars: tuple[tuple[str, str], ...]
    fullness: str
    voice: str = "marimba"
    accompaniment: str = "pluck"
    octave: int = 0

    def play(self, mix: Mix) -> None:
        """Put the tune into a mix."""
        for place, digit in enumerate(self.fullness.replace(" ", "")):
            chord, melody = self.bars[place % len(self.bars)]
            start, full = place * self.bar, int(digit)
            if full >= 1:
                for note in chord_notes(chord):
                    mix.add(pad(frequency(note), self.bar * 1.35), start, 0.07, room=0.5)
            if full >= 2:
                self._melody(mix, start, melody)
            if full >= 3:
                self._accompany(mix, start, chord)
            if full >= 4:
                for half in (0, 0.5):
                    mix.add(
                        pluck(frequency(chord_notes(chord)[0] - 12)), start + half * self.bar, 0.2, room=0.1
                    )

    def _melody(self, mix: Mix, start: float, melody: str) -> None:
        tones = melody.split()
        for place, name in enumerate(tones):
            if name != "-":
                tone = VOICES[self.voice](frequency(note_number(name) + 12 * self.octave))
                late = 0.012 * (place % 3)
                gain = 0.34 if place % 4 == 0 else 0.28
                mix.add(
                    tone,
                    start + place * self.bar / len(tones) + late,
                    gain,
                    side=0.2 * (-1) ** place,
                    room=0.35,
                )

    def _accompany(self, mix: Mix, start: float, chord: str) -> None:
        notes = chord_notes(chord)
        for place, tone in enumerate(ACCOMPANIMENT):
            note = notes[tone] + 12
            sound = VOICES[self.accompaniment](frequency(note))
            mix.add(sound, start + place * self.bar / 8, 0.1 if place % 4 else 0.13, side=-0.3, room=0.3)
