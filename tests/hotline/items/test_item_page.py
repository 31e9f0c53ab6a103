"""The item page tells the truth: routes by verdict, legal acts that fit, one look at an address that
lasts two minutes.
"""

from datetime import timedelta

import pytest

from sauga.hotline.assessment import presenters as assessment_presenters
from sauga.hotline.assessment.actions import claims, routing, verdicts
from sauga.hotline.assessment.actions.verdicts import Verdict
from sauga.hotline.assessment.models import Exposure
from sauga.hotline.assessment.rules.routing import fits
from sauga.hotline.content.models import ContentItem
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.rules import Answer
from sauga.kernel import audit, clock, vocab
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported

NETHERLANDS = [
    Answer("RDAP_IP", "192.0.2.7", "PAVYZDYS-NET", 64500, "NL", emails=("abuse@pavyzdys.example",))
]
SECRET = "https://pavyzdys.example/slaptas-kelias/9"


def traced(category: str) -> ContentItem:
    report, _keys = reported(SECRET, category=category)
    found = ContentItem.objects.get(locations__report=report)
    return tracing.record_trace(by=SystemActor("tracer"), item=found, answers=NETHERLANDS, at=AT)


def test_the_preview_of_routes_is_what_the_verdict_gives(centre: Centre):
    item = traced("CSAM")
    shown = {
        code: [one.route for one in routes] for code, routes in routing.routes_by_verdict(item, AT).items()
    }
    assert shown["BASELINE"] == ["INHOPE"] and shown["PROHIBITED"] == ["PROVIDER_NOTICE"]
    assert "NOT_ILLEGAL" not in shown and "DOUBTFUL" not in shown
    page = sign_in(centre, "ANALYST").get(f"/desk/hotline/items/{item.ref}/").content.decode()
    courses = page.partition("data-courses")[2].partition("</section>")[0]
    first = courses.partition('data-verdicts="BASELINE NATIONAL"')[2].partition("data-verdicts")[0]
    assert (
        vocab.label("rrt.route", "INHOPE", "lt") in first
        and vocab.label("rrt.route", "PROVIDER_NOTICE", "lt") not in first
    )
    item = verdicts.assess_item(
        by=centre.actor("ANALYST"), item=item, verdict=Verdict("NATIONAL", legal_act="BK_309"), at=AT
    )
    assert [one.route for one in item.routes.all()] == shown["NATIONAL"]


def test_the_reason_of_a_route_is_in_words_not_in_codes(centre: Centre):
    item = traced("CSAM")
    codes = [rule["id"] for rule in vocab.policy("policy.routing", at=AT)["rules"]]
    client = sign_in(centre, "ANALYST")
    address = f"/desk/hotline/items/{item.ref}/"
    for verdict in (None, Verdict("NATIONAL", legal_act="BK_309")):
        if verdict:
            verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=verdict, at=AT)
        page = client.get(address).content.decode()
        assert vocab.label("item.hosting_class", "INHOPE_ABROAD", "lt") in page
        assert [code for code in codes if "_" in code and code in page] == []


def test_a_trace_that_was_not_possible_says_why_in_words(centre: Centre):
    report, _keys = reported(SECRET, category="CSAM")
    item = ContentItem.objects.get(locations__report=report)
    client, seen = sign_in(centre, "ANALYST"), set()
    for hour, failed in enumerate(("NOT_ON_THE_WEB", "NO_ANSWER", "REFUSED_BY_GUARD")):
        tracing.record_trace(
            by=SystemActor("tracer"), item=item, answers=[], at=AT + timedelta(hours=hour), failed=failed
        )
        page = client.get(f"/desk/hotline/items/{item.ref}/").content.decode()
        assert failed not in page
        seen.add(page.partition('id="s-trace"')[2].partition('class="note">')[2].partition("</p>")[0])
    assert len(seen) == 3 and "" not in seen


def test_a_rule_is_read_in_the_version_that_applied(centre: Centre):
    version = vocab.policy("policy.routing").version
    assert (
        assessment_presenters.because("child_at_risk", version)
        == assessment_presenters.because("child_at_risk")
        == vocab.label("priority", "P1")
    )
    assert assessment_presenters.because("child_at_risk", version + 1) == ""
    assert (
        assessment_presenters.because("restricted") == ""
        and assessment_presenters.because("no such rule") == ""
    )


