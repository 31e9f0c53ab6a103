"""Roles of two-person acts are granted by two people: nobody confirms the own proposal or the own role, and
nothing happens before.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from factories.people import PASSWORD, SETUP, Hired, hire, make_organisation, sign_in

from sauga.kernel import audit, clock
from sauga.kernel.identity import home, queries, tasks
from sauga.kernel.identity.actions import grants, invitations, people, proposals
from sauga.kernel.identity.actors import PersonActor, person_actor
from sauga.kernel.identity.models import Invitation, Membership, Person, Role, RoleProposal
from sauga.kernel.identity.person_notifications import WAITS
from sauga.kernel.identity.states import ProposalState
from sauga.kernel.identity.trail import Trail
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import REGISTRY, PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor, move

pytestmark = pytest.mark.django_db
TWO = {
    "ADMINISTRATOR", "AUDITOR", "COORDINATOR", "DATA_PROTECTION_OFFICER", "LEGAL_OFFICER",
    "CONTACT_CUSTODIAN", "DSC_OFFICER",
    "NOTICE_OFFICER", "POLICE_LIAISON", "SECOND_REVIEWER", "STATISTICIAN", "SHIFT_LEAD", "SAFEGUARDING_LEAD",
    "LETTER_REVIEWER",
    "HELPLINE_STATISTICIAN", "PUBLISHER", "SAFEGUARDING_EDITOR", "AWARENESS_STATISTICIAN", "ANALYST",
    "COUNSELLOR",
    "VOLUNTEER_COORDINATOR", "EDITOR", "TRANSLATOR", "PARTNER_MANAGER",
    "COURSE_EDITOR", "CERTIFICATION_MANAGER", "CERTIFICATION_BOARD",
    "LABEL_COORDINATOR",
    "PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD",
}  # fmt: skip


@pytest.fixture
def vaida(db: None) -> Hired:
    """Another administrator of the same partner."""
    return hire("Vaida Pavyzdė", "ADMINISTRATOR")


def actor(hired: Hired) -> PersonActor:
    return person_actor(hired.person, clock.now())


def role(code: str) -> Role:
    return Role.objects.get(code=code)


def propose(by: Hired, code: str = "AUDITOR", email: str = "nauja@partner.example") -> RoleProposal:
    return proposals.propose_invitation(
        by=actor(by),
        email=email,
        name="Nauja Pavyzdė",
        organisation=make_organisation(),
        role=role(code),
        at=clock.now(),
    )


def test_which_roles_take_two_people_follows_from_what_they_permit(ruta):
    declared = {code for one in REGISTRY.permissions.values() for code in one.roles}
    assert queries.roles_of_two() & declared == TWO


@pytest.mark.parametrize("code", sorted(TWO))
def test_one_administrator_alone_grants_none_of_them(code, ruta, tomas):
    by, at, place = actor(ruta), clock.now(), make_organisation()
    with pytest.raises(grants.SecondPersonNeeded):
        invitations.invite_person(
            by=by, email="x@partner.example", name="", organisation=place, role=role(code), at=at
        )
    with pytest.raises(grants.SecondPersonNeeded):
        people.start_membership(by=by, person=tomas.person, organisation=place, role=role(code), at=at)
    carer = hire("Daiva Pavyzdė", "WELFARE_LEAD")
    with pytest.raises(grants.SecondPersonNeeded):
        people.change_role(by=by, membership=carer.membership, role=role(code), zones=[], at=at)
    assert (
        not Invitation.objects.exists()
        and carer.membership.role.code == "WELFARE_LEAD"
        and tomas.membership.role.code == "ANALYST"
    )


def test_an_invitation_goes_out_when_a_second_person_confirms(ruta, vaida):
    row = propose(ruta)
    assert str(row) == row.ref and not Invitation.objects.exists()
    for refused in (
        actor(ruta),
        actor(hire("Ona Pavyzdė", "ANALYST")),
        actor(hire("Eglė Kita", "ADMINISTRATOR", organisation="other")),
    ):
        with pytest.raises(PermissionRefused):
            proposals.confirm_proposal(by=refused, proposal=row, at=clock.now())
        with pytest.raises(PermissionRefused):
            proposals.refuse_proposal(by=refused, proposal=row, reason="x", at=clock.now())
    proposals.confirm_proposal(by=actor(vaida), proposal=row, at=clock.now())
    link = Invitation.objects.get()
    assert (link.role.code, link.invited_by, link.confirmed_by) == (
        "AUDITOR",
        ruta.person.pseudonym,
        vaida.person.pseudonym,
    )
    assert {e.action for e in audit.timeline(row)} == {Trail.ROLE_PROPOSED, Trail.ROLE_CONFIRMED}
    assert str(row.steps.get()).endswith("CONFIRMED")
    with pytest.raises(proposals.ProposalOver):
        proposals.confirm_proposal(by=actor(vaida), proposal=row, at=clock.now())


def test_a_role_for_somebody_here_begins_when_confirmed_and_never_by_the_person_itself(ruta, vaida, tomas):
    old = tomas.membership
    row = proposals.propose_change(
        by=actor(ruta), membership=old, role=role("SECOND_REVIEWER"), zones=["hotline"], at=clock.now()
    )
    assert tomas.membership == old
    proposals.confirm_proposal(by=actor(vaida), proposal=row, at=clock.now())
    assert (tomas.membership.role.code, tomas.membership.zones) == ("SECOND_REVIEWER", ["hotline"])
    other = proposals.propose_membership(
        by=actor(ruta),
        person=vaida.person,
        organisation=make_organisation(),
        role=role("AUDITOR"),
        at=clock.now(),
    )
    with pytest.raises(PermissionRefused):
        proposals.confirm_proposal(by=actor(vaida), proposal=other, at=clock.now())
    third = hire("Goda Pavyzdė", "COORDINATOR")
    proposals.confirm_proposal(by=actor(third), proposal=other, at=clock.now())
    assert set(person_actor(vaida.person, clock.now()).roles) == {"ADMINISTRATOR", "AUDITOR"}


def test_more_vaults_for_a_role_of_two_take_two_and_fewer_take_one(ruta):
    lead = hire("Liepa Pavyzdė", "SHIFT_LEAD", zones=("helpline",))
    with pytest.raises(grants.SecondPersonNeeded):
        people.change_role(
            by=actor(ruta),
            membership=lead.membership,
            role=role("SHIFT_LEAD"),
            zones=["helpline", "hotline"],
            at=clock.now(),
        )
    people.change_role(
        by=actor(ruta), membership=lead.membership, role=role("SHIFT_LEAD"), zones=[], at=clock.now()
    )
    assert lead.membership.zones == []


def test_nobody_makes_both_people_out_of_one(ruta):
    """The administrator's own second account would need a second person first."""
    invitations.invite_person(
        by=actor(ruta),
        email="x@partner.example",
        name="",
        organisation=make_organisation(),
        role=role("WELFARE_LEAD"),
        at=clock.now(),
    )
    row = propose(ruta, "ADMINISTRATOR", "y@partner.example")
    assert queries.proposals_to_confirm(actor(ruta), clock.now()) == []
    with pytest.raises(PermissionRefused):
        proposals.confirm_proposal(by=actor(ruta), proposal=row, at=clock.now())
    RoleProposal.objects.update(state="OPEN")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleProposal.objects.update(state="CONFIRMED", decided_by=ruta.person.pseudonym)


