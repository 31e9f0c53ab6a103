"""Every measure says what it counts, and reads the tables it says it reads."""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sauga.kernel.figures import Period, computed, measures

TABLE = re.compile(r'\b(?:FROM|JOIN) "(\w+)"')
CODES = [one.code for one in measures()]


@pytest.mark.unit
@pytest.mark.parametrize("code", CODES)
def test_a_measure_says_what_it_counts(code: str):
    (one,) = [one for one in measures() if one.code == code]
    assert one.counted and one.reads and str(one.definition)


@pytest.mark.django_db
def test_no_measure_reads_a_table_that_it_does_not_name():
    names = {model._meta.db_table: f"{model._meta.app_label}.{model.__name__}" for model in apps.get_models()}
    wrong = {}
    for one in measures():
        with CaptureQueriesContext(connection) as asked:
            computed(one, Period.parse("2026-Q4"))
        read = {
            names[table]
            for query in asked.captured_queries
            for table in TABLE.findall(query["sql"])
            if table in names
        }
        if extra := {name for name in read - set(one.reads) if not name.startswith("vocab.")}:
            wrong[one.code] = sorted(extra)
        assert read or not asked.captured_queries
    assert not wrong


@pytest.mark.django_db
def test_every_named_table_exists():
    known = {f"{model._meta.app_label}.{model.__name__}" for model in apps.get_models()}
    assert {table for one in measures() for table in one.reads} <= known
