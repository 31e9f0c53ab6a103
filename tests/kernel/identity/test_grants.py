"""Access between partners: what one organisation's administrator may grant, and that a role counts only at
the operator of its service.
"""

from datetime import timedelta

import pytest
from django.test import Client
from factories.people import SETUP, Hired, hire, sign_in

from sauga.kernel import audit, clock, organisations, sealed
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import grants, invitations, operators, people
from sauga.kernel.identity.actors import person_actor
from sauga.kernel.identity.models import Grant, Invitation, KindRole, Membership, Person, Role
from sauga.kernel.identity.roles import install_defaults
from sauga.kernel.identity.trail import Trail
from sauga.kernel.organisations.actions.organisations import KindUnknown
from sauga.kernel.organisations.models import Organisation, OrganisationKind, ServiceOperator
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.sealed import Zone

pytestmark = pytest.mark.django_db
OPERATED = {
    "RRT": ("HOTLINE", ["hotline"]),
    "VL": ("HELPLINE", ["helpline"]),
    "AC": ("AWARENESS", ["repository", "portal"]),
}


@pytest.fixture
def partners(db: None) -> dict[str, Organisation]:
    """Three partners that operate one service each (one operates two), a coordinator and a school
    that operate none.
    """
    install_defaults()
    at = clock.now() - timedelta(hours=1)
    made = {}
    for code, (kind, services) in {
        **OPERATED,
        "CENTRE": ("COORDINATOR", []),
        "SCHOOL": ("SCHOOL", []),
    }.items():
        made[code] = organisations.create_organisation(
            by=SETUP, code=code, names={"lt": code}, kinds=[kind], at=at
        )
        for service in services:
            operators.name_operator(by=SETUP, service=service, organisation=made[code], at=at)
    return made


@pytest.fixture
def admin(partners) -> Hired:
    """The administrator of the helpline's operator."""
    return hire("Giedrė Pavyzdė", "ADMINISTRATOR", organisation="VL")


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def forced(hired: Hired, organisation: Organisation, code: str, zones: tuple[str, ...] = ()) -> Membership:
    """A membership as it may stand in an old database, past every rule of today."""
    return Membership.objects.create(
        person=hired.person,
        organisation=organisation,
        role=role(code),
        zones=list(zones),
        valid_from=clock.now() - timedelta(minutes=1),
    )


def test_an_administrator_grants_no_role_of_another_partners_service(partners, admin):
    by, at = person_actor(admin.person, clock.now()), clock.now()
    somebody = hire("Ona Pavyzdė", organisation="VL")
    for code in (
        "ANALYST",
        "SECOND_REVIEWER",
        "EDITOR",
        "PUBLISHER",
        "STATISTICIAN",
        "COORDINATOR",
    ):
        with pytest.raises(grants.RoleNotOffered):
            invitations.invite_person(
                by=by, email="x@partner.example", name="", organisation=partners["VL"], role=role(code), at=at
            )
        with pytest.raises(grants.RoleNotOffered):
            people.start_membership(
                by=by, person=somebody.person, organisation=partners["VL"], role=role(code), at=at
            )
    counsellor = hire("Miglė Pavyzdė", "COUNSELLOR", organisation="VL")
    with pytest.raises(grants.RoleNotOffered):
        people.change_role(by=by, membership=counsellor.membership, role=role("ANALYST"), zones=[], at=at)
    assert counsellor.membership.role.code == "COUNSELLOR"


def test_an_administrator_grants_no_vault_of_another_partners_service(partners, admin):
    by, at = person_actor(admin.person, clock.now()), clock.now()
    keeper = hire("Miglė Pavyzdė", "SERVICE_ADMINISTRATOR", organisation="VL")
    for zone in ("hotline", "awareness", "panel"):
        with pytest.raises(grants.ZoneNotOffered):
            invitations.invite_person(
                by=by,
                email="x@partner.example",
                name="",
                organisation=partners["VL"],
                role=role("SERVICE_ADMINISTRATOR"),
                zones=[zone],
                at=at,
            )
        with pytest.raises(grants.ZoneNotOffered):
            people.change_role(
                by=by,
                membership=keeper.membership,
                role=role("SERVICE_ADMINISTRATOR"),
                zones=[zone, "helpline"],
                at=at,
            )
    people.change_role(
        by=by,
        membership=keeper.membership,
        role=role("SERVICE_ADMINISTRATOR"),
        zones=["helpline"],
        at=clock.now(),
    )
    assert person_actor(keeper.person, clock.now()).zones == {"helpline"}


