"""`sauga setup` with a file of answers: what it makes, what it refuses, and that it goes on
where it stopped.
"""

import io
from argparse import ArgumentParser
from dataclasses import replace

import pytest
from factories.people import SETUP

from sauga.kernel import clock, organisations, sealed, services
from sauga.kernel.identity.actions import operators
from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.sealed import Zone
from sauga.project.cli import CannotRun
from sauga.project.commands import check, init, setup
from sauga.project.setup import dialogue, steps, terminal

pytestmark = pytest.mark.django_db
PASSWORD = "amber-dune-lighthouse-7"
SHIPPED = "docs/operate/files/setup.toml"
PARTNERS = """
[[organisation]]
code = "HOT"
operates = ["hotline"]
[[organisation]]
code = "HELP"
operates = ["helpline"]
[[organisation]]
code = "AWARE"
operates = ["repository", "portal", "events", "newsletter", "training", "certification", "selfcheck", "panel"]
[[administrator]]
email = "first@hot.example"
name = "First"
organisation = "HOT"
[[administrator]]
email = "first@help.example"
name = "First"
organisation = "HELP"
[[administrator]]
email = "first@aware.example"
name = "First"
organisation = "AWARE"
"""


@pytest.fixture(autouse=True)
def no_second_start(monkeypatch):
    """Django runs already, and the tables are there."""
    monkeypatch.setattr(setup, "prepare", lambda: None)
    monkeypatch.setattr(setup, "bring_up_to_date", lambda: ["tables: up to date"])
    steps.OrganisationKind.objects.exists() or _load_kinds()


def _load_kinds():
    from sauga.kernel.identity.roles import install_defaults

    install_defaults()


@pytest.fixture
def ran(monkeypatch, tmp_path, capsys):
    """Run with these answers and this standard input; returns the exit code and what was said."""

    def call(toml: str, typed: str = f"{PASSWORD}\n" * 5):
        file = tmp_path / "setup.toml"
        file.write_text(toml, encoding="utf-8")
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        parser = ArgumentParser()
        setup.arguments(parser)
        capsys.readouterr()
        return setup.run(parser.parse_args(["--answers", str(file)])), capsys.readouterr().out

    return call


def test_the_shipped_answers_make_a_whole_installation(ran):
    from architecture.tree import ROOT

    code, said = ran((ROOT / SHIPPED).read_text(encoding="utf-8"))
    assert code == 0 and "Ready for the first sign-in" in said
    assert (
        said.count("  authenticator   ") == said.count("recovery code ") == 2
        and said.count("share 1 of 3") == 4
    )
    assert PASSWORD not in said
    assert Organisation.objects.get(code="CENTRE").kinds == [
        "AWARENESS",
        "COORDINATOR",
        "HELPLINE",
        "HOTLINE",
    ]
    first, second = Membership.objects.order_by("pk")
    assert set(first.zones) == {"hotline", "helpline", "awareness", "panel"} and second.zones == []
    assert all(sealed.zone_exists(zone) for zone in (Zone.HOTLINE, Zone.HELPLINE, Zone.AWARENESS))
    assert steps.missing(clock.now()) == [] and steps.without_second(clock.now()) == []


def test_a_second_run_changes_nothing_and_asks_nothing(ran):
    ran(PARTNERS)
    before = (
        list(Person.objects.values_list("email", "password")),
        list(Membership.objects.values_list("pk", "zones")),
    )
    code, said = ran(PARTNERS, typed="")
    assert code == 0 and "share" not in said and said.count("is there already") == 6
    assert before == (
        list(Person.objects.values_list("email", "password")),
        list(Membership.objects.values_list("pk", "zones")),
    )


def test_partners_hold_the_keys_of_their_own_zone_only(ran):
    ran(PARTNERS)
    held = {row.organisation.code: row.zones for row in Membership.objects.select_related("organisation")}
    assert held == {"HOT": ["hotline"], "HELP": ["helpline"], "AWARE": ["awareness", "panel"]}
    assert Organisation.objects.get(code="AWARE").kinds == ["AWARENESS"]


