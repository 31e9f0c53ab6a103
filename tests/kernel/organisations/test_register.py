"""The register: codes that are checked, names over time, kinds that decide about others, links that merge
nothing."""

from datetime import timedelta

import pytest
from factories.people import SETUP, hire

from sauga.kernel import clock, organisations
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity.actions import operators, people
from sauga.kernel.identity.actors import person_actor
from sauga.kernel.identity.models import KindRole, Role
from sauga.kernel.organisations import schemes
from sauga.kernel.organisations.actions import codes, links, names
from sauga.kernel.organisations.actions import organisations as actions
from sauga.kernel.organisations.models import Identifier, NameWord, OrganisationKind, SameAs, Succession
from sauga.kernel.organisations.queries import links as link_queries
from sauga.kernel.organisations.queries import register
from sauga.kernel.organisations.spans import DateRefused
from sauga.kernel.organisations.standard_kinds import install_kinds
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import ChangedMeanwhile, NothingChanged

pytestmark = pytest.mark.django_db
AT = clock.now()


def make(name="Pavyzdžio mokykla", **given):
    return organisations.create_organisation(by=SETUP, names={"lt": name}, at=AT, **given)


@pytest.fixture
def editor():
    """Somebody who keeps the register and nothing else of importance."""
    return person_actor(hire("Rasa Registrė", "COORDINATOR").person, clock.now())


@pytest.mark.unit
@pytest.mark.parametrize("code", ["121442211", "305238040", "211950810"])
def test_codes_of_public_bodies_have_the_check_digit_that_we_compute(code):
    assert schemes.is_legal_entity_code(code)
    assert schemes.trouble("LEGAL_ENTITY", code) == ""


@pytest.mark.unit
@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("121442212", "check_digit"),
        ("112442211", "check_digit"),
        ("12144221", "shape"),
        ("1214422110", "shape"),
        ("１２１４４２２１１", "shape"),
        ("12144221a", "shape"),
        ("", "shape"),
    ],
)
def test_what_is_no_code_is_named(code, why):
    assert schemes.trouble("LEGAL_ENTITY", code) == why


@pytest.mark.unit
def test_a_zero_that_a_spreadsheet_dropped_is_named_and_not_put_back():
    whole = next(f"{n:09}" for n in range(12345600, 12345700) if schemes.is_legal_entity_code(f"{n:09}"))
    assert whole.startswith("01")
    assert schemes.trouble("LEGAL_ENTITY", whole) == ""
    assert schemes.trouble("LEGAL_ENTITY", whole[1:]) == "zero"
    assert schemes.lost_zeros(whole[1:]) == whole


def test_a_code_names_one_organisation_and_is_stored_as_given():
    one, other = make(), make("Kita mokykla")
    codes.set_identifier(
        by=SETUP, organisation=one, scheme="LEGAL_ENTITY", value=" 121442211 ", source="sąrašas", at=AT
    )
    with pytest.raises(codes.CodeRefused) as taken:
        codes.set_identifier(by=SETUP, organisation=other, scheme="LEGAL_ENTITY", value="121442211", at=AT)
    assert taken.value.why == "taken" and one.code in taken.value.text
    school = codes.set_identifier(by=SETUP, organisation=one, scheme="SCHOOL", value="0190001", at=AT)
    assert school.verified_at is None, "a school code is unverified until somebody looked it up"
    codes.set_identifier(
        by=SETUP, organisation=one, scheme="SCHOOL", value="0190001", is_verified=True, at=AT
    )
    assert one.identifiers.get(scheme="SCHOOL").verified_at == AT
    codes.set_identifier(by=SETUP, organisation=one, scheme="SCHOOL", value="", at=AT)
    assert list(Identifier.objects.values_list("value", flat=True)) == ["121442211"]
    for scheme, value in (("PASSPORT", "1"), ("LEGAL_ENTITY", "121442212")):
        with pytest.raises(codes.CodeRefused):
            codes.set_identifier(by=SETUP, organisation=one, scheme=scheme, value=value, at=AT)