def test_the_form_offers_what_is_allowed_and_the_address_refuses_the_rest(partners, admin, client):
    sign_in(client, admin)
    page = client.get("/desk/people/invite/").content.decode()
    assert (
        'value="SERVICE_ADMINISTRATOR"' in page
        and 'value="COUNSELLOR"' in page
        and 'value="helpline"' in page
    )
    assert 'value="ANALYST"' not in page and 'value="hotline"' not in page
    data = {"email": "x@partner.example", "organisation": "VL", "role": "ANALYST", "language": "lt"}
    assert client.post("/desk/people/invite/", data).context["form"].errors["role"]
    data |= {"role": "SERVICE_ADMINISTRATOR", "zones": ["hotline"]}
    assert client.post("/desk/people/invite/", data).context["form"].errors["zones"]
    assert not Invitation.objects.exists()
    data |= {"zones": ["helpline"]}
    assert client.post("/desk/people/invite/", data).status_code == 302
    assert Invitation.objects.get().zones == ["helpline"]


def test_an_old_membership_of_the_wrong_partner_opens_nothing(partners):
    """H1 as it may stand in a database already: the role is there, and nothing of it counts."""
    somebody = hire("Ona Pavyzdė", organisation="VL")
    forced(somebody, partners["VL"], "ANALYST", ("hotline",))
    by = person_actor(somebody.person, clock.now())
    assert not by.can("hotline.see_worklist") and not by.can("hotline.assess")
    assert (by.roles, by.zones, dict(by.grants)) == (frozenset(), frozenset(), {})
    browser = Client()
    sign_in(browser, somebody)
    for path in ("/desk/hotline/", "/desk/hotline/notices/", "/desk/hotline/providers/"):
        assert browser.get(path).status_code == 404, path
        assert browser.post(path).status_code in {404, 405}, path


def test_a_key_that_was_given_wrongly_opens_nothing(partners):
    """The key lies in the person's ring; the person works for no operator of that service."""
    founder = hire("Asta Pavyzdė", "CONTACT_CUSTODIAN", zones=("hotline",), organisation="RRT")
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    sealed.create_zone(
        Zone.HOTLINE, escrow_public=sealed.keys.escrow_create(Zone.HOTLINE).public, founder=vault
    )
    somebody = hire("Ona Pavyzdė", organisation="VL")
    row = forced(somebody, partners["VL"], "ANALYST", ("hotline",))
    founder_vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    with pytest.raises(people.ZoneNotMeant):
        people.open_zone(by=SETUP, membership=row, zone=Zone.HOTLINE, vault=founder_vault, at=clock.now())
    sealed.add_member(Zone.HOTLINE, somebody.person.pk, founder_vault)
    own = sealed.unlock_with_password(somebody.person.pk, somebody.password)
    assert Zone.HOTLINE in own.zones
    by = person_actor(somebody.person, clock.now(), vault=own)
    assert by.vault is not None and by.vault.zones == frozenset()
    with pytest.raises(sealed.KeyNotAvailable):
        by.vault.team_private(Zone.HOTLINE, sealed.Recipient.TEAM, 1)


