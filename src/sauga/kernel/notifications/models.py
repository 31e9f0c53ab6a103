"""Notifications of people, and counters of returned mail. Neither holds case content."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, By, Forever, Term, With
from sauga.kernel.ids import new_reference


def new_alert_reference() -> str:
    """A random reference of one alert."""
    return new_reference(12)


class AlertQuerySet(models.QuerySet["Alert"]):
    """Questions about alerts that may be chained."""

    def unanswered(self) -> Self:
        """Not acknowledged, and still needed."""
        return self.filter(acknowledged_at__isnull=True, ended_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Unanswered, and the next people are to be called now."""
        return self.unanswered().filter(next_at__lte=at)


class Alert(models.Model):
    """An alert calls people at once: a bar on every desk page of theirs until one of them acknowledges it by
    name.

    `about` names what it is about without saying anything of it (`helpline.chat.K7Q4-M2XN`); one thing has
    one unanswered alert. `step` is how many steps of the service's rules have been taken, `next_at` when the
    next one is due. `ended_at`: it is no longer needed; `ended_by` is the person who ended it, `ending` how,
    where the service wants to know.
    """

    data = About(
        plain={"ref", "kind", "params", "about", "link", "ending"},
        keep=(
            Term(90, after="raised_at", what=_("Urgent alerts"), since=_("the moment the alert was raised")),
            Term(
                1,
                after="raised_at",
                name="minutes",
                how=By("sauga.kernel.notifications.alerts.actions.keep_the_hour_only"),
                what=_("Minutes of urgent alerts"),
                since=_("the moment the alert was raised"),
            ),
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_alert_reference)
    kind = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    about = models.CharField(max_length=120)
    link = models.CharField(max_length=200, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    raised_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ending = models.CharField(max_length=24, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["about"],
                condition=models.Q(acknowledged_at__isnull=True, ended_at__isnull=True),
                name="notices_alert_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["about", "-raised_at"], name="notices_alert_about"),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def service(self) -> str:
        """The service that raised it, which is how its kind begins."""
        return self.kind.partition(".")[0]

    @property
    def is_unanswered(self) -> bool:
        """Still needed, and not acknowledged."""
        return self.acknowledged_at is None and self.ended_at is None


class Notification(models.Model):
    """A notification informs one person that something waits, and where. `params` are codes, numbers and
    references only.

    `letter` names the letter that tells of it, from before it is handed over; `handing_at` is set while that
    is being done. `alert` is set for those whom an alert calls; `shown_at` is then when its bar was first put
    on a page of theirs. `is_urgent` shows in the letter's subject.
    """

    data = About(
        plain={"template", "params", "link", "letter"},
        keep=Term(
            90, after="created_at", what=_("Notifications of staff"), since=_("the day of the notification")
        ),
    )

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    template = models.CharField(max_length=80)
    params = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    letter = models.CharField(max_length=32, blank=True)
    handing_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField(default=False)
    alert = models.ForeignKey(Alert, models.CASCADE, null=True, related_name="calls")
    shown_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["alert", "person"], name="notices_called_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-created_at"], name="notices_of_person"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(read_at__isnull=True, mailed_at__isnull=True),
                name="notices_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.template


class MailTime(models.TextChoices):
    """When a person is mailed about news that they have not read; what is urgent never waits for it."""

    SOON = "SOON", _("Within a few minutes, several in one email")
    DAILY = "DAILY", _("Once a day, at 8 in the morning, all in one email")
    URGENT = "URGENT", _("Never: only the bell, and email for what is urgent")


class MailPreference(models.Model):
    """What a person wishes of mail about notifications. A person who has chosen nothing is mailed soon."""

    data = About(plain={"time"}, keep=With("person"))

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_preference"
    )
    time = models.CharField(max_length=8, choices=MailTime)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.time


class ReturnCount(models.Model):
    """How many mails of one kind came back on one day to one service: all that is kept of returned mail."""

    data = About(
        plain={"prefix", "kind"}, keep=Forever(_("Counts only."), what=_("Counts of returned email"))
    )

    day = models.DateField()
    prefix = models.CharField(max_length=24)
    kind = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "prefix", "kind"], name="notices_return_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.prefix} {self.kind}"
