"""“My Sauga” of members who act for a partner: what waits, the menu, the suggestion, and their own data."""

import pytest
from django.utils.translation import override
from factories.adaptations import begun, deployed, editor, editor_browser, live, offered, released, school
from factories.members import browser_of, joined

from sauga.kernel.members import home
from sauga.kernel.members.my_data import export, holdings
from sauga.repository.adaptations.actions import adaptations, partners
from sauga.repository.deployments import actions as deployment_actions
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
HOME = "/en/my/"


def titles() -> list[str]:
    """What waits for the editor, in order."""
    with override("lt"):
        return [f"{one.action}: {one.title}" for one in home.waiting_for(editor(), AT)]


def test_what_waits_follows_the_adaptation(centre: Centre):
    assert titles() == []
    base = live(centre, title={"lt": "Pamoka", "en": "Lesson"})
    made = begun(centre, base)
    assert titles() == ["Tęsti: Pamoka"]
    made = adaptations.send_to_review(by=editor(), adaptation=made, at=AT)
    assert titles() == ["Tikrinti ir išleisti: Pamoka"]
    made = adaptations.release_adaptation(by=editor(), adaptation=made, at=AT)
    assert titles() == []
    running, _token = deployed(centre, made)
    manager = centre.actor("PARTNER_MANAGER")
    deployment_actions.suspend_deployment(by=manager, deployment=running, reason="Klausimas", at=AT)
    assert titles() == ["Žiūrėti: Sustabdyta 1 kopija"]
    deployment_actions.resume_deployment(by=manager, deployment=running, at=AT)
    made = offered(centre, made, abstract={"lt": "Kitaip.", "en": "Other."})
    assert titles() == ["Palyginti: Pamoka"]
    shown = editor_browser().get(HOME).content.decode()
    assert f'href="/en/my/adaptations/{made.ref}/update/"' in shown and "1 thing is waiting for you" in shown


def test_an_objection_waits_until_a_new_version_of_it_is_begun(centre: Centre):
    made = released(centre, live(centre, sensitivity="adult_guided"))
    owner = centre.actor("PARTNER_MANAGER")
    adaptations.object_to(by=owner, adaptation=made, words="Ženklas per didelis.", at=AT)
    assert titles() == ["Skaityti: Pamoka apie pokalbius"]
    client = editor_browser()
    page = client.get(f"/en/my/adaptations/{made.ref}/").content.decode()
    assert "Ženklas per didelis." in page and "Make another adaptation of this one" in page
    given = {"kind": made.kind, "language": made.language, "parent": made.ref}
    assert client.post(f"/en/my/adaptations/new/{made.base.ref}/", given).status_code == 302
    assert titles() == ["Tęsti: Pamoka apie pokalbius"]


def test_many_are_one_line_and_a_former_partner_waits_for_nothing(centre: Centre):
    base = live(centre)
    for _number in range(4):
        begun(centre, base)
    assert titles() == ["Tęsti: 4 versijos nebaigtos"]
    partners.end_partnership(by=centre.actor("PARTNER_MANAGER"), partner=school(centre), at=AT)
    assert titles() == []


def test_menu_and_suggestion_are_for_members_of_a_partner(centre: Centre):
    school(centre)
    shown = editor_browser().get(HOME).content.decode()
    assert 'href="/en/my/adaptations/"' in shown and 'href="/en/my/adaptations/choose/"' in shown
    other = browser_of(joined()[1]).get(HOME).content.decode()
    assert "/my/adaptations/" not in other


def test_own_data_names_what_the_member_did_and_says_what_stays(centre: Centre):
    made, who = released(centre), editor()
    held = export.as_values(who, AT)["repository"]
    assert [one["state"] for one in held][-1] == "išleista" and held[0][
        "adaptation"
    ] == "Pamoka apie pokalbius"
    [one] = [one for one in holdings.every() if one.code == "repository"]
    assert len(one.kept(who.member)) == 1
    stranger = joined()[0]
    assert one.export(stranger.member, AT) == [] and not one.kept(stranger.member)
    assert made.steps.filter(by=who.pseudonym).count() == 3