def test_a_service_that_changes_hands_leaves_the_former_operators_people_outside(partners):
    analyst = hire("Rūta Pavyzdė", "ANALYST", zones=("hotline",), organisation="RRT")
    browser = Client()
    sign_in(browser, analyst)
    assert browser.get("/desk/hotline/").status_code == 200
    at = clock.now()
    operators.name_operator(by=SETUP, service="hotline", organisation=partners["CENTRE"], at=at)
    assert browser.get("/desk/hotline/").headers["Location"].startswith("/desk/signin/")
    sign_in(browser, analyst)
    assert browser.get("/desk/hotline/").status_code == 404
    assert person_actor(analyst.person, at - timedelta(microseconds=1)).can("hotline.assess")
    assert not person_actor(analyst.person, at).can("hotline.assess")
    with pytest.raises(grants.RoleNotOffered):
        people.start_membership(
            by=SETUP,
            person=hire("Ona Pavyzdė", organisation="RRT").person,
            organisation=partners["RRT"],
            role=role("ANALYST"),
            at=at,
        )
    organisations.set_kinds(
        by=SETUP, organisation=partners["CENTRE"], kinds=["COORDINATOR", "HOTLINE"], at=at
    )
    assert person_actor(hire("Ona Nauja", "ANALYST", organisation="CENTRE").person, clock.now()).can(
        "hotline.assess"
    )


def test_one_operator_at_a_time_and_the_end_is_exclusive(partners):
    at = clock.now()
    row = operators.name_operator(by=SETUP, service="hotline", organisation=partners["AC"], at=at)
    assert str(row) == f"hotline:{partners['AC'].pk}"
    old = ServiceOperator.objects.get(service="hotline", organisation=partners["RRT"])
    assert old.valid_to == at
    assert (
        operators.name_operator(by=SETUP, service="hotline", organisation=None, at=at + timedelta(hours=1))
        is None
    )
    with pytest.raises(operators.OperatorOverlaps):
        operators.name_operator(
            by=SETUP, service="hotline", organisation=partners["RRT"], at=at + timedelta(minutes=1)
        )
    with pytest.raises(operators.ServiceUnknown):
        operators.name_operator(by=SETUP, service="identity", organisation=partners["RRT"], at=at)


def test_only_the_console_names_operators_and_kinds(partners, admin):
    by, at = person_actor(admin.person, clock.now()), clock.now()
    with pytest.raises(PermissionRefused):
        operators.name_operator(by=by, service="hotline", organisation=partners["VL"], at=at)
    with pytest.raises(PermissionRefused):
        organisations.set_kinds(by=by, organisation=partners["VL"], kinds=["HOTLINE"], at=at)
    with pytest.raises(PermissionRefused):
        operators.edit_kind(
            by=by, kind=OrganisationKind.objects.get(code="HELPLINE"), roles=[], zones=[], at=at
        )
    with pytest.raises(KindUnknown):
        organisations.set_kinds(by=SETUP, organisation=partners["VL"], kinds=["CIRCUS"], at=at)


def test_a_school_grants_no_role_of_a_service(partners):
    for code in ("EDITOR", "PUBLISHER", "PARTNER_MANAGER", "COUNSELLOR", "ANALYST"):
        with pytest.raises(grants.RoleNotOffered):
            hire("Kitas Pavyzdys", code, organisation="SCHOOL")


def test_the_auditor_of_the_coordinator_sees_whether_trails_are_whole_and_nothing_else(partners):
    auditor = person_actor(hire("Paulius Pavyzdys", "AUDITOR", organisation="CENTRE").person, clock.now())
    assert auditor.can("hotline.see_trail") and auditor.can("helpline.see_trail")
    services = {code.partition(".")[0] for code in auditor.grants} - {"identity"}
    assert {code for code in auditor.grants if code.partition(".")[0] in services} == {
        f"{name}.see_trail" for name in services
    }


def test_an_invitation_is_worth_nothing_once_the_organisation_may_not_grant_the_role(partners, admin):
    by, at = person_actor(admin.person, clock.now()), clock.now()
    link = invitations.invite_person(
        by=by,
        email="x@partner.example",
        name="",
        organisation=partners["VL"],
        role=role("SERVICE_ADMINISTRATOR"),
        at=at,
    )
    operators.name_operator(by=SETUP, service="helpline", organisation=partners["AC"], at=clock.now())
    from sauga.kernel.identity.signin import mfa

    secret = mfa.new_totp_secret()
    code = mfa.totp_code(secret, clock.now().timestamp())
    with pytest.raises(invitations.LinkOver):
        invitations.accept_invitation(
            invitation=link,
            name="X",
            password="rudos lapės bėga namo",
            totp_secret=secret,
            code=code,
            at=clock.now(),
        )
    assert not Person.objects.filter(email="x@partner.example").exists()


