"""Copies out there: a token each, totals of a day and nothing else, stopped from here, ended.

Seen through the addresses they ask.
"""

from datetime import timedelta

import pytest
from django.test import Client
from factories.adaptations import BODY, SWEEP, begun, deployed, editor, live, released, school

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.models import Membership
from sauga.kernel.organisations.actions.organisations import StillInUse, close_organisation
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations.actions import adaptations, partners
from sauga.repository.adaptations.actions import adaptations as adaptation_actions
from sauga.repository.adaptations.models import Partner
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.models import Deployment
from sauga.repository.resources.actions import publication
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
COPIES = deployment_actions.__name__


def status(token: str) -> tuple[int, dict]:
    """What a copy hears."""
    answer = Client().get(f"/copy/{token}/status.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    return answer.status_code, answer.json()


def test_a_token_is_shown_once_and_only_its_digest_is_kept(centre: Centre):
    row, token = deployed(centre)
    assert row.state == "active"
    assert bytes(row.token) == deployment_actions.digest_of(token)
    assert token == deployment_actions.token_of(row)
    assert status(token) == (200, {"state": "active", "version": "1.0", "hide": []})
    new = deployment_actions.renew_token(by=editor(), deployment=row, at=AT)
    assert new != token
    assert status(token)[0] == 404
    assert status(new)[0] == 200


def test_only_a_released_version_of_the_own_house_under_accepted_terms(centre: Centre):
    made, by = begun(centre, live(centre)), editor()
    with pytest.raises(deployment_actions.NotReleased):
        deployment_actions.request_deployment(by=by, adaptation=made, channel="page", at=AT)
    made = adaptations.release_adaptation(
        by=by, adaptation=adaptations.send_to_review(by=by, adaptation=made, at=AT), at=AT
    )
    with pytest.raises(deployment_actions.ChannelUnknown):
        deployment_actions.request_deployment(by=by, adaptation=made, channel="cmi5", at=AT)
    with pytest.raises(PermissionRefused):
        deployment_actions.request_deployment(
            by=centre.actor("EDITOR"), adaptation=made, channel="page", at=AT
        )
    Partner.objects.update(terms_accepted_at=None)
    made.refresh_from_db()
    row = deployment_actions.request_deployment(by=by, adaptation=made, channel="page", at=AT)
    with pytest.raises(partners.TermsOpen):
        deployment_actions.start_deployment(by=by, deployment=row, at=AT)
    assert (row.state, row.token) == ("requested", None)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://Www.Mokykla.example/kelias?x", "https://www.mokykla.example"),
        ("mokykla.example", "https://mokykla.example"),
        ("https://mokykla.example:8443", "https://mokykla.example:8443"),
        ("https://šaltinis.example", "https://xn--altinis-f8a.example"),
        ("http://mokykla.example", None),
        ("https://*.example", None),
        ("https://a b.example", None),
        ("https://x@mokykla.example", None),
        ("javascript:alert", None),
        ("https://mokykla", None),
        ("https://mokykla.example; script-src *", None),
    ],
)
def test_what_counts_as_a_site(written: str, kept: str | None):
    if kept is None:
        with pytest.raises(deployment_actions.OriginRefused):
            deployment_actions.clean_origins([written])
    else:
        assert deployment_actions.clean_origins(["", written, written])[0].startswith(
            kept.partition("xn--")[0]
        )
        assert len(deployment_actions.clean_origins([written, written])) == 1


def test_the_frame_is_open_for_its_sites_and_for_no_other(centre: Centre):
    site = "https://www.mokykla.example"
    with pytest.raises(deployment_actions.OriginRefused):
        deployed(centre, released(centre), channel="page_widget")
    row, token = deployed(centre, released(centre), channel="page_widget", origins=[site])
    answer = Client().get(f"/embed/{token}/", headers={"referer": f"{site}/puslapis"})
    assert answer.status_code == 200
    assert f"frame-ancestors {site}" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers  # it has no value for “these sites”
    assert not answer.cookies
    assert "Klasė sutaria" in answer.content.decode()
    for stranger in (
        "https://kitas.example/",
        "https://www.mokykla.example.kitas.example/",
        "http://www.mokykla.example/",
    ):
        assert Client().get(f"/embed/{token}/", headers={"referer": stranger}).status_code == 403
    other, _token = deployed(centre, row.adaptation, channel="page")
    page = Client().get(f"/lt/pritaikyta/{other.ref}/")
    assert (
        "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        and page.headers["X-Frame-Options"] == "DENY"
    )
    assert row.days.get(kind="shown").n == 1


def test_the_page_at_our_address_counts_totals_and_sets_nothing(centre: Centre):
    row, _token = deployed(centre)
    for _again in range(3):
        answer = Client().get(f"/en/adapted/{row.ref}/")
        assert (answer.status_code, bool(answer.cookies)) == (200, False)
    assert [(day.kind, day.n) for day in row.days.all()] == [("shown", 3)]
    assert "What we learn" in answer.content.decode()
    assert "Ko išmoksime" in Client().get(f"/en/adapted/{row.ref}/?language=lt").content.decode()
    assert Client().get("/lt/pritaikyta/0000-0000/").status_code == 404


