"""What is handed in and the figures of quality: against an independent recount of random months, and case by
case where it is subtle.
"""

import csv
import io
import random
from collections import Counter
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest
from django.test import Client
from factories.handovers import carried_out
from factories.hotline import AT
from factories.monitoring import item_at

from sauga.hotline.assessment.models import Assessment, PoliceHold, Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.figures.measures import MEASURES
from sauga.hotline.figures.measures.quality import kappa
from sauga.hotline.figures.queries import counts
from sauga.hotline.notices.models import Notice, NoticeAnswer, NoticeItem, NoticeStep, NoticeTemplate
from sauga.hotline.reports.models import Report
from sauga.hotline.tracing.models import Provider, ProviderContact
from sauga.kernel import audit, vocab
from sauga.kernel.figures import Period, computed, measure
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

PERIOD = Period.parse("2026-11")
BEFORE, AFTER = AT - timedelta(days=40), AT + timedelta(days=20)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VERDICTS = ("BASELINE", "NATIONAL", "PROHIBITED", "RESTRICTED", "")


def cells(code: str) -> dict[str | None, object]:
    """A measure's values by its one dimension; None is the whole."""
    return {next(iter(row.dims.values()), None): row.value for row in computed(measure(code), PERIOD)}


def judged(item: ContentItem, by: int, kind: str = "FIRST", **said: str) -> None:
    Assessment.objects.create(
        item=item, by_id=by, at=AT, kind=kind, **{"verdict": item.verdict or "DOUBTFUL", **said}
    )


def random_row(draw: random.Random) -> dict[str, Any]:
    """What one item went through: its assessment, its routes and its times."""
    at = AT + timedelta(hours=draw.randint(-900, 300))
    row = {
        "at": at,
        "verdict": draw.choice(VERDICTS),
        "country": draw.choice(["LT", "NL", ""]),
        "kind": draw.choice(["WEB", "ONION", "CHANNEL", "EMAIL"]),
        "site": draw.choice(["FORUM", "SOCIAL_NETWORKING", ""]),
        "age": draw.choice(["INFANT", "PUBESCENT", ""]),
        "self_made": draw.choice(["YES", "NO", ""]),
        "virtual": draw.choice(["YES", "NO", ""]),
        "routes": tuple(
            code for code in ("POLICE", "PROVIDER_NOTICE", "INHOPE", "ZEIT") if draw.random() < 0.4
        ),
        "carried_out": draw.random() < 0.6,
        "outcome": draw.choice(["ACTIONED", "DUPLICATE", "SPAM", "CONSULTED", "NOT_FOUND", ""]),
        "category": draw.choice(["CSAM", "GROOMING", "HATE", "FRAUD_CYBER"]),
        "decided": draw.choice([None, at + timedelta(minutes=draw.randint(1, 3000))]),
    }
    row["removed"] = None if draw.random() < 0.4 else at + timedelta(hours=draw.randint(1, 400))
    row["again"] = (
        row["removed"] + timedelta(days=draw.choice([3, 29, 31, 80]))
        if row["removed"] and draw.random() < 0.5
        else None
    )
    row["referred"] = draw.random() < 0.5
    return row


def store_row(row: dict[str, Any], address: str, by: int) -> None:
    """The item, its assessment, its occurrences and its report, as the row says."""
    at = row["at"]
    item = item_at(
        address,
        at=at,
        routes=row["routes"],
        verdict=row["verdict"],
        country=row["country"],
        kind=row["kind"],
        hosting_class="LT",
    )
    for route in row["routes"] if row["carried_out"] else ():
        carried_out(item, route, at)
    ContentItem.objects.filter(pk=item.pk).update(referrer=b"x" if row["referred"] else b"")
    judged(
        item,
        by,
        site_type=row["site"],
        age=row["age"],
        user_generated=row["self_made"],
        virtual=row["virtual"],
    )
    Occurrence.objects.filter(item=item).update(
        reported_at=at,
        decided_at=row["decided"],
        removed_at=row["removed"],
        first_gone_at=row["removed"],
        notice_sent_at=None,
    )
    if row["again"]:
        Occurrence.objects.create(item=item, number=2, reported_at=row["again"])
    Report.objects.filter(locations__item=item).update(
        received_hour=at, outcome=row["outcome"], category=row["category"]
    )


def random_month(seed: int, by: int) -> list[dict[str, Any]]:
    """Items with random lives around the month's edges, and what was drawn for each."""
    draw = random.Random(seed)
    rows = [random_row(draw) for _ in range(30)]
    for n, row in enumerate(rows):
        store_row(row, f"http://r{seed}-{n}.online.behave.example/{n}", by)
    return rows