def test_an_old_invitation_to_a_role_of_two_people_is_worth_nothing(partners, admin):
    link = invitations.invite_person(
        by=SETUP,
        email="x@partner.example",
        name="",
        organisation=partners["VL"],
        role=role("AUDITOR"),
        at=clock.now(),
    )
    assert link.confirmed_by
    Invitation.objects.update(confirmed_by="")
    link.refresh_from_db()
    assert not invitations._still_offered(link, clock.now())


def test_an_invitation_that_one_person_sent_is_worth_nothing_once_the_role_takes_two(partners, admin):
    by = person_actor(admin.person, clock.now())
    link = invitations.invite_person(
        by=by,
        email="x@partner.example",
        name="",
        organisation=partners["VL"],
        role=role("SERVICE_ADMINISTRATOR"),
        at=clock.now(),
    )
    assert invitations._still_offered(link, clock.now())
    Grant.objects.create(role=role("SERVICE_ADMINISTRATOR"), permission="helpline.review_letter")
    assert not invitations._still_offered(link, clock.now())
    Invitation.objects.update(
        confirmed_by=hire("Ona Pavyzdė", "ADMINISTRATOR", organisation="VL").person.pseudonym
    )
    link.refresh_from_db()
    assert invitations._still_offered(link, clock.now())


def test_news_of_a_service_reach_its_operators_people_only(partners):
    from sauga.kernel import notifications

    lead = hire("Liepa Pavyzdė", "SHIFT_LEAD", organisation="VL")
    stranger = hire("Ona Pavyzdė", organisation="AC")
    forced(stranger, partners["AC"], "SHIFT_LEAD")
    told = notifications.notify(
        to="SHIFT_LEAD", template="helpline.debrief_owed", link="/desk/helpline/", at=clock.now()
    )
    assert [row.person_id for row in told] == [lead.person.pk]
    assert [p.pk for p in queries.holders_of("SHIFT_LEAD", "live", clock.now())] == sorted(
        [lead.person.pk, stranger.person.pk]
    )


def test_the_coordinator_edits_what_kinds_may_grant_and_each_change_is_recorded(partners, client):
    boss = hire("Ieva Pavyzdė", "COORDINATOR", organisation="CENTRE")
    sign_in(client, boss)
    page = client.get("/desk/people/kinds/").content.decode()
    assert "helpline" in page and client.get("/desk/people/kinds/CIRCUS/").status_code == 404
    assert 'value="COUNSELLOR"' in client.get("/desk/people/kinds/HELPLINE/").content.decode()
    wanted = ["COUNSELLOR", "SHIFT_LEAD", "ANALYST"]
    assert (
        client.post(
            "/desk/people/kinds/HELPLINE/", {"roles": wanted, "zones": ["helpline", "hotline"]}
        ).status_code
        == 302
    )
    rows = KindRole.objects.filter(kind__code="HELPLINE", allowed=True)
    assert set(rows.values_list("role__code", flat=True)) == set(wanted)
    lines = [entry for entry in audit.timeline("HELPLINE") if entry.action == Trail.KIND_CHANGED]
    assert {"kind": "HELPLINE", "role": "ANALYST", "allowed": True} in [dict(entry.facts) for entry in lines]
    assert (
        client.post(
            "/desk/people/kinds/HELPLINE/", {"roles": wanted, "zones": ["helpline", "hotline"]}
        ).status_code
        == 302
    )
    assert len([e for e in audit.timeline("HELPLINE") if e.action == Trail.KIND_CHANGED]) == len(lines)
    install_defaults()
    assert set(rows.values_list("role__code", flat=True)) == set(wanted), "what staff took away stays away"
    offer = queries.offer_of(partners["VL"], clock.now())
    assert offer.roles == {"COUNSELLOR", "SHIFT_LEAD"} and offer.zones == {"helpline"}, (
        "an edited table opens no other partner's service"
    )


