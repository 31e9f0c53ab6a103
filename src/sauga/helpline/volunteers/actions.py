"""What the coordinator records about volunteers: profile, trainings, background checks, supervision, leaving;
and owed debriefs.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.trail import Trail
from sauga.helpline.volunteers.models import BackgroundCheck, Debrief, Supervision, Training, Volunteer
from sauga.helpline.volunteers.queries.debriefs import HEAVY, owed_by
from sauga.helpline.volunteers.rules import shifts_worked
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

ZONE = sealed.Zone.HELPLINE
HIGHEST_CAPACITY = 2
LONGEST_SUPERVISION = 480


class AliasTaken(ActionRefused):
    """Another volunteer has this alias, or the person is a volunteer already."""

    message = _("Somebody has this alias already.")
    field = "alias"


class DatesUnfit(ActionRefused):
    """An end before its beginning, or something that has not happened yet."""

    message = _("The dates do not fit: no future dates, and an end comes after its beginning.")


class ShiftsAfterLeaving(ActionRefused):
    """Shifts after the last day must be given up first."""

    message = _("There are shifts after this day; they must be given up first.")


def enrol(
    *,
    by: Actor,
    person_id: int,
    alias: str,
    languages: Sequence[str],
    capacity: int,
    began_date: date,
    at: datetime,
) -> Volunteer:
    """Make a person a volunteer of the line.

    Raises AliasTaken, ValueError for another capacity than 1 or 2.
    """
    require(by, Permission.EDIT_VOLUNTEERS)
    _check_capacity(capacity)
    try:
        with transaction.atomic():
            row = Volunteer.objects.create(
                person_id=person_id,
                alias=alias,
                languages=list(languages),
                capacity=capacity,
                began_date=began_date,
            )
            _changed(by, row, "ENROLLED", at)
            return row
    except IntegrityError:
        raise AliasTaken from None


def change(
    *, by: Actor, volunteer: Volunteer, alias: str, languages: Sequence[str], capacity: int, at: datetime
) -> Volunteer:
    """Another alias, languages or capacity. Raises AliasTaken, ValueError."""
    require(by, Permission.EDIT_VOLUNTEERS)
    _check_capacity(capacity)
    try:
        with transaction.atomic():
            row = _locked(volunteer)
            row.alias, row.languages, row.capacity = alias, list(languages), capacity
            row.save(update_fields=["alias", "languages", "capacity"])
            _changed(by, row, "PROFILE", at)
            return row
    except IntegrityError:
        raise AliasTaken from None


def _check_capacity(capacity: int) -> None:
    if not 1 <= capacity <= HIGHEST_CAPACITY:
        raise ValueError("one conversation at a time, or two where that is allowed")


def add_training(
    *, by: Actor, volunteer: Volunteer, kind: str, passed_date: date, valid_to: date | None, at: datetime
) -> Training:
    """A training passed. Raises DatesUnfit, UnknownTerm."""
    require(by, Permission.EDIT_VOLUNTEERS)
    vocab.term("training_kind", kind)
    _check_dates(passed_date, valid_to, at)
    with transaction.atomic():
        row = Training.objects.create(
            volunteer=_locked(volunteer), kind=kind, passed_date=passed_date, valid_to=valid_to
        )
        _changed(by, volunteer, "TRAINING", at)
        return row


def add_check(
    *, by: Actor, volunteer: Volunteer, seen_date: date, valid_to: date, at: datetime
) -> BackgroundCheck:
    """Record a background check; no copy is kept. Raises DatesUnfit."""
    require(by, Permission.EDIT_VOLUNTEERS)
    _check_dates(seen_date, valid_to, at)
    with transaction.atomic():
        row = BackgroundCheck.objects.create(
            volunteer=_locked(volunteer), seen_date=seen_date, valid_to=valid_to, by=by.pseudonym
        )
        _changed(by, volunteer, "CHECK", at)
        return row


def add_supervision(
    *, by: Actor, volunteers: Sequence[Volunteer], day: date, minutes: int, kind: str, at: datetime
) -> list[Supervision]:
    """Time spent with a supervisor, alone or in a group. Raises DatesUnfit, UnknownTerm, ValueError."""
    require(by, Permission.EDIT_VOLUNTEERS)
    vocab.term("supervision_kind", kind)
    if day > _today(at):
        raise DatesUnfit
    if not 1 <= minutes <= LONGEST_SUPERVISION:
        raise ValueError("a supervision lasts minutes, at most eight hours")
    with transaction.atomic():
        rows = [
            Supervision.objects.create(volunteer=one, date=day, minutes=minutes, kind=kind, by=by.pseudonym)
            for one in volunteers
        ]
        for volunteer in volunteers:
            _changed(by, volunteer, "SUPERVISION", at)
        return rows


def leave(*, by: Actor, volunteer: Volunteer, last_date: date, at: datetime) -> Volunteer:
    """The volunteer is here until this day. Raises ShiftsAfterLeaving, DatesUnfit."""
    require(by, Permission.EDIT_VOLUNTEERS)
    with transaction.atomic():
        row = _locked(volunteer)
        if last_date < row.began_date:
            raise DatesUnfit
        ahead = shifts_worked.shifts().last_ahead(row.person_id, at)
        if ahead is not None and ahead > last_date:
            raise ShiftsAfterLeaving
        row.left_date = last_date
        row.save(update_fields=["left_date"])
        _changed(by, row, "LEFT", at)
        return row


def come_again(*, by: Actor, volunteer: Volunteer, at: datetime) -> Volunteer:
    """The volunteer stays after all; trainings and checks count as they are written."""
    require(by, Permission.EDIT_VOLUNTEERS)
    with transaction.atomic():
        row = _locked(volunteer)
        row.left_date = None
        row.save(update_fields=["left_date"])
        _changed(by, row, "BACK", at)
        return row


def _locked(volunteer: Volunteer) -> Volunteer:
    return Volunteer.objects.select_for_update().get(pk=volunteer.pk)


def _today(at: datetime) -> date:
    return at.astimezone(VILNIUS).date()


def _check_dates(begins: date, ends: date | None, at: datetime) -> None:
    if begins > _today(at) or (ends is not None and ends < begins):
        raise DatesUnfit


def _changed(by: Actor, volunteer: Volunteer, what: str, at: datetime) -> None:
    audit.record(by, Trail.VOLUNTEER_CHANGED, volunteer, zone=ZONE, at=at, facts={"what": what})
    live.signal("helpline.rota")


DEBRIEFS = "/desk/helpline/rota/debriefs/"


def owe_after_alert(*, person_id: int | None, at: datetime) -> None:
    """A conversation or call of this person raised an alert: a debrief is owed from now on, whenever the
    record is written. Without a person nothing is owed yet.

    Called inside the caller's transaction.
    """
    if person_id is not None:
        owe_debrief(person_id=person_id, at=at)


def owe_debrief(*, person_id: int, at: datetime) -> None:
    """Owe a person a debrief with a lead, once, and notify the leads.

    Called inside the caller's transaction.
    """
    if owed_by(person_id):
        return
    Debrief.objects.create(person_id=person_id, why=HEAVY, owed_since=at)
    notifications.notify(to="SHIFT_LEAD", template="helpline.debrief_owed", link=DEBRIEFS, at=at)