def test_a_withdrawal_is_heard_at_the_next_question(centre: Centre):
    row, token = deployed(centre)
    widget, other = deployed(
        centre, row.adaptation, channel="page_widget", origins=["https://mokykla.example"]
    )
    publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"),
        resource=row.adaptation.base,
        reason={"lt": "Rasta klaida."},
        at=clock.now(),
    )
    for one in (token, other):
        code, answer = status(one)
        assert (code, answer["state"]) == (410, "stopped")
        assert "Rasta klaida." in answer["words"]
    page = Client().get(f"/lt/pritaikyta/{row.ref}/")
    assert page.status_code == 410
    assert "116\xa0111" in page.content.decode()
    assert "Klasė sutaria" not in page.content.decode()
    assert Client().get(f"/embed/{other}/").status_code == 410
    assert widget.state == "active"  # as it was read before


def test_a_part_that_is_withdrawn_leaves_every_copy_of_the_kit(centre: Centre):
    words = {
        language: [{"kind": "paragraph", "text": text}]
        for language, text in (("lt", "Pirmos dalies žodžiai"), ("en", "First"))
    }
    first = live(centre, title={"lt": "Pirma", "en": "First"}, body=words)
    second = live(centre, title={"lt": "Antra", "en": "Second"})
    kit = live(centre, title={"lt": "Rinkinys", "en": "Kit"}, type="toolkit", parts=[first, second])
    row, token = deployed(centre, released(centre, kit, kind="slot_fill"))
    publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"), resource=first, reason={"lt": "Klaida."}, at=clock.now()
    )
    assert status(token) == (200, {"state": "active", "version": "1.0", "hide": [first.ref]})
    page = Client().get(f"/lt/pritaikyta/{row.ref}/").content.decode()
    assert "Pirmos dalies" not in page
    assert "Antra" in page


def test_pinned_copies_stay_with_their_release_and_others_follow(centre: Centre):
    from factories.adaptations import offered

    from sauga.repository.adaptations.actions import upstream_updates

    pinned, _one = deployed(centre, update_policy="pinned")
    made = pinned.adaptation
    following, _two = deployed(centre, made)
    body = {language: [dict(block) for block in blocks] for language, blocks in BODY.items()}
    body["lt"][1]["text"] = "Visai nauji žodžiai apie taisykles."
    made = offered(centre, made, body=body)
    upstream_updates.merge_adaptation(by=editor(), adaptation=made, choices={}, at=AT + timedelta(days=1))
    assert "Visai nauji" not in Client().get(f"/lt/pritaikyta/{pinned.ref}/").content.decode()
    assert "Visai nauji" in Client().get(f"/lt/pritaikyta/{following.ref}/").content.decode()


def test_a_silent_copy_is_marked_and_heard_of_again(centre: Centre):
    row, token = deployed(centre)
    paper, _none = deployed(centre, row.adaptation, channel="print_order")
    late = AT + timedelta(days=31)
    assert deployment_actions.mark_stale(by=SWEEP, at=AT + timedelta(days=29)) == 0
    assert deployment_actions.mark_stale(by=SWEEP, at=late) == 1
    row.refresh_from_db()
    paper.refresh_from_db()
    assert (row.state, paper.state) == ("stale", "active")
    assert status(token)[0] == 200
    row.refresh_from_db()
    assert row.state == "active"


def test_stopped_and_ended_with_a_reason(centre: Centre):
    row, token = deployed(centre)
    owner, by = centre.actor("PARTNER_MANAGER"), editor()
    with pytest.raises(PermissionRefused):
        deployment_actions.suspend_deployment(by=by, deployment=row, reason="x", at=AT)
    with pytest.raises(TextMissing):
        deployment_actions.suspend_deployment(by=owner, deployment=row, reason=" ", at=AT)
    row = deployment_actions.suspend_deployment(
        by=owner, deployment=row, reason="Klausimas dėl ženklo.", at=AT
    )
    assert status(token)[0] == 410
    row = deployment_actions.resume_deployment(by=owner, deployment=row, at=AT)
    assert status(token)[0] == 200
    assert (
        deployment_actions.end_deployment(by=by, deployment=row, reason="Baigėsi mokslo metai.", at=AT).state
        == "ended"
    )
    assert status(token)[0] == 410


def test_a_version_taken_out_of_use_takes_its_copies_with_it(centre: Centre):
    row, _token = deployed(centre)
    adaptation = adaptation_actions.retire_adaptation(
        by=editor(), adaptation=row.adaptation, reason="Pasenusi.", at=AT
    )
    assert adaptation.state == "retired"
    assert Deployment.objects.get(pk=row.pk).state == "ended"
    assert school(centre).deployments.count() == 1


def test_a_partner_whose_adaptations_are_in_use_is_not_closed_in_the_register(centre: Centre):
    row, _token = deployed(centre)
    place, later = row.organisation.registered_as, AT + timedelta(hours=1)
    Membership.objects.filter(organisation=place).update(valid_to=later)
    with pytest.raises(StillInUse):
        close_organisation(by=SystemActor("setup"), organisation=place, at=later)
    deployment_actions.end_deployment(by=centre.actor("PARTNER_MANAGER"), deployment=row, reason="x", at=AT)
    assert close_organisation(by=SystemActor("setup"), organisation=place, at=later).valid_to == later
