"""Withdrawing a consent: everything it affects is taken off public pages at once and becomes a task for the
organisers with a deadline; the person is notified of what was done.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.events.effects import asset_replaced, asset_taken_off
from sauga.events.permissions import Permission
from sauga.events.photos.actions.assets import checked, drop_file, note
from sauga.events.photos.actions.mail import DONE, tell
from sauga.events.photos.models import ASSETS, Asset, AssetKind, Outcome, PhotoConsent, Shown, WithdrawalTask
from sauga.events.photos.rules import DUE_AFTER, may_publish, may_publish_child
from sauga.events.programme.models import Session, Speaker
from sauga.events.registration.models import Registration
from sauga.events.registration.rules import NO_PHOTO
from sauga.events.states import AssetState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, notifications
from sauga.kernel.clock import VILNIUS, add_working_days
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

WITHDRAWN = "events.photo_withdrawn"


class TaskRefused(ActionRefused):
    """A withdrawal that is carried out already, or cropped without another file."""

    messages = {
        "done": _("This has been done already."),
        "file": _("Choose the cropped picture, on which the person cannot be seen."),
        "outcome": _("Choose what was done."),
    }
    fields = {"file": "file", "outcome": "outcome"}


def follow_consent(*, by: Actor, registration: Registration, at: datetime) -> int:
    """The person agreed to something else than before: what they no longer agree to is withdrawn. How many
    pictures that affects."""
    consent = PhotoConsent.objects.filter(registration=registration).first()
    if consent is None:
        return 0
    consent.photo, consent.children = registration.photo, registration.photo_children
    consent.version, consent.recorded_at = registration.photo_version, at
    return _withdraw(by, consent, at)


def withdraw(*, by: Actor, consent: PhotoConsent, at: datetime) -> int:
    """A person in pictures withdraws every consent, by the link of the mail, also when the registration is
    gone. How many pictures that affects. Raises PermissionRefused."""
    require(by, Permission.REGISTER)
    with transaction.atomic():
        row = lock(consent)
        row.photo, row.children, row.recorded_at = "", 0, at
        if row.registration_id is not None:
            photo = "" if row.is_class else NO_PHOTO
            Registration.objects.filter(pk=row.registration_id).update(photo=photo, photo_children=0)
        return _withdraw(by, row, at)


def follow_speaker(*, by: Actor, speaker: Speaker, what: str, session: Session | None, at: datetime) -> int:
    """A speaker no longer agrees to the recording of a session, or to be named at all: recordings of it, or
    of all sessions of the speaker, are withdrawn."""
    held = Asset.objects.filter(kind=AssetKind.RECORDING).exclude(state=AssetState.REMOVED)
    if what == "recording" and session is not None:
        rows = held.filter(session=session)
    elif what == "publication":
        rows = held.filter(session__speaking__speaker=speaker)
    else:
        return 0
    return _ask(by, rows.order_by("pk"), at, consent=None, speaker=speaker)


def finish_task(
    *,
    by: Actor,
    task: WithdrawalTask,
    outcome: str,
    name: str = "",
    content: bytes = b"",
    at: datetime,
) -> WithdrawalTask:
    """Record what was done: the picture was CROPPED (with the new file), REMOVED, or the person was NOT_SHOWN
    in it. It is shown again once nothing is left to do about it. Raises PermissionRefused, TaskRefused,
    FileRefused."""
    require(by, Permission.PUBLISH_PICTURES, task.asset)
    if outcome not in Outcome.values:
        raise TaskRefused("outcome")
    if outcome == Outcome.CROPPED and not content:
        raise TaskRefused("file")
    upload = checked(by, task.asset.kind, name, content) if outcome == Outcome.CROPPED else None
    with transaction.atomic():
        asset, row = lock(task.asset), lock(task)
        if row.done_at is not None:
            raise TaskRefused("done")
        if outcome == Outcome.REMOVED:
            _remove(by, asset, at)
            return row
        if upload is not None:
            before, asset.file = str(asset.file.name), upload
            asset.save(update_fields=["file"])
            ASSETS.delete(before)
            asset_replaced(by=by, asset=asset, at=at)
        _close(by, asset, row, outcome, at)
        if not asset.tasks.filter(done_at__isnull=True).exists():
            move(asset, to=AssetState.SHOWN, by=by, at=at)
            note(by, asset, "shown", at)
        return row


def remove_asset(*, by: Actor, asset: Asset, at: datetime) -> Asset:
    """Take a picture down for good; its file is deleted, and what was to be done about it is done. Raises
    PermissionRefused, MoveNotAllowed."""
    require(by, Permission.PUBLISH_PICTURES, asset)
    with transaction.atomic():
        row = lock(asset)
        _remove(by, row, at)
        return row


def _remove(by: Actor, asset: Asset, at: datetime) -> None:
    for one in asset.tasks.select_for_update().filter(done_at__isnull=True):
        _close(by, asset, one, Outcome.REMOVED, at)
    asset_taken_off(by=by, asset=drop_file(by, asset, at), at=at)


def _close(by: Actor, asset: Asset, task: WithdrawalTask, outcome: str, at: datetime) -> None:
    task.done_at, task.outcome = at, outcome
    task.save(update_fields=["done_at", "outcome"])
    if task.consent is not None:
        Shown.objects.filter(asset=asset, consent=task.consent).delete()
        tell(task.consent, DONE)
    audit.record(by, Trail.WITHDRAWAL_DONE, asset, zone=ZONE, at=at, facts={"outcome": outcome})


def _withdraw(by: Actor, consent: PhotoConsent, at: datetime) -> int:
    held = list(consent.shown.select_related("asset"))
    affected = [one.asset_id for one in held if not _agrees(consent, one)]
    if affected:
        consent.withdrawn_at = at
    consent.save()
    return _ask(by, Asset.objects.filter(pk__in=affected), at, consent=consent, speaker=None)


def _agrees(consent: PhotoConsent, shown: Shown) -> bool:
    is_unrecognisable = shown.asset.is_unrecognisable
    if not consent.is_class:
        return may_publish(consent.photo, is_unrecognisable=is_unrecognisable)
    place = int(shown.badge.partition("-")[2] or 0)
    return may_publish_child(
        place, consent.children, is_unrecognisable=is_unrecognisable and consent.children > 0
    )


def _ask(
    by: Actor, rows: Iterable[Asset], at: datetime, *, consent: PhotoConsent | None, speaker: Speaker | None
) -> int:
    """Take pictures off the public pages and ask the organisers to deal with each. How many."""
    asked, ref = 0, ""
    for one in rows:
        asset = lock(one)
        if asset.state == AssetState.REMOVED:
            continue
        open_already = asset.tasks.filter(done_at__isnull=True, consent=consent, speaker=speaker)
        if open_already.exists():
            continue
        if asset.state == AssetState.SHOWN:
            move(asset, to=AssetState.UNDER_WITHDRAWAL, by=by, at=at)
        day = at.astimezone(VILNIUS).date()
        WithdrawalTask.objects.create(
            asset=asset,
            consent=consent,
            speaker=speaker,
            asked_at=at,
            due_date=add_working_days(day, DUE_AFTER),
        )
        asset_taken_off(by=by, asset=asset, at=at)
        note(by, asset, "withdrawn", at)
        asked, ref = asked + 1, asset.event.ref
    if asked:
        notifications.notify(
            to="ORGANISER",
            template=WITHDRAWN,
            context={"ref": ref, "number": asked},
            link=reverse("events-withdrawals"),
            at=at,
        )
    return asked
