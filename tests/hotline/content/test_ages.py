"""Ages never claim a minute that nobody stored, and only what still waits for a verdict can be overdue."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.items import presenters
from sauga.hotline.items.queries.worklist import Row
from sauga.hotline.states import Handling
from sauga.kernel import i18n
from sauga.kernel.clock import to_hour
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported

RECEIVED = datetime(2026, 11, 24, 14, 48, 3, tzinfo=UTC)
JUDGED = sorted(
    {*Handling}
    - {
        Handling.NEW,
        Handling.AWAITING_ASSESSMENT,
        Handling.ASSESSED,
        Handling.SECOND_REVIEW,
        Handling.ARBITRATION,
    }
)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("since", "said"),
    [
        (timedelta(seconds=5), "under 1 h"),
        (timedelta(minutes=11), "under 1 h"),
        (timedelta(minutes=13), "under 2 h"),
        (timedelta(hours=2, minutes=30), "2–3 h"),
        (timedelta(days=3, hours=2), "3 d"),
    ],
)
def test_an_age_from_an_hour_is_a_range(since: timedelta, said: str):
    with translation.override("en"):
        assert i18n.age_from_hour(to_hour(RECEIVED), RECEIVED + since) == said


@pytest.mark.unit
@pytest.mark.parametrize(
    ("since", "said"),
    [
        (timedelta(hours=3), "under 1 d"),
        (timedelta(hours=30), "under 2 d"),
        (timedelta(days=5, hours=1), "4–5 d"),
    ],
)
def test_an_age_from_a_day_is_a_range(since: timedelta, said: str):
    with translation.override("en"):
        assert (
            i18n.age_from_day(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC) + since)
            == said
        )


@pytest.mark.django_db
class TestOverdue:
    def item(self, handling: Handling) -> object:
        return SimpleNamespace(
            handling=str(handling),
            priority="P1",
            received_hour=to_hour(RECEIVED),
            due_at=RECEIVED + timedelta(minutes=15),
        )

    @pytest.mark.parametrize("handling", JUDGED)
    def test_what_is_judged_held_followed_or_finished_is_not_overdue(self, handling: Handling):
        assert content_presenters.triage_left(self.item(handling), RECEIVED + timedelta(days=47)) is None

    @pytest.mark.parametrize("handling", sorted({*Handling} - {*JUDGED}))
    def test_what_waits_for_a_verdict_is(self, handling: Handling):
        said = content_presenters.triage_left(self.item(handling), RECEIVED + timedelta(days=47))
        assert said is not None and said[2] == "late"

    def test_the_gauge_runs_from_the_receipt_and_not_from_the_full_hour(self):
        assert content_presenters.triage_left(self.item(Handling.NEW), RECEIVED + timedelta(seconds=30)) == (
            i18n.left(RECEIVED + timedelta(minutes=15), RECEIVED + timedelta(seconds=30)),
            pytest.approx(0.033, abs=0.01),
            "",
        )

    def test_a_line_of_the_worklist_says_so(self, centre: Centre):
        report, _ = reported(category="HATE", at=AT.replace(minute=48))
        item = report.locations.get().item
        with translation.override("en"):
            assert presenters.line(Row(item, "", False), AT.replace(minute=48, second=5)).age == "under 1 h"
            item.handling = str(Handling.ARCHIVED)
            assert presenters.line(Row(item, "", False), AT + timedelta(days=47)).left == ""
