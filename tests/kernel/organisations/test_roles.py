"""Roles over time: certain overlaps are refused by the database, possible ones pointed out, gaps too."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from factories.people import SETUP

from sauga.kernel import clock, organisations
from sauga.kernel.organisations.actions import roles as actions
from sauga.kernel.organisations.models import Organisation, OrganisationRole
from sauga.kernel.organisations.queries import roles as queries
from sauga.kernel.organisations.spans import DateRefused, range_of
from sauga.kernel.refusals import NothingChanged

AT = clock.now()


def make(name="Centras"):
    return organisations.create_organisation(by=SETUP, names={"lt": name, "en": f"{name} (en)"}, at=AT)


def give(row, since, until="", role="COORDINATOR", **given):
    return organisations.give_role(
        by=SETUP, organisation=row, role=role, since=since, until=until, at=AT, **given
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        (("2012-07-01", "2019-05-31"), ("2019-05-31", ""), True),
        (("2012-07-01", "2019-05-31"), ("2019-06-01", ""), False),
        (("2012", "2019"), ("2019", "2024"), False),
        (("2012", "2019"), ("2018", "2024"), True),
        (("2012-07", ""), ("2026", "2027"), True),
        (("2019", "2019"), ("2019", "2019"), False),
        (("2019", "2019-03"), ("2019-03-15", ""), False),
    ],
)
def test_the_same_role_never_certainly_overlaps(first, second, is_refused):
    row = make()
    give(row, *first)
    if not is_refused:
        give(row, *second)
        return
    with pytest.raises(actions.RoleOverlaps) as refused:
        give(row, *second)
    assert first[0] in refused.value.text
    assert row.roles.count() == 1, "nothing was written"
    give(row, *second, role="PARTNER")
    give(make("Kitas"), *second)


@pytest.mark.django_db
def test_years_that_meet_are_pointed_out_and_the_day_has_both():
    row = make()
    give(row, "2012", "2019")
    give(row, "2019", "2024")
    row = Organisation.objects.get(pk=row.pk)
    assert [(one.since, other.since) for one, other in queries.possible_overlaps(row)] == [("2012", "2019")]
    assert len(queries.coordinators(date(2019, 6, 1))) == 2
    assert [held.row.since for held in queries.coordinators(date(2018, 6, 1))] == ["2012"]


@pytest.mark.django_db
def test_a_new_beginning_can_end_the_present_role_on_the_day_before():
    row = make()
    give(row, "2012-07")
    with pytest.raises(actions.RoleOverlaps):
        give(row, "2026-03-01")
    give(row, "2026-03-01", ends_present=True)
    assert list(row.roles.order_by("since").values_list("since", "until")) == [
        ("2012-07", "2026-02-28"),
        ("2026-03-01", ""),
    ]
    with pytest.raises(DateRefused):
        give(row, "2020", ends_present=True)


@pytest.mark.django_db
def test_a_role_is_edited_withdrawn_and_restored_and_no_row_is_lost():
    row = make()
    first = give(row, "2012", "2015", source="ataskaita")
    edited = actions.edit_role(
        by=SETUP, row=first, since="2012-07", until="2015", is_confirmed=True, source="sutartis", at=AT
    )
    assert (edited.since, edited.is_confirmed) == ("2012-07", True)
    actions.withdraw_role(by=SETUP, row=first, at=AT)
    with pytest.raises(NothingChanged):
        actions.withdraw_role(by=SETUP, row=first, at=AT)
    assert queries.roles_on(date(2014, 1, 1)) == []
    other = give(row, "2013", "2014")
    with pytest.raises(actions.RoleOverlaps):
        actions.restore_role(by=SETUP, row=first, at=AT)
    actions.withdraw_role(by=SETUP, row=other, at=AT)
    actions.restore_role(by=SETUP, row=first, at=AT)
    with pytest.raises(NothingChanged):
        actions.restore_role(by=SETUP, row=first, at=AT)
    assert [held.row.pk for held in queries.roles_on(date(2014, 1, 1))] == [first.pk]
    assert OrganisationRole.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"role": "KING"}, actions.RoleRefused),
        ({"since": " "}, actions.RoleRefused),
        ({"since": "2012-99"}, DateRefused),
        ({"until": "seniai"}, DateRefused),
        ({"until": "2011"}, DateRefused),
    ],
)
def test_what_is_no_role_is_refused_with_its_field(given, refusal):
    with pytest.raises(refusal) as refused:
        organisations.give_role(
            by=SETUP, organisation=make(), at=AT, **{"role": "PARTNER", "since": "2012", **given}
        )
    assert refused.value.field in {"role", "since", "until"} and refused.value.text


@pytest.mark.django_db
def test_gaps_and_doubled_days_of_the_coordinator_are_found():
    one, two = make("Pirmas"), make("Antras")
    give(one, "2007", "2010")
    give(one, "2012-07", "2019")
    give(two, "2019", "2024")
    found = queries.uncovered("COORDINATOR", date(2007, 1, 1), date(2026, 11, 28))
    assert [(gap.since, gap.until) for gap in found] == [
        (date(2011, 1, 1), date(2012, 6, 30)),
        (date(2025, 1, 1), date(2026, 11, 28)),
    ]
    [meets] = queries.doubled("COORDINATOR", date(2007, 1, 1), date(2026, 11, 28))
    assert (meets.since, meets.until) == (date(2019, 1, 1), date(2019, 12, 31))
    assert {row.organisation_id for row in meets.holders} == {one.pk, two.pk}
    assert queries.uncovered("HOTLINE", date(2026, 1, 1), date(2026, 1, 1))[0].until == date(2026, 1, 1)


@pytest.mark.django_db
def test_a_day_is_answered_in_as_many_queries_for_one_partner_as_for_ten(django_assert_num_queries):
    for number in range(10):
        give(make(f"Partneris {number}"), "2012", role="PARTNER")
    with django_assert_num_queries(3):
        found = queries.roles_on(date(2026, 1, 1))
        assert [held.name for held in found] == [f"Partneris {number}" for number in range(10)]
        assert {(held.label, held.website) for held in found} == {(found[0].label, "")}


@pytest.mark.django_db(transaction=True)
def test_two_transactions_at_once_cannot_both_give_the_role():
    row = make()
    both, outcomes = Barrier(2), []

    def insert(since):
        span = clock.Span(since, "")
        try:
            with transaction.atomic():
                OrganisationRole.objects.exists()  # the transaction has begun
                both.wait(10)
                OrganisationRole.objects.create(
                    organisation=row,
                    role="COORDINATOR",
                    since=since,
                    during=range_of(span.possible),
                    certain=range_of(span.certain),
                )
            outcomes.append("stored")
        except (IntegrityError, OperationalError):  # each waits for the other's row: PostgreSQL ends one
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=insert, args=(since,)) for since in ("2012-07-01", "2013-07-01")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["refused", "stored"]
    assert OrganisationRole.objects.count() == 1


@pytest.mark.django_db
def test_the_name_of_a_role_on_a_past_day_is_the_name_of_that_day():
    row = make("Senas vardas")
    give(row, "2012")
    organisations.add_name(
        by=SETUP, organisation=row, language="lt", name="Naujas vardas", since="2020-01-01", at=AT
    )
    day = date(2020, 1, 1)
    assert queries.coordinators(day)[0].name == "Naujas vardas"
    assert queries.coordinators(day - timedelta(days=1))[0].name == "Senas vardas"
