"""Who does a partner's work: members who act for its organisation now, nobody else. Every act × every kind of
person by direct call of the action, every page by direct request.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from factories.adaptations import (
    PNG,
    begun,
    deployed,
    editor,
    editor_browser,
    elsewhere,
    live,
    offered,
    released,
    school,
)
from factories.members import SETUP, acts_for, browser_of, joined

from sauga.kernel import clock, members
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members.actions import representations
from sauga.kernel.members.models import Representation
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations.actions import adaptations, edits, partners, upstream_updates
from sauga.repository.adaptations.actions.partners import PartnershipEnded
from sauga.repository.adaptations.models import Adaptation, Partner
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.models import Deployment
from tests.centre import AT, AWARENESS_ROLES, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
PAGES = ("adaptation", "deploy", "update", "own-logo")
POSTS = ("places", "logo", "order-parts", "own-part", "step", "pin", "deploy", "update")


def acts(made: Adaptation, running: Deployment) -> dict[str, Callable]:
    """Every act of a partner, as (by) -> whatever it returns."""
    base, partner = made.base, made.organisation
    on = {"adaptation": made, "at": AT}
    of = {"deployment": running, "at": AT}
    return {
        "begin": lambda by: adaptations.begin_adaptation(
            by=by, partner=partner, base=base, kind="slot_fill", language="lt", at=AT
        ),
        "fill": lambda by: edits.fill_slots(by=by, values={}, **on),
        "write": lambda by: edits.write_section(
            by=by, section=base.ref, language="lt", title="x", body=[], **on
        ),
        "restore": lambda by: edits.restore_section(by=by, section=base.ref, language="lt", **on),
        "order": lambda by: edits.set_order(by=by, order=[], **on),
        "add part": lambda by: edits.add_part(by=by, title="x", body=[], licence="CC-BY-4.0", **on),
        "remove part": lambda by: edits.remove_part(by=by, part=made, **on),
        "set logo": lambda by: edits.set_logo(by=by, name="a.png", content=PNG, alt="", **on),
        "remove logo": lambda by: edits.remove_logo(by=by, **on),
        "send to review": lambda by: adaptations.send_to_review(by=by, **on),
        "back": lambda by: adaptations.back_to_editing(by=by, comment="x", **on),
        "release": lambda by: adaptations.release_adaptation(by=by, **on),
        "merge": lambda by: upstream_updates.merge_adaptation(by=by, choices={}, **on),
        "pin": lambda by: upstream_updates.pin_adaptation(by=by, reason="x", until=date(2027, 1, 1), **on),
        "accept terms": lambda by: partners.accept_terms(by=by, partner=partner, at=AT),
        "request": lambda by: deployment_actions.request_deployment(by=by, channel="page", **on),
        "start": lambda by: deployment_actions.start_deployment(by=by, **of),
        "renew": lambda by: deployment_actions.renew_token(by=by, **of),
        "origins": lambda by: deployment_actions.set_origins(by=by, origins=[], **of),
        "retire": lambda by: adaptations.retire_adaptation(by=by, reason="x", **on),
        "end": lambda by: deployment_actions.end_deployment(by=by, reason="x", **of),
    }


OWNERS_TOO = {"retire", "end"}
"""Acts that the centre may do as well: whoever keeps deployments."""


def strangers(partner: Partner) -> dict[str, tuple]:
    """Members who do not act for the partner, each as (actor, secret of the session)."""
    place = partner.registered_as
    nobody = joined("niekas@mokykla.example", "Niekas Pavyzdys")
    other = joined("kita@mokykla.example", "Kita Pavyzdė")
    acts_for(other[0], elsewhere())
    asked = joined("prase@mokykla.example", "Prašė Pavyzdys")
    _asks(asked[0], place)
    refused = joined("ne@mokykla.example", "Neina Pavyzdė")
    representations.refuse_representation(
        by=SETUP, representation=_asks(refused[0], place), reason="NOT_KNOWN", at=clock.now()
    )
    withdrawn = joined("atsieme@mokykla.example", "Atsiėmė Pavyzdys")
    representations.withdraw_request(
        by=withdrawn[0], representation=_asks(withdrawn[0], place), at=clock.now()
    )
    left = joined("buves@mokykla.example", "Buvęs Pavyzdys")
    representations.end_representation(by=left[0], representation=acts_for(left[0], place), at=clock.now())
    return {
        "no organisation": nobody,
        "another organisation": other,
        "unconfirmed": asked,
        "refused": refused,
        "withdrawn": withdrawn,
        "ended": left,
    }


def _asks(who, place) -> Representation:
    return representations.ask_to_represent(
        by=who, organisation=place, asked_name="", purpose="x", wants_partner=True, at=clock.now()
    )


def test_every_act_of_a_partner_is_refused_to_everybody_else(centre: Centre):
    made = released(centre)
    running, _token = deployed(centre, made)
    others = {name: who for name, (who, _secret) in strangers(made.organisation).items()}
    others |= {role: centre.actor(role) for role in AWARENESS_ROLES}
    others |= {name: SystemActor(name) for name in ("visitor", "demo", "setup", "repository", "members")}
    before = Adaptation.objects.count(), Deployment.objects.count(), made.changed_at
    for what, act in acts(made, running).items():
        for name, by in others.items():
            if what in OWNERS_TOO and name == "PARTNER_MANAGER":
                continue
            with pytest.raises(PermissionRefused):
                act(by)
                pytest.fail(f"{name} may {what}")
    made.refresh_from_db()
    assert (Adaptation.objects.count(), Deployment.objects.count(), made.changed_at) == before


def test_a_colleague_who_was_confirmed_works_for_the_partner_and_is_named_by_pseudonym(centre: Centre):
    made = begun(centre, live(centre))
    who, _secret = joined("kolege@mokykla.example", "Kolegė Pavyzdė")
    acts_for(who, made.organisation.registered_as)
    made = adaptations.send_to_review(by=who, adaptation=made, at=AT)
    assert made.steps.order_by("-pk").first().by == who.pseudonym
    assert not centre.actor("PARTNER_MANAGER").can("repository.adapt")


def test_after_the_end_of_a_partnership_its_editors_read_and_change_nothing(centre: Centre):
    made = released(centre)
    running, _token = deployed(centre, made)
    manager = centre.actor("PARTNER_MANAGER")
    deployment_actions.end_deployment(by=manager, deployment=running, reason="Pabaiga", at=AT)
    partners.end_partnership(by=manager, partner=made.organisation, at=AT)
    made = Adaptation.objects.get(pk=made.pk)
    running = Deployment.objects.get(pk=running.pk)
    for what, act in acts(made, running).items():
        with pytest.raises(PartnershipEnded):
            act(editor())
            pytest.fail(what)
    client = editor_browser()
    page = client.get(reverse("repository-adaptation", args=[made.ref])).content.decode()
    assert "Partnerystė baigėsi" in page and "data-main" not in page
    assert reverse("repository-deploy", args=[made.ref]) not in page
    assert client.get(reverse("repository-begin", args=[made.base.ref])).status_code == 404
    answer = client.post(reverse("repository-step", args=[made.ref]), {"do": "retire", "why": "x"})
    assert answer.status_code == 422


def test_the_pages_of_a_partner_do_not_exist_for_other_members(centre: Centre):
    made = offered(centre, released(centre), abstract={"lt": "Kitaip.", "en": "Other."})
    running, _token = deployed(centre, made, channel="offline_zip")
    own = [
        *(reverse(f"repository-{page}", args=[made.ref]) for page in PAGES if page != "own-logo"),
        reverse("repository-preview", args=[made.ref, "lt"]),
        reverse("repository-section", args=[made.ref, made.base.ref, "lt"]),
        reverse("repository-deployment", args=[running.ref]),
        reverse("repository-take", args=[running.ref, "lt"]),
        reverse("repository-begin", args=[made.base.ref]),
    ]
    posts = [
        *(reverse(f"repository-{page}", args=[made.ref]) for page in POSTS),
        reverse("repository-deployment-change", args=[running.ref]),
        reverse("repository-section", args=[made.ref, made.base.ref, "lt"]),
        reverse("repository-begin", args=[made.base.ref]),
    ]
    client = editor_browser()
    assert {address: client.get(address).status_code for address in own} == dict.fromkeys(own, 200)
    for name, (_who, secret) in strangers(made.organisation).items():
        client = browser_of(secret)
        assert {one: client.get(one).status_code for one in own} == dict.fromkeys(own, 404), name
        assert {one: client.post(one).status_code for one in posts} == dict.fromkeys(posts, 404), name
    for client in (Client(), sign_in(centre, "PARTNER_MANAGER")):
        for address in own:
            answer = client.get(address)
            assert (answer.status_code, "/lt/mano/prisijungti/" in answer.headers["Location"]) == (302, True)
        for address in posts:
            assert client.post(address).status_code == 302
    assert Deployment.objects.count() == 1 and Adaptation.objects.count() == 1


def test_whoever_acts_for_two_partners_says_for_which_and_sees_both(centre: Centre):
    first = school(centre)
    second = Partner.objects.create(registered_as=elsewhere(), joined_at=AT)
    base, who = live(centre), editor()
    address = reverse("repository-begin", args=[base.ref])
    client = editor_browser()
    assert 'name="partner"' not in client.get(address).content.decode()
    acts_for(who, second.registered_as)
    assert "Kita mokykla" in client.get(address).content.decode()
    given = {"kind": "slot_fill", "language": "lt"}
    assert client.post(address, given).status_code == 404  # for none of the two
    assert client.post(address, {**given, "partner": "0000-0000"}).status_code == 404
    assert client.post(address, {**given, "partner": second.ref}).status_code == 302
    assert client.post(address, {**given, "partner": first.ref}).status_code == 302
    assert sorted(Adaptation.objects.values_list("organisation", flat=True)) == [first.pk, second.pk]
    page = client.get(reverse("repository-own")).content.decode()
    assert "Kita mokykla ·" in page and "Pavyzdžio mokykla ·" in page
    made = Adaptation.objects.get(organisation=second)
    again = client.post(address, {**given, "parent": made.ref})
    assert again.status_code == 302 and Adaptation.objects.filter(organisation=second).count() == 2


def test_the_work_ends_with_the_relation(centre: Centre):
    partner, who = school(centre), editor()
    assert members.acts_for(who, partner.registered_as_id)
    row = Representation.objects.get(member=who.member)
    representations.end_representation(by=who, representation=row, at=clock.now() + timedelta(minutes=1))
    assert not members.acts_for(who, partner.registered_as_id)
    assert not members.acts_for(centre.actor("PARTNER_MANAGER"), partner.registered_as_id)