def inside(at) -> bool:
    return at is not None and PERIOD.bounds[0] <= at < PERIOD.bounds[1]


def drop_zeros(found: dict) -> dict:
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("seed", range(4))
def test_a_random_month_equals_an_independent_recount(centre: Centre, seed: int):
    rows = random_month(seed, centre.people["ANALYST"].pk)
    stood = [
        (row, number) for row in rows for number, at in ((1, row["at"]), (2, row["again"])) if inside(at)
    ]
    abuse = [(row, number) for row, number in stood if row["verdict"] in {"BASELINE", "NATIONAL"}]
    ages = Counter(row["age"] or "NOT_CATEGORISED" for row, _number in abuse)
    assert drop_zeros(cells("hotline.inhope_age")) == drop_zeros({**ages, None: len(abuse)})
    known = Counter("URLS_NEW" if number == 1 else "URLS_KNOWN" for _row, number in abuse)
    assert drop_zeros(cells("hotline.inhope_known")) == drop_zeros({**known, None: len(abuse)})
    place = {"LT": "OWN_COUNTRY", "NL": "ABROAD", "": "UNKNOWN"}
    places = Counter(place[row["country"]] for row, _number in abuse)
    assert drop_zeros(cells("hotline.ec_hosting")) == drop_zeros({**places, None: len(abuse)})
    kinds, sites, done = Counter(), Counter(), Counter()
    for row, number in abuse:
        drawn = {"YES": "SELF_GENERATED", "NO": "NON_SELF_GENERATED", "": "NOT_SAID"}[row["self_made"]]
        kinds["COMPUTER_GENERATED" if row["virtual"] == "YES" else drawn] += 1
        plain = "WEBSITE_REFERRER_BASED" if row["referred"] else "WEBSITE"
        if row["kind"] == "ONION":
            sites["ONION"] += 1
        elif row["site"] == "SOCIAL_NETWORKING" or row["kind"] == "CHANNEL":
            sites["SOCIAL_MEDIA"] += 1
        else:
            sites[plain if row["kind"] == "WEB" else "OTHER"] += 1
        sent = {"POLICE": "TO_LEA", "PROVIDER_NOTICE": "TO_ISP", "INHOPE": "TO_ICCAM"}
        given = [sent[code] for code in row["routes"] if code in sent] if number == 1 else []
        done.update((given if row["carried_out"] else ["NOT_YET"]) if given else ["NO_ACTION"])
    assert drop_zeros(cells("hotline.ec_kinds")) == drop_zeros({**kinds, None: len(abuse)})
    assert drop_zeros(cells("hotline.ec_sites")) == drop_zeros({**sites, None: len(abuse)})
    assert drop_zeros(cells("hotline.ec_actions")) == drop_zeros({**done, None: len(abuse)})
    reports = [row for row in rows if inside(row["at"])]
    counted = [row for row in reports if row["outcome"] != "SPAM"]
    repeated = sum(row["outcome"] == "DUPLICATE" for row in counted)
    volume = {"DUPLICATE": repeated, "UNIQUE": len(counted) - repeated, None: len(counted)}
    assert drop_zeros(cells("hotline.ec_volume")) == drop_zeros(volume)
    assert cells("hotline.received")[None] == len(counted)
    topics = Counter()
    for row in reports:
        if row["outcome"] in {"SPAM", "CONSULTED"}:
            topics[{"SPAM": "SPAM", "CONSULTED": "PUBLIC_QUERY"}[row["outcome"]]] += 1
        elif row["category"] != "CSAM":
            topics[{"GROOMING": "GROOMING", "HATE": "HATE_SPEECH"}.get(row["category"], "OTHER")] += 1
    assert drop_zeros(cells("hotline.ec_topics")) == drop_zeros({**topics, None: topics.total()})
    gone = [row for row in rows if inside(row["removed"])]
    for days in (30, 90):
        back = sum(row["again"] is not None and row["again"] - row["removed"] <= days * DAY for row in gone)
        found = cells(f"hotline.back_{days}")
        assert found == ({None: round(back / len(gone), 4)} if gone else {})


