"""What happens to viewing sites by itself: papers, reminders, overdue counts, no-shows, closing; and pages
that fall silent during a webinar.
"""

from datetime import datetime, timedelta

from django.db import transaction

from sauga.events.programme.models import Event
from sauga.kernel import live
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, lock
from sauga.training.permissions import Permission
from sauga.training.states import BEFORE_SHOWING, SiteState
from sauga.training.trail import Trail
from sauga.training.viewing.actions.transitions import CHANNEL, move_site, record, send_mail
from sauga.training.viewing.documents import Mail
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.rules import SILENT, Due, Picture, due

MAILS = {
    Due.REMIND_TO_ENROL: Mail.REMIND_TO_ENROL,
    Due.REMIND_TO_TEST: Mail.REMIND_TO_TEST,
    Due.SEND_MATERIALS: Mail.MATERIALS,
    Due.ASK_FOR_COUNT: Mail.ASK_FOR_COUNT,
    Due.REMIND_TO_COUNT: Mail.REMIND_TO_COUNT,
    Due.OVERDUE: Mail.OVERDUE,
}
MOVES = {Due.OVERDUE: SiteState.OVERDUE, Due.NO_SHOW: SiteState.NO_SHOW, Due.CLOSE: SiteState.CLOSED}
OPEN = (SiteState.INVITED, *BEFORE_SHOWING, SiteState.LIVE, SiteState.COUNTED, SiteState.NO_SHOW)
AHEAD, BACK = timedelta(days=8), timedelta(days=60)
BATCH = 500
TELLS_OF_CHANGE = (SiteState.INVITED, *BEFORE_SHOWING)


def advance_sites(*, by: Actor, at: datetime, most: int = BATCH) -> int:
    """Do what is due now at sites of webinars around this time, `most` at once; how many. May run again
    without harm. Raises PermissionRefused."""
    require(by, Permission.ADVANCE_SITES)
    rows = ViewingSite.objects.filter(
        state__in=OPEN, webinar__event__starts__lt=at + AHEAD, webinar__event__ends__gt=at - BACK
    ).select_related("webinar__event")
    done = 0
    for site in rows.order_by("pk").iterator(chunk_size=BATCH):
        if not site.webinar.is_off and _next(site, at) is not None:
            done += _advance(by, site, at)
            if done >= most:
                break
    return done


def _next(site: ViewingSite, at: datetime) -> Due | None:
    return due(site.standing, starts=site.webinar.event.starts, over_at=site.over_at, at=at)


def _advance(by: Actor, site: ViewingSite, at: datetime) -> int:
    with transaction.atomic():
        row = lock(site)
        what = _next(row, at)
        if what is None:
            return 0
        if what in MOVES:
            move_site(by, row, MOVES[what], at, why="time")
        if what in MAILS:
            row.sent = [*row.sent, str(what)]
            row.save(update_fields=["sent"])
            record(by, Trail.SITE_MAILED, row, at, what=str(MAILS[what]))
            send_mail(row, MAILS[what])
        return 1


def note_silence(*, by: Actor, at: datetime) -> int:
    """Every minute: pages of live libraries that were not heard of for a while have lost the picture, as far
    as the coordinator knows. How many. Raises PermissionRefused."""
    require(by, Permission.ADVANCE_SITES)
    with transaction.atomic():
        n = (
            ViewingSite.objects.filter(
                state=SiteState.LIVE,
                heard_at__lt=at - SILENT,
                webinar__event__ends__gt=at,
                webinar__ended_at=None,
            )
            .exclude(picture__in=(Picture.LOST, Picture.FALLBACK))
            .update(picture=Picture.LOST)
        )
        if n:
            live.signal(CHANNEL)
        return n


def tell_moved(*, by: Actor, event: Event, at: datetime, before: object = None) -> int:
    """The event takes place at another time: its libraries are told, and reminded anew. How many."""
    return _tell(event, Mail.MOVED, is_anew=True)


def tell_cancelled(*, by: Actor, event: Event, at: datetime) -> int:
    """The event is cancelled: its libraries are told. How many."""
    return _tell(event, Mail.CANCELLED, is_anew=False)


def _tell(event: Event, what: Mail, *, is_anew: bool) -> int:
    rows = ViewingSite.objects.filter(webinar__event=event, state__in=TELLS_OF_CHANGE, declined_at=None)
    sites = list(rows.select_for_update().order_by("pk"))
    if is_anew:
        rows.update(sent=[])
    for site in sites:
        send_mail(site, what)
    if sites:
        live.signal(CHANNEL)
    return len(sites)
