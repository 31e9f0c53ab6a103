"""How many people were in the hall: counted by the library after the webinar."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock
from sauga.training.effects import hosting_counted
from sauga.training.permissions import Permission
from sauga.training.states import SHOWED, SiteState
from sauga.training.trail import Trail
from sauga.training.viewing.actions.transitions import move_site, record, require_host
from sauga.training.viewing.models import SiteCount, ViewingSite
from sauga.training.viewing.rules import LONGEST_NOTE, MOST_HEADS, is_beyond_room, needs_note, wrong_heads

GROUPS = "headcount_groups"


class CountRefused(ActionRefused):
    """A count cannot be so, or not now."""

    messages = {
        "early": _("Counts can be sent once the webinar is over."),
        "none": _("Write how many people there were, in at least one group. Whoever hosted counts too."),
        "negative": _("Enter zero or more people in each group."),
        "absurd": _("More than %(most)s people in one group? Please check the number."),
        "room": _(
            "That is more people than the room has seats (%(seats)s). If it is right, tick the box and "
            "send it again."
        ),
        "note": _("That is more than twice the seats (%(seats)s). Please write in a few words how that was."),
        "long": _("Write it shorter, please."),
    }
    fields = {"note": "note", "long": "note", "room": "is_sure"}

    def __init__(self, why: str, seats: int = 0) -> None:
        facts = {"absurd": {"most": MOST_HEADS}, "note": {"seats": seats}, "room": {"seats": seats}}
        super().__init__(why, **facts.get(why, {}))


def count(
    *,
    by: Actor,
    site: ViewingSite,
    heads: Mapping[str, int],
    note: str = "",
    is_sure: bool = False,
    at: datetime,
) -> ViewingSite:
    """Store a count, or correct one until the site is closed; more people than seats only where `is_sure`.
    The first one counts toward the librarian's course. Raises PermissionRefused, CountRefused,
    MoveNotAllowed."""
    require_host(by, site)
    note = typed_text(note)
    if at < site.over_at:
        raise CountRefused("early")
    if wrong := wrong_heads(heads, {code for code, _label in vocab.choices(GROUPS)}):
        raise CountRefused(wrong)
    if len(note) > LONGEST_NOTE:
        raise CountRefused("long")
    total = sum(heads.values())
    with transaction.atomic():
        row = lock(site)
        if row.state not in SHOWED:
            raise MoveNotAllowed(str(row.state), str(SiteState.COUNTED))
        if is_beyond_room(total, row.seats or 0) and not is_sure:
            raise CountRefused("room", row.seats or 0)
        if needs_note(total, row.seats or 0) and not note:
            raise CountRefused("note", row.seats or 0)
        SiteCount.objects.filter(site=row).delete()
        SiteCount.objects.bulk_create(
            SiteCount(site=row, group=group, heads=n) for group, n in heads.items() if n
        )
        row.note, is_first = note, row.state != SiteState.COUNTED
        row.save(update_fields=["note"])
        if is_first:
            move_site(by, row, SiteState.COUNTED, at)
        record(by, Trail.SITE_COUNTED, row, at, heads=total, has_note=bool(note))
        if is_first:
            hosting_counted(by=by, site=row, at=at)
        return row


def close(*, by: Actor, site: ViewingSite, at: datetime) -> ViewingSite:
    """The count was looked at, or there will be none: nothing changes any more. Raises PermissionRefused,
    MoveNotAllowed."""
    require(by, Permission.COORDINATE_SITES, site)
    with transaction.atomic():
        row = lock(site)
        move_site(by, row, SiteState.CLOSED, at)
        return row
