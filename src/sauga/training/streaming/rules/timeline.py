"""One timeline for a picture and a sound that come by two clocks: where a frame belongs, and what is put in
where nothing comes.

Both are placed by when they arrive: a frame's own time, moved by the least delay that was seen. Sound has no
gaps and no overlaps; a picture that stands still is repeated.
"""

from dataclasses import dataclass, field

RATE = 48_000
"""Samples a second."""
JUMP = 2.0
"""Seconds by which a frame may differ from its arrival; more is another clock."""
SLACK = 0.12
"""Seconds by which sound may be off before it is moved."""
LATE = 0.6
"""Seconds after which the other is not waited for any more."""
STEP = 0.01
"""Seconds between two frames of a picture at the least."""
SETTLING = 100
"""Frames over which the least delay is sought; afterwards it stays, so that nothing is moved back."""


@dataclass
class Clock:
    """Moves the times of one kind of frame onto the timeline of arrivals."""

    _offset: float | None = None
    _seen: int = 0

    def place(self, own: float, arrived: float) -> float:
        """When a frame belongs, in seconds; `own` is what it says itself."""
        delay = arrived - own
        if self._offset is None or abs(delay - self._offset) > JUMP:
            self._offset, self._seen = delay, 0
        elif self._seen < SETTLING:
            self._offset = min(self._offset, delay)
        self._seen += 1
        return own + self._offset


@dataclass
class Sound:
    """A row of samples without gaps. `position`: how many there are."""

    position: int | None = None

    def begin(self, at: float) -> None:
        """The timeline of the sound begins here."""
        if self.position is None:
            self.position = round(at * RATE)

    def before(self, at: float) -> int | None:
        """Samples of silence that go in front of a frame that belongs at `at`; None: it comes too late to be
        heard."""
        self.begin(at)
        assert self.position is not None
        off = round(at * RATE) - self.position
        if off > SLACK * RATE:
            return off
        return None if off < -SLACK * RATE else 0

    def missing(self, picture: float) -> int:
        """Samples of silence when the picture is that far and no sound comes."""
        self.begin(picture)
        assert self.position is not None
        behind = picture - self.position / RATE
        return round((behind - LATE / 2) * RATE) if behind > LATE else 0

    def add(self, samples: int) -> int:
        """Where these samples begin."""
        assert self.position is not None
        begin, self.position = self.position, self.position + samples
        return begin


@dataclass
class Picture:
    """Frames in order; `last` is the time of the latest."""

    last: float = field(default=-1.0)

    def takes(self, at: float) -> bool:
        """Whether a frame comes so long after the latest that it is seen; those of a burst are left out."""
        if at - self.last < STEP:
            return False
        self.last = at
        return True

    def repeated_at(self, sound: float) -> float | None:
        """When the latest frame is shown again because the sound is that far and no picture comes."""
        if sound - self.last <= LATE:
            return None
        self.last = sound - LATE / 2
        return self.last