def test_names_follow_each_other_and_a_past_day_has_its_own():
    row = make("Švietimo informacinių technologijų centras")
    names.add_name(
        by=SETUP, organisation=row, language="lt", name="Naujasis centras", short="NC", since="2019", at=AT
    )
    row = register.organisation_for(row.code)
    on = {year: row.name_at(AT.replace(year=year), "lt") for year in (2012, 2018, 2026)}
    assert on == {
        2012: "Švietimo informacinių technologijų centras",
        2018: "Švietimo informacinių technologijų centras",
        2026: "Naujasis centras",
    }
    assert row.name_at(AT, "pl") == "Naujasis centras"
    assert NameWord.objects.filter(word__in=["svietimo", "naujasis", "nc"]).count() == 3
    with pytest.raises(names.NameRefused, match="present"):
        names.add_name(by=SETUP, organisation=row, language="lt", name="Naujasis centras", short="NC", at=AT)
    first = row.names.order_by("pk").first()
    fresh = names.correct_name(
        by=SETUP,
        row=first,
        language="lt",
        name="Švietimo IT centras",
        short="ŠITC",
        since="2011",
        until="2019",
        at=AT,
    )
    assert fresh.pk == first.pk and fresh.folded == " svietimo it centras sitc"
    assert register.organisation_for(row.code).name_at(AT.replace(year=2010), "lt") == row.code


@pytest.mark.parametrize(
    "given",
    [
        {"name": " "},
        {"name": "a" * 201},
        {"name": "A", "short": "b" * 61},
        {"name": "A", "language": "xx"},
    ],
)
def test_a_name_that_is_none_is_refused(given):
    row = make()
    with pytest.raises(names.NameRefused) as refused:
        names.add_name(by=SETUP, organisation=row, at=AT, **{"language": "lt", **given})
    assert refused.value.text
    for since in ("rytoj", "2026-W01"):
        with pytest.raises(DateRefused):
            names.add_name(by=SETUP, organisation=row, language="lt", name="B", since=since, at=AT)


def test_facts_are_checked_and_nothing_is_saved_over_a_colleague(editor):
    row = make()
    facts = {"kinds": ["SCHOOL"], "country": "LT", "municipality": "LT-57", "website": "https://a.example"}
    edited = actions.edit_organisation(
        by=editor, organisation=row, seen=row.changed_at, at=AT + timedelta(1), **facts
    )
    assert (edited.municipality, edited.kinds) == ("LT-57", ["SCHOOL"])
    with pytest.raises(ChangedMeanwhile):
        actions.edit_organisation(by=editor, organisation=row, seen=AT, at=AT, **facts)
    seen = {"by": editor, "organisation": edited, "seen": edited.changed_at, "at": AT + timedelta(2)}
    with pytest.raises(NothingChanged):
        actions.edit_organisation(**seen, **facts)
    for wrong, why in (
        ({"municipality": "LT-99"}, "municipality"),
        ({"country": "XX"}, "country"),
        ({"country": "LV"}, "abroad"),
        ({"website": "javascript:alert(1)"}, "website"),
    ):
        with pytest.raises(actions.FactRefused) as refused:
            actions.edit_organisation(**seen, **{**facts, **wrong})
        assert refused.value.why == why
    acts = set(TrailLine.objects.filter(ref=edited.code).values_list("action", flat=True))
    assert acts == {"organisation:created", "organisation:edited", "organisation:kinds:changed"}


def test_an_editor_of_the_register_assigns_no_kind_that_decides_about_others(editor):
    with pytest.raises(actions.KindPrivileged):
        organisations.create_organisation(by=editor, names={"lt": "Kažkas"}, kinds=["COORDINATOR"], at=AT)
    row = organisations.create_organisation(by=editor, names={"lt": "Mokykla"}, kinds=["SCHOOL"], at=AT)
    with pytest.raises(actions.KindPrivileged):
        organisations.set_kinds(by=editor, organisation=row, kinds=["SCHOOL", "AWARENESS"], at=AT)
    centre = make("Centras", kinds=["COORDINATOR"])
    with pytest.raises(actions.KindPrivileged):
        organisations.set_kinds(by=editor, organisation=centre, kinds=[], at=AT)
    organisations.set_kinds(by=editor, organisation=centre, kinds=["COORDINATOR", "AGENCY"], at=AT)


