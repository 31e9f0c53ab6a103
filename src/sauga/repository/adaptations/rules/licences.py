"""The licence engine: what may be done with works under Creative Commons and other terms, why not, and what
instead.

Pure functions on rights, without rows or wording. The outcome is derived from five rights of a licence; tests
compare it with the matrix of the vocabulary `licences` and with a table written by hand. Sources: legal codes
of CC 4.0 (§2 a 1, §3 b), adapter's chart of Creative Commons; filling slots of a no-derivatives work is
reproduction only where the owner has declared them (decision 0046).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """The engine's answer. A refusal outranks a question, a question outranks a yes."""

    ALLOWED = "allowed"
    ASK_OWNER = "ask_owner"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why something is refused or needs approval."""

    NO_DERIVATIVES = "no_derivatives"
    SLOT_NOT_DECLARED = "slot_not_declared"
    RESERVED = "reserved"
    CUSTOM = "custom"
    NOT_COMMERCIAL = "not_commercial"
    NO_COMMON_LICENCE = "no_common_licence"
    SHARE_ALIKE_LOST = "share_alike_lost"
    NOT_OFFERED = "not_offered"
    UNKNOWN = "unknown"


class Instead(StrEnum):
    """What is possible instead."""

    FILL_SLOTS = "fill_slots"
    USE_UNCHANGED = "use_unchanged"
    COLLECT = "collect"
    ASK_THE_OWNER = "ask_the_owner"
    USE_THESE_LICENCES = "use_these_licences"
    LEAVE_OUT = "leave_out"
    WITHOUT_PROFIT = "without_profit"
    LINK = "link"


@dataclass(frozen=True)
class Licence:
    """A licence by its rights; None means that a person must read the terms."""

    code: str
    share: bool | None
    adapt: bool | None
    commercial: bool | None
    share_alike: bool | None
    attribution: bool

    @property
    def is_custom(self) -> bool:
        """Whether its rights are in custom terms."""
        return self.adapt is None


@dataclass(frozen=True)
class Verdict:
    """The engine's answer. `licences` are those the result may carry, the freest first; `codes` names the
    obstacles.
    """

    answer: Answer
    licences: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    instead: tuple[Instead, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Whether no permission is needed."""
        return self.answer is Answer.ALLOWED


LICENCES: dict[str, Licence] = {
    row.code: row
    for row in (
        Licence("CC0-1.0", True, True, True, False, False),
        Licence("CC-BY-4.0", True, True, True, False, True),
        Licence("CC-BY-SA-4.0", True, True, True, True, True),
        Licence("CC-BY-NC-4.0", True, True, False, False, True),
        Licence("CC-BY-NC-SA-4.0", True, True, False, True, True),
        Licence("CC-BY-ND-4.0", True, False, True, False, True),
        Licence("CC-BY-NC-ND-4.0", True, False, False, False, True),
        Licence("all_rights_reserved", False, False, False, False, True),
        Licence("custom", None, None, None, None, True),
    )
}
"""From the freest to the narrowest; the order in which a partner is offered them."""
OPEN = tuple(code for code, licence in LICENCES.items() if licence.share)
REPRODUCTION = ("slot_fill", "format_change")
"""Kinds of adaptation that are copying under CC 4.0 §2 a 4 and need no right to adapt."""


def adaptation_licences(code: str) -> tuple[str, ...]:
    """The licences that an adaptation of one work may carry; empty when it must not be adapted, or a person
    must read the terms.
    """
    base = LICENCES[code]
    if not base.adapt:
        return ()
    if base.share_alike:
        return (code,)
    return tuple(other for other in OPEN if _keeps(base, LICENCES[other]))


def adapt(code: str, *, commercial: bool = False, wanted: str = "") -> Verdict:
    """May a work be changed, and under which licences may the change be shared? `wanted` is the partner's
    preference.
    """
    return merge([code], commercial=commercial, wanted=wanted)


def merge(codes: Sequence[str], *, commercial: bool = False, wanted: str = "") -> Verdict:
    """May these works be merged into one? The licences of the whole are those that each of them permits; none
    in common is a refusal.
    """
    if unknown := _unknown(codes):
        return unknown
    if barred := _barred(codes, changed=True):
        return barred
    if narrow := _not_for_profit(codes, commercial=commercial):
        return narrow
    held = [code for code in dict.fromkeys(codes) if not LICENCES[code].is_custom]
    common = _common(held)
    if held and not common:
        sharing = tuple(code for code in held if LICENCES[code].share_alike) or tuple(held)
        return Verdict(
            Answer.REFUSED,
            (),
            (Reason.NO_COMMON_LICENCE,),
            (Instead.COLLECT, Instead.LEAVE_OUT, Instead.ASK_THE_OWNER),
            sharing,
        )
    if len(held) < len(set(codes)):
        return Verdict(Answer.ASK_OWNER, common, (Reason.CUSTOM,), (Instead.ASK_THE_OWNER,), ("custom",))
    return _offered(common, held, wanted)


def again(lineage: Sequence[str], *, commercial: bool = False, wanted: str = "") -> Verdict:
    """May an adaptation be adapted again? `lineage` lists the licence of each ancestor, the original first:
    all of them apply.
    """
    return merge(lineage, commercial=commercial, wanted=wanted)


