"""What the foot of every public page says about the centre: rows with a validity, never template text."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.data import About, Forever
from sauga.portal.states import FooterKind

PLAIN_ADDRESSES = ("https://", "mailto:", "tel:")


class FooterEntryQuerySet(models.QuerySet["FooterEntry"]):
    """Chainable questions about the foot."""

    def on(self, day: date) -> Self:
        """Those in force that day; `valid_to` is exclusive and open when empty."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class FooterEntry(models.Model):
    """A contact, a page in a social network, or a line about who pays for the centre, for a period: a grant
    ends, and its line and emblem with it.
    """

    data = About(
        plain={"kind", "text_lt", "text_en", "address"},
        keep=Forever(
            _("Published contacts and funding lines with their validity."), what=_("Footer of the site")
        ),
    )

    kind = models.CharField(_("what it is"), max_length=8, choices=FooterKind.choices)
    text_lt = models.CharField(_("text in Lithuanian"), max_length=300)
    text_en = models.CharField(_("text in English"), max_length=300)
    address = models.CharField(
        _("address"),
        max_length=300,
        blank=True,
        help_text=_("https://…, mailto:… or tel:… A line about funding needs none."),
    )
    has_emblem = models.BooleanField(
        _("with the emblem of the European Union"),
        default=False,
        help_text=_("Only while a grant of the Union asks for it."),
    )
    order = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    valid_from = models.DateField(pgettext_lazy("period", "from"))
    valid_to = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day it no longer counts. Empty while it lasts."),
    )

    objects = FooterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the foot")
        verbose_name_plural = _("entries of the foot")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="portal_footer_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind=FooterKind.FUNDING) | ~Q(address=""), name="portal_footer_leads_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.text_lt

    def clean(self) -> None:
        """A link that a browser may follow. Raises ValidationError."""
        super().clean()
        if self.kind != FooterKind.FUNDING and not self.address:
            raise ValidationError({"address": _("Write where it leads.")})
        if self.address and not self.address.startswith(PLAIN_ADDRESSES):
            raise ValidationError({"address": _("Begin with https://, mailto: or tel:.")})

    def text(self, language: str) -> str:
        """The text in a language; English where it is neither."""
        return self.text_lt if language == "lt" else self.text_en
