"""When a removal is believed, when a reappearance is, and when only a person can tell (policy.confirm_removal).

Pure. A look that proves nothing neither helps nor breaks a run of agreeing looks; one look that sees the content breaks it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from sauga.hotline.monitoring.rules.probe_classification import GONE, SEEN, Reason, Verdict
from sauga.hotline.states import Handling, Presence


class Ask(StrEnum):
    """What a person is asked to look at; at most 24 characters."""

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
class Look:
    """One look, as it was kept: when, what it found and from where. `eye` names the vantage and whether a referrer was sent."""

    at: datetime
    verdict: Verdict
    reason: Reason
    eye: str = "MAIN"

    @property
    def is_seen(self) -> bool:
        return self.verdict in SEEN

    @property
    def found_no_name(self) -> bool:
        return self.reason in {Reason.NO_SUCH_NAME, Reason.NO_SUCH_NAME_ONCE}


@dataclass(frozen=True)
class Outcome:
    """What the looks so far amount to.

    `presence` is where the item should stand (None: as before). `removed` or `reappeared` say that this is now confirmed;
    `since` is then the first look of the agreeing run. `awaits_second` asks for one more look soon; `ask` sends a person.
    """

    presence: Presence | None = None
    removed: bool = False
    reappeared: bool = False
    since: datetime | None = None
    awaits_second: bool = False
    ask: Ask | None = None


def read_confirmation(policy: Mapping[str, Any]) -> Confirmation:
    """Build from policy.confirm_removal. Raises ValueError below one look, KeyError when a part is missing."""
    read = Confirmation(
        agreeing=policy["agreeing_checks"],
        apart=timedelta(minutes=policy["minutes_apart"]),
        vantages=policy["vantage_points"],
        soft_needs_signature=policy["soft_needs_signature"],
        to_person_after=timedelta(hours=policy["unreachable_to_person_after_hours"]),
    )
    if read.agreeing < 1 or read.vantages < 1:
        raise ValueError("at least one look from one place")
    return read


def counts_as_gone(look: Look, policy: Confirmation) -> bool:
    """Whether the look speaks for a removal. A text far from the baseline does only where the policy asks for no signature."""
    if look.verdict in GONE or look.reason is Reason.NO_SUCH_NAME_ONCE:
        return True
    return not policy.soft_needs_signature and look.verdict is Verdict.CHANGED and look.reason is Reason.OTHER_TEXT


def decide(looks: Sequence[Look], presence: Presence, policy: Confirmation, dark_since: datetime | None = None) -> Outcome:
    """Weigh the looks of one occurrence, oldest first, the newest just made (several may share its instant: one check from several eyes).

    The last dozen looks are enough when `dark_since` says since when no look has proved anything (None: work it out from the looks).
    Raises ValueError without looks or when they are out of order.
    """
    if not looks or any(before.at > after.at for before, after in pairwise(looks)):
        raise ValueError("looks in the order they were made, at least one")
    newest = [look for look in looks if look.at == looks[-1].at]
    seen = [look for look in newest if look.is_seen and not counts_as_gone(look, policy)]
    if seen:
        return _seen(looks, newest, seen, presence, policy)
    if any(counts_as_gone(look, policy) for look in newest):
        return _gone(looks, newest, presence, policy)
    return _no_proof(looks, newest, presence, policy, dark_since or dark_from(looks))


def _seen(looks: Sequence[Look], newest: list[Look], seen: list[Look], presence: Presence, policy: Confirmation) -> Outcome:
    """The content is there for at least one eye."""
    ask = None
    if all(look.verdict is Verdict.CHANGED for look in seen):
        ask = Ask.CHANGED
    elif any(counts_as_gone(look, policy) for look in newest):
        ask = Ask.DISAGREEMENT
    if presence is not Presence.REMOVED:
        return Outcome(Presence.ONLINE, ask=ask)
    if ask is Ask.CHANGED:
        return Outcome(ask=ask)  # something answers where the removed content was: a person must say whether it is the same
    run = _run(looks, seen=True, policy=policy)
    if _agree(run, policy):
        return Outcome(Presence.REAPPEARED, reappeared=True, since=run[0].at, ask=ask)
    return Outcome(awaits_second=True, ask=ask)


def _gone(looks: Sequence[Look], newest: list[Look], presence: Presence, policy: Confirmation) -> Outcome:
    """No eye saw the content and at least one found it gone."""
    if presence is Presence.REMOVED:
        return Outcome()
    believed = any(look.verdict in GONE or not look.found_no_name for look in newest if counts_as_gone(look, policy))
    if not believed:  # one missing name: look again before believing anything
        settled = Presence.UNREACHABLE if presence is not Presence.PRESUMED_REMOVED else None
        return Outcome(settled, awaits_second=True)
    run = _run(looks, seen=False, policy=policy)
    if _agree(run, policy) and _enough_eyes(run, policy):
        return Outcome(Presence.REMOVED, removed=True, since=run[0].at)
    return Outcome(Presence.PRESUMED_REMOVED, awaits_second=True)


def proves(look: Look) -> bool:
    """Whether the look says anything about the content: seen or gone."""
    return look.is_seen or look.verdict in GONE


def dark_from(looks: Sequence[Look]) -> datetime:
    """Since when no look has proved anything: the first look after the last that did."""
    dark = looks[-1].at
    for look in reversed(looks):
        if proves(look):
            break
        dark = look.at
    return dark


def _no_proof(looks: Sequence[Look], newest: list[Look], presence: Presence, policy: Confirmation, dark: datetime) -> Outcome:
    """No answer, a shut door, a robot check. After the policy's hours without a clear look a person is asked."""
    ask: Ask | None = None
    if looks[-1].at - dark >= policy.to_person_after:
        verdicts = {look.verdict for look in newest}
        asked = ((Verdict.RESTRICTED, Ask.RESTRICTED), (Verdict.UNREACHABLE, Ask.UNREACHABLE))
        ask = next((ask for verdict, ask in asked if verdict in verdicts), Ask.NO_EVIDENCE)
    if presence is Presence.REMOVED or all(look.verdict in {Verdict.CHALLENGED, Verdict.REFUSED_BY_GUARD} for look in newest):
        return Outcome(ask=ask)
    return Outcome(Presence.UNREACHABLE, ask=ask)


