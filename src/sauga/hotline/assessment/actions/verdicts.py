"""Verdicts: first, second, third.

None is overwritten; each is one person's judgement, and the valid one decides about the item.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.actions.claims import count_assessment
from sauga.hotline.assessment.actions.routing import route_item
from sauga.hotline.assessment.models import Assessment
from sauga.hotline.assessment.rules.routing import fits
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Handling
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.identity import PersonActor, begun_at, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import MoveNotAllowed, lock, move

ZONE = sealed.Zone.HOTLINE
TABLE = "hotline.assessment"
PROBATION = timedelta(weeks=4)
DOUBTFUL = "DOUBTFUL"
NEEDS_ACT = {"BASELINE", "NATIONAL", "PROHIBITED", "RESTRICTED", "INCIDENT"}
NEEDS_REASON = {"NOT_ILLEGAL", "NOT_ASSESSABLE"}


class VerdictIncomplete(ActionRefused):
    """A field the verdict needs is missing; `field` names it."""

    message = _("A field that this verdict needs is missing.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ActDoesNotFit(ActionRefused):
    """The legal act is no basis for this verdict on an item of this category."""

    message = _("This legal act cannot be the basis of this verdict for an item of this category.")


class OwnItem(ActionRefused):
    """A person does not review their own verdict."""

    message = _("Nobody reviews their own verdict.")


@dataclass(frozen=True)
class Verdict:
    """A verdict with its classification; codes from the vocabularies, empty where not said."""

    verdict: str
    legal_act: str = ""
    no_action_reason: str = ""
    age: str = ""
    sex: str = ""
    site_type: str = ""
    commerciality: str = ""
    virtual: str = ""
    user_generated: str = ""
    xarf_class: str = ""

    def check(self) -> None:
        """Raise VerdictIncomplete when a field this verdict needs is missing."""
        if self.verdict in NEEDS_ACT and not self.legal_act:
            raise VerdictIncomplete("legal_act")
        if self.verdict in NEEDS_REASON and not self.no_action_reason:
            raise VerdictIncomplete("no_action_reason")

    def check_act(self, category: str) -> None:
        """Raise ActDoesNotFit when the legal act belongs to other verdicts or other categories."""
        if self.legal_act and not fits(
            vocab.term("lt.legal_act", self.legal_act).extra, self.verdict, category
        ):
            raise ActDoesNotFit(self.legal_act)


def assess_item(
    *, by: PersonActor, item: ContentItem, verdict: Verdict, note: str = "", at: datetime
) -> ContentItem:
    """Record an analyst's verdict on one item, and let it go where the rules send it.

    Raises MoveNotAllowed unless the item awaits assessment, VerdictIncomplete, ActDoesNotFit, or VaultLocked
    when a note cannot be sealed.
    """
    require(by, Permission.ASSESS, item)
    verdict.check()
    with transaction.atomic():
        item = lock(item)
        verdict.check_act(item.category)
        reopened = item.handling == Handling.ASSESSED and not item.verdict
        if not reopened and item.handling != Handling.AWAITING_ASSESSMENT:
            raise MoveNotAllowed(item.handling, Handling.ASSESSED)
        _write(by, item, verdict, note, kind="REOPENED" if reopened else "FIRST", at=at)
        if not reopened:
            move(item, to=Handling.ASSESSED, by=by, at=at, track="handling", why=verdict.verdict)
        count_assessment(by, item, at)
        if _blocks(by, item, verdict, at):
            move(item, to=Handling.SECOND_REVIEW, by=by, at=at, track="handling", why="POLICY")
        else:
            _apply_verdict(item, verdict, at)
        _end_claim(item)
        return item


def review_item(
    *, by: PersonActor, item: ContentItem, verdict: Verdict, note: str = "", at: datetime
) -> ContentItem:
    """A second person's blind verdict, or a third's who decides.

    Agreement lets the item go on; disagreement and doubt ask a third person.

    Raises OwnItem for the person who judged it before, MoveNotAllowed unless a review is awaited,
    VerdictIncomplete for a third who doubts.
    """
    require(by, Permission.REVIEW, item)
    verdict.check()
    with transaction.atomic():
        item = lock(item)
        if item.handling not in {Handling.SECOND_REVIEW, Handling.ARBITRATION}:
            raise MoveNotAllowed(item.handling, Handling.ASSESSED)
        if item.assessments.filter(by_id=by.person_id).exists():
            raise OwnItem
        verdict.check_act(item.category)
        first = item.assessments.order_by("pk").last()
        decides = item.handling == Handling.ARBITRATION
        if decides and verdict.verdict == DOUBTFUL:
            raise VerdictIncomplete("verdict")
        _write(by, item, verdict, note, kind="ARBITRATION" if decides else "SECOND", at=at)
        count_assessment(by, item, at)
        if not decides and (
            verdict.verdict == DOUBTFUL
            or (first is not None and first.verdict not in {verdict.verdict, DOUBTFUL})
        ):
            move(item, to=Handling.ARBITRATION, by=by, at=at, track="handling", why="DIFFERS")
        else:
            move(item, to=Handling.ASSESSED, by=by, at=at, track="handling", why=verdict.verdict)
            _apply_verdict(item, verdict, at)
        _end_claim(item)
        return item


def _write(
    by: PersonActor, item: ContentItem, verdict: Verdict, note: str, *, kind: str, at: datetime
) -> None:
    row = Assessment(item=item, by_id=by.person_id, at=at, kind=kind, **asdict(verdict))
    if note:
        if by.vault is None:
            raise VaultLocked
        key = sealed.open_data_key(zone=ZONE, holder=item.holder, opener=by.vault)
        row.note = sealed.seal(key, table=TABLE, row=row.ref, field="note", text=note)
    row.save(force_insert=True)
    audit.record(
        by, Trail.ITEM_ASSESSED, item, zone=ZONE, at=at, facts={"verdict": verdict.verdict, "kind": kind}
    )


def _blocks(by: PersonActor, item: ContentItem, verdict: Verdict, at: datetime) -> bool:
    """Whether a second review must come first (policy.second_review): doubt, or P3–P5 in an analyst's first
    four weeks. P1, P2 never wait."""
    if verdict.verdict == DOUBTFUL:
        return True
    blocking = vocab.policy("policy.second_review")["blocking"]
    probation = any("first 4 weeks" in rule for rule in blocking)
    return (
        probation
        and item.priority not in {"P1", "P2"}
        and at - begun_at(by.person_id, "ANALYST", at) < PROBATION
    )


def _apply_verdict(item: ContentItem, verdict: Verdict, at: datetime) -> None:
    """Make the verdict the item's own and route the item."""
    item.verdict, item.legal_act, item.no_action_reason = (
        verdict.verdict,
        verdict.legal_act,
        verdict.no_action_reason,
    )
    item.save(update_fields=["verdict", "legal_act", "no_action_reason"])
    Occurrence.objects.filter(item=item, number=item.occurrence, decided_at=None).update(decided_at=at)
    route_item(item=item, at=at)


def _end_claim(item: ContentItem) -> None:
    ContentItem.objects.filter(pk=item.pk).update(taken_by=None, taken_until=None, handed_by="")
    live.signal("hotline.worklist")
    live.signal(f"hotline.item.{item.ref}")
