"""`sauga organisation` and the first people: what an operator types, and what an upgrade
finds out by itself.
"""

from argparse import ArgumentParser
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from factories.people import SETUP, hire, make_organisation

from sauga.kernel import clock
from sauga.kernel.identity import migrations
from sauga.kernel.identity.actions import people
from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.identity.roles import install_defaults
from sauga.kernel.organisations.models import Organisation, ServiceOperator
from sauga.project.cli import CannotRun
from sauga.project.commands import keys, organisation

pytestmark = pytest.mark.django_db


class AppsOfThen:
    """The tables as the migration knew them: organisations belonged to `identity`."""

    @staticmethod
    def get_model(app: str, name: str):
        return apps.get_model("organisations" if name in {"Organisation", "ServiceOperator"} else app, name)


def typed(command, *words: str) -> int:
    parser = ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(words))


@pytest.fixture(autouse=True)
def no_second_start(monkeypatch):
    """Django runs already."""
    for module in (keys, organisation):
        monkeypatch.setattr(module, "prepare", lambda: None)
    install_defaults()


def test_an_organisation_is_added_and_operates_services(capsys):
    assert (
        typed(
            organisation, "add", "RRT", "--kind", "HOTLINE", "--name-lt", "Tarnyba", "--operates", "hotline"
        )
        == 0
    )
    row = Organisation.objects.get(code="RRT")
    assert (row.kinds, row.name_at(clock.now(), "en")) == (["HOTLINE"], "Tarnyba")
    assert typed(organisation, "list") == 1, "services without an operator are a finding"
    said = capsys.readouterr().out
    assert "RRT: HOTLINE; operates hotline" in said and "helpline: nobody operates it" in said
    assert (
        typed(organisation, "kinds", "RRT", "--kind", "HOTLINE", "--kind", "HELPLINE", "--kind", "AWARENESS")
        == 0
    )
    assert typed(organisation, "operates", "RRT", "all") == 0
    assert typed(organisation, "list") == 0
    assert typed(organisation, "operates", "nobody", "hotline") == 0
    assert not ServiceOperator.objects.filter(service="hotline", valid_to=None).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "X", "--kind", "CIRCUS"), "no such kind"),
        (("add", "partner", "--kind", "HOTLINE"), "is there already"),
        (("operates", "nowhere", "hotline"), "no organisation nowhere"),
        (("operates", "partner", "circus"), "no such service"),
    ],
)
def test_mistakes_are_said_in_words(words, said):
    make_organisation()
    with pytest.raises(CannotRun, match=said):
        typed(organisation, *words)


def test_the_first_person_comes_from_the_console(monkeypatch, capsys):
    monkeypatch.setattr(keys, "_secret", lambda _question: "rudos lapės bėga namo")
    given = ("person", "--email", "a@partner.example", "--name", "A", "--organisation", "RRT")
    with pytest.raises(CannotRun, match="sauga organisation add RRT"):
        typed(keys, *given)
    typed(organisation, "add", "RRT", "--kind", "HOTLINE", "--operates", "hotline")
    with pytest.raises(CannotRun, match="there is no role CLOWN"):
        typed(keys, *given, "--role", "CLOWN")
    for wrong in (("--role", "COUNSELLOR"), ("--zones", "helpline")):
        with pytest.raises(CannotRun, match="may not grant"):
            typed(keys, *given, *wrong)
    assert not Person.objects.exists()
    assert typed(keys, *given, "--zones", "hotline") == 0
    assert "Recovery code" in capsys.readouterr().out
    assert Membership.objects.get().role.code == "ADMINISTRATOR"


def test_an_upgrade_finds_the_operators_and_kinds_in_the_memberships_of_today():
    """Two partners and a school as they stood before there were operators; one person of the helpline holds a
    role of the hotline.
    """
    at = clock.now()
    for name, role, place in (
        ("A", "ANALYST", "rrt"),
        ("B", "NOTICE_OFFICER", "rrt"),
        ("C", "COUNSELLOR", "vl"),
        ("D", "ANALYST", "vl"),
    ):
        _worked(name, role, place, at)
    for name, role, place in (
        ("E", "PARTNER_EDITOR", "school"),
        ("F", "AUDITOR", "centre"),
        ("G", "ADMINISTRATOR", "vl"),
    ):
        _worked(name, role, place, at)
    ServiceOperator.objects.all().delete()
    Organisation.objects.update(kinds=[])
    [name] = [
        one.name
        for one in iter_modules(migrations.__path__)
        if one.name.endswith("access_operators_and_two_people")
    ]
    import_module(f"{migrations.__name__}.{name}").find_operators(AppsOfThen, None)
    assert set(ServiceOperator.objects.values_list("service", "organisation__code")) == {
        ("hotline", "rrt"),
        ("helpline", "vl"),
    }
    kinds = dict(Organisation.objects.values_list("code", "kinds"))
    assert kinds == {"rrt": ["HOTLINE"], "vl": ["HELPLINE"], "school": ["PARTNER"], "centre": ["COORDINATOR"]}


def _worked(name: str, role: str, place: str, at) -> None:
    hired = hire(f"{name} Pavyzdys", organisation=place, at=at)
    Membership.objects.create(
        person=hired.person,
        organisation=make_organisation(place),
        role=Role.objects.get_or_create(code=role)[0],  # partners' editors had one then
        valid_from=at,
    )


def test_leavers_lose_their_keys_at_the_console(monkeypatch, capsys):
    from sauga.kernel import sealed

    founder = hire("Asta Pavyzdė", "CONTACT_CUSTODIAN", zones=("hotline",))
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    sealed.create_zone(
        sealed.Zone.HOTLINE,
        escrow_public=sealed.keys.escrow_create(sealed.Zone.HOTLINE).public,
        founder=vault,
    )
    gone = hire("Ona Pavyzdė", "ANALYST", zones=("hotline",))
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    people.open_zone(
        by=SETUP, membership=gone.membership, zone=sealed.Zone.HOTLINE, vault=vault, at=clock.now()
    )
    people.end_membership(by=SETUP, membership=gone.membership, at=clock.now())
    monkeypatch.setattr(keys, "_secret", lambda _question: founder.password)
    assert typed(keys, "leavers", "hotline", "--person", founder.person.email) == 0
    assert gone.person.email in capsys.readouterr().out
    assert sealed.members(sealed.Zone.HOTLINE) == [founder.person.pk]
