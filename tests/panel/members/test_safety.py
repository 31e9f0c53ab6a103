"""Something is wrong: it reaches a person at once, is answered in time, and the second adult sees everything
that an adult does; records for an inquiry take two people."""

import json
from datetime import timedelta

import pytest
from factories import panel

from sauga.helpline.line.actions.hours import load_hours
from sauga.kernel import clock
from sauga.kernel.identity import queries as people
from sauga.kernel.notifications.models import Alert, Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import ReasonMissing, TextMissing
from sauga.kernel.states import MoveNotAllowed
from sauga.panel.effects import hooks
from sauga.panel.members.actions import adult_acts, exports, membership, safeguarding
from sauga.panel.members.models import AdultAct, Export, Flag, Member
from sauga.panel.members.queries import adults, flags, protection
from sauga.panel.members.rules.labels import ACTS
from sauga.panel.states import ExportState, FlagState
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.line import local

NOW = clock.now()
DESK = "/desk/panel/"
WORDS = "Prašė niekam nesakyti."


@pytest.fixture
def row(centre: Centre) -> Member:
    return panel.member(centre, "Kopa")


def pressed(row: Member, *, about_adult: bool = False) -> Flag:
    return safeguarding.say_wrong(
        by=panel.account(row), words=WORDS, about_adult=about_adult, where="button", at=NOW
    )


def test_the_button_is_on_every_page_and_reaches_a_person_at_once(centre: Centre, row: Member):
    browser = panel.browser(row)
    for page in ("", "as/", "as/duomenys/", "pranesti/"):
        shown = browser.get(f"/lt/jaunimas/{page}").text.replace("\xa0", " ")
        assert (page, "Kažkas ne taip" in shown, "tel:116111" in shown) == (page, True, True)
    sent = browser.post("/lt/jaunimas/pranesti/", {"words": WORDS})
    flag = Flag.objects.get()
    assert sent.url == f"/lt/jaunimas/pranesti/{flag.ref}/?done=told"
    assert flag.due_at > flag.raised_at
    alert = Alert.objects.get()
    called = {person.pk for person in people.holders_of("PANEL_FACILITATOR", "panel", NOW)}
    assert set(alert.calls.values_list("person_id", flat=True)) == called and len(called) == 2
    assert "tel:116111" in browser.get(sent.url).text


def test_while_the_helpline_is_closed_nobody_is_sent_to_its_number(
    centre: Centre, row: Member, monkeypatch: pytest.MonkeyPatch
):
    """At night the pages of "Something is wrong" begin with who answers now; by day with 116 111."""
    load_hours(NOW)
    night = local("2026-11-25 03:00")
    flag = pressed(row)
    browser = panel.browser(row)
    monkeypatch.setattr(clock, "now", lambda: night)
    for page in ("pranesti/", f"pranesti/{flag.ref}/", "as/"):
        inside = browser.get(f"/lt/jaunimas/{page}").text.split("<main", 1)[1].split("</main>", 1)[0]
        assert "tel:116111" not in inside and "dabar – 116" not in inside.replace("\xa0", " "), page
        if page.startswith("pranesti"):
            assert inside.index("tel:112") < inside.index("<form")


def test_without_a_word_it_is_sent_as_well(row: Member):
    assert panel.browser(row).post("/lt/jaunimas/pranesti/", {}).status_code == 302
    assert Flag.objects.get().words == b"" or not bytes(Flag.objects.get().words)


def test_the_words_are_sealed_and_each_opening_is_recorded(centre: Centre, row: Member):
    flag = pressed(row)
    assert WORDS.encode() not in bytes(flag.words)
    one = centre.actor("PANEL_FACILITATOR")
    assert safeguarding.open_words(by=one, flag=flag, at=NOW) == WORDS
    assert AdultAct.objects.filter(what="OPENED_FLAG", member=row, adult_name=one.pseudonym).count() == 1
    locked = centre.actor("PANEL_FACILITATOR", unlocked=False)
    from sauga.kernel.sealed import VaultLocked

    with pytest.raises(VaultLocked):
        safeguarding.open_words(by=locked, flag=flag, at=NOW)


