"""Tables of what follows an event: letters with one row for each recipient; surveys whose answers belong to
no registration; certificates of attendance."""

import secrets
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event, said
from sauga.events.registration.models import Registration
from sauga.events.states import (
    CERTIFICATE,
    MAILING,
    SURVEY,
    CertificateState,
    MailingState,
    SurveyState,
)
from sauga.kernel.data import About, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step


def new_token() -> str:
    """What tells one letter from all others: in its return address and its Message-ID."""
    return secrets.token_hex(16)


def new_code() -> str:
    """The number of a certificate: 80 bits, so that nobody finds one by trying."""
    return new_reference(16)


def _codes(length: int = 24) -> Any:
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


class Mailing(models.Model):
    """A letter to people of one event: to some groups, of all tickets or of some, to everybody or to classes
    only. Subject and text are mappings by language, with fields in braces.

    The numbers say what became of its letters and stay when registrations are deleted.
    """

    data = About(
        plain={"ref", "kind", "groups", "tickets", "subject", "body", "state"},
        on_public_pages=False,
        keep=With("event"),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=12)
    groups = _codes()
    tickets = _codes(12)
    is_for_classes = models.BooleanField(default=False)
    subject = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=MailingState.DRAFT)
    written_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    handed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)

    state_tables: ClassVar[dict[str, Any]] = {"state": MAILING}
    steps: Any
    letters: Any

    def __str__(self) -> str:
        return next(filter(None, self.subject.values()), self.ref)


class MailingStep(Step):
    """One move of a mailing."""

    subject = models.ForeignKey(Mailing, models.CASCADE, related_name="steps")


class MailingLetter(models.Model):
    """One letter to one registration: waiting while `sent_at`, `failed_at` and `skipped_at` are empty. It was
    skipped where the registration had left the group before the letter's turn came.

    `is_unreachable`: the address does not exist, so that no later mailing is tried.
    """

    data = About(plain={"token"}, on_public_pages=False, keep=With("registration"))

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="letters")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="letters")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    skipped_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    is_unreachable = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mailing", "registration"], name="events_letter_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["mailing", "next_at"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True, skipped_at__isnull=True),
                name="events_letter_waiting",
            ),
            models.Index(fields=["sent_at"], name="events_letter_sent"),
        ]

    def __str__(self) -> str:
        return self.token


class Survey(models.Model):
    """A survey among those who came to one event: one for people, one for teachers about their classes.

    `breakdown` says what is kept beside an answer, and is decided when the survey opens. `invited` is how
    many could answer, counted when it closes.
    """

    data = About(plain={"ref", "state", "breakdown"}, on_public_pages=False, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="surveys")
    is_for_classes = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default=SurveyState.DRAFT)
    breakdown = models.CharField(max_length=8, blank=True)
    begun_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    invited = models.PositiveIntegerField(default=0)

    state_tables: ClassVar[dict[str, Any]] = {"state": SURVEY}
    steps: Any
    questions: Any
    answers: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "is_for_classes"], name="events_survey_once"),
        ]

    def __str__(self) -> str:
        return self.ref


class SurveyStep(Step):
    """One move of a survey."""

    subject = models.ForeignKey(Survey, models.CASCADE, related_name="steps")


class SurveyQuestion(models.Model):
    """One question of a survey; text and choices by language."""

    data = About(plain={"ref", "kind", "text", "choices"}, on_public_pages=False, keep=With("survey"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=8)
    text = models.JSONField(default=dict)
    choices = models.JSONField(default=dict, blank=True)
    is_required = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["place", "pk"]

    def __str__(self) -> str:
        return said(self.text)


class SurveyAnswer(models.Model):
    """What one person answered, by the references of the questions. It belongs to no registration, has no
    time and a random key, so that neither tells who answered. Contact data in texts was removed before it was
    stored."""

    data = About(
        plain={"ticket", "language", "values"},
        on_public_pages=False,
        keep=Term(
            1096,
            after="survey__closes_at",
            code="events.survey_answers",
            what=_("Answers to surveys"),
            since=_("the end of the survey"),
        ),
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    ticket = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=5, blank=True)
    values = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.pk)


class SurveyMark(models.Model):
    """That the link of some registration was used: a keyed digest, from which the table alone tells nothing.
    Deleted when the survey closes."""

    data = About(blind={"mark"}, on_public_pages=False, keep=With("survey"))

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="marks")
    mark = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "mark"], name="events_survey_mark_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CertificateRule(models.Model):
    """That one event gives certificates of attendance; `minutes` are stated by its organisers, or, where
    empty, follow from the programme; with `by_sessions` from the sessions at which a person was checked
    in."""

    data = About(on_public_pages=False, keep=With("event"))

    event = models.OneToOneField(Event, models.CASCADE, related_name="certificate_rule")
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    by_sessions = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.event_id)


class Certificate(models.Model):
    """A certificate of attendance: `code` is its number, by which everybody can check it. It holds no name;
    that is with the registration, which is deleted a month after the event."""

    data = About(
        plain={"ref", "code", "state", "reason"},
        on_public_pages=False,
        keep=Term(
            3653,
            after="issued_at",
            code="events.certificates",
            what=_("Certificates of attendance"),
            since=_("the day they were issued"),
            page="events-certificate-desk",
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    code = models.CharField(max_length=40, unique=True, default=new_code)
    event = models.ForeignKey(Event, models.PROTECT, related_name="certificates")
    registration = models.ForeignKey(Registration, models.SET_NULL, null=True, related_name="certificates")
    is_for_class = models.BooleanField(default=False)
    heads = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, default=CertificateState.VALID)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=12, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": CERTIFICATE}
    steps: Any

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(state=CertificateState.VALID),
                name="events_certificate_once",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="events_certificate_hours"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["issued_at"], name="events_certificate_issued"),
        ]

    def __str__(self) -> str:
        return self.code


class CertificateStep(Step):
    """One move of a certificate."""

    subject = models.ForeignKey(Certificate, models.CASCADE, related_name="steps")