def test_refused_withdrawn_and_expired_grant_nothing(ruta, vaida):
    first, second, third = (
        propose(ruta, email="a@partner.example"),
        propose(ruta, email="b@partner.example"),
        propose(ruta, email="c@partner.example"),
    )
    proposals.refuse_proposal(by=actor(vaida), proposal=first, reason="Nežinau, kas tai.", at=clock.now())
    with pytest.raises(PermissionRefused):
        proposals.withdraw_proposal(by=actor(vaida), proposal=second, at=clock.now())
    proposals.withdraw_proposal(by=actor(ruta), proposal=second, at=clock.now())
    late = clock.now() + proposals.LASTS
    with pytest.raises(proposals.ProposalOver):
        proposals.confirm_proposal(by=person_actor(vaida.person, late), proposal=third, at=late)
    assert proposals.expire_proposals(by=SystemActor("identity"), at=late) == 1
    with pytest.raises(PermissionRefused):
        proposals.expire_proposals(by=actor(ruta), at=late)
    states = dict(RoleProposal.objects.values_list("email", "state"))
    assert states == {
        "a@partner.example": "REFUSED",
        "b@partner.example": "WITHDRAWN",
        "c@partner.example": "EXPIRED",
    }
    assert not Invitation.objects.exists()
    with pytest.raises(MoveNotAllowed):
        first.refresh_from_db()
        move(first, to=ProposalState.CONFIRMED, by=SETUP, at=late)


