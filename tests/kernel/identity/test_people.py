"""The team pages: who sees whom, who changes what, and that each change asks for the second factor again."""

from datetime import timedelta

import pytest
from django.test import Client
from factories.people import PASSWORD, SETUP, Hired, fill_in_sign_in, hire, make_organisation, sign_in

from sauga.kernel import audit, clock, organisations, sealed
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import invitations, people
from sauga.kernel.identity.actors import person_actor
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.identity.models import Grant, Invitation, Membership, Person, Role
from sauga.kernel.identity.rules import Permission
from sauga.kernel.identity.trail import Trail
from sauga.kernel.permissions import PermissionRefused, allowed
from sauga.kernel.sealed import Recipient, Zone

pytestmark = pytest.mark.django_db


def without_sudo(client: Client) -> None:
    session = client.session
    session.pop(sudo.KEY, None)
    session.save()


def url(hired: Hired, rest: str = "") -> str:
    return f"/desk/people/{hired.person.pseudonym}/{rest}"


def test_list_shows_the_own_partner_only(at_desk, tomas, egle):
    page = at_desk.get("/desk/people/").content.decode()
    assert "Tomas Pavyzdys" in page and "Eglė Kita" not in page
    assert at_desk.get(url(tomas)).status_code == 200
    assert at_desk.get(url(egle)).status_code == 404
    assert at_desk.get("/desk/people/p-nobody/").status_code == 404


def test_list_costs_the_same_for_one_and_three(at_desk, ruta, django_assert_num_queries):
    by = person_actor(ruta.person, clock.now())
    with django_assert_num_queries(3):
        assert len(queries.people_for(by)) == 1
    for name in ("Ona Viena", "Ona Antra"):
        hire(name, "AUDITOR")
    with django_assert_num_queries(3):
        assert len(queries.people_for(by)) == 3


def test_people_pages_do_not_exist_for_those_without_the_right(client, ruta, tomas):
    sign_in(client, tomas)
    for path in (
        "/desk/people/",
        "/desk/people/permissions/",
        "/desk/people/invite/",
        url(ruta),
        url(ruta, "access/"),
    ):
        assert client.get(path).status_code == 404, path


def test_changes_ask_for_the_second_factor_again(at_desk, ruta, tomas):
    without_sudo(at_desk)
    paths = [
        "/desk/people/invite/",
        url(tomas, "access/"),
        url(tomas, f"roles/{tomas.membership.pk}/"),
        "/desk/me/passkeys/",
    ]
    for path in paths:
        assert at_desk.get(path).headers["Location"].startswith("/desk/sudo/?next=%2Fdesk%2F"), path
    assert at_desk.post(url(tomas, "access/"), {"factors": "1"}).headers["Location"] == "/desk/sudo/"
    assert at_desk.post("/desk/sudo/", {"code": "000000", "next": paths[0]}).status_code == 200
    Person.objects.update(totp_step=0)
    assert at_desk.post("/desk/sudo/", {"code": ruta.code, "next": paths[0]}).headers["Location"] == paths[0]
    assert at_desk.get(paths[0]).status_code == 200


def test_sudo_lasts_five_minutes(at_desk, monkeypatch):
    assert at_desk.get("/desk/people/invite/").status_code == 200
    late = clock.now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert at_desk.get("/desk/people/invite/").status_code == 302


def test_sudo_guesses_are_slowed_and_passkey_answers_checked(at_desk):
    for _ in range(7):
        page = at_desk.post("/desk/sudo/", {"code": "000000"})
    assert page.status_code == 429 and page.context["form"].errors
    assert at_desk.get("/desk/sudo/passkey/").json()["publicKey"]["allowCredentials"] == []
    assert at_desk.post("/desk/sudo/passkey/", {"answer": "{}"}).status_code == 200


