"""The line with its hours and people on duty, for tests: volunteers with training and checks,
windows, duty rows.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sauga.helpline.line.models import Window
from sauga.helpline.rota.models import Duty
from sauga.helpline.volunteers.models import BackgroundCheck, Training, Volunteer
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity.models import Person
from tests.centre import BEGAN, Centre

LONG_AGO, FAR = date(2026, 1, 5), date(2029, 12, 31)
ALL = ("PHONE", "CHAT", "LETTER")


def volunteer(
    person: Person, alias: str = "", *, trained: Sequence[str] = ALL, check_until: date | None = FAR
) -> Volunteer:
    """A volunteer who may work on these channels; made once."""
    row, _ = Volunteer.objects.get_or_create(
        person=person,
        defaults={"alias": alias or f"Savanorė {person.pk}", "began_date": LONG_AGO, "languages": ["lt"]},
    )
    for kind in trained:
        Training.objects.get_or_create(volunteer=row, kind=kind, defaults={"passed_date": LONG_AGO})
    if check_until is not None:
        BackgroundCheck.objects.get_or_create(
            volunteer=row, defaults={"seen_date": LONG_AGO, "valid_to": check_until, "by": "test"}
        )
    return row


def published(
    channel: str = "CHAT",
    opens: time = time(18),
    closes: time = time(23),
    *,
    minimum: int = 1,
    days: Sequence[int] = range(7),
) -> None:
    """Published hours on these weekdays."""
    for weekday in days:
        Window.objects.create(
            channel=channel, weekday=weekday, opens=opens, closes=closes, minimum=minimum, valid_from=LONG_AGO
        )


def on_duty(
    person: Person,
    at: datetime,
    *,
    channels: Sequence[str] = ("CHAT",),
    is_lead: bool = False,
    **more: object,
) -> Duty:
    """Somebody who is there at `at`."""
    volunteer(person, trained=[*ALL, *(["LEAD"] if is_lead else [])])
    row, _ = Duty.objects.update_or_create(
        person=person,
        ended_at=None,
        defaults={
            "channels": list(channels),
            "is_lead": is_lead,
            "began_at": at - timedelta(hours=1),
            "seen_at": at,
            **more,
        },
    )
    return row


def open_line(centre: Centre, at: datetime, channels: Sequence[str] = ("CHAT", "PHONE")) -> tuple[Duty, Duty]:
    """Hours all day for these channels, one counsellor and one lead on duty: every channel reads OPEN at `at`
    (not after 23:29).
    """
    for channel in channels:
        if not Window.objects.filter(channel=channel).exists():
            published(channel, time(0), time(0))
    return (
        on_duty(centre.people["COUNSELLOR"], at, channels=channels),
        on_duty(centre.people["SHIFT_LEAD"], at, channels=[], is_lead=True),
    )


def local(text: str) -> datetime:
    """An instant from Vilnius wall-clock time: local("2026-11-24 18:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=VILNIUS)


__all__ = ["ALL", "BEGAN", "local", "on_duty", "open_line", "published", "volunteer"]
