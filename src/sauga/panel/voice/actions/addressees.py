"""Addressees, and sending them a proposal: a link that needs no account, reminders, more time once."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, live, sealed
from sauga.kernel.clock import local_day
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice import mail_text
from sauga.panel.voice.actions.moves import go, refuse_if, require_state
from sauga.panel.voice.actions.people import Addressed, AdultTextRefused, require_link
from sauga.panel.voice.models import Addressee, Answer, Proposal
from sauga.panel.voice.queries import addressees
from sauga.panel.voice.rules import answers, decisions
from sauga.panel.voice.rules.states import WAITING, ProposalState

SEND = "panel.addressee_mail"


class SendRefused(ActionRefused):
    """What sending needs is missing."""

    messages = {
        "address": _("Write an email address."),
        "known": _("There is an addressee of this name already."),
        "due": _("The addressee has at least two weeks to answer, and at most ninety days."),
        "addressee": _("Choose who is asked."),
        "again": _("More time was given once already. The date stays."),
        "late": _("The date has passed. Please answer as soon as you can."),
    }
    fields = {"address": "address", "known": "name", "due": "due_on", "addressee": "addressee"}


class NotHanded(Exception):
    """The mail server did not take the mail now; the job tries again."""


def add_addressee(*, by: Actor, name: str, address: str, language: str, at: datetime) -> Addressee:
    """Add a body that can be asked. Raises PermissionRefused, SendRefused, AdultTextRefused."""
    require(by, Permission.SEND_TO_ADDRESSEE)
    title, mail = _named(name), _mail(address)
    with transaction.atomic():
        if Addressee.objects.filter(name=title).exists():
            raise SendRefused("known")
        row = Addressee(name=title, language=language)
        key = addressees.seal_address(row, mail)
        key.store()
        row.save()
        _note(by, row, at)
        return row


def change_addressee(
    *, by: Actor, addressee: Addressee, name: str, address: str, language: str, is_active: bool, at: datetime
) -> Addressee:
    """Change it; an empty `address` leaves the present one. Raises PermissionRefused, SendRefused,
    AdultTextRefused."""
    require(by, Permission.SEND_TO_ADDRESSEE)
    title = _named(name)
    with transaction.atomic():
        row = lock(addressee)
        if Addressee.objects.filter(name=title).exclude(pk=row.pk).exists():
            raise SendRefused("known")
        if address.strip():
            mail = _mail(address)
            sealed.destroy_keys([row.holder])
            addressees.seal_address(row, mail).store()
        row.name, row.language, row.is_active = title, language, is_active
        row.save()
        _note(by, row, at)
        return row


def send_proposal(
    *, by: Actor, proposal: Proposal, addressee: Addressee, due_on: date, at: datetime
) -> Proposal:
    """Send a proposal that was carried to the addressee who must answer, with a date. Raises
    PermissionRefused, SendRefused, MoveNotAllowed."""
    require(by, Permission.SEND_TO_ADDRESSEE)
    today = local_day(at)
    with transaction.atomic():
        row = lock(proposal)
        why = decisions.why_not_sent(row.state, due_on, today, is_active=addressee.is_active)
        refuse_if(why, row, SendRefused)
        row.addressee, row.sent_on, row.due_on = addressee, today, due_on
        row.link, row.reminders, row.extended = row.link + 1, 0, False
        row.save(update_fields=["addressee", "sent_on", "due_on", "link", "reminders", "extended"])
        _begin_answer(row)
        go(by, row, ProposalState.SENT, at)
        app.configure_task(SEND, queue="mail").defer(proposal_id=row.pk, what="ASK")
        return row


def renew_link(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """End the present link and mail a new one: it was lost, or passed on by mistake. Raises
    PermissionRefused, MoveNotAllowed."""
    require(by, Permission.SEND_TO_ADDRESSEE)
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, *WAITING)
        row.link += 1
        row.save(update_fields=["link"])
        audit.record(by, Trail.LINK_RENEWED, row, zone=ZONE, at=at)
        app.configure_task(SEND, queue="mail").defer(proposal_id=row.pk, what="ASK")
        live.signal(VOICE_CHANNEL)
        return row


def ask_more_time(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """The addressee takes fourteen days more, once, before the date has passed. Raises PermissionRefused,
    SendRefused, MoveNotAllowed."""
    require_link(by, proposal)
    with transaction.atomic():
        row = lock(proposal)
        today = local_day(at)
        why = decisions.why_no_more_time(row.state, row.due_on, today, was_extended=row.extended)
        refuse_if(why, row, SendRefused)
        row.due_on = (row.due_on or today) + answers.MORE_TIME
        row.extended = True
        row.reminders = answers.reminders_reached(row.due_on, today)
        row.save(update_fields=["due_on", "extended", "reminders"])
        audit.record(by, Trail.TERM_EXTENDED, row, zone=ZONE, at=at)
        live.signal(VOICE_CHANNEL)
        return row


def remind(*, by: Actor, proposal: Proposal, at: datetime) -> bool:
    """Remind the addressee when it is time; whether it was. Raises PermissionRefused."""
    require(by, Permission.ADVANCE_VOICE)
    today = local_day(at)
    with transaction.atomic():
        row = lock(proposal)
        if row.state != ProposalState.SENT or row.due_on is None:
            return False
        if not answers.reminder_due(row.due_on, today, row.reminders):
            return False
        row.reminders, row.reminded_on = answers.reminders_reached(row.due_on, today), today
        row.save(update_fields=["reminders", "reminded_on"])
        audit.record(by, Trail.REMINDED, row, zone=ZONE, at=at)
        app.configure_task(SEND, queue="mail").defer(proposal_id=row.pk, what="REMIND")
        return True


def mark_overdue(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """The date has passed without an answer: from now on everybody sees it. Raises PermissionRefused,
    SendRefused, MoveNotAllowed."""
    require(by, Permission.ADVANCE_VOICE)
    with transaction.atomic():
        row = lock(proposal)
        refuse_if(decisions.why_not_overdue(row.state, row.due_on, local_day(at)), row, SendRefused)
        app.configure_task(SEND, queue="mail").defer(proposal_id=row.pk, what="LATE")
        return go(by, row, ProposalState.OVERDUE, at)


def send_mail(*, by: Actor, proposal_id: int, what: str, at: datetime) -> bool:
    """Mail the addressee of a proposal; whether the server took it. Raises PermissionRefused, NotHanded."""
    require(by, Permission.ADVANCE_VOICE)
    row = Proposal.objects.select_related("addressee").filter(pk=proposal_id, state__in=WAITING).first()
    address = addressees.address_of(row.addressee) if row is not None and row.addressee is not None else ""
    if row is None or not address:
        return False
    try:
        letter = mail_text.addressee_mail(row, address, what, at)
    except MailRefused:
        return False
    handed = deliver(letter)
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return handed.accepted


def actor_of(proposal: Proposal | None, link: int) -> Addressed:
    """The holder of the link. Raises PermissionRefused where it has ended."""
    if proposal is None or link != proposal.link:
        raise PermissionRefused("panel.addressee")
    return Addressed(proposal.ref, link)


def _begin_answer(row: Proposal) -> None:
    """The answer that is now asked for. What was answered and reported before it was hidden and went through
    the steps again is put away: it answers another text."""
    answer, _is_new = Answer.objects.get_or_create(proposal=row)
    if answer.received_at is not None:
        answer.delete()
        row.follow_ups.all().delete()
        Answer.objects.create(proposal=row)


def _named(name: str) -> str:
    held = " ".join(name.split())
    if not held:
        raise AdultTextRefused("missing", "name")
    return held[:160]


def _mail(address: str) -> str:
    held = normal_address(address)
    try:
        validate_email(held)
    except ValidationError:
        raise SendRefused("address") from None
    return held


def _note(by: Actor, row: Addressee, at: datetime) -> None:
    audit.record(by, Trail.ADDRESSEE_CHANGED, row, zone=ZONE, at=at)
    live.signal(VOICE_CHANNEL)
