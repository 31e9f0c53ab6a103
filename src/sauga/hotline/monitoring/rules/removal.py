"""When a removal is believed, when a reappearance is, and when only a person can tell
(policy.confirm_removal).

Pure. A check that proves nothing neither helps nor breaks a run of agreeing checks; one check that sees the
content breaks it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from sauga.hotline.monitoring.rules.probe_classification import GONE, SEEN, ProbeResult, Reason
from sauga.hotline.states import Handling, Presence


class Ask(StrEnum):
    """What a person is asked to check; at most 24 characters."""

    CHANGED = "CHANGED"
    UNREACHABLE = "UNREACHABLE"
    RESTRICTED = "RESTRICTED"
    NO_EVIDENCE = "NO_EVIDENCE"
    DISAGREEMENT = "DISAGREEMENT"


class RemovalKind(StrEnum):
    """Codes of the vocabulary monitor.removal_kind."""

    CONTENT_REMOVED = "CONTENT_REMOVED"
    ACCOUNT_REMOVED = "ACCOUNT_REMOVED"
    SITE_DOWN = "SITE_DOWN"
    DOMAIN_SUSPENDED = "DOMAIN_SUSPENDED"
    ACCESS_DISABLED = "ACCESS_DISABLED"
    GONE_BEFORE_ASSESSMENT = "GONE_BEFORE_ASSESSMENT"
    GONE_BEFORE_NOTICE = "GONE_BEFORE_NOTICE"


@dataclass(frozen=True)
class Confirmation:
    """The policy, read."""

    agreeing: int = 2
    apart: timedelta = timedelta(minutes=10)
    vantages: int = 2
    soft_needs_signature: bool = True
    to_person_after: timedelta = timedelta(hours=72)


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One row of a check as it was kept: when, what it found and from where.

    `profile` names the vantage and whether a referrer was sent.
    """

    at: datetime
    verdict: ProbeResult
    reason: Reason
    profile: str = "MAIN"

    @property
    def is_seen(self) -> bool:
        return self.verdict in SEEN

    @property
    def found_no_name(self) -> bool:
        return self.reason in {Reason.NO_SUCH_NAME, Reason.NO_SUCH_NAME_ONCE}


@dataclass(frozen=True)
class Outcome:
    """What the observations so far amount to.

    `presence` is where the item should stand (None: as before). `removed` or `reappeared` say that this is
    now confirmed; `since` is then the first check of the agreeing run. `awaits_second` asks for one more
    check soon; `ask` sends a person.
    """

    presence: Presence | None = None
    removed: bool = False
    reappeared: bool = False
    since: datetime | None = None
    awaits_second: bool = False
    ask: Ask | None = None


def read_confirmation(policy: Mapping[str, Any]) -> Confirmation:
    """Build from policy.confirm_removal.

    Raises ValueError below one check, KeyError when a part is missing.
    """
    read = Confirmation(
        agreeing=policy["agreeing_checks"],
        apart=timedelta(minutes=policy["minutes_apart"]),
        vantages=policy["vantage_points"],
        soft_needs_signature=policy["soft_needs_signature"],
        to_person_after=timedelta(hours=policy["unreachable_to_person_after_hours"]),
    )
    if read.agreeing < 1 or read.vantages < 1:
        raise ValueError("at least one check from one vantage point")
    return read


def counts_as_gone(observation: Observation, policy: Confirmation) -> bool:
    """Whether the check speaks for a removal.

    A text far from the baseline does only where the policy asks for no signature.
    """
    if observation.verdict in GONE or observation.reason is Reason.NO_SUCH_NAME_ONCE:
        return True
    return (
        not policy.soft_needs_signature
        and observation.verdict is ProbeResult.CHANGED
        and observation.reason is Reason.OTHER_TEXT
    )


def decide(
    observations: Sequence[Observation],
    presence: Presence,
    policy: Confirmation,
    dark_since: datetime | None = None,
) -> Outcome:
    """Weigh the checks of one occurrence, oldest first, the newest just made (several may share its instant:
    one check from several profiles).

    The last dozen checks are enough when `dark_since` says since when no check has proved anything (None:
    work it out from the checks). Raises ValueError without checks or when they are out of order.
    """
    if not observations or any(before.at > after.at for before, after in pairwise(observations)):
        raise ValueError("observations in the order they were made, at least one")
    newest = [observation for observation in observations if observation.at == observations[-1].at]
    seen = [
        observation
        for observation in newest
        if observation.is_seen and not counts_as_gone(observation, policy)
    ]
    if seen:
        return _seen(observations, newest, seen, presence, policy)
    if any(counts_as_gone(observation, policy) for observation in newest):
        return _gone(observations, newest, presence, policy)
    return _no_proof(observations, newest, presence, policy, dark_since or dark_from(observations))


