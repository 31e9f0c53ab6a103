"""The second reviewer's decision on a dispute: a reason for the provider, one letter, and what follows for
the addresses."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.hotline.addresses.rules.addresses import clean_text
from sauga.hotline.assessment.actions.verdicts import OwnItem
from sauga.hotline.content.models import ContentItem
from sauga.hotline.notices.actions import letters
from sauga.hotline.notices.actions.answers import LONGEST
from sauga.hotline.notices.actions.drafts import OFFICER, letter_template, queue_mail
from sauga.hotline.notices.actions.withdrawal import reopen_item, take_back
from sauga.hotline.notices.models import Notice, NoticeItem
from sauga.hotline.notices.queries.disputes import FIELD, TABLE, disputed_items
from sauga.hotline.notices.queries.notices import open_items
from sauga.hotline.notices.rules import template_fields
from sauga.hotline.notices.rules.disputes import REJECTED, UPHELD, Decision
from sauga.hotline.permissions import Permission
from sauga.hotline.states import NoticeState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, live, sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import MoveNotAllowed, lock, move

ZONE = sealed.Zone.HOTLINE
SERVICE = sealed.ServiceOpener(ZONE)


class DecisionReasonMissing(TextMissing):
    """A dispute is decided with a reason."""

    message = _("Write the reason for your decision: the provider receives it.")
    field = "reason"


class DecidedBefore(ActionRefused):
    """A second dispute is decided by a person other than the first."""

    message = _("You decided an earlier dispute of this notice. Another reviewer decides this one.")


def check_reviewer(*, by: PersonActor, notice: Notice) -> None:
    """Raise OwnItem for the person who judged one of the addresses, DecidedBefore for the one who decided an
    earlier dispute of the notice, PermissionRefused for everybody who does not review."""
    require(by, Permission.REVIEW, notice)
    rows = disputed_items(notice)
    if any(row.item.assessments.filter(by_id=by.person_id).exists() for row in rows):
        raise OwnItem
    if notice.answers.filter(answer="DISPUTED", decided_by_id=by.person_id).exists():
        raise DecidedBefore


def is_whole_notice(notice: Notice, rows: Sequence[NoticeItem]) -> bool:
    """Whether nothing would be left to ask for without these addresses."""
    return not open_items(notice).exclude(pk__in=[row.pk for row in rows]).exists()


def preview(*, notice: Notice, upheld: bool, reason: str, at: datetime) -> template_fields.Wording:
    """The letter that a decision would send, its link hidden; nothing is written.

    Raises NotReady without a template, FieldMissing where the template has no place for the decision.
    """
    rows = disputed_items(notice)
    code = UPHELD if upheld else REJECTED
    purpose = "WITHDRAWAL" if upheld else "CLARIFICATION"
    content = letters.Content(
        notice=notice,
        contact=notice.contact,
        template=letter_template(notice, purpose=purpose, to=notice.contact, at=at),
        items=rows,
        statement=f"DISPUTE_{code}",
        decision=Decision(code, clean_text(reason)[:LONGEST], at),
        link=letters.link_of(letters.HIDDEN),
        at=at,
    )
    return letters.worded(content)


def decide_dispute(*, by: PersonActor, notice: Notice, upheld: bool, reason: str, at: datetime) -> Notice:
    """A second reviewer decides a dispute with a reason, which the provider receives in one letter.

    Upheld: the disputed addresses are withdrawn and assessed again, the notice with them if it asks for
    nothing else. Rejected: the request stands. Raises DecisionReasonMissing, OwnItem, DecidedBefore,
    FieldMissing; MoveNotAllowed unless it is disputed.
    """
    require(by, Permission.REVIEW, notice)
    reason = clean_text(reason)[:LONGEST]
    if not reason:
        raise DecisionReasonMissing
    with transaction.atomic():
        items = {
            item.pk: item
            for item in ContentItem.objects.select_for_update(of=("self",))
            .filter(notice_items__notice=notice)
            .order_by("pk")
        }
        notice = lock(notice)
        if notice.state != NoticeState.DISPUTED:
            raise MoveNotAllowed(notice.state, NoticeState.ACKNOWLEDGED)
        check_reviewer(by=by, notice=notice)
        preview(notice=notice, upheld=upheld, reason=reason, at=at)
        rows, code = disputed_items(notice), UPHELD if upheld else REJECTED
        _keep(by, notice, code, reason, at)
        audit.record(
            by,
            Trail.NOTICE_DISPUTE_DECIDED,
            notice,
            zone=ZONE,
            at=at,
            facts={"decision": code, "items": len(rows)},
        )
        if upheld:
            notice = _withdraw(by, notice, rows, [items[row.item_id] for row in rows], at)
        else:
            queue_mail(notice, purpose="CLARIFICATION", statement="DISPUTE_REJECTED", at=at)
        if notice.state == NoticeState.DISPUTED:
            move(notice, to=NoticeState.ACKNOWLEDGED, by=by, at=at, why=code)
        link = f"/desk/hotline/notices/{notice.ref}/"
        notify(to=OFFICER, template="hotline.dispute_decided", context={"ref": notice.ref}, link=link, at=at)
        live.signal("hotline.worklist")
        return notice


def _keep(by: PersonActor, notice: Notice, code: str, reason: str, at: datetime) -> None:
    """Write the decision to every dispute that waits."""
    key = sealed.open_data_key(zone=ZONE, holder=notice.holder, opener=SERVICE)
    for row in notice.answers.filter(answer="DISPUTED", decision="").order_by("pk"):
        row.decision, row.decided_at, row.decided_by_id = code, at, by.person_id
        row.decision_words = sealed.seal(key, table=TABLE, row=row.ref, field=FIELD, text=reason)
        row.save(update_fields=["decision", "decided_at", "decided_by", "decision_words"])


def _withdraw(
    by: PersonActor,
    notice: Notice,
    rows: Sequence[NoticeItem],
    items: Sequence[ContentItem],
    at: datetime,
) -> Notice:
    """Correct the notice with one letter, then take the addresses back to be assessed again."""
    if is_whole_notice(notice, rows):
        take_back(by=by, notice=notice, reason="DISPUTE", statement="DISPUTE_UPHELD", at=at)
    else:
        NoticeItem.objects.filter(pk__in=[row.pk for row in rows]).update(outcome="WITHDRAWN")
        queue_mail(notice, purpose="WITHDRAWAL", statement="DISPUTE_UPHELD", at=at)
        audit.record(by, Trail.NOTICE_WITHDRAWN, notice, zone=ZONE, at=at, facts={"reason": "DISPUTE"})
    for item in items:
        reopen_item(by=by, item=item, reason="DISPUTE", at=at)
    return lock(notice)
