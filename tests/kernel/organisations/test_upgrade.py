"""An installation that is at work already: its organisations, the site's partners and the resources' partners
become rows of one register, and none is lost."""

from contextlib import nullcontext
from datetime import UTC, date, datetime

import pytest
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connection
from wagtail.signal_handlers import connect_reference_index_signal_handlers

from sauga.kernel import organisations
from sauga.kernel.organisations.models import Organisation, OrganisationRole
from sauga.kernel.organisations.queries.register import called
from sauga.kernel.page_cache import install_triggers
from sauga.project.management.commands.migrate import ToolFirst
from tests import databases
from tests.repetition import IS_WHOLE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
BEFORE = [
    ("organisations", "0001_initial"),
    ("portal", "0004_advice_sources_and_starter_texts"),
    ("repository", "0003_files_in_kernel_media"),
]
AT = datetime(2020, 5, 1, 9, 30, tzinfo=UTC)
RENAMED = datetime(2023, 1, 1, 10, tzinfo=UTC)


@pytest.fixture
def older():
    """The tables as they were before.

    In `make test` they are made by themselves in an empty database of its own, as far as these services need
    them. In `make prove` everything that has been added since is taken back first, in the database of the
    other tests, and all of it is brought up to date again, whatever happens.
    """
    with nullcontext() if IS_WHOLE else databases.bare("upgrade"):
        emit_pre_migrate_signal(verbosity=0, interactive=False, db="default")  # extensions of the database
        executor = ToolFirst(connection)
        try:
            executor.migrate(BEFORE)
            yield executor.loader.project_state(BEFORE).apps
        finally:
            connect_reference_index_signal_handlers()  # Wagtail's, which the signal above has taken away
            if IS_WHOLE:
                _upgrade()


def _upgrade():
    executor = ToolFirst(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate(newest if IS_WHOLE else [node for node in newest if node[0] in dict(BEFORE)])
    if IS_WHOLE:
        install_triggers()  # as the command does at its end; tables that were dropped have lost theirs


def _fill(apps):
    organisation = apps.get_model("organisations", "Organisation")
    name = apps.get_model("organisations", "OrganisationName")
    school = organisation.objects.create(code="MOKYKLA", kinds=["SCHOOL"], valid_from=AT)
    name.objects.create(
        organisation=school, language="lt", name="Senoji mokykla", valid_from=AT, valid_to=RENAMED
    )
    name.objects.create(organisation=school, language="lt", name="Ąžuolo mokykla", valid_from=RENAMED)
    regulator = organisation.objects.create(code="RRT", kinds=["HOTLINE"], valid_from=AT)
    name.objects.create(organisation=regulator, language="lt", name="Ryšių tarnyba", valid_from=AT)
    partner = apps.get_model("portal", "Partner")
    for said, role, since, until in (
        ("Ryšių tarnyba", "hotline", "2007", ""),
        ("Technologijų centras", "coordinator", "2012-07", "2019"),
        ("Technologijų centras", "awareness_centre", "2011", "2019"),
        ("Technologijų centras", "coordinator", "2013", "2014"),
    ):
        partner.objects.create(
            name_lt=said,
            name_en=f"{said} (en)",
            short="X",
            role=role,
            valid_from=since,
            valid_to=until,
            website="https://a.example",
            confirmed=True,
            source="ataskaita",
        )
    adapting = apps.get_model("repository", "Partner")
    adapting.objects.create(ref="A", kind="school", name="Ąžuolo mokykla", joined_at=AT, house=school)
    adapting.objects.create(
        ref="B", kind="library", name="Ežero biblioteka", municipality="LT-57", joined_at=AT, language="en"
    )
    adapting.objects.create(ref="C", kind="centre", name="Jūras centrs", country="LV", joined_at=AT)


def test_every_row_of_before_stands_in_the_register(older):
    _fill(older)
    _upgrade()
    from sauga.repository.adaptations.models import Partner

    school = Organisation.objects.get(code="MOKYKLA")
    assert [school.name_at(at, "lt") for at in (AT, RENAMED)] == ["Senoji mokykla", "Ąžuolo mokykla"]
    assert school.changed_at == AT and school.order_key
    [regulator] = called("ryšių tarnyba")
    assert regulator.code == "RRT", "a partner under a name that is known is the same organisation"
    assert [held.organisation.code for held in organisations.roles_on(date(2010, 1, 1))] == ["RRT"]
    [centre] = called("Technologijų centras")
    assert centre.website == "https://a.example" and centre.present_name("en") == "Technologijų centras (en)"
    assert [one.row.since for one in organisations.coordinators(date(2013, 6, 1))] == ["2012-07"]
    roles = OrganisationRole.objects.filter(organisation=centre)
    assert roles.count() == 3 and roles.filter(withdrawn_at__isnull=False).get().since == "2013"
    assert set(roles.values_list("source", "is_confirmed")) == {("ataskaita", True)}
    partners = {row.ref: row for row in Partner.objects.select_related("registered_as")}
    assert partners["A"].registered_as == school and school.names.count() == 2
    library = partners["B"].registered_as
    assert (partners["B"].name, library.municipality) == ("Ežero biblioteka", "LT-57")
    assert (library.kinds, partners["B"].language) == (["LIBRARY"], "en")
    assert (partners["C"].name, partners["C"].registered_as.country) == ("Jūras centrs", "LV")
    assert [hit.name for hit in organisations.search("ezero bib", at=datetime.now(UTC))] == [
        "Ežero biblioteka"
    ]
