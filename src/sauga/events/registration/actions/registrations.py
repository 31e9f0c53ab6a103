"""A person or a class registers: the row, the decision and the seats in one transaction.

The same form sent twice is one registration. Who is registered already gets no second seat, and the page says
the same as to everybody else; the mail to their own address says more (decision 0134).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.actions.seats import (
    TooBusy,
    apply,
    apply_effects,
    is_held,
    lock_quotas,
    seat_transaction,
    situation,
)
from sauga.events.registration.models import Question, Registration, Ticket
from sauga.events.registration.queries.details import Details, SealedDetails, seal_details
from sauga.events.registration.rules import (
    ADULTS,
    LONGEST_ADDRESS,
    LONGEST_CLASS,
    LONGEST_NAME,
    LONGEST_NEED,
    LONGEST_SCHOOL,
    MOST_HEADS,
    MOST_OPEN,
    Command,
    children_of,
    decide,
    fits,
    offer_ends,
    photo_choices,
)
from sauga.events.states import RegistrationState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit, vocab
from sauga.kernel.identity import require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor

REGISTRANT = SystemActor("registrant")
REMIND = "events.registration_reminder"
MOST_REMINDERS = 3
PHOTO_VERSION, GUARDIAN_VERSION = 1, 1
"""Versions of the texts that are agreed to; whoever changes a text raises its version."""


class RegistrationClosed(ActionRefused):
    """The ticket is not open, or the event does not take place."""

    message = _("Registration is closed.")


class TooMany(ActionRefused):
    """More heads than the quota has seats at all, or than one registration may have."""

    message = _("There are %(size)s seats in all. Register fewer people, or write to us.")
    field = "heads"


class AdultMissing(ActionRefused):
    """A class comes with a grown-up."""

    message = _("At least one adult comes with the class.")
    field = "heads"


class CodeRefused(ActionRefused):
    """A group, a number or an answer about photographs that the forms do not offer."""

    message = _("Choose one of the answers that are offered.")


class ChildrenRefused(ActionRefused):
    """Guardians agreed for more children than come."""

    message = _("The class has %(most)s children. Write for how many of them guardians agreed.")
    field = "photo_children"


class AnswerMissing(ActionRefused):
    """A question that has to be answered was not."""

    message = _("Answer every question that has to be answered.")


class DetailsRefused(ActionRefused):
    """A name or an address is missing, too long or not an address; a child's guardian is the child itself."""

    message = _("Something is missing, too long or not an email address. Please check what you wrote.")


class NoSeat(ActionRefused):
    """No visitor can be registered at the entrance: no seat is free, others wait, or organisers decide."""

    messages = {
        "full": _("There are not that many free seats."),
        "waiting": _(
            "People are waiting for the free seats. An hour before the beginning the waiting list ends, and "
            "whoever is at the entrance gets them."
        ),
        "approval": _("Organisers decide about registrations for this ticket: ask them."),
    }


class RegisteredAlready(ActionRefused):
    """The same person is registered for the event, or their address has too many open registrations. Never
    shown to a visitor: it would tell a stranger who comes."""

    message = _("You are registered for this event already.")

    def __init__(self, registration: Registration) -> None:
        super().__init__()
        self.registration = registration


@dataclass(frozen=True, kw_only=True)
class RegistrationData:
    """What was filled in."""

    details: Details
    language: str
    sending: str
    groups: Mapping[str, int] = field(default_factory=dict)
    needs: str = field(default="", repr=False)
    photo: str = ""
    photo_children: int = 0

    @property
    def heads(self) -> int:
        """How many seats."""
        return sum(self.groups.values()) if self.groups else 1


