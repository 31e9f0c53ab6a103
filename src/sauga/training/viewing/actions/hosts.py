"""What a library does, by its personal link or through the coordinator on the telephone: enrol, test, say
that it is ready, show, decline."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import live, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock
from sauga.training.permissions import Permission
from sauga.training.states import BEFORE_SHOWING, SiteState
from sauga.training.trail import Trail
from sauga.training.viewing.actions.transitions import CHANNEL, move_site, record, require_host, send_mail
from sauga.training.viewing.documents import Mail
from sauga.training.viewing.models import SiteHost, SiteTest, ViewingSite
from sauga.training.viewing.queries.hosts import Host, new_host
from sauga.training.viewing.rules import LIVE_BEFORE, MOST_SEATS, Findings, Picture, may_go_live
from sauga.training.webinars.rules import Phase

REPORTED = (Picture.OK, Picture.SOUND, Picture.FALLBACK, Picture.STALLED)


class HostingRefused(ActionRefused):
    """A library cannot do this, or not now."""

    messages = {
        "seats": _("Write how many people fit into the room, from 1 to %(most)s."),
        "name": _("Write who will host the evening."),
        "over": _("The webinar is over or cancelled."),
        "early": _("This opens %(minutes)s minutes before the start."),
        "late": _("More than a day has passed since the end. Please write to the organisers."),
        "picture": _("Choose what you see."),
        "taken": _("Another librarian has linked this evening to their course already."),
    }
    fields = {"seats": "seats", "name": "name"}

    def __init__(self, why: str) -> None:
        facts = {"seats": {"most": MOST_SEATS}, "early": {"minutes": int(LIVE_BEFORE.total_seconds() // 60)}}
        super().__init__(why, **facts.get(why, {}))


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What a library says when it takes part."""

    seats: int
    host: Host
    is_public: bool = True


def enrol(*, by: Actor, site: ViewingSite, given: Enrolment, at: datetime) -> ViewingSite:
    """The library takes part. Raises PermissionRefused, HostingRefused, MoveNotAllowed."""
    require_host(by, site)
    _check(site, given, at)
    prepared = new_host(site, given.host)
    with transaction.atomic():
        row = lock(site)
        _keep(row, given, prepared)
        row.declined_at = None
        row.save(update_fields=["seats", "is_public", "declined_at"])
        move_site(by, row, SiteState.ENROLLED, at)
        send_mail(row, Mail.ENROLLED)
        return row


def change(*, by: Actor, site: ViewingSite, given: Enrolment, at: datetime) -> ViewingSite:
    """Change the seats or who hosts, until the evening. Raises PermissionRefused, HostingRefused,
    MoveNotAllowed."""
    require_host(by, site)
    _check(site, given, at)
    prepared = new_host(site, given.host)
    with transaction.atomic():
        row = lock(site)
        if row.state not in BEFORE_SHOWING:
            raise MoveNotAllowed(str(row.state), str(row.state))
        _keep(row, given, prepared)
        row.save(update_fields=["seats", "is_public"])
        record(by, Trail.SITE_CHANGED, row, at, what="enrolment")
        return row


def _check(site: ViewingSite, given: Enrolment, at: datetime) -> None:
    if not 1 <= given.seats <= MOST_SEATS:
        raise HostingRefused("seats")
    if not given.host.name.strip():
        raise HostingRefused("name")
    if site.webinar.is_off or site.webinar.phase(at) == Phase.OVER:
        raise HostingRefused("over")


def _keep(row: ViewingSite, given: Enrolment, prepared: tuple[SiteHost, sealed.PreparedKey]) -> None:
    host, key = prepared
    row.seats, row.is_public = given.seats, given.is_public
    if SiteHost.objects.filter(site=row).exists():
        sealed.destroy_keys([row.holder])
        SiteHost.objects.filter(site=row).delete()
    key.store()
    host.save()


def decline(*, by: Actor, site: ViewingSite, at: datetime) -> ViewingSite:
    """The library cannot this time: no reminders any more; it may still enrol. Raises PermissionRefused,
    MoveNotAllowed."""
    require_host(by, site)
    with transaction.atomic():
        row = lock(site)
        if row.state != SiteState.INVITED:
            raise MoveNotAllowed(str(row.state), "declined")
        row.declined_at = at
        row.save(update_fields=["declined_at"])
        record(by, Trail.SITE_CHANGED, row, at, what="declined")
        return row


def withdraw(*, by: Actor, site: ViewingSite, at: datetime) -> ViewingSite:
    """An enrolled library cannot after all. Raises PermissionRefused, MoveNotAllowed."""
    require_host(by, site)
    with transaction.atomic():
        row = lock(site)
        move_site(by, row, SiteState.NO_SHOW, at, why="withdrawn")
        return row