def test_invite_and_withdraw(at_desk):
    data = {
        "email": "Nauja@partner.example",
        "name": "",
        "organisation": "partner",
        "role": "WELFARE_LEAD",
        "zones": ["hotline"],
        "language": "en",
    }
    assert at_desk.post("/desk/people/invite/", data).headers["Location"] == "/desk/people/"
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.language, invitation.zones) == (
        "nauja@partner.example",
        "en",
        ["hotline"],
    )
    assert "nauja@partner.example" in at_desk.get("/desk/people/").content.decode()
    assert at_desk.post(f"/desk/people/invitations/{invitation.ref}/withdraw/").status_code == 302
    assert at_desk.post(f"/desk/people/invitations/{invitation.ref}/withdraw/").status_code == 404


def test_invite_refuses_other_partners_and_those_already_here(at_desk, egle, tomas):
    data = {"email": "x@partner.example", "organisation": "other", "role": "ANALYST", "language": "lt"}
    assert at_desk.post("/desk/people/invite/", data).context["form"].errors["organisation"]
    data |= {"organisation": "partner", "email": tomas.person.email}
    assert at_desk.post("/desk/people/invite/", data).context["form"].errors["email"]
    assert not Invitation.objects.exists()


def test_changing_a_role_closes_one_membership_and_opens_another(at_desk, client, tomas):
    old = tomas.membership
    tomas_browser = Client()
    sign_in(tomas_browser, tomas)
    response = at_desk.post(url(tomas, f"roles/{old.pk}/"), {"role": "WELFARE_LEAD", "zones": ["hotline"]})
    assert response.status_code == 302
    old.refresh_from_db()
    new = tomas.membership
    assert old.valid_to == new.valid_from and new.role.code == "WELFARE_LEAD"
    assert tomas_browser.get("/desk/").status_code == 302
    assert {e.action for e in audit.timeline(tomas.person)} >= {
        Trail.MEMBERSHIP_ENDED,
        Trail.MEMBERSHIP_STARTED,
    }
    assert at_desk.get(url(tomas, f"roles/{old.pk}/")).status_code == 404


def test_changing_to_a_role_already_held_is_told(at_desk, tomas):
    people.start_membership(
        by=SETUP,
        person=tomas.person,
        organisation=make_organisation(),
        role=Role.objects.get(code="WELFARE_LEAD"),
        at=clock.now(),
    )
    row = Membership.objects.get(person=tomas.person, role__code="ANALYST")
    page = at_desk.post(url(tomas, f"roles/{row.pk}/"), {"role": "WELFARE_LEAD"})
    assert page.context["form"].errors["role"]
    row.refresh_from_db()
    assert row.valid_to is None


def test_ending_a_membership(at_desk, tomas):
    row = tomas.membership
    assert at_desk.get(url(tomas, f"roles/{row.pk}/")).status_code == 200
    assert at_desk.post(url(tomas, f"roles/{row.pk}/"), {"end": "1"}).status_code == 302
    with pytest.raises(people.MembershipOver):
        people.end_membership(by=SETUP, membership=row, at=clock.now())
    assert person_actor(tomas.person, clock.now()).roles == frozenset()
    assert "–" in at_desk.get("/desk/people/").content.decode()


def test_nobody_changes_the_own_role(at_desk, ruta):
    assert at_desk.get(url(ruta, f"roles/{ruta.membership.pk}/")).status_code == 404
    assert at_desk.get(url(ruta, "access/")).status_code == 404
    assert at_desk.get(url(ruta, "roles/999999/")).status_code == 404


def test_nobody_changes_people_of_another_partner(at_desk, ruta, egle):
    by, at = person_actor(ruta.person, clock.now()), clock.now()
    for act in (
        lambda: people.end_membership(by=by, membership=egle.membership, at=at),
        lambda: people.clear_factors(by=by, person=egle.person, at=at),
        lambda: people.deactivate_person(by=by, person=egle.person, at=at),
        lambda: invitations.send_reset(by=by, person=egle.person, at=at),
        lambda: organisations.create_organisation(by=by, code="third", names={}, at=at),
        lambda: people.create_person(by=by, email="x@partner.example", name="", password=PASSWORD, at=at),
    ):
        with pytest.raises(PermissionRefused):
            act()