def test_the_hourly_job_closes_what_is_over(ruta):
    row = propose(ruta)
    RoleProposal.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    tasks.expire_proposals(0)
    row.refresh_from_db()
    assert row.state == "EXPIRED"


def test_what_was_right_then_is_asked_again_at_the_confirmation(ruta, vaida, tomas):
    at = clock.now()
    gone = propose(ruta, email="a@partner.example")
    taken = propose(vaida, email="b@partner.example")
    with pytest.raises(proposals.AlreadyProposed):
        propose(vaida, email="b@partner.example")
    with pytest.raises(people.AddressTaken):
        propose(ruta, email=tomas.person.email)
    people.create_person(by=SETUP, email="b@partner.example", name="B", password=PASSWORD, at=at)
    with pytest.raises(people.AddressTaken):
        proposals.confirm_proposal(by=actor(ruta), proposal=taken, at=clock.now())
    assert RoleProposal.objects.get(pk=taken.pk).state == "OPEN", "a confirmation that failed changed nothing"
    changed = proposals.propose_change(
        by=actor(vaida), membership=tomas.membership, role=role("AUDITOR"), zones=[], at=at
    )
    people.end_membership(by=SETUP, membership=tomas.membership, at=clock.now())
    with pytest.raises(people.MembershipOver):
        proposals.confirm_proposal(by=actor(ruta), proposal=changed, at=clock.now())
    with pytest.raises(people.MembershipOver):
        proposals.propose_change(
            by=actor(vaida),
            membership=Membership.objects.get(person=tomas.person),
            role=role("AUDITOR"),
            zones=[],
            at=at,
        )
    people.end_membership(by=SETUP, membership=ruta.membership, at=clock.now())
    with pytest.raises(proposals.ProposerGone):
        proposals.confirm_proposal(by=actor(vaida), proposal=gone, at=clock.now())
    Person.objects.filter(pk=ruta.person.pk).update(is_active=False)
    with pytest.raises(proposals.ProposerGone):
        proposals.confirm_proposal(by=actor(vaida), proposal=gone, at=clock.now())


# Who hears of it


def bell(hired: Hired) -> list[str]:
    """What waits in somebody's bell."""
    return [
        row.template for row in Notification.objects.filter(person=hired.person, read_at=None).order_by("pk")
    ]


def test_who_may_confirm_hears_of_it_and_the_proposer_of_the_outcome(ruta, vaida, tomas, egle):
    goda = hire("Goda Pavyzdė", "COORDINATOR")
    hire("Buvusi Pavyzdė", "ADMINISTRATOR").membership.delete()
    first = propose(ruta, email="a@partner.example")
    assert (bell(ruta), bell(vaida), bell(goda), bell(tomas), bell(egle)) == ([], [WAITS], [WAITS], [], [])
    assert Notification.objects.filter(link=f"/desk/people/proposals/{first.ref}/").count() == 2
    proposals.confirm_proposal(by=actor(vaida), proposal=first, at=clock.now())
    assert (bell(ruta), bell(vaida), bell(goda)) == (["identity.role_confirmed"], [], []), (
        "nobody is asked about what is decided"
    )
    second, third, fourth = (propose(ruta, email=f"{name}@partner.example") for name in "bcd")
    proposals.refuse_proposal(by=actor(goda), proposal=second, reason="Nežinau, kas tai.", at=clock.now())
    proposals.withdraw_proposal(by=actor(ruta), proposal=third, at=clock.now())
    assert bell(vaida) == bell(goda) == [WAITS]
    proposals.expire_proposals(by=SystemActor("identity"), at=clock.now() + proposals.LASTS)
    assert fourth.ref and bell(vaida) == bell(goda) == []
    assert bell(ruta) == ["identity.role_confirmed", "identity.role_refused", "identity.role_expired"]


def test_whoever_is_meant_is_not_asked_to_confirm(ruta, vaida):
    proposals.propose_membership(
        by=actor(ruta),
        person=vaida.person,
        organisation=make_organisation(),
        role=role("AUDITOR"),
        at=clock.now(),
    )
    assert bell(vaida) == []


def test_a_proposer_learns_whom_to_ask_or_that_there_is_nobody(at_desk, ruta):
    data = {"email": "nauja@partner.example", "organisation": "partner", "role": "ANALYST", "language": "lt"}
    page = at_desk.post("/desk/people/invite/", data, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]
    path = f"/desk/people/proposals/{RoleProposal.objects.get().ref}/"
    assert at_desk.get(path).context["confirmers"] == []
    hire("Vaida Pavyzdė", "ADMINISTRATOR")
    page = at_desk.post("/desk/people/invite/", data | {"email": "kita@partner.example"}, follow=True)
    assert "Vaida Pavyzdė" in str(*page.context["messages"])
    assert "Vaida Pavyzdė" in at_desk.get(path).content.decode()


