"""Lanes: how many requests of a kind a process works on at the same time. The others wait their turn; none is
refused for being too many.

Each service declares which of its addresses go by a lane of their own (`use_lane`); what is not declared goes
by `DESK`, `READ` or `SUBMIT`. `project.requests.limits` keeps to the places.
"""

from dataclasses import dataclass
from enum import StrEnum


class Lane(StrEnum):
    """Which queue a request belongs to."""

    READ = "read"
    """Public pages."""
    SUBMIT = "report"
    """Anything that is sent in: reports, letters, feedback."""
    PATIENT = "patient"
    """A form under pressure without proof of work: those who solved the puzzle never queue behind those who
    did not."""
    RETURN = "return"
    """People who come back with a receipt, or guess at one."""
    LIVE = "talk"
    """Small posts and streams of a conversation, which never wait behind pages or key derivations."""
    DESK = "desk"
    SIGN_IN = "signin"
    """A stranger who makes the server derive a key from a password: one at a time, apart from those who work.
    """
    SIGN_IN_PATIENT = "signin-patient"
    HEALTH = "health"


PLACES = {
    Lane.READ: 4,
    Lane.SUBMIT: 2,
    Lane.PATIENT: 1,
    Lane.RETURN: 2,
    Lane.LIVE: 4,
    Lane.DESK: 6,
    Lane.SIGN_IN: 1,
    Lane.SIGN_IN_PATIENT: 1,
    Lane.HEALTH: 2,
}
"""Requests at the same time in each process."""
PATIENT_QUERY = "patient"
"""The query of what was not paid for by work."""
QUEUED = "sauga.queued"
"""In the scope of a request: the seconds for which it waited for its turn."""
PATIENT_OF = {Lane.SUBMIT: Lane.PATIENT, Lane.SIGN_IN: Lane.SIGN_IN_PATIENT}
SAFE = {"GET", "HEAD", "OPTIONS"}
DESK = "/desk"


@dataclass(frozen=True)
class LaneRule:
    """Addresses that begin with one of `prefixes`, or public ones that end with one of `endings`, go by this
    lane."""

    lane: Lane
    prefixes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    posts_only: bool = False

    def fits(self, method: str, path: str) -> bool:
        """Whether a request goes by this lane."""
        if self.posts_only and method != "POST":
            return False
        return path.startswith(self.prefixes) or (path.endswith(self.endings) and not path.startswith(DESK))


_rules: list[LaneRule] = []


def use_lane(rule: LaneRule) -> None:
    """Declare a rule. The first that fits a request counts."""
    if rule not in _rules:
        _rules.append(rule)


def lane_of(method: str, path: str, query: bytes = b"") -> Lane:
    """The lane of a request."""
    lane = next((rule.lane for rule in _rules if rule.fits(method, path)), None)
    if lane is None:
        lane = Lane.DESK if path.startswith(DESK) else Lane.READ if method in SAFE else Lane.SUBMIT
    if method == "POST" and query == PATIENT_QUERY.encode():
        return PATIENT_OF.get(lane, lane)
    return lane