def test_an_organisation_with_one_administrator_is_noted(ran):
    ran(PARTNERS)
    assert {line.split()[0] for line in steps.without_second(clock.now())} == {"HOT", "HELP", "AWARE"}
    notes = [answer.text for answer in check._installation() if answer.grade is check.Grade.NOTE]
    assert len([text for text in notes if "one person who may confirm" in text]) == 3


def test_an_interrupted_setup_goes_on(ran, monkeypatch):
    """It stops at each step once; what was shown before stays, and nothing is stored whose
    secret was not shown.
    """
    with pytest.raises(CannotRun, match="nothing was given"):
        ran(PARTNERS, typed="")
    assert not Person.objects.exists() and Organisation.objects.count() == 3
    with monkeypatch.context() as broken:
        broken.setattr(steps, "_show", lambda _made: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ran(PARTNERS)
    assert not Person.objects.exists(), "an account without its secrets"
    with monkeypatch.context() as broken:
        broken.setattr(steps, "print_shares", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ran(PARTNERS)
    assert Person.objects.count() == 3 and not any(map(sealed.zone_exists, Zone)), "keys without their shares"
    code, said = ran(PARTNERS)
    assert code == 0 and said.count("share 1 of 3") == 4 and "  authenticator   " not in said


def test_what_is_missing_is_said(ran):
    code, said = ran('[[organisation]]\ncode = "HOT"\noperates = ["hotline"]\n')
    assert code == 1
    for line in (
        "helpline: no organisation operates it",
        "hotline: HOT has no administrator",
        "zone hotline: has no keys",
    ):
        assert line in said
    bad = [answer.text for answer in check._installation() if answer.grade is check.Grade.BAD]
    command = "sauga organisation operates CODE helpline"
    assert f"installation: helpline: no organisation operates it; run `{command}`, or `sauga setup`" in bad


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[[organisation]", "is not TOML"),
        ('[[person]]\nname = "x"', "a part “person”"),
        ('[organisation]\ncode = "X"', "two brackets"),
        ('[[organisation]]\nname_lt = "X"', "“code” is missing"),
        ('[[organisation]]\ncode = "X"\noperates = "all"', "“operates” is a list"),
        ('[[organisation]]\ncode = "X"\nkinds = ["CIRCUS"]', "the kind “CIRCUS”"),
        ('[[organisation]]\ncode = "X"\noperates = ["circus"]', "no such service here"),
        ('[[organisation]]\ncode = "X"\nshoe = "42"', "“shoe” is not known"),
        (
            '[[administrator]]\nemail = "a@b.example"\nname = "A"\norganisation = "NOWHERE"',
            "no such organisation",
        ),
        ('[[administrator]]\nemail = "a"\nname = "A"\norganisation = "X"', "e-mail address"),
        (
            '[[administrator]]\nemail = "a@b.example"\nname = "A"\norganisation = "X"\npassword = "p"',
            "holds a password",
        ),
        (
            '[[administrator]]\nemail = "a@b.example"\nname = "A"\norganisation = "X"\nlanguage = "de"',
            "write lt or en",
        ),
    ],
)
def test_answers_that_cannot_be_used_are_refused_in_words(ran, toml, words):
    with pytest.raises(CannotRun, match=words):
        ran(toml)


def test_a_weak_password_is_refused_in_words(ran):
    with pytest.raises(CannotRun, match="too short"):
        ran(PARTNERS, typed="short\n")


def _upgraded_to_the_panel(ran):
    """As after an upgrade from a version without the panel and with the administrator of another time."""
    ran(PARTNERS.replace(', "panel"]', "]"))
    [row] = Membership.objects.filter(organisation__code="AWARE")
    assert row.zones == ["awareness"], "nobody's membership names the new zone"
    return row


def test_after_an_upgrade_it_is_said_what_to_do_next_with_the_command(ran):
    _upgraded_to_the_panel(ran)
    assert init._next() == [
        "next:",
        "  panel: no organisation operates it; `sauga organisation operates AWARE panel`",
        "  zone panel: has no keys; `sauga setup`",
    ]


def test_an_installation_without_anybody_is_told_one_thing():
    assert init._next() == ["next:", "  nobody works here yet; `sauga setup`"]


def test_the_keys_of_a_zone_that_came_with_an_upgrade_are_made_by_whoever_administers(ran):
    """With an answer file that says what was always there and the new service."""
    before = _upgraded_to_the_panel(ran)
    code, said = ran(PARTNERS)
    assert code == 0 and "zone panel: keys made; first@aware.example holds them" in said
    assert Membership.objects.current(clock.now()).get(person=before.person).zones == ["awareness", "panel"]
    vault = sealed.unlock_with_password(before.person.pk, PASSWORD)
    assert {Zone.AWARENESS, Zone.PANEL} <= vault.zones
    assert init._next() == [] and steps.missing(clock.now()) == []


def test_a_new_administrator_holds_the_keys_that_nobody_else_could(ran):
    """Where those who hold the other zones' keys are no administrators."""
    row = _upgraded_to_the_panel(ran)
    Membership.objects.filter(pk=row.pk).update(role=Role.objects.get(code="PARTNER_MANAGER"))
    new = PARTNERS.replace("first@aware.example", "boss@aware.example")
    code, said = ran(new)
    assert code == 0 and "zone panel: keys made; boss@aware.example holds them" in said


def test_a_service_that_somebody_operates_is_not_taken_away(ran):
    other = organisations.create_organisation(
        by=SETUP, code="OTHER", names={"lt": "x"}, kinds=["HOTLINE"], at=clock.now()
    )
    operators.name_operator(by=SETUP, service="hotline", organisation=other, at=clock.now())
    with pytest.raises(CannotRun, match="OTHER operates hotline already"):
        ran(PARTNERS)


def test_without_a_terminal_and_without_answers_it_says_how(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CannotRun, match="--answers FILE"):
        setup.run(ArgumentParser().parse_args([]).__class__(answers=None))


def test_the_dialogue_asks_partner_by_partner(monkeypatch):
    """Several partners: one question for each kind of service; what is there already is not asked again."""
    typed = iter(["n", "AWARE", "Informavimas", "", "HELP", "Pagalba", "Help", "HOT!", "HOT", "Linija", ""])
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    found = dialogue.organisations(clock.now())
    assert {one.code: one.operates for one in found} == {
        "AWARE": (
            "certification",
            "events",
            "newsletter",
            "panel",
            "portal",
            "repository",
            "selfcheck",
            "training",
        ),
        "HELP": ("helpline",),
        "HOT": ("hotline",),
    }
    run = steps.Setup(clock.now())
    for one in found:
        run.organisation(one)
    assert dialogue.organisations(run.at) == []
    typed = iter(
        [word for code in ("hot", "help", "aware") for word in (f"First@{code}.example", "First", "", "n")]
    )
    made = dialogue.administrators(run.at)
    assert [(one.organisation, one.language) for one in made] == [
        ("AWARE", "lt"),
        ("HELP", "lt"),
        ("HOT", "lt"),
    ]


def test_every_operated_service_is_one_that_is_installed(settings):
    assert set(operators.operated_services()) == set(services.usual_operators())
    assert set(steps.zones_needed().values()) <= set(settings.ENV.services)


def test_no_usable_answer_ends_the_dialogue(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _question: "")
    with pytest.raises(CannotRun, match="goes on where it stopped"):
        terminal.ask("A question")


def test_check_knows_the_kind_of_installation(settings):
    from sauga.project import purpose

    assert "not marked yet" in next(check._installation()).text
    purpose.mark(demo=False)
    settings.ENV = replace(settings.ENV, demo=False)
    assert next(check._installation()).text == "installation: production"
    settings.ENV = replace(settings.ENV, demo=True)
    assert next(check._installation()).grade is check.Grade.BAD