# The pages


def test_from_the_invitation_form_to_the_second_persons_page(at_desk, ruta, vaida):
    data = {
        "email": "nauja@partner.example",
        "name": "Nauja",
        "organisation": "partner",
        "role": "AUDITOR",
        "language": "lt",
    }
    assert at_desk.post("/desk/people/invite/", data).status_code == 302
    assert at_desk.post("/desk/people/invite/", data).context["form"].errors["role"]
    row = RoleProposal.objects.get()
    path = f"/desk/people/proposals/{row.ref}/"
    assert path in at_desk.get("/desk/people/").content.decode()
    own = at_desk.get(path).content.decode()
    assert 'name="withdraw"' in own and 'name="confirm"' not in own
    assert at_desk.post(path, {"confirm": "1"}).status_code == 403
    second = Client()
    sign_in(second, vaida)
    assert [
        one.counter.code
        for one in home.counters_for(actor(vaida), clock.now())
        if "proposals" in one.counter.code
    ]
    assert path in second.get("/desk/people/proposals/").content.decode()
    page = second.get(path).content.decode()
    assert "Rūta Pavyzdė" in page and 'name="confirm"' in page
    assert second.post(path, {"refuse": "1"}).context["form"].errors["reason"]
    assert second.post(path, {}).status_code == 200
    assert second.post(path, {"confirm": "1"}).headers["Location"] == "/desk/people/proposals/"
    assert Invitation.objects.get().email == "nauja@partner.example"
    assert second.post(path, {"confirm": "1"}).headers["Location"] == path
    assert "Vaida Pavyzdė" in second.get(path).content.decode()


def test_a_refusal_needs_words_and_the_proposer_reads_them(at_desk, ruta, vaida, tomas):
    at_desk.post(f"/desk/people/{tomas.person.pseudonym}/roles/{tomas.membership.pk}/", {"role": "AUDITOR"})
    at_desk.post(
        f"/desk/people/{tomas.person.pseudonym}/roles/",
        {"organisation": "partner", "role": "SECOND_REVIEWER"},
    )
    change, added = RoleProposal.objects.order_by("pk")
    assert (change.replaces, added.replaces) == (tomas.membership, None)
    second = Client()
    sign_in(second, vaida)
    for row in (change, added):
        second.post(f"/desk/people/proposals/{row.ref}/", {"refuse": "1", "reason": "Paklausiu pirmiau."})
    assert "Paklausiu pirmiau." in at_desk.get("/desk/people/").content.decode()
    assert "Paklausiu pirmiau." in at_desk.get("/desk/people/proposals/").content.decode()
    assert tomas.membership.role.code == "ANALYST"


def test_confirming_asks_for_the_second_factor_and_strangers_find_nothing(at_desk, ruta, vaida, egle, tomas):
    from sauga.kernel.identity.desk_access import sudo

    row = propose(vaida)
    path = f"/desk/people/proposals/{row.ref}/"
    for who in (egle, tomas):
        stranger = Client()
        sign_in(stranger, who)
        assert (
            stranger.get(path).status_code == 404 and stranger.post(path, {"confirm": "1"}).status_code == 404
        )
    session = at_desk.session
    session.pop(sudo.KEY, None)
    session.save()
    assert at_desk.post(path, {"confirm": "1"}).headers["Location"].startswith("/desk/sudo/")
    sign_in(at_desk, ruta)
    assert at_desk.post(path, {"withdraw": "1"}).status_code == 403


def test_each_reason_why_a_confirmation_fails_is_said(at_desk, vaida, tomas):
    row = propose(vaida)
    path = f"/desk/people/proposals/{row.ref}/"
    people.end_membership(by=SETUP, membership=vaida.membership, at=clock.now())
    page = at_desk.post(path, {"confirm": "1"}, follow=True)
    assert [str(m) for m in page.context["messages"]]


def test_keys_person_makes_the_first_two_people(ruta):
    """The console may grant alone: without it nobody could be the first."""
    people.start_membership(
        by=SETUP,
        person=hire("Ona Pavyzdė").person,
        organisation=make_organisation(),
        role=role("ADMINISTRATOR"),
        at=clock.now(),
    )
    assert Membership.objects.filter(role__code="ADMINISTRATOR").count() == 2