def register(
    *, by: Actor, ticket: Ticket, data: RegistrationData, at: datetime, is_vouched: bool = False
) -> Registration:
    """Register, once for each `data.sending`. Without an account the mailed link has to be opened, unless an
    organiser vouches for the address (`is_vouched`). Raises RegistrationClosed, TooMany, AdultMissing,
    CodeRefused, AnswerMissing, DetailsRefused, RegisteredAlready, TooBusy."""
    if not isinstance(by, MemberActor):
        require(by, Permission.REGISTER)
    if not ticket.is_open(at) or at >= ticket.event.starts:
        raise RegistrationClosed
    _check_heads(ticket, data)
    check_photo(ticket.event, data.photo, is_class=ticket.is_for_classes)
    check_children(ticket.event, data.groups, data.photo_children)
    check_answers(ticket.event, data.details.answers)
    _check_details(ticket, data)
    details = seal_details(data.details, data.needs)
    row = _new(by, ticket, data, details, at)
    with seat_transaction():
        if (sent := _sent(data)) is not None:
            return sent
        _refuse_many(row)
        try:
            with transaction.atomic():
                details.store_keys()
                row.save()
        except IntegrityError:  # the same form at the same moment, or the same person
            if (sent := _sent(data)) is not None:
                return sent
            raise RegisteredAlready(_known(row)) from None
        quotas = lock_quotas(ticket)
        if not is_held(ticket.event):
            raise RegistrationClosed
        facts = {"kind": "CLASS" if row.groups else "PERSON", "heads": row.heads}
        audit.record(by, Trail.REGISTRATION_RECEIVED, row, zone=ZONE, at=at, facts=facts)
        is_unproven = row.member_id is None and not is_vouched
        return apply(by, row, quotas, Command.SEND, at=at, is_unproven=is_unproven)


def register_at_entrance(*, by: Actor, ticket: Ticket, data: RegistrationData, at: datetime) -> Registration:
    """Register a visitor at the entrance, once for each `data.sending`: a seat at once, or nothing.
    No address is needed. The waiting list counts as long as offers are made from it.

    Raises PermissionRefused, RegistrationClosed, TooMany, AdultMissing, CodeRefused, DetailsRefused, NoSeat,
    TooBusy.
    """
    require(by, Permission.CHECK_IN, ticket)
    if at >= ticket.event.ends:
        raise RegistrationClosed
    if ticket.wants_approval:
        raise NoSeat("approval")
    _check_heads(ticket, data)
    check_photo(ticket.event, data.photo, is_class=ticket.is_for_classes)
    _check_texts(ticket, data)
    details = seal_details(data.details, "")
    row = _new(by, ticket, data, details, at)
    with seat_transaction():
        if (sent := _sent(data)) is not None:
            return sent
        try:
            with transaction.atomic():
                details.store_keys()
                row.save()
        except IntegrityError:  # the same form at the same moment: sent again, it is known
            raise TooBusy from None
        quotas = lock_quotas(ticket)
        if not is_held(ticket.event):
            raise RegistrationClosed
        now = situation(row, quotas)
        if offer_ends(at, ticket.event.starts) is None:
            now = replace(now, waiting=0)
        effects = decide(row.state, Command.SEND, now)
        if effects.path != (RegistrationState.CONFIRMED,):
            raise NoSeat("waiting" if now.waiting else "full")
        facts = {"kind": "CLASS" if row.groups else "PERSON", "heads": row.heads}
        audit.record(by, Trail.REGISTRATION_RECEIVED, row, zone=ZONE, at=at, facts=facts)
        apply_effects(by, row, quotas, replace(effects, is_written=False), at=at)
        return row


def _new(
    by: Actor, ticket: Ticket, data: RegistrationData, details: SealedDetails, at: datetime
) -> Registration:
    return Registration(
        ref=details.ref,
        details=details.details,
        needs=details.needs,
        address_lookup=details.address_lookup,
        person=details.person,
        event=ticket.event,
        ticket=ticket,
        member_id=by.member_id if isinstance(by, MemberActor) else None,
        heads=data.heads,
        groups=dict(data.groups),
        language=data.language,
        sending=data.sending,
        wants_guardian=bool(data.details.guardian),
        photo=data.photo,
        photo_children=data.photo_children,
        photo_version=PHOTO_VERSION if data.photo or data.photo_children else None,
        created_at=at,
    )


