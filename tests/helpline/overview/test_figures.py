"""Every attempt is counted once and both networks' tables come from the same rows."""

from datetime import date, timedelta
from random import Random

import pytest
from centre import AT, centre, sign_in  # noqa: F401  the fixture
from django.test import Client

from sauga.helpline.overview.queries import figures as q
from sauga.helpline.overview.rules import exports
from sauga.helpline.permissions import Permission
from sauga.helpline.records.models import Attempt, Record
from sauga.helpline.records.rules import networks
from sauga.kernel import audit, figures, vocab
from sauga.kernel.figures import Period, PeriodUnfinished
from sauga.kernel.figures.pages import export_figures
from sauga.kernel.permissions import PermissionRefused
from sauga.statistics import queries as published

pytestmark = pytest.mark.django_db
FIRST, END = date(2026, 7, 1), date(2026, 10, 1)
QUARTER = Period.parse("2026-Q3")


def attempts(n: int, seed: int = 7) -> None:
    """A made-up quarter: attempts of all channels and outcomes, with a record where somebody
    was counselled.
    """
    random = Random(seed)
    topics = [term for term in vocab.every_term("topic")]
    insafe = [term.code for term in vocab.every_term("insafe_category")]
    for number in range(n):
        outcome, reason = random.choice(
            [("ANSWERED", "COUNSELLED")] * 6
            + [
                ("ABANDONED", "LEFT_SHORT"),
                ("ABANDONED", "LEFT_QUEUE"),
                ("DEFLECTED", "OUT_OF_HOURS"),
                ("NON_DATA", "NON_DATA_TYPE"),
            ]
        )
        attempt = Attempt.objects.create(
            channel=random.choice(["CHAT", "PHONE", "LETTER"]),
            language="lt",
            day=FIRST + timedelta(days=number % 92),
            hour=random.randrange(24),
            outcome=outcome,
            reason=reason,
            wait_seconds=random.randrange(900),
            talk_seconds=random.randrange(60, 3000),
        )
        if outcome == "ANSWERED":
            internet = random.choice(["YES", "NO", "UNKNOWN"])
            Record.objects.create(
                attempt=attempt,
                language="lt",
                caller_role=random.choice(["CHILD_SELF", "PARENT", "CHILD_FOR_OTHER", "TEACHER"]),
                age_band=random.choice([term.code for term in vocab.every_term("age_band")]),
                gender=random.choice(["BOY", "GIRL", "GENDER_UNKNOWN"]),
                topic=random.choice(topics).code,
                internet=internet,
                insafe=random.choice(insafe) if internet == "YES" else "",
                place="PLACE_SOCIAL_MEDIA" if internet == "YES" else "",
                actions=["ACT_DIRECT"],
                day=attempt.day,
            )


def test_attempted_is_the_sum_of_its_outcomes():
    attempts(300)
    lines = q.tallies(FIRST, END)
    assert lines[-1].attempted == 300 == sum(line.attempted for line in lines[:-1])
    for line in lines:
        assert line.attempted == line.answered + line.abandoned + line.deflected + line.non_data
        assert line.short <= line.abandoned
    assert lines[-1].strict_rate == lines[-1].answered / 300
    assert lines[-1].pick_up_rate == (lines[-1].answered + lines[-1].non_data) / 300


def test_contacts_without_counselling_stay_in_the_denominator():
    attempts(40)
    before = q.tallies(FIRST, END)[-1]
    Attempt.objects.filter(outcome="ANSWERED").update(outcome="NON_DATA")
    after = q.tallies(FIRST, END)[-1]
    assert after.attempted == before.attempted
    assert (after.strict_rate, after.pick_up_rate) == (0.0, before.pick_up_rate)


def test_nothing_in_a_period_is_nothing_and_no_rate():
    (all_,) = q.tallies(FIRST, END)
    assert (all_.attempted, all_.strict_rate, all_.pick_up_rate) == (0, None, None)
    assert q.waits(FIRST, END).half is None
    assert q.letters(FIRST, END).in_time is None


def test_an_open_attempt_is_beside_the_sum():
    attempts(10)
    Attempt.objects.create(channel="CHAT", language="lt", day=FIRST, hour=3)
    all_ = q.tallies(FIRST, END)[-1]
    assert (all_.attempted, all_.open, q.in_hand(FIRST, END).open) == (10, 1, 1)


@pytest.mark.parametrize("network", exports.NETWORKS)
def test_every_table_adds_up_to_the_same_contacts(network):
    attempts(400)
    contacts = q.counselled(FIRST, END)
    assert len(contacts) == q.tallies(FIRST, END)[-1].answered
    made = exports.export(network, "2026-Q3", contacts)
    assert made.contacts == (len(contacts) if network == "chi" else len(networks.online(contacts)))
    for table in made.tables:
        assert sum(n for _, n in table.cells) == made.contacts, table.column.name
    channels = {
        name: dict(
            next(t for t in exports.export(name, "x", contacts).tables if t.column.name == "channel").cells
        )
        for name in exports.NETWORKS
    }
    assert sum(channels["chi"].values()) == len(contacts)
    assert sum(channels["insafe"].values()) == len(networks.online(contacts))


