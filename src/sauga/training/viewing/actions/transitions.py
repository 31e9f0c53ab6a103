"""What every action on a viewing site shares: who may do it, the move with its audit entry, the mail that
follows."""

from datetime import datetime

from procrastinate.contrib.django import app

from sauga.kernel import audit, live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.states import Actor, move
from sauga.training.permissions import Permission
from sauga.training.states import SiteState
from sauga.training.trail import ZONE, Trail
from sauga.training.viewing.models import ViewingSite

CHANNEL = "training.sites"
"""Renews the wall, the list and the pages of sites at the desk."""
SEND_MAIL = "training.send_site_mail"


def require_host(by: Actor, site: ViewingSite) -> None:
    """Return if the actor holds the site's link or is staff who coordinate; raise
    PermissionRefused for anybody else."""
    require(by, Permission.COORDINATE_SITES if isinstance(by, PersonActor) else Permission.HOST_SITE, site)


def record(by: Actor, act: Trail, row: ViewingSite, at: datetime, **facts: str | int | bool) -> None:
    """The audit entry of an act, and the signal that refreshes open pages of the desk."""
    audit.record(by, act, row, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)


def move_site(by: Actor, row: ViewingSite, to: SiteState, at: datetime, why: str = "") -> None:
    """Move a locked site. Raises MoveNotAllowed."""
    move(row, to=to, by=by, at=at, why=why)
    row.since = at
    row.save(update_fields=["since"])
    record(by, Trail.SITE_MOVED, row, at, to=str(to), why=why)


def send_mail(row: ViewingSite, what: str) -> None:
    """Have a mail to the library sent once the transaction is through."""
    app.configure_task(SEND_MAIL, queue="mail").defer(site_id=row.pk, what=what)