def test_one_takes_it_answers_it_and_the_member_reads_the_answer(centre: Centre, row: Member):
    flag, one, other = pressed(row), centre.actor("PANEL_FACILITATOR"), centre.actor("PANEL_FACILITATOR_2")
    safeguarding.take(by=one, flag=flag, at=NOW)
    assert not Alert.objects.unanswered().exists()
    with pytest.raises(MoveNotAllowed):
        safeguarding.take(by=other, flag=flag, at=NOW)
    with pytest.raises(safeguarding.FlagNotYours):
        safeguarding.answer(by=other, flag=flag, outcome="TALKED", text="Labas", at=NOW)
    with pytest.raises(ReasonMissing):
        safeguarding.answer(by=one, flag=flag, outcome="SOMETHING", text="Labas", at=NOW)
    with pytest.raises(safeguarding.HelplineNotWanted):
        safeguarding.answer(by=one, flag=flag, outcome="HELPLINE", text="Labas", at=NOW)
    with pytest.raises(TextMissing):
        safeguarding.answer(by=one, flag=flag, outcome="TALKED", text=" ", at=NOW)
    safeguarding.answer(by=one, flag=flag, outcome="TALKED", text="Ačiū, kad parašei.", at=NOW)
    browser = panel.browser(row)
    assert "Tau atsakė" in browser.get("/lt/jaunimas/").text
    assert "Ačiū, kad parašei." in browser.get(f"/lt/jaunimas/pranesti/{flag.ref}/").text
    assert "Tau atsakė" not in browser.get("/lt/jaunimas/").text
    assert protection.answer_of(Flag.objects.get()) and "Ačiū" not in str(bytes(Flag.objects.get().answer))


def test_given_back_it_calls_the_others_again(centre: Centre, row: Member):
    flag, one = pressed(row), centre.actor("PANEL_FACILITATOR")
    safeguarding.take(by=one, flag=flag, at=NOW)
    safeguarding.give_back(by=one, flag=flag, at=NOW)
    assert Flag.objects.get().state == FlagState.OPEN and Alert.objects.unanswered().count() == 1


def test_what_is_about_an_adult_is_seen_by_the_safeguarding_lead_alone(centre: Centre, row: Member):
    flag = pressed(row, about_adult=True)
    assert not Alert.objects.exists()
    told = Notification.objects.filter(template=safeguarding.ADULT_ALERT)
    assert [one.person for one in told] == [centre.people["PANEL_SAFEGUARDING_LEAD"]]
    facilitator, lead = sign_in(centre, "PANEL_FACILITATOR"), sign_in(centre, "PANEL_SAFEGUARDING_LEAD")
    pages = [f"{DESK}flags/{flag.ref}/"]
    assert [facilitator.get(page).status_code for page in pages] == [404]
    assert [lead.get(page).status_code for page in pages] == [200]
    assert flags.count_open(centre.actor("PANEL_FACILITATOR"), NOW) == 0
    from django.http import Http404

    for act in (safeguarding.take, safeguarding.open_words):
        with pytest.raises(Http404):
            act(by=centre.actor("PANEL_FACILITATOR"), flag=flag, at=NOW)


def test_the_log_of_adults_does_not_tell_them_about_a_flag_that_concerns_one(centre: Centre, row: Member):
    """Nor about an inquiry: not in the list, the counts, the member's page, or by direct request."""
    lead, facilitator = centre.actor("PANEL_SAFEGUARDING_LEAD"), centre.actor("PANEL_FACILITATOR")
    flag = pressed(row, about_adult=True)
    safeguarding.take(by=lead, flag=flag, at=NOW)
    exports.ask_export(by=lead, member=row, reason="INTERNAL", at=NOW)
    hidden = AdultAct.objects.filter(is_confidential=True)
    assert set(hidden.values_list("what", flat=True)) == {"FLAG_TAKEN", "ASKED_EXPORT"}
    assert set(hidden) <= set(adults.acts(lead, adults.ALL))
    assert not set(hidden) & set(adults.acts(facilitator, adults.ALL))
    assert adults.act_counts(lead)[adults.ALL] - adults.act_counts(facilitator)[adults.ALL] == 2
    page = sign_in(centre, "PANEL_FACILITATOR")
    names = [str(ACTS[code]) for code in ("FLAG_TAKEN", "ASKED_EXPORT")]
    for address in ("adults/?view=all", f"members/{row.ref}/"):
        assert [name for name in names if name in page.get(DESK + address).text] == []
    page.post(f"{DESK}adults/seen/", {"do": "seen", "refs": [str(one.pk) for one in hidden]})
    assert not hidden.filter(seen_at__isnull=False).exists()


def test_words_of_risk_raise_one_flag_for_a_place(row: Member):
    assert flags.risk_words_in(WORDS) == ["SECRET"] and not flags.risk_words_in("Didesnis mygtukas.")
    given = {"member": row, "kind": safeguarding.RISK_WORDS, "where": "proposal:K7Q4", "at": NOW}
    assert safeguarding.raise_flag(**given) == safeguarding.raise_flag(**given)
    assert not flags.own(row).exists(), "the member is not shown that a text was looked at"


