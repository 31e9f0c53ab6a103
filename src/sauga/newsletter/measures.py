"""The figures of the newsletter, from numbers by day and language; fewer than ten are hidden."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Measure, counted_by
from sauga.newsletter.models import Happening
from sauga.newsletter.queries import subscriptions

READERS = 10
"""A smaller number of readers could identify one of them."""


def _measure(
    code: str, title: Any, definition: Any, *, counted: str, kind: Happening, unit: str = "HEAD"
) -> Measure:
    def counts(period: Any) -> dict[str, int]:
        return subscriptions.happened(kind, period.start, period.end)

    return Measure(
        f"newsletter.{code}",
        title,
        definition,
        unit,
        "newsletter",
        counted_by("language", counts=counts),
        breakdown=("language",),
        counted=counted,
        reads=("newsletter.DayCount",),
        threshold=READERS,
    )


def _at_end(period: Any) -> dict[str, int]:
    end: date = period.end
    return subscriptions.at_end(end)


MEASURES = (
    Measure(
        "newsletter.subscribers",
        _("Newsletter readers"),
        _("Confirmed subscriptions at the end of the period."),
        "HEAD",
        "newsletter",
        counted_by("language", counts=_at_end),
        breakdown=("language",),
        counted=(
            "Sum of the day counts `confirmed` and `moved_in` before the end of the period, without `left`, "
            "`bounced` and `moved_out`, by language"
        ),
        reads=("newsletter.DayCount",),
        threshold=READERS,
    ),
    _measure(
        "confirmed",
        _("New newsletter readers"),
        _("Sign-ups that were confirmed in the period."),
        counted="Day counts of kind `confirmed` in the period, by language",
        kind=Happening.CONFIRMED,
    ),
    _measure(
        "left",
        _("Readers who unsubscribed"),
        _("Subscriptions that their readers ended in the period."),
        counted="Day counts of kind `left` in the period, by language",
        kind=Happening.LEFT,
    ),
    _measure(
        "bounced",
        _("Subscriptions ended because emails came back"),
        _("The address no longer exists, or several issues in a row could not be delivered."),
        counted="Day counts of kind `bounced` in the period, by language",
        kind=Happening.BOUNCED,
    ),
    _measure(
        "mails",
        _("Newsletter emails"),
        _("Emails handed over to the mail server in the period. Whether they are read is not measured."),
        counted="Day counts of kind `handed` in the period, by language",
        kind=Happening.HANDED,
        unit="MAIL",
    ),
    _measure(
        "returned",
        _("Newsletter emails that came back"),
        _("Emails that another server reported as undeliverable in the period."),
        counted="Day counts of kind `returned` in the period, by language",
        kind=Happening.RETURNED,
        unit="MAIL",
    ),
)
