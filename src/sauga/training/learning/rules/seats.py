"""Places of a cohort: who gets one, who waits, who is next. Pure functions; `actions.enrolments` carries them
out under the cohort's row lock."""

from dataclasses import dataclass

from sauga.training.states import EnrolmentState


@dataclass(frozen=True)
class Room:
    """A cohort's places, those taken, and how many wait."""

    places: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        """Free places."""
        return max(0, self.places - self.taken)


def first_state(room: Room) -> EnrolmentState:
    """A free place, unless a learner waits for it already."""
    return EnrolmentState.ACTIVE if room.free and not room.waiting else EnrolmentState.WAITLISTED


def promoted(room: Room) -> int:
    """How many of those who wait get a place now, in the order in which they came."""
    return min(room.free, room.waiting)