def test_every_act_of_an_adult_waits_for_a_second_one(centre: Centre, row: Member):
    one, other = centre.actor("PANEL_FACILITATOR"), centre.actor("PANEL_FACILITATOR_2")
    done = set(AdultAct.objects.values_list("what", flat=True))
    assert {"NOMINATED", "CONFIRMED_GUARDIAN", "MOVED_CONSENTING", "ASKED_GUARDIAN", "MOVED_ACTIVE"} <= done
    acts = list(AdultAct.objects.values_list("pk", flat=True))
    with pytest.raises(adult_acts.OwnAct):
        adult_acts.mark_seen(by=one, acts=acts, at=NOW)
    assert adult_acts.mark_seen(by=other, acts=acts, at=NOW) == len(acts)
    assert adults.count_unseen_by(one, NOW) == 0
    with pytest.raises(PermissionRefused):
        adult_acts.mark_seen(by=centre.actor("EDITOR"), acts=acts, at=NOW)


def test_one_adult_and_one_child_too_often_is_shown_to_the_lead(centre: Centre, row: Member):
    one = centre.actor("PANEL_FACILITATOR")
    for day in range(7):
        membership.open_identity(by=one, member=row, at=NOW - timedelta(days=day))
    assert {"OFTEN", "IDENTITY"} <= {
        found.kind for found in adults.unusual(centre.actor("PANEL_SAFEGUARDING_LEAD"), NOW)
    }
    page = sign_in(centre, "PANEL_SAFEGUARDING_LEAD").get(f"{DESK}patterns/")
    assert "Kopa" in page.text and centre.people["PANEL_FACILITATOR"].name in page.text
    assert sign_in(centre, "PANEL_FACILITATOR").get(f"{DESK}patterns/").status_code == 404


def test_records_take_two_people_and_are_taken_once(centre: Centre, row: Member, monkeypatch):
    monkeypatch.setattr(hooks, "records", [lambda member: {"comments": [{"by": member.pseudonym}]}])
    pressed(row)
    lead = centre.actor("PANEL_SAFEGUARDING_LEAD")
    with pytest.raises(PermissionRefused):
        exports.ask_export(by=centre.actor("PANEL_FACILITATOR"), member=row, reason="POLICE", at=NOW)
    export = exports.ask_export(by=lead, member=row, reason="POLICE", at=NOW)
    with pytest.raises(exports.OwnRequest):
        exports.decide_export(by=lead, export=export, is_approved=True, at=NOW)
    with pytest.raises(MoveNotAllowed):
        exports.take_export(by=lead, export=export, at=NOW)
    second = _second_lead(centre)
    exports.decide_export(by=second, export=export, is_approved=True, at=NOW)
    with pytest.raises(exports.NotTheAsker):
        exports.take_export(by=second, export=export, at=NOW)
    found = exports.take_export(by=lead, export=export, at=NOW)
    assert len(found["flags"]) == 1 and found["comments"] == [{"by": "Kopa"}]
    text = json.dumps(found, default=str, ensure_ascii=False)
    assert "Vardenė" not in text and "pastas.example" not in text and WORDS not in text
    with pytest.raises(MoveNotAllowed):
        exports.take_export(by=lead, export=export, at=NOW)
    assert Export.objects.get().state == ExportState.TAKEN


def _second_lead(centre: Centre):
    """A colleague with the same role, who may approve."""
    from sauga.kernel.identity import create_person, person_actor, start_membership
    from sauga.kernel.identity.models import Role
    from sauga.kernel.organisations.models import Organisation
    from tests.centre import CLI, PASSWORD

    made = create_person(
        by=CLI, email="second.lead@sauga.example", name="Antra Pavyzdė", password=PASSWORD, at=NOW
    )
    start_membership(
        by=CLI,
        person=made.person,
        organisation=Organisation.objects.get(code="AC"),
        role=Role.objects.get(code="PANEL_SAFEGUARDING_LEAD"),
        zones=[],
        at=NOW - timedelta(days=1),
    )
    return person_actor(made.person, NOW)


@pytest.mark.parametrize("role", ["EDITOR", "SAFEGUARDING_LEAD", "COUNSELLOR"])
def test_others_see_no_flag(centre: Centre, row: Member, role: str):
    flag = pressed(row)
    desk = sign_in(centre, role)
    for page in ("flags/", f"flags/{flag.ref}/", "adults/", "patterns/", "exports/", "members/"):
        assert desk.get(DESK + page).status_code == 404
    for act in ("take", "answer", "back"):
        assert desk.post(f"{DESK}flags/{flag.ref}/do/{act}/").status_code == 404