def _seen(
    observations: Sequence[Observation],
    newest: list[Observation],
    seen: list[Observation],
    presence: Presence,
    policy: Confirmation,
) -> Outcome:
    """At least one profile saw the content."""
    ask = None
    if all(observation.verdict is ProbeResult.CHANGED for observation in seen):
        ask = Ask.CHANGED
    elif any(counts_as_gone(observation, policy) for observation in newest):
        ask = Ask.DISAGREEMENT
    if presence is not Presence.REMOVED:
        return Outcome(Presence.ONLINE, ask=ask)
    if ask is Ask.CHANGED:
        return Outcome(
            ask=ask
        )  # something answers where the removed content was: a person must say whether it is the same
    run = _run(observations, seen=True, policy=policy)
    if _agree(run, policy):
        return Outcome(Presence.REAPPEARED, reappeared=True, since=run[0].at, ask=ask)
    return Outcome(awaits_second=True, ask=ask)


def _gone(
    observations: Sequence[Observation], newest: list[Observation], presence: Presence, policy: Confirmation
) -> Outcome:
    """No profile saw the content and at least one found it gone."""
    if presence is Presence.REMOVED:
        return Outcome()
    believed = any(
        observation.verdict in GONE or not observation.found_no_name
        for observation in newest
        if counts_as_gone(observation, policy)
    )
    if not believed:  # one missing name: check again before believing anything
        settled = Presence.UNREACHABLE if presence is not Presence.PRESUMED_REMOVED else None
        return Outcome(settled, awaits_second=True)
    run = _run(observations, seen=False, policy=policy)
    if _agree(run, policy) and _enough_profiles(run, policy):
        return Outcome(Presence.REMOVED, removed=True, since=run[0].at)
    return Outcome(Presence.PRESUMED_REMOVED, awaits_second=True)


def proves(observation: Observation) -> bool:
    """Whether the check says anything about the content: seen or gone."""
    return observation.is_seen or observation.verdict in GONE


def dark_from(observations: Sequence[Observation]) -> datetime:
    """Since when no check has proved anything: the first check after the last that did."""
    dark = observations[-1].at
    for observation in reversed(observations):
        if proves(observation):
            break
        dark = observation.at
    return dark


def _no_proof(
    observations: Sequence[Observation],
    newest: list[Observation],
    presence: Presence,
    policy: Confirmation,
    dark: datetime,
) -> Outcome:
    """No answer, restricted access, a robot check.

    After the policy's hours without a clear check a person is asked.
    """
    ask: Ask | None = None
    if observations[-1].at - dark >= policy.to_person_after:
        verdicts = {observation.verdict for observation in newest}
        asked = ((ProbeResult.RESTRICTED, Ask.RESTRICTED), (ProbeResult.UNREACHABLE, Ask.UNREACHABLE))
        ask = next((ask for verdict, ask in asked if verdict in verdicts), Ask.NO_EVIDENCE)
    if presence is Presence.REMOVED or all(
        observation.verdict in {ProbeResult.CHALLENGED, ProbeResult.REFUSED_BY_GUARD}
        for observation in newest
    ):
        return Outcome(ask=ask)
    return Outcome(Presence.UNREACHABLE, ask=ask)


def _run(observations: Sequence[Observation], *, seen: bool, policy: Confirmation) -> list[Observation]:
    """The checks of the newest unbroken run of checks that saw the content (or found it gone), oldest first.

    A check is all observations of one instant. It saw the content when one profile did; checks that prove
    nothing are skipped.
    """
    run: list[Observation] = []
    for _, group in groupby(reversed(observations), key=lambda observation: observation.at):
        check = list(group)
        sights = [
            observation
            for observation in check
            if observation.is_seen and not counts_as_gone(observation, policy)
        ]
        found_gone = [observation for observation in check if counts_as_gone(observation, policy)]
        wanted, breaking = (sights, [] if sights else found_gone) if seen else (found_gone, sights)
        if breaking:
            break
        run += [
            observation
            for observation in wanted
            if not seen or observation.verdict is not ProbeResult.CHANGED
        ]
    return run[::-1]


def _agree(run: list[Observation], policy: Confirmation) -> bool:
    """Enough looks at different instants, the outer ones far enough apart."""
    instants = {observation.at for observation in run}
    return len(instants) >= policy.agreeing and max(instants) - min(instants) >= (
        policy.apart if policy.agreeing > 1 else timedelta(0)
    )


def _enough_profiles(run: list[Observation], policy: Confirmation) -> bool:
    """A host can show each visitor another page, so several profiles must agree; a name that does not exist
    is the same for all."""
    if all(observation.found_no_name for observation in run):
        return True
    return len({observation.profile for observation in run}) >= policy.vantages


def kind_of_removal(run: Sequence[Observation], handling: Handling) -> RemovalKind:
    """How to count the removal: before assessment, before a notice, or by the reason of the last check that
    found it gone."""
    if handling in {Handling.NEW, Handling.AWAITING_ASSESSMENT}:
        return RemovalKind.GONE_BEFORE_ASSESSMENT
    if handling not in {Handling.FOLLOWED, Handling.WATCHED}:
        return RemovalKind.GONE_BEFORE_NOTICE
    reason = next((observation.reason for observation in reversed(run) if observation.verdict in GONE), None)
    if reason in {Reason.NO_SUCH_NAME, Reason.PARKED, Reason.SAYS_SUSPENDED}:
        return RemovalKind.DOMAIN_SUSPENDED
    return RemovalKind.ACCOUNT_REMOVED if reason is Reason.SAYS_ACCOUNT_GONE else RemovalKind.CONTENT_REMOVED