def test_a_kind_that_may_grant_more_than_it_was_made_for_becomes_privileged(editor):
    kind = OrganisationKind.objects.get(code="NGO")
    assert not kind.is_privileged
    operators.edit_kind(by=SETUP, kind=kind, roles=[Role.objects.get(code="AUDITOR")], zones=[], at=AT)
    with pytest.raises(actions.KindPrivileged):
        organisations.create_organisation(by=editor, names={"lt": "Asociacija"}, kinds=["NGO"], at=AT)
    assert KindRole.objects.filter(kind=kind, allowed=True).exists()


def test_kinds_come_from_data_and_labels_that_staff_changed_stay():
    wanted = ["SCHOOL", "LIBRARY", "MINISTRY", "CONSORTIUM"]
    assert OrganisationKind.objects.filter(code__in=wanted).count() == 4
    OrganisationKind.objects.filter(code="SCHOOL").update(labels={"lt": "Ugdymo įstaiga"})
    OrganisationKind.objects.filter(code="CONSORTIUM").delete()
    assert install_kinds() == 1
    assert OrganisationKind.objects.get(code="SCHOOL").label == "Ugdymo įstaiga"


def test_what_is_in_use_is_not_closed_and_what_is_closed_can_be_reopened(editor):
    membership = hire("Jonas Mokytojas", "ADMINISTRATOR", organisation="mokykla").person.memberships.get()
    place = membership.organisation
    with pytest.raises(actions.StillInUse) as used:
        actions.close_organisation(by=editor, organisation=place, at=AT + timedelta(hours=1))
    assert "1 " in used.value.text
    people.end_membership(by=SETUP, membership=membership, at=clock.now())
    closed = actions.close_organisation(by=editor, organisation=place, at=AT + timedelta(hours=1))
    assert not closed.is_open(AT + timedelta(hours=2))
    with pytest.raises(NothingChanged):
        actions.close_organisation(by=editor, organisation=closed, at=AT)
    assert actions.reopen_organisation(by=editor, organisation=closed, at=AT).valid_to is None
    operator = make("Linija", code="linija")
    service = operators.operated_services()[0]
    operators.name_operator(by=SETUP, service=service, organisation=operator, at=clock.now())
    with pytest.raises(actions.StillInUse):
        actions.close_organisation(by=editor, organisation=operator, at=AT + timedelta(hours=1))


def test_a_succession_keeps_both_and_makes_no_circle(editor):
    one, two, three = (make(f"Centras {n}") for n in range(3))
    links.record_succession(by=editor, predecessor=one, successor=two, since="2019", source="įsakymas", at=AT)
    links.record_succession(by=editor, predecessor=two, successor=three, since="2025-02", at=AT)
    assert link_queries.later_organisations(one.pk) == {two.pk, three.pk}
    assert link_queries.earlier_organisations(three.pk) == {one.pk, two.pk}
    for before, after, why in ((three, one, "circle"), (one, one, "self"), (one, two, "present")):
        with pytest.raises(links.LinkRefused) as refused:
            links.record_succession(by=editor, predecessor=before, successor=after, at=AT)
        assert refused.value.why == why
    lines = link_queries.lines_of(two)
    assert [row.predecessor_id for row in lines.earlier] == [one.pk]
    assert [row.successor_id for row in lines.later] == [three.pk]
    row = Succession.objects.get(predecessor=two)
    links.remove_succession(by=editor, row=row, at=AT)
    with pytest.raises(NothingChanged):
        links.remove_succession(by=editor, row=row, at=AT)
    assert link_queries.later_organisations(one.pk) == {two.pk}


