"""Invitations and resets: single-use links, our own host in the mail, and a reset that opens
nothing by itself.
"""

import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from factories.people import PASSWORD, SETUP, Hired, fill_in_sign_in, hire, make_organisation
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import clock, sealed
from sauga.kernel.identity import tasks
from sauga.kernel.identity.actions import invitations
from sauga.kernel.identity.letters import mail
from sauga.kernel.identity.letters.links import link_of
from sauga.kernel.identity.models import Invitation, Membership, Person, Role
from sauga.kernel.identity.signin.mfa import totp_code
from sauga.kernel.permissions import PermissionRefused
from sauga.world.mailbox import messages

pytestmark = pytest.mark.django_db
NEW = "rudos lapės bėga namo"


@pytest.fixture
def invitation(ruta):
    return invitations.invite_person(
        by=SETUP, email="Nauja@partner.example", name="Nauja Pavyzdė", organisation=make_organisation(),
        role=Role.objects.get(code="AUDITOR"), zones=["hotline"], at=clock.now(),
    )  # fmt: skip


def path_of(invitation: Invitation) -> str:
    return link_of(invitation).removeprefix("http://localhost:8000")


def accept(client: Client, invitation: Invitation, **changes: str):
    page = client.get(path_of(invitation))
    secret = page.context["secret"]
    data = {"name": "Nauja Pavyzdė", "new_password": NEW, "code": totp_code(secret, time.time())}
    return secret, client.post(path_of(invitation), data | changes)


def test_an_invited_person_joins_and_signs_in(client, invitation):
    secret, done = accept(client, invitation)
    assert done.context["recovery_code"] in done.content.decode()
    person = Person.objects.get(email="nauja@partner.example")
    membership = Membership.objects.get(person=person)
    assert (membership.role.code, membership.zones) == ("AUDITOR", ["hotline"])
    sealed.recover(person.pk, done.context["recovery_code"], NEW)
    newcomer = Hired(person, secret, "", NEW)
    assert fill_in_sign_in(client, newcomer).headers["Location"] == "/desk/"


def test_the_link_works_once_and_the_code_is_not_shown_again(client, invitation):
    _, done = accept(client, invitation)
    again = client.get(path_of(invitation))
    assert again.status_code == 410
    assert done.context["recovery_code"] not in again.content.decode()
    assert client.post(path_of(invitation), {}).status_code == 410


def test_a_wrong_code_or_weak_password_uses_nothing_up(client, invitation):
    assert accept(client, invitation, code="000000")[1].status_code == 200
    assert accept(client, invitation, new_password="short")[1].status_code == 200
    assert accept(client, invitation, new_password="naujapavyzde")[1].context["form"].errors
    assert not Person.objects.filter(email="nauja@partner.example").exists()
    assert accept(client, invitation)[1].status_code == 200


@pytest.mark.parametrize("spoil", ["late", "withdrawn", "changed", "other purpose", "unknown"])
def test_a_link_that_does_not_count_says_the_same(client, invitation, spoil, monkeypatch):
    path = path_of(invitation)
    if spoil == "late":
        late = clock.now() + timedelta(days=8)
        monkeypatch.setattr(clock, "now", lambda: late)
    elif spoil == "withdrawn":
        invitations.withdraw_invitation(by=SETUP, invitation=invitation, at=clock.now())
    elif spoil == "changed":
        path = path.replace(invitation.ref, "AAAA-BBBB-CCCC-DDDD")
    elif spoil == "other purpose":
        path = path.replace("/invite/", "/reset/")
    else:
        path = reverse("identity-join", args=["nothing"])
    assert client.get(path).status_code == 410


def test_a_second_invitation_withdraws_the_first(client, invitation):
    again = invitations.invite_person(
        by=SETUP,
        email="nauja@partner.example",
        name="",
        organisation=make_organisation(),
        role=Role.objects.get(code="AUDITOR"),
        at=clock.now(),
    )
    assert client.get(path_of(invitation)).status_code == 410
    assert client.get(path_of(again)).status_code == 200


def test_withdrawing_twice_is_told(invitation):
    invitations.withdraw_invitation(by=SETUP, invitation=invitation, at=clock.now())
    with pytest.raises(invitations.LinkOver):
        invitations.withdraw_invitation(by=SETUP, invitation=invitation, at=clock.now())


def test_someone_who_is_here_is_not_invited(ruta):
    with pytest.raises(invitations.AddressTaken):
        invitations.invite_person(
            by=SETUP,
            email=ruta.person.email,
            name="",
            organisation=make_organisation(),
            role=Role.objects.get(code="AUDITOR"),
            at=clock.now(),
        )


def test_an_address_taken_meanwhile_ends_in_the_same_page(client, invitation):
    page = client.get(path_of(invitation))
    hire("Nauja Kita")
    Person.objects.filter(name="Nauja Kita").update(email="nauja@partner.example")
    data = {"name": "N", "new_password": NEW, "code": totp_code(page.context["secret"], time.time())}
    assert client.post(path_of(invitation), data).status_code == 410


def test_the_job_waits_for_the_transaction_and_names_only_an_id(invitation):
    job = ProcrastinateJob.objects.get(task_name="identity.send_link")
    assert job.args == {"invitation_id": invitation.pk}


