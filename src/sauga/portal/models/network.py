"""The help services: rows with a validity, never text in a template. The one list of lines of others."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.data import About, Forever
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.data_texts import in_words
from sauga.kernel.ui.public_frame import opening_hours
from sauga.kernel.ui.public_frame.help_now import Serves
from sauga.portal.rules import open_times as hours_of_lines
from sauga.portal.states import HelpCode

WHOM = [
    (Serves.CHILDREN.value, _("children and teenagers")),
    (Serves.YOUNG.value, pgettext_lazy("line", "young people")),
    (Serves.ADULTS.value, pgettext_lazy("line", "adults")),
    (Serves.EVERYBODY.value, pgettext_lazy("line", "everybody")),
]
HOURS_ELSEWHERE = _(
    "Leave empty where a service of this installation keeps its hours: pages take them from its rota."
)


class HelpEntryQuerySet(models.QuerySet["HelpEntry"]):
    """Chainable questions about help services."""

    def on(self, day: date) -> Self:
        """Those in force that day; `valid_to` is exclusive and open when empty."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def confirmed(self) -> Self:
        """Those that visitors may see."""
        return self.filter(confirmed=True)


class HelpEntry(models.Model):
    """A help service for a period: name, number or address, hours. A number without a validity does not
    exist.
    """

    data = About(
        plain={
            "code",
            "for_whom_en",
            "for_whom_lt",
            "hours_en",
            "hours_lt",
            "languages",
            "name_en",
            "name_lt",
            "open_times",
            "phone",
            "serves",
            "source",
            "website",
        },
        keep=Forever(_("Published numbers with their validity."), what=_("Where to get help")),
    )

    code = models.CharField(_("who helps"), max_length=32, choices=HelpCode.choices)
    name_lt = models.CharField(_("name in Lithuanian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    website = models.URLField(_("site"), blank=True)
    hours_lt = models.CharField(
        _("hours in Lithuanian"), max_length=160, blank=True, help_text=HOURS_ELSEWHERE
    )
    hours_en = models.CharField(_("hours in English"), max_length=160, blank=True)
    open_times = models.CharField(
        _("when it answers"),
        max_length=160,
        blank=True,
        help_text=_(
            "For a line that can be called, as I–V 9:00–13:00, 17:00–21:00; VI 10:00–14:00. Day and night is "
            "I–VII 0:00–24:00. Pages then name it while it is open, and take its hours from here."
        ),
    )
    serves = models.CharField(
        _("for whom"),
        max_length=12,
        choices=WHOM,
        default=Serves.EVERYBODY.value,
        db_default=Serves.EVERYBODY.value,
    )
    for_whom_lt = models.CharField(_("for whom, in Lithuanian"), max_length=120, blank=True)
    for_whom_en = models.CharField(_("for whom, in English"), max_length=120, blank=True)
    languages = models.CharField(
        _("languages spoken"), max_length=40, default="lt", help_text=_("Codes, as lt, en, ru.")
    )
    source = models.URLField(_("where number and hours are published"), blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    valid_from = models.DateField(pgettext_lazy("period", "from"))
    valid_to = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day it no longer counts. Empty while it lasts."),
    )

    confirmed = models.BooleanField(
        _("number and hours are confirmed"),
        default=True,
        help_text=_("Visitors see only what somebody has confirmed."),
    )

    objects = HelpEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("number where help is found")
        verbose_name_plural = _("numbers where help is found")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="portal_help_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(phone="", website=""), name="portal_help_can_be_reached"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="portal_help_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.phone}".strip()

    def clean(self) -> None:
        """Hours that a service of this installation keeps are not written here as well; those of others can
        be computed with.
        """
        super().clean()
        try:
            hours_of_lines.read(self.open_times)
        except hours_of_lines.Unreadable as fault:
            raise ValidationError(
                {"open_times": _("These hours cannot be read: %(part)s") % {"part": fault}}
            ) from fault
        written = [name for name in ("hours_lt", "hours_en", "open_times") if getattr(self, name)]
        if opening_hours.is_kept(self.code) and written:
            name = written[0]
            raise ValidationError(
                {
                    name: _(
                        "The service keeps these hours in its rota; pages take them from there. Leave "
                        "the field empty."
                    )
                }
            )

    @property
    def name(self) -> str:
        """The name in the language of the page; in one without columns Lithuanian, which it then carries."""
        return self._said("name")

    @property
    def hours(self) -> str:
        """The hours in the same way; empty where they are not written."""
        return hours_of_lines.in_words(self.times) or self._said("hours")

    @property
    def for_whom(self) -> str:
        """Whom it is for, in the same way."""
        return self._said("for_whom")

    @property
    def times(self) -> Sequence[hours_of_lines.Times]:
        """When it answers; nothing where that is not known."""
        try:
            return hours_of_lines.read(self.open_times)
        except hours_of_lines.Unreadable:  # written past the form
            return ()

    def is_open(self, at: datetime) -> bool | None:
        """Whether the line answers at that moment; None where that is not known."""
        return hours_of_lines.is_open(self.times, at)

    def _said(self, part: str) -> str:
        kept, here = {code: str(getattr(self, f"{part}_{code}")) for code in ("lt", "en")}, languages.active()
        if here.code in kept:
            return kept[here.code]
        return in_words(f"help:{self.code}:{part}", kept, here.code)

    @property
    def dial(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")