def _check_heads(ticket: Ticket, data: RegistrationData) -> None:
    check_groups(ticket, data.groups)
    size = min([MOST_HEADS, *ticket.quotas.values_list("size", flat=True)])
    if not 0 < data.heads <= size:
        raise TooMany(size=size)
    if ticket.is_for_classes and not any(data.groups.get(code) for code in ADULTS):
        raise AdultMissing


def check_groups(ticket: Ticket, groups: Mapping[str, int]) -> None:
    """Heads by group are those of a class; each is a number of people. Raises CodeRefused."""
    known = all(vocab.has_term("headcount_groups", code) for code in groups)
    if not known or min(groups.values(), default=1) < 1 or bool(groups) != ticket.is_for_classes:
        raise CodeRefused


def check_photo(event: Event, photo: str, *, is_class: bool) -> None:
    """Return if this event asks a person for the consent given; raise CodeRefused otherwise."""
    if photo and (is_class or photo not in photo_choices(event.photo_policy)):
        raise CodeRefused


def check_children(event: Event, groups: Mapping[str, int], children: int) -> None:
    """Guardians agreed for some of the children of a class, where the event asks. Raises ChildrenRefused."""
    most = children_of(groups) if photo_choices(event.photo_policy) else 0
    if not 0 <= children <= most:
        raise ChildrenRefused(most=most)


def check_answers(event: Event, answers: Mapping[str, str]) -> None:
    """Answers are those of the event's questions, of the kind each asks for, and none that is required is
    missing. Raises CodeRefused, AnswerMissing."""
    questions = {question.ref: question for question in Question.objects.filter(event=event)}
    if not set(answers) <= set(questions):
        raise CodeRefused
    for ref, question in questions.items():
        answer = answers.get(ref, "")
        if not answer and question.is_required:
            raise AnswerMissing
        if answer and not fits(question.kind, question.choices, answer):
            raise CodeRefused


def _check_details(ticket: Ticket, data: RegistrationData) -> None:
    """Who registers can be written to, and the guardian is another person. Raises DetailsRefused."""
    given = data.details
    _check_texts(ticket, data)
    if given.guardian == given.address:
        raise DetailsRefused
    for address in filter(None, (given.address, given.guardian)):
        try:
            validate_email(address)
        except ValidationError:
            raise DetailsRefused from None
    if not given.address or max(len(given.address), len(given.guardian)) > LONGEST_ADDRESS:
        raise DetailsRefused


def _check_texts(ticket: Ticket, data: RegistrationData) -> None:
    given = data.details
    texts = [(given.name, LONGEST_NAME)]
    if ticket.is_for_classes:
        texts += [(given.school, LONGEST_SCHOOL), (given.class_name, LONGEST_CLASS)]
    is_written = all(text.strip() and len(text) <= longest for text, longest in texts)
    if not is_written or len(data.needs) > LONGEST_NEED:
        raise DetailsRefused


def _sent(data: RegistrationData) -> Registration | None:
    return Registration.objects.filter(sending=data.sending).first()


def _known(row: Registration) -> Registration:
    found = Registration.objects.open().filter(event_id=row.event_id, person=row.person).first()
    if found is None:  # it ended at this very moment: sent again, the form is taken
        raise TooBusy
    return found


def _refuse_many(row: Registration) -> None:
    """One address cannot take all the seats of an event."""
    held = Registration.objects.open().filter(event_id=row.event_id, address_lookup=row.address_lookup)
    if held.count() >= MOST_OPEN:
        raise RegisteredAlready(held.latest("pk"))


def remind(*, by: Actor, registration: Registration, at: datetime) -> bool:
    """Send who is registered already their personal link again, a few times at most."""
    if not isinstance(by, MemberActor):
        require(by, Permission.REGISTER)
    with transaction.atomic():
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        if row.reminders >= MOST_REMINDERS:
            return False
        row.reminders += 1
        row.save(update_fields=["reminders"])
        app.configure_task(REMIND, queue="mail").defer(registration_id=row.pk)
        return True