def store_test(*, by: Actor, site: ViewingSite, found: Findings, at: datetime) -> SiteTest:
    """Store what a test found. The first that passes moves the site on; a later one that does not pass is
    stored and shown to the coordinator. Raises PermissionRefused, HostingRefused, MoveNotAllowed."""
    require_host(by, site)
    if site.webinar.is_off or site.webinar.phase(at) == Phase.OVER:
        raise HostingRefused("over")
    with transaction.atomic():
        row = lock(site)
        if row.state not in (*BEFORE_SHOWING, SiteState.LIVE):
            raise MoveNotAllowed(str(row.state), str(SiteState.TECH_TESTED))
        made = SiteTest.objects.create(
            site=row,
            at=at,
            picture=found.picture,
            sound=found.sound,
            smooth=found.smooth,
            fallback=found.fallback,
            kbit=found.kbit,
            passed=found.passed,
        )
        if found.fallback and row.fallback_at is None:
            row.fallback_at = at
            row.save(update_fields=["fallback_at"])
        record(by, Trail.SITE_TESTED, row, at, passed=found.passed)
        if found.passed and row.state == SiteState.ENROLLED:
            move_site(by, row, SiteState.TECH_TESTED, at)
        return made


def note_papers(*, by: Actor, site: ViewingSite, what: str, at: datetime) -> ViewingSite:
    """The recording is on the library's disk (`fallback`), or the paper questions are printed (`slips`).
    Raises PermissionRefused, MoveNotAllowed."""
    require_host(by, site)
    with transaction.atomic():
        row = lock(site)
        if what not in {"fallback", "slips"} or row.state not in (*BEFORE_SHOWING, SiteState.LIVE):
            raise MoveNotAllowed(str(row.state), what[:20])
        setattr(row, f"{what}_at", at)
        row.save(update_fields=[f"{what}_at"])
        record(by, Trail.SITE_CHANGED, row, at, what=what)
        return row


def say_ready(*, by: Actor, site: ViewingSite, at: datetime) -> ViewingSite:
    """Everything is prepared. Raises PermissionRefused, HostingRefused, MoveNotAllowed."""
    require_host(by, site)
    if site.webinar.is_off:
        raise HostingRefused("over")
    with transaction.atomic():
        row = lock(site)
        move_site(by, row, SiteState.READY, at)
        return row


def show(*, by: Actor, site: ViewingSite, picture: str, at: datetime, is_heard: bool = False) -> ViewingSite:
    """The library shows the webinar now, or says until a day after it that it did. `is_heard`: its page says
    so by itself and goes on saying so, so that silence means something. Raises PermissionRefused,
    HostingRefused, MoveNotAllowed."""
    require_host(by, site)
    _check_picture(picture)
    if site.webinar.is_off:
        raise HostingRefused("over")
    if not may_go_live(at, site.webinar.event.starts, site.over_at):
        raise HostingRefused("early" if at < site.webinar.event.starts else "late")
    with transaction.atomic():
        row = lock(site)
        move_site(by, row, SiteState.LIVE, at)
        row.picture, row.heard_at = picture, at if is_heard else None
        row.save(update_fields=["picture", "heard_at"])
        return row


def report_picture(
    *, by: Actor, site: ViewingSite, picture: str, at: datetime, is_heard: bool = False
) -> ViewingSite:
    """What a library that is live sees: said by its host, or by its open page (`is_heard`). Pages at the desk
    are told only of changes. Raises PermissionRefused, HostingRefused, MoveNotAllowed."""
    require_host(by, site)
    _check_picture(picture)
    with transaction.atomic():
        row = lock(site)
        if row.state != SiteState.LIVE:
            raise MoveNotAllowed(str(row.state), str(SiteState.LIVE))
        is_news = row.picture != picture
        row.picture, row.heard_at = picture, at if is_heard else row.heard_at
        row.save(update_fields=["picture", "heard_at"])
        if is_news:
            live.signal(CHANNEL)
        return row


def _check_picture(picture: str) -> None:
    if picture not in REPORTED:
        raise HostingRefused("picture")


def link_member(*, by: MemberActor, site: ViewingSite, at: datetime) -> ViewingSite:
    """A librarian who holds the link wants the evening to count toward their course. Raises
    PermissionRefused, HostingRefused."""
    if by.birth_month is not None:
        raise PermissionRefused(str(Permission.HOST_SITE))
    with transaction.atomic():
        row = lock(site)
        if row.state == SiteState.INVITED:
            raise MoveNotAllowed(str(row.state), "linked")
        if row.member_id not in (None, by.member_id):
            raise HostingRefused("taken")
        row.member = by.member
        row.save(update_fields=["member"])
        record(by, Trail.SITE_CHANGED, row, at, what="member")
        return row