def test_kinds_are_shown_to_those_who_see_people_and_edited_by_few(partners, admin, client):
    sign_in(client, admin)
    page = client.get("/desk/people/kinds/")
    assert page.status_code == 200 and "/desk/people/kinds/HELPLINE/" not in page.content.decode()
    assert client.get("/desk/people/kinds/HELPLINE/").status_code == 404
    ServiceOperator.objects.filter(service="hotline").delete()
    assert "<code>hotline</code>" in client.get("/desk/people/kinds/").content.decode()


def test_a_role_again_for_somebody_who_left(partners, admin, client):
    sign_in(client, admin)
    keeper = hire("Miglė Pavyzdė", "SERVICE_ADMINISTRATOR", organisation="VL")
    people.end_membership(by=SETUP, membership=keeper.membership, at=clock.now())
    path = f"/desk/people/{keeper.person.pseudonym}/roles/"
    assert 'value="SERVICE_ADMINISTRATOR"' in client.get(path).content.decode()
    assert client.post(path, {"organisation": "VL", "role": "ANALYST"}).context["form"].errors["role"]
    assert (
        client.post(
            path, {"organisation": "VL", "role": "SERVICE_ADMINISTRATOR", "zones": ["helpline"]}
        ).status_code
        == 302
    )
    assert keeper.membership.zones == ["helpline"]
    assert (
        client.post(path, {"organisation": "VL", "role": "SERVICE_ADMINISTRATOR"})
        .context["form"]
        .errors["role"]
    )
    assert client.get(f"/desk/people/{admin.person.pseudonym}/roles/").status_code == 404


def test_every_declared_role_may_be_granted_by_some_kind():
    install_defaults()
    offered = set(
        KindRole.objects.filter(allowed=True)
        .exclude(kind__code="EVERYTHING")
        .values_list("role__code", flat=True)
    )
    assert set(Role.objects.exclude(grants=None).values_list("code", flat=True)) <= offered
    assert str(OrganisationKind.objects.get(code="SCHOOL")) == "SCHOOL"


def test_a_hold_on_a_services_row_is_asked_by_its_operators_people(partners):
    from sauga.helpline.letters.models import Letter
    from sauga.hotline.reports.models import Report
    from sauga.kernel.permissions import allowed
    from sauga.kernel.retention.permissions import Permission as Retention

    officer = person_actor(
        hire("Daiva Pavyzdė", "DATA_PROTECTION_OFFICER", organisation="VL").person, clock.now()
    )
    assert allowed(officer, Retention.HOLD, Letter())
    assert not allowed(officer, Retention.HOLD, Report())
    assert allowed(officer, Retention.HOLD, partners["VL"])


def test_after_a_change_of_operator_the_former_people_lose_their_keys(partners):
    founder = hire("Asta Pavyzdė", "CONTACT_CUSTODIAN", zones=("hotline",), organisation="RRT")
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    sealed.create_zone(
        Zone.HOTLINE, escrow_public=sealed.keys.escrow_create(Zone.HOTLINE).public, founder=vault
    )
    organisations.set_kinds(
        by=SETUP, organisation=partners["CENTRE"], kinds=["COORDINATOR", "HOTLINE"], at=clock.now()
    )
    operators.name_operator(by=SETUP, service="hotline", organisation=partners["CENTRE"], at=clock.now())
    new = hire("Nida Pavyzdė", "CONTACT_CUSTODIAN", zones=("hotline",), organisation="CENTRE")
    old_vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    people.open_zone(
        by=SETUP, membership=new.membership, zone=Zone.HOTLINE, vault=old_vault, contacts=True, at=clock.now()
    )
    vault = sealed.unlock_with_password(new.person.pk, new.password)
    assert people.take_leavers(by=SETUP, zone=Zone.HOTLINE, vault=vault, at=clock.now()) == [founder.person]
    assert (
        sealed.members(Zone.HOTLINE)
        == [new.person.pk]
        == sealed.members(Zone.HOTLINE, sealed.Recipient.CUSTODIAN)
    )
    assert people.take_leavers(by=SETUP, zone=Zone.HOTLINE, vault=vault, at=clock.now()) == []
