"""Signed heads of the audit log by mail, to the person that the operator names: once a day, the latest of
each zone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from sauga.kernel import audit
from sauga.kernel.notifications.mail import Attachment, compose, deliver

EVERY = timedelta(days=1)
NAME = "audit-heads.jsonl"


class NotHanded(Exception):
    """The mail server did not take the letter; it is tried again."""


def send_heads(heads: Sequence[audit.OutsideHead], at: datetime) -> None:
    """Send the last head of each zone, in both languages; a later head stands for all before it.

    Raises NotHanded, MailRefused.
    """
    latest = {head.zone: head for head in heads}
    lines = "".join(f"{latest[zone].line()}\n" for zone in sorted(latest))
    words = []
    for language in ("lt", "en"):
        with translation.override(language):
            words.append(
                gettext(
                    "This installation signed its audit log as the attached file says. Keep the "
                    "message where nobody who looks after "
                    "the server can delete it. To check the log against it, save the file and run: "
                    "sauga check audit --witness audit-heads.jsonl"
                )
            )
    with translation.override("lt"):
        subject = gettext("Signed heads of the audit log")
    letter = compose(
        subject=f"Sauga: {subject}",
        body_text="\n\n".join(words) + "\n",
        to=settings.ENV.witness_mail,
        language="lt, en",
        at=at,
        attachments=[Attachment(NAME, lines.encode("ascii"), "application/json")],
    )
    handed = deliver(letter)
    if not handed.accepted:
        raise NotHanded(handed.code)


BY_MAIL = audit.Destination("mail", lambda: bool(settings.ENV.witness_mail), send_heads, every=EVERY)