def _run(looks: Sequence[Look], *, seen: bool, policy: Confirmation) -> list[Look]:
    """The looks of the newest unbroken run of checks that saw the content (or found it gone), oldest first.

    A check is all looks of one instant. It saw the content when one eye did; checks that prove nothing are passed over.
    """
    run: list[Look] = []
    for _, group in groupby(reversed(looks), key=lambda look: look.at):
        check = list(group)
        sights = [look for look in check if look.is_seen and not counts_as_gone(look, policy)]
        found_gone = [look for look in check if counts_as_gone(look, policy)]
        wanted, breaking = (sights, [] if sights else found_gone) if seen else (found_gone, sights)
        if breaking:
            break
        run += [look for look in wanted if not seen or look.verdict is not Verdict.CHANGED]
    return run[::-1]


def _agree(run: list[Look], policy: Confirmation) -> bool:
    """Enough looks at different instants, the outer ones far enough apart."""
    instants = {look.at for look in run}
    return len(instants) >= policy.agreeing and max(instants) - min(instants) >= (policy.apart if policy.agreeing > 1 else timedelta(0))


def _enough_eyes(run: list[Look], policy: Confirmation) -> bool:
    """A host can show each visitor another page, so several eyes must agree; a name that does not exist is the same for all."""
    if all(look.found_no_name for look in run):
        return True
    return len({look.eye for look in run}) >= policy.vantages


def kind_of_removal(run: Sequence[Look], handling: Handling) -> RemovalKind:
    """How to count the removal: before assessment, before a notice, or by what the last look that found it gone was told."""
    if handling in {Handling.NEW, Handling.AWAITING_ASSESSMENT}:
        return RemovalKind.GONE_BEFORE_ASSESSMENT
    if handling not in {Handling.FOLLOWED, Handling.WATCHED}:
        return RemovalKind.GONE_BEFORE_NOTICE
    reason = next((look.reason for look in reversed(run) if look.verdict in GONE), None)
    if reason in {Reason.NO_SUCH_NAME, Reason.PARKED, Reason.SAYS_SUSPENDED}:
        return RemovalKind.DOMAIN_SUSPENDED
    return RemovalKind.ACCOUNT_REMOVED if reason is Reason.SAYS_ACCOUNT_GONE else RemovalKind.CONTENT_REMOVED