def test_the_letter_is_written_in_the_readers_language_with_our_host(invitation):
    client = Client(headers={"host": "localhost"}, HTTP_X_FORWARDED_HOST="evil.example")
    client.get("/desk/signin/")
    letter = mail.compose(invitation, clock.now())
    text = letter.get_content()
    assert f"http://localhost:8000/desk/invite/{invitation.ref}:" in text
    assert letter["To"] == "nauja@partner.example" and letter["Auto-Submitted"] == "auto-generated"
    assert "evil" not in text


def test_the_letter_is_handed_over_and_not_for_a_used_link(invitation, world):
    tasks.send_link(invitation.pk)
    assert len(messages(world.mail, recipient="nauja@partner.example")) == 1
    invitations.withdraw_invitation(by=SETUP, invitation=invitation, at=clock.now())
    tasks.send_link(invitation.pk)
    tasks.send_link(-1)
    assert len(messages(world.mail, recipient="nauja@partner.example")) == 1


def test_a_reset_without_the_code_opens_the_desk_and_nothing_sealed(client, tomas):
    link = invitations.send_reset(by=SETUP, person=tomas.person, at=clock.now())
    client.get(path_of(link))
    done = client.post(path_of(link), {"new_password": NEW})
    assert done.context["vault_opens"] is False
    renewed = Hired(tomas.person, tomas.secret, tomas.recovery_code, NEW)
    assert fill_in_sign_in(client, renewed).status_code == 302
    assert 'class="zone-state shut"' in client.get("/desk/").content.decode()
    assert client.post("/desk/vault/unlock/", {"password": NEW}).context["form"].errors
    assert (
        client.post("/desk/vault/recover/", {"recovery_code": "AAAA", "password": NEW}).context["form"].errors
    )
    assert (
        client.post("/desk/vault/recover/", {"recovery_code": tomas.recovery_code, "password": PASSWORD})
        .context["form"]
        .errors
    )
    assert (
        client.post(
            "/desk/vault/recover/", {"recovery_code": tomas.recovery_code, "password": NEW}
        ).status_code
        == 302
    )
    assert 'class="zone-state open"' in client.get("/desk/").content.decode()


def test_a_reset_with_the_code_keeps_the_vault_and_ends_sessions(client, tomas):
    fill_in_sign_in(client, tomas)
    link = invitations.send_reset(by=SETUP, person=tomas.person, at=clock.now())
    other = Client()
    wrong = other.post(
        path_of(link), {"new_password": NEW, "recovery_code": "ABCD-ABCD-ABCD-ABCD-ABCD-ABCD-ABCD"}
    )
    assert wrong.context["form"].errors["recovery_code"]
    tomas.person.refresh_from_db()
    assert tomas.person.check_password(PASSWORD)
    done = other.post(path_of(link), {"new_password": NEW, "recovery_code": tomas.recovery_code.lower()})
    assert done.context["vault_opens"] is True
    assert client.get("/desk/").status_code == 302
    assert sealed.unlock_with_password(tomas.person.pk, NEW)


def test_a_weak_new_password_leaves_the_link_good(client, tomas):
    link = invitations.send_reset(by=SETUP, person=tomas.person, at=clock.now())
    assert client.post(path_of(link), {"new_password": "password1234"}).context["form"].errors
    with pytest.raises(ValidationError):
        invitations.reset_password(link=link, password="short", at=clock.now())
    assert client.get(path_of(link)).status_code == 200


def test_nobody_resets_or_invites_without_the_right(tomas, egle, ruta):
    from sauga.kernel.identity.actors import person_actor

    at = clock.now()
    for who in (tomas, egle):
        with pytest.raises(PermissionRefused):
            invitations.send_reset(by=person_actor(who.person, at), person=ruta.person, at=at)
        with pytest.raises(PermissionRefused):
            invitations.invite_person(
                by=person_actor(who.person, at), email="x@partner.example", name="",
                organisation=make_organisation(),
                role=Role.objects.get(code="AUDITOR"), at=at,
            )  # fmt: skip


def test_a_letter_that_nobody_takes_is_tried_again(invitation, settings):
    from dataclasses import replace

    settings.ENV = replace(settings.ENV, smtp_url="smtp://127.0.0.1:1")
    with pytest.raises(mail.NotHanded):
        tasks.send_link(invitation.pk)


def test_the_letter_for_a_new_password_is_in_english_for_an_english_reader(tomas):
    Person.objects.filter(pk=tomas.person.pk).update(language="en")
    tomas.person.refresh_from_db()
    letter = mail.compose(invitations.send_reset(by=SETUP, person=tomas.person, at=clock.now()), clock.now())
    assert letter["Subject"] == "A new password for the Sauga desk"
    assert "/desk/reset/" in letter.get_content()


def test_a_link_used_in_another_tab_meanwhile_ends_in_the_same_page(client, tomas, invitation):
    link = invitations.send_reset(by=SETUP, person=tomas.person, at=clock.now())
    stale = Invitation.objects.get(pk=link.pk)
    client.post(path_of(link), {"new_password": NEW})
    with pytest.raises(invitations.LinkOver):
        invitations.reset_password(link=stale, password=NEW, at=clock.now())
    with pytest.raises(invitations.LinkOver):
        invitations.reset_password(link=invitation, password=NEW, at=clock.now())
