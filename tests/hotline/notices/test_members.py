"""Members of the memorandum: what they promised shortens their terms, the letter and the page say so, and a
promise never lengthens.
"""

from datetime import date, timedelta

import pytest
from django.test import Client

from sauga.hotline.notices.actions import letters, providers
from sauga.hotline.notices.forms import ProviderForm
from sauga.hotline.notices.models import Notice
from sauga.hotline.notices.rules.deadlines import Deadlines, agreed_deadlines
from sauga.hotline.policies.views import EDITOR
from sauga.hotline.tracing.models import Provider
from sauga.kernel import vocab
from sauga.world.internet import World
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT
from tests.hotline.notices.test_notice_pages import _plain
from tests.hotline.notices.test_notices import (  # noqa: F401  fixtures
    due,
    link_in,
    loaded,
    nothing_yet,
    run_jobs,
    sent,
    today,
    traced,
)

HOUR = timedelta(hours=1)
SINCE = date(2020, 2, 11)


def member(centre: Centre, **values) -> None:
    """The provider of the next item belongs to the memorandum."""
    provider = traced(category="HATE", address="http://first.silent-hosting.example/").provider
    providers.change_provider(
        by=centre.actor("NOTICE_OFFICER"),
        provider=provider,
        values={"memorandum_from": SINCE, **values},
        at=AT,
    )


def sent_notice(centre: Centre) -> Notice:
    due(centre, address="http://member.silent-hosting.example/5")
    run_jobs()
    return Notice.objects.get()


@pytest.mark.unit
def test_the_shortest_of_what_is_asked_and_promised_holds():
    ordinary = Deadlines(24 * HOUR, 72 * HOUR)
    assert agreed_deadlines(ordinary) == ordinary
    assert agreed_deadlines(ordinary, None, Deadlines(48 * HOUR, 8 * HOUR)) == Deadlines(24 * HOUR, 8 * HOUR)


@pytest.mark.unit
def test_the_shipped_promises_are_never_longer_than_the_ordinary_terms():
    policies = EDITOR.shipped.policies
    for priority, asked in policies["policy.notice_term"]["hours"].items():
        promised = policies["policy.memorandum"]["hours"][priority]
        assert promised["acknowledge"] <= asked["acknowledge"] and promised["remove"] <= asked["remove"]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("since", "until", "bound"),
    [
        (None, None, False),
        (SINCE, None, True),
        (AT.date(), AT.date(), True),
        (SINCE, date(2026, 11, 23), False),
        (date(2026, 11, 25), None, False),
    ],
)
def test_membership_has_a_first_and_a_last_day(since, until, bound):
    assert Provider(memorandum_from=since, memorandum_to=until).is_member(AT.date()) is bound


def test_a_member_has_the_memorandums_term_and_reads_what_was_promised(
    centre: Centre, world: World, today: None
):
    member(centre)
    notice = sent_notice(centre)
    hours = vocab.policy("policy.memorandum")["hours"]["P3"]
    assert notice.remove_by - notice.sent_at == hours["remove"] * HOUR
    assert notice.acknowledge_by - notice.sent_at == hours["acknowledge"] * HOUR
    (letter,) = sent(world)
    words = f"within {hours['acknowledge']} h and to remove within {hours['remove']} h"
    assert words in " ".join(letter.text.split())
    assert words in Client().get(link_in(letter.text)).content.decode()


def test_a_members_own_promise_counts_when_it_is_shorter(centre: Centre, world: World):
    member(centre, promised_remove=5, promised_acknowledge=200)
    notice = sent_notice(centre)
    assert notice.remove_by - notice.sent_at == 5 * HOUR
    assert (
        notice.acknowledge_by - notice.sent_at
        == vocab.policy("policy.memorandum")["hours"]["P3"]["acknowledge"] * HOUR
    )


def test_others_and_former_members_have_the_ordinary_term_and_no_such_words(centre: Centre, world: World):
    member(centre, memorandum_to=date(2026, 11, 23), promised_remove=5)
    notice = sent_notice(centre)
    assert (
        notice.remove_by - notice.sent_at
        == vocab.policy("policy.notice_term")["hours"]["P3"]["remove"] * HOUR
    )
    assert "memorandum" not in sent(world)[0].text.lower()


def test_a_house_whose_statements_are_older_says_nothing_but_keeps_the_term(centre: Centre, world: World):
    older = _plain(vocab.policy("policy.notice_sending"))
    for words in older["statements"].values():
        del words["MEMORANDUM"]
    vocab.set_policy(by=centre.actor("NOTICE_OFFICER"), name="policy.notice_sending", value=older, at=AT)
    member(centre)
    notice = sent_notice(centre)
    assert letters.promise(notice, "en", AT) == ""
    assert (
        notice.remove_by - notice.sent_at == vocab.policy("policy.memorandum")["hours"]["P3"]["remove"] * HOUR
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"promised_remove": 8}, {"promised_remove"}),
        ({"promised_remove": 0, "memorandum_from": "2020-02-11"}, {"promised_remove"}),
        ({"promised_acknowledge": 721, "memorandum_from": "2020-02-11"}, {"promised_acknowledge"}),
        ({"memorandum_from": "2020-02-11", "memorandum_to": "2019-01-01"}, {"memorandum_to"}),
        ({"promised_remove": 8, "memorandum_from": "2020-02-11"}, set()),
    ],
)
def test_the_form_refuses_promises_that_bind_nobody(centre: Centre, given, wrong):
    form = ProviderForm({"name": "Pavyzdys", "audience": "HOST", "country": "LT", "language": "lt", **given})
    assert set(form.errors) == wrong
