"""Messages between libraries and the organisers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor
from sauga.training.permissions import Permission
from sauga.training.trail import ZONE, Trail
from sauga.training.viewing.actions.transitions import CHANNEL, record, require_host
from sauga.training.viewing.models import SiteMessage, ViewingSite
from sauga.training.viewing.rules import LONGEST_MESSAGE
from sauga.training.webinars.models import Webinar

MOST_OF_SITE = 200


class MessageRefused(ActionRefused):
    """A message cannot be sent like this."""

    messages = {
        "long": _("Write it shorter, please: %(most)s characters at most."),
        "many": _("There are many messages here already. Please telephone."),
        "nobody": _("There is no library to write to in this view."),
    }
    fields = {"long": "text", "many": "text"}

    def __init__(self, why: str) -> None:
        super().__init__(why, **({"most": LONGEST_MESSAGE} if why == "long" else {}))


def write(*, by: Actor, site: ViewingSite, text: str, at: datetime) -> SiteMessage:
    """Write to the organisers, or as one of them to the library. Raises PermissionRefused, TextMissing,
    MessageRefused."""
    require_host(by, site)
    words = _words(text)
    with transaction.atomic():
        if SiteMessage.objects.filter(site=site).count() >= MOST_OF_SITE:
            raise MessageRefused("many")
        is_host = not isinstance(by, PersonActor)
        row = SiteMessage.objects.create(site=site, from_host=is_host, text=words, at=at)
        if not is_host:
            SiteMessage.objects.filter(site=site, from_host=True, read_at=None).update(read_at=at)
            record(by, Trail.SITE_CHANGED, site, at, what="message")
        live.signal(CHANNEL)
        return row


def write_to_many(
    *, by: Actor, webinar: Webinar, sites: Collection[ViewingSite], text: str, at: datetime
) -> int:
    """One message to many libraries of a webinar; how many. Raises PermissionRefused, TextMissing,
    MessageRefused."""
    require(by, Permission.COORDINATE_SITES, webinar)
    words = _words(text)
    fitting = [one for one in sites if one.webinar_id == webinar.pk]
    if not fitting:
        raise MessageRefused("nobody")
    with transaction.atomic():
        SiteMessage.objects.bulk_create(
            SiteMessage(site=one, from_host=False, text=words, at=at) for one in fitting
        )
        facts: dict[str, str | int] = {"n": len(fitting)}
        audit.record(by, Trail.SITES_WRITTEN, webinar, zone=ZONE, at=at, facts=facts)
        live.signal(CHANNEL)
        return len(fitting)


def mark_read(*, by: Actor, site: ViewingSite, at: datetime) -> int:
    """Staff have read what the library wrote; how many messages. Raises PermissionRefused."""
    require(by, Permission.COORDINATE_SITES, site)
    with transaction.atomic():
        n = SiteMessage.objects.filter(site=site, from_host=True, read_at=None).update(read_at=at)
        if n:
            live.signal(CHANNEL)
        return n


def _words(text: str) -> str:
    words = typed_text(text).strip()
    if not words:
        raise TextMissing
    if len(words) > LONGEST_MESSAGE:
        raise MessageRefused("long")
    return words
