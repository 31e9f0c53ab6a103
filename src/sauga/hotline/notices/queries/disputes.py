"""Questions about disputes: the last one of a notice, and how it was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from sauga.hotline.notices.models import Notice, NoticeAnswer, NoticeItem
from sauga.hotline.notices.rules.disputes import Decision
from sauga.kernel import sealed

ZONE = sealed.Zone.HOTLINE
TABLE, FIELD = "hotline.noticeanswer", "decision_words"


@dataclass(frozen=True)
class Dispute:
    """The last dispute of a notice; `decision` is None while it waits."""

    since: datetime
    decision: Decision | None


def last_dispute(notice: Notice, opener: sealed.Opener, *, before: datetime | None = None) -> Dispute | None:
    """The last dispute, or the last one `before` an instant, with its decision opened; None if the provider
    never disputed."""
    rows = notice.answers.filter(answer="DISPUTED")
    rows = rows.filter(at__lte=before) if before is not None else rows
    found = rows.order_by("-at", "-pk").first()
    if found is None:
        return None
    if not found.decision or found.decided_at is None:
        return Dispute(found.at, None)
    return Dispute(found.at, Decision(found.decision, _reason(notice, found, opener), found.decided_at))


def _reason(notice: Notice, row: NoticeAnswer, opener: sealed.Opener) -> str:
    if not row.decision_words:
        return ""
    try:
        key = sealed.open_data_key(zone=ZONE, holder=notice.holder, opener=opener)
    except sealed.KeyNotAvailable:
        return ""
    return sealed.unseal(key, table=TABLE, row=row.ref, field=FIELD, envelope=bytes(row.decision_words))


def disputed_items(notice: Notice) -> list[NoticeItem]:
    """The addresses that the waiting dispute is about: disputed since the last decision, if there was one."""
    rows = notice.items.filter(answer="DISPUTED").exclude(outcome="WITHDRAWN")
    decided = notice.answers.filter(answer="DISPUTED").aggregate(last=Max("decided_at"))["last"]
    rows = rows.filter(answered_at__gt=decided) if decided is not None else rows
    return list(rows.select_related("item").order_by("pk"))