@pytest.mark.parametrize(
    ("act", "verdict", "category", "fitting"),
    [
        ("BK_170", "PROHIBITED", "HATE", True),
        ("BK_170", "PROHIBITED", "DRUGS", False),
        ("BK_170", "BASELINE", "HATE", False),
        ("BK_309", "PROHIBITED", "HATE", False),
        ("BK_309", "BASELINE", "HATE", True),
        ("BK_152_1", "BASELINE", "HATE", True),
        ("BK_152_1", "PROHIBITED", "HATE", False),
        ("BK_152_1", "PROHIBITED", "GROOMING", True),
        ("I_1418_19", "PROHIBITED", "HATE", True),
    ],
)
def test_legal_acts_follow_the_verdict_and_the_category(
    centre: Centre, act: str, verdict: str, category: str, fitting: bool
):
    assert fits(vocab.term("lt.legal_act", act).extra, verdict, category) is fitting


def test_articles_on_abuse_are_not_offered_for_hatred_and_not_taken(centre: Centre):
    item, client = traced("HATE"), sign_in(centre, "ANALYST")
    page = client.get(f"/desk/hotline/items/{item.ref}/").content.decode()
    assert 'value="BK_170"' in page and 'value="SVIETIMO"' not in page
    answer = client.post(
        f"/desk/hotline/items/{item.ref}/assess/", {"verdict": "PROHIBITED", "legal_act": "BK_309"}
    )
    assert answer.status_code == 422 and "šis teisės aktas netinka" in answer.content.decode()
    with pytest.raises(verdicts.ActDoesNotFit):
        verdicts.assess_item(
            by=centre.actor("ANALYST"), item=item, verdict=Verdict("PROHIBITED", legal_act="BK_309"), at=AT
        )
    client.post(f"/desk/hotline/items/{item.ref}/assess/", {"verdict": "PROHIBITED", "legal_act": "BK_170"})
    item.refresh_from_db()
    assert item.legal_act == "BK_170"


def reveals(centre: Centre) -> int:
    return sum(Exposure.objects.filter(person=centre.people["ANALYST"]).values_list("reveals", flat=True))


def opened(centre: Centre, item: ContentItem) -> int:
    return sum(line.action == "item:revealed" for line in audit.timeline(item, zone="hotline"))


def test_confirming_the_country_keeps_the_address_in_sight_and_counts_no_second_look(
    centre: Centre, monkeypatch
):
    from sauga.hotline.items.views import item_page as view

    item, client = traced("HATE"), sign_in(centre, "ANALYST")
    address = f"/desk/hotline/items/{item.ref}/"
    assert SECRET in client.post(f"{address}reveal/", {"reason": "ASSESS"}).content.decode()
    shown = client.post(f"{address}country/", {"country": "NL"}, follow=True).content.decode()
    assert SECRET in shown and "Šalis patvirtinta" in shown
    assert SECRET in client.get(address).content.decode()
    assert (reveals(centre), opened(centre, item)) == (1, 1)
    other, _keys = reported("https://kitas.example/b/2", category="HATE")
    assert SECRET not in client.get(f"/desk/hotline/items/{other.locations.get().item.ref}/").content.decode()
    later = clock.now() + claims.REVEAL_LASTS + timedelta(seconds=1)
    monkeypatch.setattr(view.clock, "now", lambda: later)
    assert SECRET not in client.get(address).content.decode(), "the look is over by itself"


def test_hiding_ends_the_look_and_a_locked_vault_shows_nothing(centre: Centre):
    item, client = traced("HATE"), sign_in(centre, "ANALYST")
    address = f"/desk/hotline/items/{item.ref}/"
    client.post(f"{address}reveal/", {"reason": "ASSESS"})
    assert client.get(f"{address}?hide=1").headers["Location"] == address
    assert SECRET not in client.get(address).content.decode()
    client.post(f"{address}reveal/", {"reason": "ASSESS"})
    client.post("/desk/vault/lock/")
    assert SECRET not in client.get(address).content.decode()
    assert SECRET not in sign_in(centre, "SECOND_REVIEWER").get(address).content.decode()


def test_waiting_for_an_answer_is_offered_where_the_report_can_wait(centre: Centre):
    item, client = traced("HATE"), sign_in(centre, "ANALYST")
    report = item.locations.get().report
    address = f"/desk/hotline/reports/{report.ref}/"
    assert 'name="wait_days"' not in client.get(address).content.decode(), "nobody has taken it in hand yet"
    client.post(f"{address}write/", {"message": "Gavome, ačiū.", "wait_days": "7"})
    assert "Gavome, ačiū." in client.get(address).content.decode(), "the message is sent, nothing is refused"
    report.refresh_from_db()
    assert report.state != "WAITING_REPORTER"
    client.post(f"/desk/hotline/items/{item.ref}/take/")
    assert 'name="wait_days"' in client.get(address).content.decode()
