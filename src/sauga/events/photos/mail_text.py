"""The mails to people in pictures."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from sauga.events.photos.models import PhotoConsent, WithdrawalTask
from sauga.events.photos.queries import consents
from sauga.events.programme.models import said
from sauga.kernel.notifications import OutgoingMail, compose


def photo_mail(row: PhotoConsent, what: str, address: str, at: datetime) -> OutgoingMail:
    """That a picture shows the recipient (`shown`), or what was done after a withdrawal (`done`). Raises
    MailRefused."""
    tasks = WithdrawalTask.objects.filter(consent=row, done_at__isnull=False).select_related("asset")
    with override(row.language):
        title = str(said(row.event.title, row.language))
        context = {
            "what": what,
            "title": title,
            "link": consents.address_of_page(row),
            "tasks": [(said(task.asset.alt, row.language), task.outcome) for task in tasks],
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("events/photos/mail/photo.txt", context)
        if what == "shown":
            subject = gettext("A picture shows you: %(event)s") % {"event": title}
        else:
            subject = gettext("What we have done about pictures of you: %(event)s") % {"event": title}
    lines: list[str] = []
    for line in (one.rstrip() for one in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return compose(
        subject=" ".join(subject.split())[:180],
        body_text="\n".join(lines) + "\n",
        to=address,
        language=row.language,
        at=at,
    )
