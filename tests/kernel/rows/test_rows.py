"""Rows that travel together: all of them or none, refused as Django refuses, and nobody waits in between."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sauga.kernel import rows
from sauga.kernel.identity.models import Organisation, OrganisationName

pytestmark = pytest.mark.django_db(transaction=True)


FROM = datetime(2005, 1, 1, tzinfo=UTC)


def organisation(number, code=None):
    return Organisation(code=code or f"PAVYZDYS-{number}", valid_from=FROM + timedelta(days=number))


@pytest.fixture
def executed(monkeypatch):
    """The statements that `insert` sends."""
    sent, real = [], psycopg.RawCursor.execute
    monkeypatch.setattr(psycopg.RawCursor, "execute", lambda cursor, text, values: sent.append(text) or real(cursor, text, values))
    return sent


def codes():
    return set(Organisation.objects.filter(code__startswith="PAVYZDYS").values_list("code", flat=True))


def test_rows_are_stored_and_numbered_in_their_order():
    three = [organisation(number) for number in range(3)]
    with transaction.atomic():
        with rows.together():
            number = rows.number(three, [])
            assert Organisation.objects.filter(code__startswith="PAVYZDYS").count() == 0
            number()
        assert [row.pk for row in three] == sorted({row.pk for row in three}) and None not in [row.pk for row in three]
        with rows.together():
            rows.insert(three)
            rows.insert([organisation(9)])
            rows.insert([organisation(8)])
    stored = dict(Organisation.objects.filter(code__in=[row.code for row in three]).values_list("code", "pk"))
    assert {row.code: row.pk for row in three} == stored
    assert codes() == {f"PAVYZDYS-{number}" for number in (0, 1, 2, 8, 9)}
    three[0].valid_from = FROM + timedelta(days=99)
    three[0].save()
    assert Organisation.objects.get(pk=three[0].pk).valid_from == FROM + timedelta(days=99)


def test_a_number_is_drawn_for_one_row_only():
    ours, others = [organisation(1)], [organisation(2)]
    rows.number(ours)()
    others[0].save()
    rows.insert(ours)
    assert ours[0].pk != others[0].pk and codes() == {"PAVYZDYS-1", "PAVYZDYS-2"}


def test_many_rows_are_several_statements_and_still_all_or_none(monkeypatch):
    monkeypatch.setattr(rows, "MOST_VALUES", 40)
    with transaction.atomic(), rows.together():
        rows.insert([organisation(number) for number in range(100)])
    assert len(codes()) == 100
    with pytest.raises(IntegrityError), transaction.atomic(), rows.together():
        rows.insert([organisation(number) for number in range(199, 98, -1)])
    assert len(codes()) == 100


def test_rows_of_several_tables_are_one_statement_and_may_name_each_other(executed):
    first, second = organisation(1), organisation(2)
    rows.number([first])()
    with transaction.atomic(), rows.together():
        rows.insert([OrganisationName(organisation=first, language="lt", name="Pavyzdys", valid_from=FROM)])
        rows.insert([first, second])
    assert OrganisationName.objects.get(name="Pavyzdys").organisation.code == "PAVYZDYS-1"
    assert codes() == {"PAVYZDYS-1", "PAVYZDYS-2"}
    assert len(executed) == 2  # the number, and all rows


def test_nothing_stays_when_one_is_refused_and_the_exception_is_djangos():
    with pytest.raises(IntegrityError), transaction.atomic(), rows.together():
        rows.insert([organisation(1)])
        rows.insert([organisation(2, "PAVYZDYS-1")])
        rows.insert([organisation(3)])
    assert codes() == set()


def test_a_refusal_in_a_block_leaves_the_transaction_around_it_whole():
    with transaction.atomic():
        rows.insert([organisation(1)])
        with pytest.raises(IntegrityError), transaction.atomic(), rows.together():
            rows.insert([organisation(2, "PAVYZDYS-1")])
        rows.insert([organisation(3)])
    assert codes() == {"PAVYZDYS-1", "PAVYZDYS-3"}


def test_no_rows_make_no_statement(executed):
    with CaptureQueriesContext(connection) as asked:
        rows.insert([])
        rows.number([])()
    assert len(asked) == len(executed) == 0


def test_they_travel_inside_a_transaction_only_and_once():
    with pytest.raises(RuntimeError), rows.together():
        pass
    with transaction.atomic(), rows.together(), pytest.raises(RuntimeError), rows.together():
        pass
    rows.insert([organisation(1)])
    assert codes() == {"PAVYZDYS-1"}


def test_a_block_that_breaks_off_sends_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic(), rows.together():
        rows.insert([organisation(1)])
        raise ZeroDivisionError
    rows.insert([organisation(2)])
    assert codes() == {"PAVYZDYS-2"}