def test_two_rows_of_one_body_are_shown_together_and_can_be_parted(editor):
    one, two, three = (make(f"Mokykla {n}") for n in range(3))
    links.mark_same(by=editor, one=two, other=one, at=AT)
    links.mark_same(by=editor, one=two, other=three, at=AT)
    assert link_queries.same_body(one.pk) == {one.pk, two.pk, three.pk}
    with pytest.raises(links.LinkRefused, match="present"):
        links.mark_same(by=editor, one=one, other=two, at=AT)
    with pytest.raises(links.LinkRefused, match="self"):
        links.mark_same(by=editor, one=one, other=one, at=AT)
    links.unmark_same(by=editor, one=one, other=two, at=AT)
    assert link_queries.same_body(one.pk) == {one.pk} and SameAs.objects.count() == 1
    with pytest.raises(NothingChanged):
        links.unmark_same(by=editor, one=one, other=two, at=AT)


def test_mailboxes_are_kept_by_purpose():
    row = make()
    codes.set_contact(by=SETUP, organisation=row, purpose="GENERAL", email="rastine@mokykla.example", at=AT)
    codes.set_contact(by=SETUP, organisation=row, purpose="GENERAL", email="info@mokykla.example", at=AT)
    assert list(row.contacts.values_list("email", flat=True)) == ["info@mokykla.example"]
    codes.set_contact(by=SETUP, organisation=row, purpose="GENERAL", email="", at=AT)
    assert not row.contacts.exists()
    for purpose, email in (("LOVE", "a@b.example"), ("PRESS", "nei taip")):
        with pytest.raises(codes.MailboxRefused):
            codes.set_contact(by=SETUP, organisation=row, purpose=purpose, email=email, at=AT)


@pytest.mark.parametrize("role", ["WELFARE_LEAD", "AUDITOR", "ADMINISTRATOR", "COUNSELLOR"])
def test_others_change_nothing(role):
    row, other = make(), make("Kita")
    by = person_actor(hire("Kitas Žmogus", role).person, clock.now())
    attempts = (
        lambda: make_by(by),
        lambda: organisations.set_kinds(by=by, organisation=row, kinds=["SCHOOL"], at=AT),
        lambda: names.add_name(by=by, organisation=row, language="lt", name="X", at=AT),
        lambda: codes.set_identifier(by=by, organisation=row, scheme="SCHOOL", value="1234", at=AT),
        lambda: codes.set_contact(by=by, organisation=row, purpose="PRESS", email="", at=AT),
        lambda: organisations.give_role(by=by, organisation=row, role="PARTNER", since="2026", at=AT),
        lambda: links.mark_same(by=by, one=row, other=other, at=AT),
        lambda: links.record_succession(by=by, predecessor=row, successor=other, at=AT),
        lambda: actions.close_organisation(by=by, organisation=row, at=AT),
    )
    for attempt in attempts:
        with pytest.raises(PermissionRefused):
            attempt()
    assert row.names.count() == 1 and not row.roles.exists()


def make_by(by):
    return organisations.create_organisation(by=by, names={"lt": "Nauja"}, at=AT)


def test_the_list_is_narrowed_by_words_of_any_name_kind_place_and_role():
    school = make("Žalioji mokykla", kinds=["SCHOOL"], municipality="LT-57")
    names.add_name(by=SETUP, organisation=school, language="lt", name="Ąžuolo mokykla", since="2020", at=AT)
    library = make("Ežero biblioteka", kinds=["LIBRARY"])
    abroad = make("Jūras centrs", country="LV")
    organisations.give_role(by=SETUP, organisation=library, role="PARTNER", since="2026", at=AT)

    def found(**narrowed):
        return {row.code for row in register.register_rows(at=AT, **narrowed)}

    assert found(text="zalioji") == found(text="azuol mokykla") == {school.code}
    assert found(text=library.code.lower()) == {library.code}
    assert found(kind="SCHOOL") == found(municipality="LT-57") == {school.code}
    assert found(country="LV") == {abroad.code}
    assert found(role="PARTNER") == found(role=register.ANY_ROLE) == {library.code}
    assert found(text="%") == set()
    actions.close_organisation(by=SETUP, organisation=library, at=AT + timedelta(hours=1))
    later = AT + timedelta(days=1)
    assert library.code not in {row.code for row in register.register_rows(at=later)}
    assert {row.code for row in register.register_rows(at=later, closed=True)} == {library.code}
    ordered = [row.code for row in register.register_rows(at=later) if row in (school, abroad)]
    assert ordered == [school.code, abroad.code], "Ą comes before J"