def test_helping_someone_who_cannot_sign_in(at_desk, tomas):
    assert at_desk.get(url(tomas, "access/")).status_code == 200
    at_desk.post(url(tomas, "access/"), {"reset": "1"})
    assert Invitation.objects.filter(person=tomas.person, purpose="RESET").count() == 1
    at_desk.post(url(tomas, "access/"), {"factors": "1"})
    assert fill_in_sign_in(Client(), tomas, code="").headers["Location"] == "/desk/me/codes/"
    at_desk.post(url(tomas, "access/"), {"close": "1"})
    assert fill_in_sign_in(Client(), tomas).status_code == 200
    assert not Invitation.objects.filter(person=tomas.person, withdrawn_at=None).exists()


def test_a_former_employer_has_no_power_over_the_account(at_desk, ruta, tomas, egle):
    """M7: somebody left this partner and works for another one."""
    people.end_membership(by=SETUP, membership=tomas.membership, at=clock.now())
    by = person_actor(ruta.person, clock.now())
    assert allowed(by, Permission.RESET_ACCESS, tomas.person), (
        "until another partner employs the person, the last one helps and closes"
    )
    other = make_organisation("other")
    people.start_membership(
        by=SETUP,
        person=tomas.person,
        organisation=other,
        role=Role.objects.get(code="AUDITOR"),
        at=clock.now(),
    )
    by, at = person_actor(ruta.person, clock.now()), clock.now()
    for act in (people.clear_factors, people.deactivate_person, invitations.send_reset):
        with pytest.raises(PermissionRefused):
            act(by=by, person=tomas.person, at=at)
    assert at_desk.get(url(tomas, "access/")).status_code == 404
    assert at_desk.post(url(tomas, "access/"), {"close": "1"}).status_code == 404
    now_employed_by = person_actor(egle.person, clock.now())
    people.clear_factors(by=now_employed_by, person=tomas.person, at=clock.now())


def test_an_account_that_two_partners_share_is_helped_by_each_and_closed_by_neither(at_desk, tomas, egle):
    other = make_organisation("other")
    people.start_membership(
        by=SETUP,
        person=tomas.person,
        organisation=other,
        role=Role.objects.get(code="AUDITOR"),
        at=clock.now(),
    )
    page = at_desk.get(url(tomas, "access/"))
    assert page.status_code == 200 and 'name="close"' not in page.content.decode()
    assert at_desk.post(url(tomas, "access/"), {"close": "1"}).status_code == 404
    with pytest.raises(PermissionRefused):
        people.deactivate_person(
            by=person_actor(egle.person, clock.now()), person=tomas.person, at=clock.now()
        )
    assert at_desk.post(url(tomas, "access/"), {"reset": "1"}).status_code == 302


@pytest.fixture
def zone(ruta):
    """The hotline's keys, founded by the administrator."""
    Membership.objects.filter(person=ruta.person).update(zones=["hotline"])
    vault = sealed.unlock_with_password(ruta.person.pk, PASSWORD)
    sealed.create_zone(
        Zone.HOTLINE, escrow_public=sealed.keys.escrow_create(Zone.HOTLINE).public, founder=vault
    )


def test_keys_are_handed_over_by_a_member_and_taken_when_the_role_ends(client, ruta, zone, tomas):
    sign_in(client, ruta)
    keys = url(tomas, f"roles/{tomas.membership.pk}/keys/")
    row = tomas.membership
    assert 'name="contacts"' in client.get(url(tomas)).content.decode()
    assert client.post(keys, {"zone": "hotline", "contacts": "on"}).status_code == 302
    assert tomas.person.pk in sealed.members(Zone.HOTLINE)
    assert tomas.person.pk in sealed.members(Zone.HOTLINE, Recipient.CUSTODIAN)
    with pytest.raises(people.ZoneNotMeant):
        vault = sealed.unlock_with_password(ruta.person.pk, PASSWORD)
        people.take_keys(
            by=person_actor(ruta.person, clock.now(), vault=vault),
            membership=row,
            zone=Zone.HOTLINE,
            vault=vault,
            at=clock.now(),
        )
    client.post(url(tomas, f"roles/{row.pk}/"), {"end": "1"})
    assert tomas.person.pk not in sealed.members(Zone.HOTLINE)
    assert Zone.HOTLINE not in sealed.unlock_with_password(tomas.person.pk, PASSWORD).zones


