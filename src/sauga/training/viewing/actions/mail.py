"""Sends the mails to libraries. Each is composed when it goes out: no queue holds an address."""

from datetime import datetime

from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.organisations.terms import Purpose
from sauga.kernel.states import Actor
from sauga.training.permissions import Permission
from sauga.training.states import BEFORE_SHOWING, SHOWED, SiteState
from sauga.training.viewing.documents import Mail, mail_about
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.queries.hosts import host_of

PURPOSES = (Purpose.COOPERATION, Purpose.GENERAL)
"""The mailboxes of a library that are written to, the first that it has."""
WANTED: dict[Mail, tuple[str, ...]] = {
    Mail.INVITATION: (SiteState.INVITED,),
    Mail.REMIND_TO_ENROL: (SiteState.INVITED,),
    Mail.ENROLLED: BEFORE_SHOWING,
    Mail.REMIND_TO_TEST: (SiteState.ENROLLED,),
    Mail.MATERIALS: BEFORE_SHOWING,
    Mail.ASK_FOR_COUNT: (SiteState.LIVE,),
    Mail.REMIND_TO_COUNT: (SiteState.LIVE,),
    Mail.OVERDUE: (SiteState.OVERDUE,),
    Mail.MOVED: (SiteState.INVITED, *BEFORE_SHOWING),
    Mail.CANCELLED: (SiteState.INVITED, *BEFORE_SHOWING),
    Mail.LINK: (SiteState.INVITED, *BEFORE_SHOWING, *SHOWED),
}
"""In which states a library still gets a mail that was queued."""


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def send_mail(*, by: Actor, site_id: int, what: str, at: datetime) -> bool:
    """Send one. False where it is no longer wanted, or the library has no address. Raises PermissionRefused,
    NotHanded."""
    require(by, Permission.ADVANCE_SITES)
    rows = ViewingSite.objects.select_related("webinar__event", "organisation")
    site = rows.prefetch_related("organisation__names").filter(pk=site_id).first()
    kind = Mail(what)
    if site is None or site.state not in WANTED[kind] or site.webinar.is_off != (kind is Mail.CANCELLED):
        return False
    address = address_of(site)
    if not address:
        return False
    try:
        letter = mail_about(site, kind, address, at)
    except MailRefused:  # an address that passes the form and that no mail can be sent to
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted


def address_of(site: ViewingSite) -> str:
    """Where the library is written to: the address that its host gave, else its mailbox of the register;
    empty where it has neither."""
    if own := host_of(site).address:
        return own
    held = {one.purpose: one.email for one in site.organisation.contacts.all()}
    return next((held[purpose] for purpose in PURPOSES if purpose in held), "")
