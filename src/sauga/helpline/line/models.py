"""What the line publishes: opening hours, closed days and pauses; canned answers and resource cards."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term

PERSON = settings.AUTH_USER_MODEL


class CannedAnswer(models.Model):
    """A canned answer is a text that a counsellor may start from; inserted as editable text, never
    sent by itself.
    """

    data = About(
        plain={"code", "language", "title", "body"},
        keep=Forever(_("Helpline texts, about nobody."), what=_("Prepared answers")),
    )

    code = models.CharField(max_length=32)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    body = models.TextField()
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "language"], name="canned_once_a_language")]


class ResourceCard(models.Model):
    """A resource card is other help that a counsellor may name to a child: for whom, where, when, and when
    it was last checked. Public pages have their lines from the list of help services
    (`kernel.ui.public_frame.help_now`).

    One that is not confirmed is seen by those who keep the texts and by no others. The line's own card has
    no hours: the rota has them. `name`, `words` and `hours` are texts by language; `queries.texts.words_of`
    says what is shown in a language that has none.
    """

    data = About(
        plain={"code", "name", "words", "phone", "address", "region", "hours"},
        keep=Forever(_("Other help, about nobody."), what=_("Other places of help")),
    )

    code = models.CharField(max_length=32, unique=True)
    name = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    phone = models.CharField(max_length=20, blank=True)
    address = models.URLField(blank=True)
    region = models.CharField(max_length=32, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.JSONField(default=dict, blank=True)
    checked_date = models.DateField()
    is_confirmed = models.BooleanField(default=True)
    is_retired = models.BooleanField(default=False)


class Window(models.Model):
    """A window is the published hours of one channel on one weekday (0 Monday … 6 Sunday), local time;
    `closes` may be 24:00 as 00:00.
    """

    data = About(plain={"channel"}, keep=Forever(_("Published hours."), what=_("Opening hours")))

    channel = models.CharField(max_length=16)
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    minimum = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)


class ClosedDay(models.Model):
    """A closed day is a holiday on which a channel (or, with an empty channel, the whole
    line) does not open.
    """

    data = About(
        plain={"channel", "label_lt", "label_en"},
        keep=Forever(_("Published holidays."), what=_("Closed days")),
    )

    date = models.DateField()
    channel = models.CharField(max_length=16, blank=True)
    label_lt = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["date", "channel"], name="closed_day_once")]


class Pause(models.Model):
    """A pause is a channel closed by a shift lead, with a reason, until it is opened, or by
    itself at `until`.
    """

    data = About(
        plain={"channel", "reason", "by", "ended_by"},
        keep=Term(
            730,
            after="ended_at",
            code="helpline.duty",
            what=_("Pauses of channels"),
            since=_("the end of the pause"),
        ),
    )

    channel = models.CharField(max_length=16)
    reason = models.CharField(max_length=24)
    began_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=40)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel"], condition=models.Q(ended_at__isnull=True), name="one_pause_a_channel"
            ),
        ]