def test_a_leaver_whose_keys_wait_is_shown_and_finished_by_a_member(client, ruta, zone, tomas):
    sign_in(client, ruta)
    row = tomas.membership
    client.post(url(tomas, f"roles/{row.pk}/keys/"), {"zone": "hotline"})
    people.end_membership(by=SETUP, membership=row, at=clock.now())
    assert tomas.person.pk in sealed.members(Zone.HOTLINE)
    assert 'name="take"' in client.get(url(tomas)).content.decode()
    client.post(url(tomas, f"roles/{row.pk}/keys/"), {"zone": "hotline", "take": "1"})
    assert tomas.person.pk not in sealed.members(Zone.HOTLINE)


def test_keys_need_an_open_vault_that_holds_them_and_a_zone_that_is_meant(client, ruta, tomas):
    sign_in(client, ruta)
    keys = url(tomas, f"roles/{tomas.membership.pk}/keys/")
    assert client.post(keys, {"zone": "cellar"}).status_code == 404
    client.post(keys, {"zone": "panel"})
    client.post(keys, {"zone": "hotline"})
    assert sealed.members(Zone.HOTLINE) == []
    client.post("/desk/vault/lock/")
    assert client.post(keys, {"zone": "hotline"}).headers["Location"].startswith("/desk/vault/unlock/")


def test_accounts_need_an_address_of_their_own(ruta):
    with pytest.raises(people.AddressTaken):
        people.create_person(
            by=SETUP, email=ruta.person.email.upper(), name="", password=PASSWORD, at=clock.now()
        )


def test_names_of_an_organisation_change_over_time_and_language():
    at = clock.now()
    place = make_organisation("named", at)
    later = at + timedelta(days=400)
    since = later.astimezone(clock.VILNIUS).date().isoformat()
    organisations.add_name(
        by=SETUP, organisation=place, language="lt", name="Naujas vardas", since=since, at=at
    )
    assert place.name_at(at, "lt") == "Partneris named"
    assert place.name_at(later, "lt") == "Naujas vardas"
    assert place.name_at(at, "de") == "Partner named"
    assert place.name_at(at - timedelta(days=4000), "lt") == "Partneris named"
    assert str(place) == "named" and str(place.names.first())


def test_permissions_are_shown_as_the_database_says_of_all_roles_or_of_one(at_desk):
    page = at_desk.get("/desk/people/permissions/")
    rows = {row.code: row for _title, group in page.context["groups"] for row in group}
    assert {role.code for role in rows["identity.see_people"].roles} >= {
        "ADMINISTRATOR",
        "AUDITOR",
        "COORDINATOR",
    }
    assert "identity.create_person" not in rows  # held by jobs only
    assert {code for code, row in rows.items() if not row.words} == set()
    assert "Grant, change and end roles" in page.text or "Suteikti, keisti ir baigti vaidmenis" in page.text
    Grant.objects.filter(role__code="AUDITOR").exclude(permission="identity.see_people").delete()
    page = at_desk.get("/desk/people/permissions/?role=AUDITOR")
    [(_title, [row])] = page.context["groups"]
    assert row.code == "identity.see_people"
    Grant.objects.filter(role__code="AUDITOR").delete()
    assert at_desk.get("/desk/people/permissions/?role=AUDITOR").context["groups"] == []
    everything = at_desk.get("/desk/people/permissions/?role=NO_SUCH_ROLE")
    assert len(everything.context["groups"]) > 5
