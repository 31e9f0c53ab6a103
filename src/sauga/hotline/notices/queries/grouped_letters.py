"""Which letter still waits for another address of the same report at the same host
(policy.notice_grouping)."""

from datetime import datetime, timedelta

from django.db.models import Q

from sauga.hotline.content.models import ContentItem
from sauga.hotline.notices.models import Notice, NoticeMail
from sauga.hotline.notices.queries.notices import without_notice
from sauga.hotline.reports.models import Location
from sauga.hotline.states import TO_ASSESS, NoticeState
from sauga.kernel import vocab

LOOK_EVERY = timedelta(seconds=5)


def waits_until(*, mail_id: int, at: datetime) -> datetime | None:
    """When to look again whether a first letter may go; None: it goes now.

    It waits only while another address of the same report, at the same host or provider, has no verdict or no
    notice yet, and never longer than the policy says, counted from the draft.
    """
    mail = NoticeMail.objects.select_related("notice").filter(pk=mail_id, attempts=0, purpose="FIRST").first()
    policy = vocab.policy("policy.notice_grouping")
    if (
        mail is None
        or mail.notice.state != NoticeState.QUEUED
        or mail.notice.priority not in policy["priority"]
    ):
        return None
    end = mail.notice.drafted_at + timedelta(seconds=policy["seconds"])
    if at >= end or not _is_expected(mail.notice):
        return None
    return min(end, at + LOOK_EVERY)


def _is_expected(notice: Notice) -> bool:
    """Whether an address that belongs into the notice is still on its way."""
    items = ContentItem.objects.filter(notice_items__notice=notice)
    reports = Location.objects.filter(item__in=items).values("report")
    hosts = list(items.exclude(host_index=b"").values_list("host_index", flat=True))
    beside = ContentItem.objects.filter(
        Q(provider=notice.provider_id) | Q(host_index__in=hosts), locations__report__in=reports
    ).exclude(pk__in=items.values("pk"))
    to_assess = Q(handling__in=[str(state) for state in TO_ASSESS])
    return beside.filter(to_assess | Q(pk__in=without_notice().values("pk"))).exists()
