"""Rows that travel together: all of them or none, refused as Django refuses, and nobody waits in between."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sauga.kernel import rows
from sauga.kernel.identity.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)


FROM = datetime(2005, 1, 1, tzinfo=UTC)


def organisation(number, code=None):
    return Organisation(code=code or f"PAVYZDYS-{number}", valid_from=FROM + timedelta(days=number))


def codes():
    return set(Organisation.objects.filter(code__startswith="PAVYZDYS").values_list("code", flat=True))


def test_rows_are_stored_and_numbered_in_their_order():
    three = [organisation(number) for number in range(3)]
    with transaction.atomic(), rows.together():
        number = rows.insert(three, numbered=True)
        rows.insert([organisation(9)])
        number()
    stored = dict(Organisation.objects.filter(code__in=[row.code for row in three]).values_list("code", "pk"))
    assert {row.code: row.pk for row in three} == stored
    assert codes() == {f"PAVYZDYS-{number}" for number in (0, 1, 2, 9)}
    three[0].valid_from = FROM + timedelta(days=99)
    three[0].save()
    assert Organisation.objects.get(pk=three[0].pk).valid_from == FROM + timedelta(days=99)


def test_nothing_stays_when_one_is_refused_and_the_exception_is_djangos():
    with pytest.raises(IntegrityError), transaction.atomic(), rows.together():
        rows.insert([organisation(1)])
        rows.insert([organisation(2, "PAVYZDYS-1")])
        rows.insert([organisation(3)])
    assert codes() == set()


def test_nobody_waits_for_an_insert_and_its_refusal_is_told_by_the_next_question():
    with transaction.atomic():
        rows.insert([organisation(1)])
        went_on = False
        with pytest.raises(IntegrityError), transaction.atomic(), rows.together():
            rows.insert([organisation(2, "PAVYZDYS-1")])
            went_on = True
            Organisation.objects.count()
            pytest.fail("the question must not be answered")
    assert went_on and codes() == {"PAVYZDYS-1"}


def test_known_rows_are_left_out_where_asked():
    rows.insert([organisation(1)])
    rows.insert([organisation(7, "PAVYZDYS-1"), organisation(2)], keep_known=True)
    assert codes() == {"PAVYZDYS-1", "PAVYZDYS-2"}
    assert Organisation.objects.get(code="PAVYZDYS-1").valid_from == FROM + timedelta(days=1)


def test_no_rows_make_no_statement():
    with CaptureQueriesContext(connection) as asked:
        rows.insert([], numbered=True)()
    assert len(asked) == 0


def test_they_travel_inside_a_transaction_only_and_numbers_are_not_had_with_known_rows():
    with pytest.raises(RuntimeError), rows.together():
        pass
    with pytest.raises(ValueError):
        rows.insert([organisation(1)], keep_known=True, numbered=True)