def collect(codes: Sequence[str], *, commercial: bool = False) -> Verdict:
    """May these works stand in one toolkit, each unchanged and under its own licence? `licences` are those of
    the parts.
    """
    if unknown := _unknown(codes):
        return unknown
    if barred := _barred(codes, changed=False):
        return barred
    if narrow := _not_for_profit(codes, commercial=commercial):
        return narrow
    kept = tuple(dict.fromkeys(codes))
    if any(LICENCES[code].is_custom for code in codes):
        return Verdict(
            Answer.ASK_OWNER, kept, (Reason.CUSTOM,), (Instead.ASK_THE_OWNER, Instead.LEAVE_OUT), ("custom",)
        )
    return Verdict(Answer.ALLOWED, kept)


def fill_slots(
    code: str, *, filled: Iterable[str], declared: Collection[str], commercial: bool = False
) -> Verdict:
    """May these slots be filled? In any shareable work the ones its owner declared; the licence stays the
    same.

    Filling anything else is a change: a work that may be adapted permits it, another does not.
    """
    copied = collect([code], commercial=commercial)
    if not copied.is_allowed:
        return copied
    stray = tuple(sorted(set(filled) - set(declared)))
    if not stray:
        return Verdict(Answer.ALLOWED, (code,))
    if not LICENCES[code].adapt:
        return Verdict(
            Answer.REFUSED,
            (),
            (Reason.SLOT_NOT_DECLARED,),
            (Instead.FILL_SLOTS, Instead.ASK_THE_OWNER),
            stray,
        )
    return adapt(code, commercial=commercial)


def judge(
    kind: str,
    lineage: Sequence[str],
    *,
    filled: Iterable[str] = (),
    declared: Collection[str] = (),
    commercial: bool = False,
    wanted: str = "",
) -> Verdict:
    """The question the desk asks: may an adaptation of this kind be made from works with these licences, the
    original first?
    """
    if not lineage:
        return Verdict(Answer.REFUSED, (), (Reason.UNKNOWN,), (Instead.ASK_THE_OWNER,))
    if kind not in REPRODUCTION:
        return again(lineage, commercial=commercial, wanted=wanted)
    last = lineage[-1]
    copied = collect(lineage, commercial=commercial)
    if not copied.is_allowed:
        return copied
    verdict = fill_slots(last, filled=filled, declared=declared, commercial=commercial)
    if not verdict.is_allowed:
        return verdict
    if verdict.licences != (last,):  # more than declared slots: a change after all
        return again(lineage, commercial=commercial, wanted=wanted)
    return _offered(verdict.licences, [last], wanted)


def _keeps(base: Licence, other: Licence) -> bool:
    """Whether another licence requires at least what the base requires: attribution, non-commercial use."""
    return (other.attribution or not base.attribution) and bool(base.commercial or not other.commercial)


def _common(codes: Sequence[str]) -> tuple[str, ...]:
    if not codes:
        return ()
    sets = [set(adaptation_licences(code)) for code in codes]
    return tuple(code for code in OPEN if all(code in one for one in sets))


def _offered(common: tuple[str, ...], held: Sequence[str], wanted: str) -> Verdict:
    if not wanted or wanted in common:
        return Verdict(Answer.ALLOWED, (wanted,) if wanted else common)
    alike = tuple(code for code in held if LICENCES[code].share_alike)
    reason = Reason.SHARE_ALIKE_LOST if alike else Reason.NOT_OFFERED
    return Verdict(Answer.REFUSED, common, (reason,), (Instead.USE_THESE_LICENCES,), alike or (wanted,))


def _unknown(codes: Sequence[str]) -> Verdict | None:
    strange = tuple(code for code in codes if code not in LICENCES)
    if not codes or strange:
        return Verdict(Answer.REFUSED, (), (Reason.UNKNOWN,), (Instead.ASK_THE_OWNER,), strange)
    return None


def _barred(codes: Sequence[str], *, changed: bool) -> Verdict | None:
    """Refused by one work's own terms: it must not be shared, or not be changed."""
    reserved = tuple(code for code in dict.fromkeys(codes) if LICENCES[code].share is False)
    fixed = tuple(
        code for code in dict.fromkeys(codes) if changed and LICENCES[code].share and not LICENCES[code].adapt
    )
    if not reserved and not fixed:
        return None
    reasons = (*((Reason.RESERVED,) if reserved else ()), *((Reason.NO_DERIVATIVES,) if fixed else ()))
    if reserved:
        instead: tuple[Instead, ...] = (Instead.LINK, Instead.ASK_THE_OWNER)
    else:
        instead = (Instead.FILL_SLOTS, Instead.USE_UNCHANGED, Instead.COLLECT, Instead.ASK_THE_OWNER)
    return Verdict(Answer.REFUSED, (), reasons, instead, (*reserved, *fixed))


def _not_for_profit(codes: Sequence[str], *, commercial: bool) -> Verdict | None:
    narrow = tuple(code for code in dict.fromkeys(codes) if LICENCES[code].commercial is False)
    if commercial and narrow:
        instead = (Instead.WITHOUT_PROFIT, Instead.LEAVE_OUT, Instead.ASK_THE_OWNER)
        return Verdict(Answer.REFUSED, (), (Reason.NOT_COMMERCIAL,), instead, narrow)
    return None
