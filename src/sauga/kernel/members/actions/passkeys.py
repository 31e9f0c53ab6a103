"""Passkeys of members: added while signed in, used instead of a link, removed. No account depends on one: a
link by e-mail always works."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.members import jobs, protection
from sauga.kernel.members.actions.signin import begin_session
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.members.models import MemberPasskey, new_ref
from sauga.kernel.members.signin import webauthn
from sauga.kernel.members.signin.webauthn import PasskeyRefused
from sauga.kernel.members.trail import ZONE, Trail
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

MOST = 10
MAILED_AGAIN_AFTER = timedelta(days=1)


class TooManyPasskeys(ActionRefused):
    """Ten are enough for one person; nothing was added."""

    message = _("There are ten passkeys already. Remove one first.")


def add_passkey(
    *, by: MemberActor, answer: str, challenge: dict[str, Any], name: str, at: datetime
) -> MemberPasskey:
    """Add the passkey that the browser made for this challenge.

    Raises PasskeyRefused, TooManyPasskeys.
    """
    made = webauthn.made_by(answer, challenge)
    member = by.member
    row = MemberPasskey(
        ref=new_ref(),
        member=member,
        credential=made.credential,
        public=made.public,
        signatures=made.signatures,
        created_at=at,
    )
    row.name = protection.seal(protection.open_key(member), row, "name", name)
    if MemberPasskey.objects.filter(member=member).count() >= MOST:
        raise TooManyPasskeys
    try:
        with transaction.atomic():
            row.save()
            audit.record(by, Trail.PASSKEY_ADDED, by.pseudonym, zone=ZONE, at=at)
    except IntegrityError:
        raise PasskeyRefused from None
    return row


def remove_passkey(*, by: MemberActor, passkey: MemberPasskey, at: datetime) -> None:
    """Remove one of the member's own passkeys; another's stays."""
    with transaction.atomic():
        count, _deleted = MemberPasskey.objects.filter(pk=passkey.pk, member_id=by.member_id).delete()
        if count:
            audit.record(by, Trail.PASSKEY_REMOVED, by.pseudonym, zone=ZONE, at=at)


def sign_in(
    *, by: Actor, answer: str, challenge: dict[str, Any], made_at: datetime, device: str, at: datetime
) -> tuple[MemberActor, str]:
    """Sign in by a passkey, once for each challenge: the member and the secret of the new session.

    `made_at` is when the challenge was made; a passkey that was used since refuses it, on every process and
    also in a race. So does a number of signatures that did not rise: it comes from a copy of the device
    (WebAuthn Level 3, 7.2, step 22), is recorded, and its owner is notified. Raises PasskeyRefused.
    """
    row = (
        MemberPasskey.objects.select_related("member")
        .filter(credential=webauthn.credential_in(answer))
        .first()
    )
    if row is None:
        raise PasskeyRefused
    signatures = webauthn.check_answer(answer, challenge, bytes(row.public))
    is_first = row.last_used_at is None or row.last_used_at < made_at
    if signatures <= row.signatures and row.signatures and is_first:
        _report_copy(row, at)
        raise PasskeyRefused
    with transaction.atomic():
        unused = Q(last_used_at__isnull=True) | Q(last_used_at__lt=made_at)
        rises = Q(signatures__lt=signatures) if signatures else Q(signatures=0)
        found = MemberPasskey.objects.filter(unused, rises, pk=row.pk)
        if not found.update(last_used_at=at, signatures=signatures):
            raise PasskeyRefused
        who = member_actor(row.member, at)
        return who, begin_session(by=who, member=row.member, method="passkey", device=device, at=at)


def _report_copy(passkey: MemberPasskey, at: datetime) -> None:
    """Record that a copy tried to sign in. My Sauga says so until the passkey is removed, and a mail at most
    once a day."""
    who = member_actor(passkey.member, at)
    with transaction.atomic():
        audit.record(who, Trail.PASSKEY_COPIED, who.pseudonym, zone=ZONE, at=at)
        unsaid = Q(copied_at__isnull=True) | Q(copied_at__lte=at - MAILED_AGAIN_AFTER)
        if MemberPasskey.objects.filter(unsaid, pk=passkey.pk).update(copied_at=at):
            jobs.defer(jobs.Job.SEND_COPIED_PASSKEY, member_id=passkey.member_id)
