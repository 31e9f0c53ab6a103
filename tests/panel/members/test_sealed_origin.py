"""When a member was born and which school nominated the member are readable nowhere in the database, and rows
of earlier versions are sealed by the migration."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from sauga.kernel.organisations.models import Organisation
from sauga.panel.members.models import Member
from sauga.panel.members.queries import members, protection
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import panel

pytestmark = pytest.mark.django_db


def test_no_row_says_when_a_member_was_born_or_who_nominated_it(centre: Centre):
    row = panel.member(centre, "Kopa", 13)
    school = Organisation.objects.get(code="MOKYKLA")
    months = {f"{row.birth_month:%Y-%m}", f"{row.birth_month:%Y%m}"}
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        linked = {
            key
            for name in names
            if name.startswith(("panel_", "members_member"))
            for key, table in [
                (f"{name}.{column}", target[1])
                for column, target in connection.introspection.get_relations(cursor, name).items()
            ]
            if table == "organisations_organisation"
        }
        said = ""
        for name in names:
            if name.startswith(("panel_", "members_", "audit_", "notifications_", "procrastinate_")):
                cursor.execute(f'SELECT row_to_json(one)::text FROM "{name}" one')
                lines = [line for (line,) in cursor.fetchall()]
                is_own = name.startswith(("panel_", "members_"))
                about = (row.ref, row.account.ref, row.account.pseudonym)
                said += "\n".join(line for line in lines if is_own or any(word in line for word in about))
    assert linked == set()
    assert row.pseudonym in said and not [month for month in months if f'"{month}' in said]
    assert school.code not in said and school.present_name() not in said
    assert protection.school_of(row) == school
    assert members.of_organisations({school.pk}) == [(row, school)]
    assert members.of_organisations({school.pk + 1}) == []


def test_rows_of_earlier_versions_are_sealed(centre: Centre):
    row = panel.member(centre, "Kopa", 13)
    held, month, school = row.account, row.birth_month, protection.school_of(row)
    assert held is not None and school is not None
    Member.objects.filter(pk=row.pk).update(school=b"")
    type(held).objects.filter(pk=held.pk).update(born=b"")

    class Rows(list):
        """Rows as a migration finds them."""

        def select_related(self, *_names, **_is):
            return self

        filter = order_by = select_related

    def apps_with(*rows):
        return SimpleNamespace(get_model=lambda *_names: SimpleNamespace(objects=Rows(rows)))

    months = import_module("sauga.kernel.members.migrations.0004_birth_month_sealed")
    schools = import_module("sauga.panel.migrations.0006_school_and_month_sealed")
    months.seal_months(apps_with(held), None)
    row.organisation_id = school.pk
    schools.seal_schools(apps_with(row), None)
    fresh = panel.fresh(row)
    assert fresh.birth_month == month and protection.school_of(fresh) == school