def test_the_median_of_decisions_without_open_ones_is_the_plain_median(centre: Centre):
    waits = [5, 10, 20, 40, 300]
    for n, minutes in enumerate(waits):
        item = item_at(f"http://m{n}.online.behave.example/", verdict="PROHIBITED")
        Occurrence.objects.filter(item=item).update(decided_at=AT + timedelta(minutes=minutes))
    assert cells("hotline.time_to_decision") == {None: median(waits)}
    item = item_at("http://m9.online.behave.example/", verdict="")
    Occurrence.objects.filter(item=item).update(decided_at=None)
    assert cells("hotline.time_to_decision") == {
        None: 20
    }  # an open one counts among those that wait longer: the upper middle


def test_the_time_to_the_police_counts_only_what_was_to_go_there(centre: Centre):
    for n, (routes, minutes) in enumerate(
        [(("POLICE",), 7), (("POLICE", "PROVIDER_NOTICE"), 9), (("PROVIDER_NOTICE",), None)]
    ):
        item = item_at(f"http://p{n}.online.behave.example/", verdict="BASELINE", routes=routes)
        if minutes:
            carried_out(item, "POLICE", AT + timedelta(minutes=minutes))
    (row,) = computed(measure("hotline.time_to_police"), PERIOD)
    assert (row.value, row.n) == (7, 2)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("A", "A")] * 3, None),
        ([("A", "A"), ("B", "B")], 1.0),
        ([("A", "B"), ("B", "A")], -1.0),
        (
            [("A", "A")] * 20 + [("A", "B")] * 5 + [("B", "A")] * 10 + [("B", "B")] * 15,
            0.4,
        ),  # the worked example of textbooks
    ],
)
def test_kappa(pairs, expected):
    assert kappa(pairs) == (None if expected is None else pytest.approx(expected))


def test_agreement_pairs_each_second_look_with_the_verdict_before_it(centre: Centre):
    item, by = item_at("http://k.online.behave.example/", verdict="PROHIBITED"), centre.people["ANALYST"].pk
    judged(item, by, verdict="DOUBTFUL")
    judged(item, by, kind="SECOND", verdict="PROHIBITED")
    judged(item, by, kind="ARBITRATION", verdict="RESTRICTED")
    judged(item, by, kind="REOPENED", verdict="NOT_ILLEGAL")
    judged(item, by, kind="SECOND", verdict="NOT_ILLEGAL")
    assert counts.verdict_pairs(*PERIOD.bounds) == [
        ("DOUBTFUL", "PROHIBITED"),
        ("NOT_ILLEGAL", "NOT_ILLEGAL"),
    ]


def notice(
    item: ContentItem,
    *,
    member: bool = False,
    basis: str = "DSA_ART16",
    answer: str = "",
    outcome: str = "",
    **times,
) -> Notice:
    name = "Narys" if member else "Kitas"
    provider, _new = Provider.objects.get_or_create(
        name=name, defaults={"memorandum_from": date(2020, 2, 11) if member else None}
    )
    contact, _new = ProviderContact.objects.get_or_create(
        provider=provider, email=f"abuse@{name.lower()}.example"
    )
    template, _new = NoticeTemplate.objects.get_or_create(
        basis=basis,
        audience="HOST",
        purpose="FIRST",
        language="lt",
        version=1,
        defaults={"valid_from": date(2026, 1, 1)},
    )
    made = Notice.objects.create(
        provider=provider,
        contact=contact,
        template=template,
        basis=basis,
        language="lt",
        priority="P3",
        drafted_at=AT,
        **{"sent_at": AT, "remove_by": AT + DAY, **times},
    )
    NoticeItem.objects.create(notice=made, item=item, answer=answer, outcome=outcome)
    return made


def test_terms_kept_by_members_and_others(centre: Centre):
    for n, (member, hours) in enumerate([(True, 5), (True, 30), (False, 5), (False, None), (False, 24)]):
        item = item_at(f"http://t{n}.online.behave.example/", verdict="PROHIBITED")
        gone = None if hours is None else AT + hours * HOUR
        Occurrence.objects.filter(item=item).update(first_gone_at=gone, removed_at=gone)
        notice(item, member=member)
    assert cells("hotline.term_kept") == {"MEMBER": 0.5, "OTHER": pytest.approx(2 / 3, abs=1e-4), None: 0.6}
    Notice.objects.update(remove_by=AFTER + 20 * DAY)
    assert cells("hotline.term_kept") == {}


