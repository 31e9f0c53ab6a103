"""What the providers of the demo's past do with a notice: their mail servers report, they open the page,
answer, dispute or stay silent."""

from datetime import datetime, timedelta

from sauga.hotline.content.models import ContentItem
from sauga.hotline.demo.cases import HOUR, MINUTE, REMOVED, Case
from sauga.hotline.demo.places import DELIVERY, PROMPT, SILENT, SLOW, Host
from sauga.hotline.demo.stage import Stage
from sauga.hotline.notices.actions import answers, notice_delivery
from sauga.hotline.notices.models import NoticeMail
from sauga.kernel.kit.demo import Story

WORDS = {
    "DISPUTED": "The page belongs to a customer who says that it is satire. Please look again.",
    "REFUSED": "We do not find anything at this address.",
}
DELIVERED_AFTER = {
    PROMPT: timedelta(seconds=40),
    SLOW: 22 * MINUTE,
    SILENT: 5 * MINUTE,
    DELIVERY: timedelta(seconds=90),
}
ACKNOWLEDGED_AFTER = {PROMPT: 9 * MINUTE, SLOW: 7 * HOUR, DELIVERY: 3 * HOUR}


def letter_about(item: ContentItem) -> NoticeMail | None:
    """The newest letter about an item that was sent."""
    return (
        NoticeMail.objects.filter(notice__items__item=item, sent_at__isnull=False)
        .select_related("notice")
        .order_by("-pk")
        .first()
    )


def answering(stage: Stage, item: ContentItem, case: Case, decided: datetime) -> Story:
    """One provider's way with one notice."""
    host = case.host
    yield decided + DELIVERED_AFTER[host]
    mail = letter_about(item)
    if mail is None:
        return
    _delivered(mail, decided + DELIVERED_AFTER[host])
    if host not in ACKNOWLEDGED_AFTER:
        return
    goes = case.ending in REMOVED
    opened = ACKNOWLEDGED_AFTER[host] * stage.random.uniform(0.6, 1.6)
    if not goes or opened < case.stays:
        yield decided + opened
        _say(mail, "ACKNOWLEDGED", decided + opened)
    if goes:
        at = decided + case.stays + gone_by(host) * stage.random.uniform(0.4, 1.5)
        yield at
        _say(mail, "REMOVED", at)
    elif case.says:
        yield decided + 15 * HOUR
        _say(
            mail,
            case.says,
            decided + 15 * HOUR,
            words=WORDS[case.says],
            reason="TOO_VAGUE" if case.says == "REFUSED" else "",
        )


def gone_by(host: Host) -> timedelta:
    """How long after the removal a provider reports it."""
    return 3 * MINUTE if host is PROMPT else 2 * HOUR


def _delivered(mail: NoticeMail, at: datetime) -> None:
    notice_delivery.delivery_known(
        return_token=mail.return_token or "", kind="delivered", code="2.0.0", at=at
    )


def _say(mail: NoticeMail, answer: str, at: datetime, *, words: str = "", reason: str = "") -> None:
    """The provider answers on the page of this letter, if its link still works."""
    mail.refresh_from_db()
    try:
        answers.provider_responds(
            by=answers.PROVIDER, mail=mail, answer=answer, words=words, reason=reason, at=at
        )
    except answers.LinkOver:
        return


def bounced(item: ContentItem, at: datetime) -> None:
    """The mailbox does not exist: the provider's mail server reports it later."""
    mail = letter_about(item)
    if mail is not None:
        notice_delivery.delivery_known(
            return_token=mail.return_token or "", kind="failed", code="5.1.1", at=at
        )