def test_no_small_number_leaves_the_house_and_none_can_be_worked_out():
    attempts(120)
    made = exports.export("chi", "2026-Q3", q.counselled(FIRST, END))
    for table in made.tables:
        hidden = exports.hidden_of(table)
        shown = [n for code, n in table.cells if code not in hidden]
        assert all(n >= 5 for n in shown)
        missing = len(table.cells) - len(shown)
        assert missing != 1 or None in hidden, "one hidden cell beside its total would be no secret"
    assert all(
        row[5] == exports.HIDDEN or int(row[5]) == 0 or int(row[5]) >= exports.THRESHOLD for row in made.rows
    )


def test_the_same_input_has_the_same_mark_and_another_one_has_not():
    attempts(80)
    contacts = q.counselled(FIRST, END)
    first = exports.export("insafe", "2026-Q3", contacts)
    assert first.mark == exports.export("insafe", "2026-Q3", list(reversed(contacts))).mark
    Record.objects.filter(internet="YES").update(insafe="INS_CYBERBULLYING")
    assert exports.export("insafe", "2026-Q3", q.counselled(FIRST, END)).mark != first.mark


def test_a_local_topic_without_a_home_has_its_own_row():
    coded = networks.Coded(
        "CHAT", "CHILD_SELF", "AGE_12", "GIRL", "NET_SCAM", (), "YES", "INS_CYBERBULLYING", (), "", "", ()
    )
    assert networks.chi_topic(coded) == networks.chi_group(coded) == networks.NO_EQUIVALENT
    assert networks.insafe_source(coded) == "SRC_TEEN_12_18"


@pytest.mark.parametrize(
    ("role", "band", "source"),
    [
        ("CHILD_SELF", "AGE_7_9", "SRC_CHILD_5_11"),
        ("CHILD_FOR_OTHER", "AGE_TEEN", "SRC_TEEN_12_18"),
        ("CHILD_SELF", "AGE_0_3", "SRC_UNKNOWN"),
        ("PARENT", "AGE_7_9", "SRC_PARENT"),
        ("LIBRARIAN", "", "SRC_OTHER_PROFESSIONAL"),
        ("", "", "SRC_UNKNOWN"),
    ],
)
def test_who_made_contact_for_insafe(role, band, source):
    coded = networks.Coded("CHAT", role, band, "", "NET_SCAM", (), "YES", "", (), "", "", ())
    assert networks.insafe_source(coded) == source


def test_an_export_is_in_the_trail_and_waits_for_open_contacts(centre):
    by = centre.actor("HELPLINE_STATISTICIAN")
    given = {
        "permission": Permission.EXPORT_FIGURES,
        "zone": "helpline",
        "what": "chi",
        "period": "2026",
        "cases": 3,
        "at": AT,
    }
    with pytest.raises(PeriodUnfinished):
        export_figures(by=by, left=2, **given)
    export_figures(by=by, left=0, **given)
    assert [line.facts for line in audit.timeline("chi")] == [{"what": "chi", "period": "2026", "rows": 3}]
    with pytest.raises(PermissionRefused):
        export_figures(by=centre.actor("COUNSELLOR"), left=0, **given)


def test_the_desk_says_that_nobody_ticked_instead_of_nought_of_nought(centre):
    attempts(20)
    page = sign_in(centre, "HELPLINE_STATISTICIAN").get("/desk/helpline/figures/?period=2026-Q3").text
    assert "Niekas nepažymėjo, kaip jautėsi" in page and "0 iš 0" not in page


def test_published_measures_agree_with_the_desk():
    attempts(200)
    all_ = q.tallies(FIRST, END)[-1]
    cells = {
        code: figures.totals(f"helpline.{code}", QUARTER)
        for code in ("attempted", "answered", "answer_rate", "topics", "online_topics")
    }
    assert (cells["attempted"][0].value, cells["answered"][0].value) == (200, all_.answered)
    assert cells["answer_rate"][0].value == round(all_.strict_rate or 0, 4)
    assert next(total.value for total in cells["topics"] if not total.dims) == all_.answered


def test_the_public_page_shows_the_helpline(client: Client):
    attempts(60)
    published.forget()
    text = client.get("/en/figures/?period=2026-Q3").content.decode()
    assert "We talked with children and adults" in text and "Attempts by channel and outcome" in text
    assert "How long people waited" in text
    assert (
        "Counselled, of all attempts" in text and "silent, a prank or a test stay in the denominator" in text
    )
    assert "Picked up, of all attempts" in text, "two rates side by side say in what they differ"
    published.forget()
