"""The help services: rows with a validity, never text in a template."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.data_texts import in_words
from sauga.kernel.ui import opening
from sauga.portal.states import HelpCode

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

    code = models.CharField(_("who helps"), max_length=32, choices=HelpCode.choices)
    name_lt = models.CharField(_("name in Lithuanian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    website = models.URLField(_("site"), blank=True)
    hours_lt = models.CharField(
        _("hours in Lithuanian"), max_length=160, blank=True, help_text=HOURS_ELSEWHERE
    )
    hours_en = models.CharField(_("hours in English"), max_length=160, blank=True)
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
        """Hours that a service of this installation keeps are not written here as well."""
        super().clean()
        if opening.is_kept(self.code) and (self.hours_lt or self.hours_en):
            name = "hours_lt" if self.hours_lt else "hours_en"
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
        """The hours in the same way; empty where nobody wrote them."""
        return self._said("hours")

    def _said(self, part: str) -> str:
        kept, here = {code: str(getattr(self, f"{part}_{code}")) for code in ("lt", "en")}, languages.active()
        if here.code in kept:
            return kept[here.code]
        return in_words(f"help:{self.code}:{part}", kept, here.code)

    @property
    def dial(self) -> str:
        """The number as a telephone dials it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")