def test_withdrawals_disputes_and_answers(centre: Centre):
    items = [item_at(f"http://w{n}.online.behave.example/", verdict="PROHIBITED") for n in range(3)]
    made = [
        notice(items[0], answer="REMOVED"),
        notice(items[1]),
        notice(items[2], outcome="WITHDRAWN", answer="DISPUTED"),
    ]
    NoticeStep.objects.create(
        subject=made[2], track="state", before="SENT", after="WITHDRAWN", at=AT, by="x", why="DISPUTE"
    )
    unsent = notice(items[1], sent_at=None)
    NoticeStep.objects.create(
        subject=unsent, track="state", before="DRAFTED", after="WITHDRAWN", at=AT, by="x", why="NOTHING_LEFT"
    )
    NoticeAnswer.objects.create(notice=made[2], at=AT, answer="DISPUTED", decision="UPHELD", decided_at=AT)
    assert cells("hotline.withdrawn") == {"DISPUTE": 1, None: 1}
    assert cells("hotline.disputes") == {"UPHELD": 1, None: 1}
    assert cells("hotline.answers") == {"REMOVED": 1, "NO_ANSWER": 1, None: 2}


def test_what_holds_cost(centre: Centre):
    for n, (ended, gone) in enumerate([(3, 2), (3, 5), (None, 30), (None, None)]):
        item = item_at(f"http://h{n}.online.behave.example/", verdict="PROHIBITED")
        PoliceHold.objects.create(
            item=item,
            reason="EVIDENCE",
            by="x",
            at=AT,
            until=AT + DAY,
            ended_at=None if ended is None else AT + ended * HOUR,
        )
        if gone:
            Occurrence.objects.filter(item=item).update(
                first_gone_at=AT + gone * HOUR, removed_at=AT + gone * HOUR
            )
    assert cells("hotline.gone_while_held") == {None: 1}
    assert cells("hotline.hold_time") == {None: 180}


def test_the_yearly_report_names_provider_type_and_action_and_nobody_else(centre: Centre):
    items = [item_at(f"http://y{n}.online.behave.example/", verdict="PROHIBITED") for n in range(4)]
    ContentItem.objects.filter(pk=items[3].pk).update(category="CSAM")
    notice(items[0], answer="REFUSED", outcome="REMOVED")
    notice(items[1], answer="REFUSED")
    notice(items[2], basis="NTD", answer="REMOVED")
    notice(items[3], member=True)
    hate, minors = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
    assert counts.dsa_lines(*PERIOD.bounds) == [
        counts.Line("Kitas", hate, "REFUSED", 1),
        counts.Line("Kitas", hate, "REMOVED", 1),
        counts.Line("Narys", minors, "NO_ANSWER", 1),
    ]
    assert all(vocab.has_term("dsa.category", code) for code in (hate, minors))


def read(client: Client, name: str) -> list[list[str]]:
    answer = client.get(f"/desk/hotline/figures/{name}.csv", {"period": "2026-11"})
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_page_shows_every_table_and_the_files_are_noted_in_the_trail(centre: Centre):
    item = item_at("http://z.online.behave.example/", verdict="BASELINE")
    judged(item, centre.people["ANALYST"].pk, age="INFANT")
    notice(item)
    client = sign_in(centre, "STATISTICIAN")
    page = client.get("/desk/hotline/figures/", {"period": "2026-11"}).content.decode()
    assert page.count('<div class="measure">') == len(MEASURES) - 17 and "Kūdikis" in page
    assert (
        "Pasirinkus mėnesį"
        in client.get("/desk/hotline/figures/", {"from": "2026-11-01", "to": "2026-11-05"}).content.decode()
    )
    head, *body = read(client, "returns")
    assert head[0] == "measure" and {line[0] for line in body} <= {one.code for one in MEASURES}
    assert ["hotline.inhope_age", "age", "INFANT", "1"] in [
        [line[0], line[4], line[5], line[8]] for line in body
    ]
    assert [line[1] for line in read(client, "dsa22")[1:]] == ["Kitas"]
    assert [entry.facts["what"] for entry in audit.timeline("measures")] == ["measures"]
    assert client.get("/desk/hotline/figures/returns.csv", {"period": "2026-13"}).status_code == 404
    assert "iš 0" not in client.get("/desk/hotline/figures/", {"period": "2020-01"}).text
    assert (
        sign_in(centre, "ANALYST").get("/desk/hotline/figures/dsa22.csv", {"period": "2026"}).status_code
        == 404
    )


def test_every_measure_answers_for_an_empty_period_and_routes_are_known(centre: Centre):
    assert Route.objects.count() == 0
    for one in MEASURES:
        assert all(row.n == 0 for row in computed(one, Period.parse("2019-Q1")))
