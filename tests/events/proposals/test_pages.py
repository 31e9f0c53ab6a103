"""The call for everybody: the page, the form, the personal links, co-speakers, confirmation, members."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from factories.members import browser_of, joined
from factories.proposals import (
    AGREED,
    a_call,
    an_offer,
    closed,
    proposed,
    sent_letters,
)
from factories.registrations import PRESENT as NOW
from factories.registrations import WORKER
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.programme.actions.speakers import CONSENT_VERSION, RECORDING_VERSION
from sauga.events.programme.rules.local_times import local_time
from sauga.events.proposals import presenters
from sauga.events.proposals.actions import decisions, own, setup, submissions
from sauga.events.proposals.actions import mail as proposals_mail
from sauga.events.proposals.actions.own import SpeakerRefused
from sauga.events.proposals.actions.submissions import PROPOSER, ProposalRefused
from sauga.events.proposals.models import Proposal, ProposalSpeaker
from sauga.events.proposals.queries import links
from sauga.events.proposals.queries import proposals as queries
from sauga.events.proposals.queries.content import Details, content_of, details_of
from sauga.events.proposals.rules.decisions import CommandRefused
from sauga.events.registration.actions.registrations import AnswerMissing
from sauga.events.states import ProposalState
from sauga.kernel import rate_limits
from sauga.kernel.identity import PermissionRefused
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Pokalbis klasėje",
    "abstract": "Kaip pradėti pokalbį apie žaidimus.",
    "kind": "talk",
    "minutes": "20",
    "talk_language": "lt",
    "name": "Ona Pušaitė",
    "organisation": "Beržyno gimnazija",
    "role": "mokytoja",
    "email": "Ona@Mokykla.example",
    "do": "send",
}


def form_page(call) -> str:
    return f"/en/events/{call.event.slug}/call/propose/"


def path(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


def mailed(post) -> list[tuple[str, str]]:
    read = [(one.rcpt_tos[0], message_from_bytes(one.content, policy=policy.default)) for one in post.mails]
    return [(to, mail.get_content()) for to, mail in read]


def own_page(row: Proposal) -> str:
    return path(links.own_address(row))


def accepted(centre: Centre, row: Proposal) -> Proposal:
    by = centre.actor("ORGANISER", NOW)
    closed(centre, row.call)
    row.refresh_from_db()
    decisions.prepare(by=by, proposal=row, outcome=ProposalState.ACCEPTED, at=NOW)
    decisions.announce(by=by, call=row.call, number=1, at=NOW)
    row.refresh_from_db()
    return row


def test_somebody_proposes_without_script_cookie_or_account(centre: Centre, post):
    call = a_call(centre)
    browser = Client()
    event = browser.get(f"/en/events/{call.event.slug}/")
    assert f"/en/events/{call.event.slug}/call/" in event.text
    page = browser.get(f"/en/events/{call.event.slug}/call/")
    assert "Proposals are taken until" in page.text and form_page(call) in page.text
    shown = browser.get(form_page(call))
    assert shown.status_code == 200 and not shown.cookies and "data-main" in shown.text
    sending = re.search(r'name="sending" value="([0-9a-f]{32})"', shown.text).group(1)
    for _click in range(2):
        done = browser.post(form_page(call), {**FORM, "sending": sending})
        assert done.status_code == 302
    row = Proposal.objects.get()
    assert row.state == ProposalState.UNCONFIRMED and b"Pokalbis" not in bytes(row.content)
    said = browser.get(done.url)
    assert said.status_code == 200 and not said.cookies and "mokykla" not in said.text
    assert sent_letters() == 1
    [(to, text)] = mailed(post)
    assert to == "ona@mokykla.example" and links.own_address(row) in text
    assert "Pokalbis" not in text and "Ona" not in text  # a stranger may have typed it
    assert "Ona" not in sign_in(centre, "ORGANISER").get(f"/desk/events/{call.event.ref}/proposals/").text
    mine = browser.get(own_page(row))
    row.refresh_from_db()
    assert row.state == ProposalState.UNCONFIRMED and mine.headers["Cache-Control"] == "no-store"
    assert browser.post(own_page(row), {"do": "submit"}).status_code == 302
    row.refresh_from_db()
    assert row.state == ProposalState.SUBMITTED and row.submitted_at is not None
    assert "mokykla.example" not in browser.get(own_page(row)).text.split("<main")[0]


def test_what_was_typed_is_kept_and_errors_say_what_to_do(centre: Centre):
    call = a_call(centre)
    for wrong, words in (
        ({"abstract": ""}, "Write what the session is about"),
        ({"email": "x"}, 'id="id_email_error"'),
        ({"kind": "break"}, 'id="id_kind_error"'),
        ({"minutes": "7"}, 'id="id_minutes_error"'),
        ({"title": ""}, 'id="id_title_error"'),
        ({"abstract": "Aš, Ona Pušaitė, papasakosiu."}, "reviewers must not see"),
        ({"abstract": "Beržyno gimnazija dirba taip."}, "reviewers must not see"),
    ):
        answer = Client().post(form_page(call), {**FORM, **wrong})
        assert answer.status_code == 422 and words in answer.text, wrong
        assert 'value="Beržyno gimnazija"' in answer.text, wrong
    assert not Proposal.objects.exists()


def test_a_draft_needs_little_and_is_finished_by_the_link(centre: Centre, post):
    call = a_call(centre)
    by = centre.actor("ORGANISER", NOW)
    asked = {"phase": "SUBMISSION", "kind": "YES_NO", "choices": {}, "is_required": True}
    question = setup.put_question(
        by=by, call=call, given={**asked, "text": {"lt": "Ar?"}, "is_for_reviewers": True}, at=NOW
    )
    browser, field = Client(), f"q_{question.ref}"
    assert browser.post(form_page(call), FORM).status_code == 422
    draft = {**FORM, "abstract": "", "do": "draft"}
    assert browser.post(form_page(call), draft).status_code == 302
    row = Proposal.objects.get()
    assert row.state == ProposalState.DRAFT
    assert proposals_mail.send_link(by=WORKER, proposal_id=row.pk, at=NOW)
    assert links.own_address(row) in mailed(post)[0][1]
    page = own_page(row)
    assert browser.post(page, {**FORM, "do": "send"}).status_code == 422
    assert browser.post(page, {**draft, "do": "save", "title": "Kitas"}).status_code == 302
    assert content_of(_fresh(row)).title == "Kitas" and row.state == ProposalState.DRAFT
    assert browser.post(page, {"do": "submit"}).status_code == 422
    assert browser.post(page, {**FORM, field: "yes", "do": "send"}).status_code == 302
    assert _fresh(row).state == ProposalState.SUBMITTED
    assert browser.post(page, {**FORM, field: "no", "title": "Trečias", "do": "save"}).status_code == 302
    assert content_of(_fresh(row)).title == "Trečias"
    closed(centre, call)
    late = browser.post(page, {**FORM, field: "no", "title": "Ketvirtas", "do": "save"})
    assert late.status_code == 422 and content_of(_fresh(row)).title == "Trečias"
    assert "The call is closed" in late.text and 'value="Ketvirtas"' in late.text
    late = browser.post(form_page(call), {**FORM, field: "no"})
    assert late.status_code == 422 and "The call is closed" in late.text
    assert 'value="Beržyno gimnazija"' in late.text
    assert "The call closed on" in browser.get(f"/en/events/{call.event.slug}/call/").text
    assert browser.post(page, {"do": "withdraw"}).status_code == 302
    assert _fresh(row).state == ProposalState.WITHDRAWN and _fresh(row).ended_at


def _fresh(row: Proposal) -> Proposal:
    row.refresh_from_db()
    return row


def test_nobody_learns_whether_an_address_is_known_nor_fills_a_mailbox(centre: Centre):
    call = a_call(centre)
    answers = [Client().post(form_page(call), {**FORM, "title": f"Tema {n}"}) for n in range(13)]
    assert len({(one.status_code, one.url) for one in answers}) == 1
    assert Proposal.objects.count() == 10 and max(Proposal.objects.values_list("reminders", flat=True)) == 3
    assert Client().get("/en/events/proposal/x/").status_code == 410
    assert Client().get("/en/events/co-speaker/x/").status_code == 410
    row = Proposal.objects.first()
    speaker = row.speakers.get()
    token = path(links.speaker_address(speaker))
    assert Client().get(token).status_code == 410  # whoever sent it has the other link


def test_a_proposal_sent_in_time_can_be_confirmed_a_day_after_the_close(centre: Centre):
    call = a_call(centre)
    rows = [
        submissions.propose(by=PROPOSER, call=call, offer=an_offer(), is_draft=False, at=NOW) for _n in (1, 2)
    ]
    closed(centre, call)
    own.submit(by=PROPOSER, proposal=rows[0], at=NOW + timedelta(hours=23))
    with pytest.raises(CommandRefused):
        own.submit(by=PROPOSER, proposal=rows[1], at=NOW + timedelta(hours=25))


def test_under_pressure_the_form_waits_with_everything_that_was_typed(centre: Centre, settings):
    settings.PRESSURE_POSTS, settings.PRESSURE_WAIT, settings.PRESSURE_CALM = 1, 0, 120
    rate_limits.calm_down()
    call = a_call(centre)
    Client().post(form_page(call), FORM)
    pressed = Client().post(form_page(call), {**FORM, "title": "Antras"})
    assert pressed.status_code == 429 and 'value="Antras"' in pressed.text
    rate_limits.calm_down()


def test_co_speakers_answer_by_their_own_link_and_see_their_own_part(centre: Centre, post):
    call = a_call(centre)
    row = proposed(call)
    browser, page = Client(), own_page(row)
    assert browser.post(page, {"do": "invite", "email": "x"}).status_code == 422
    invited = {"Ieva@x.example": 302, "ieva@x.example": 422, "ona.pusaite@mokykla.example": 422}
    for address, status in invited.items():
        assert browser.post(page, {"do": "invite", "email": address}).status_code == status, address
    one = row.speakers.get(is_main=False)
    sent_letters()
    post.mails.clear()
    assert proposals_mail.send_invitation(by=WORKER, speaker_id=one.pk, at=NOW)
    [(to, text)] = mailed(post)
    link = path(links.speaker_address(one))
    assert to == "ieva@x.example" and link in text and links.own_address(row) not in text
    shown = browser.get(link)
    assert "Pokalbis klasėje" in shown.text and "ona.pusaite@" not in shown.text
    assert one.answered_at is None and not one.consented_at
    said = {"name": "Ieva Smiltė", "do": "join", "publish": "yes"}
    missing = browser.post(link, said)
    assert missing.status_code == 422 and 'value="Ieva Smiltė"' in missing.text
    assert browser.post(link, {**said, "recording": "no"}).status_code == 302
    one.refresh_from_db()
    assert (one.consent_version, one.recording, one.recording_version) == (
        CONSENT_VERSION,
        "no",
        RECORDING_VERSION,
    )
    assert details_of(one).address == "ieva@x.example"
    assert not proposals_mail.send_invitation(by=WORKER, speaker_id=one.pk, at=NOW)
    refused = browser.post(page, {"do": "remove", "speaker": one.ref})
    assert refused.status_code == 422 and ProposalSpeaker.objects.filter(pk=one.pk).exists()
    assert browser.post(link, {"do": "hide"}).status_code == 302
    assert browser.post(link, {"do": "decline"}).status_code == 302
    one.refresh_from_db()
    assert one.declined_at and not one.consented_at and details_of(one).name == ""
    assert browser.post(page, {"do": "remove", "speaker": one.ref}).status_code == 302
    assert browser.get(link).status_code == 410
    for n in range(5):
        last = own.invite(by=PROPOSER, proposal=row, address=f"kitas{n}@x.example", at=NOW)
    with pytest.raises(SpeakerRefused):
        own.invite(by=PROPOSER, proposal=row, address="kitas9@x.example", at=NOW)
    for _time in range(6):  # inviting and removing again and again fills nobody's mailbox
        own.remove_invited(by=PROPOSER, proposal=row, speaker=last, at=NOW)
        last = own.invite(by=PROPOSER, proposal=row, address="kitas4@x.example", at=NOW)
    own.remove_invited(by=PROPOSER, proposal=row, speaker=last, at=NOW)
    with pytest.raises(SpeakerRefused):
        own.invite(by=PROPOSER, proposal=row, address="kitas4@x.example", at=NOW)


def test_what_is_asked_after_acceptance_is_asked_only_then(centre: Centre, post):
    """Indico 6836: the form of speakers opens only after acceptance; a direct post is refused before."""
    call = a_call(centre)
    by = centre.actor("ORGANISER", NOW)
    asked = {"phase": "ACCEPTANCE", "kind": "TEXT", "choices": {}, "is_required": True}
    question = setup.put_question(
        by=by, call=call, given={**asked, "text": {"lt": "Kokia įranga?"}, "is_for_reviewers": False}, at=NOW
    )
    row, field, browser = proposed(call), f"q_{question.ref}", Client()
    form = {"do": "confirm", "name": "Ona Pušaitė", "publish": "yes", "recording": "yes", field: "Ekranas"}
    assert "Kokia įranga" not in browser.get(form_page(call)).text + browser.get(own_page(row)).text
    early = browser.post(own_page(row), form)
    assert early.status_code == 422 and _fresh(row).state == ProposalState.SUBMITTED
    assert "Kokia įranga" not in early.text
    with pytest.raises(ProposalRefused):
        submissions.propose(
            by=PROPOSER, call=call, offer=an_offer(answers={question.ref: "x"}), is_draft=False, at=NOW
        )
    accepted(centre, row)
    sent_letters()
    assert "Kokia įranga" in browser.get(own_page(row)).text and row.answer_by > NOW
    for wrong in ({field: ""}, {"publish": ""}, {"recording": "maybe"}):
        assert browser.post(own_page(row), {**form, **wrong}).status_code == 422, wrong
    assert browser.post(own_page(row), form).status_code == 302
    assert _fresh(row).state == ProposalState.CONFIRMED and content_of(row).later == {question.ref: "Ekranas"}
    main = row.speakers.get()
    assert main.consented_at and (main.consent_version, main.recording) == (CONSENT_VERSION, "yes")
    assert browser.post(own_page(row), {**form, "recording": "no"}).status_code == 302
    with pytest.raises(AnswerMissing):
        own.confirm(
            by=PROPOSER, proposal=row, answers={}, agreement=AGREED, details=Details("Ona", ""), at=NOW
        )


def test_a_confirmed_proposal_becomes_a_session_with_the_speakers_who_agreed(centre: Centre):
    call = a_call(centre)
    row = proposed(call, "Ona Pušaitė", organisation="Beržyno gimnazija")
    other = own.invite(by=PROPOSER, proposal=row, address="ieva@x.example", at=NOW)
    accepted(centre, row)
    desk, base = sign_in(centre, "ORGANISER"), f"/desk/events/proposals/{row.ref}/"
    starts = local_time(call.event.starts).naive
    form = {
        "title_lt": "Pokalbis klasėje",
        "kind": "talk",
        "starts": f"{starts:%Y-%m-%dT%H:%M}",
        "ends": f"{starts + timedelta(minutes=20):%Y-%m-%dT%H:%M}",
    }
    early = desk.post(f"{base}programme/", form)
    assert early.status_code == 422 and not call.event.sessions.exists()
    details = Details("Ona Pušaitė", "", "Beržyno gimnazija", "mokytoja", "Dirba.")
    own.confirm(by=PROPOSER, proposal=row, answers={}, agreement=AGREED, details=details, at=NOW)
    assert "Pokalbis klasėje" in desk.get(f"{base}programme/").text
    outside = desk.post(f"{base}programme/", {**form, "starts": "2020-01-01T10:00"})
    assert outside.status_code == 422
    form["starts"] = f"{starts + timedelta(minutes=15):%Y-%m-%dT%H:%M}"
    assert desk.post(f"{base}programme/", form).status_code == 302
    session = _fresh(row).session
    assert session.ends - session.starts == timedelta(minutes=20), "the end that was left moves along"
    shown = [one.speaker for one in session.speaking.all()]
    assert [(one.name, one.is_shown) for one in shown] == [("Ona Pušaitė", True)]
    assert "Beržyno gimnazija" in shown[0].role["lt"] and not session.do_not_record
    assert desk.post(f"{base}programme/", form).status_code == 422  # once
    own.join(
        by=PROPOSER,
        speaker=other,
        details=Details("Ieva Smiltė", ""),
        agreement=own.Agreement(is_published=True, recording="no"),
        at=NOW,
    )
    assert desk.post(f"{base}speakers/").status_code == 302
    session.refresh_from_db()
    assert session.speaking.count() == 2 and session.do_not_record
    page = Client().get(f"/lt/renginiai/{call.event.slug}/").text
    assert "Ieva Smiltė" in page and "Ona Pušaitė" in page
    own.decline_invitation(by=PROPOSER, speaker=other, at=NOW)
    assert "Ieva Smiltė" not in Client().get(f"/lt/renginiai/{call.event.slug}/").text
    assert Client().post(own_page(row), {"do": "decline"}).status_code == 302
    assert "Ona Pušaitė" not in Client().get(f"/lt/renginiai/{call.event.slug}/").text
    assert "vis dar programoje" in desk.get(base).text


def test_members_propose_with_their_account_and_take_their_data_with_them(centre: Centre):
    call = a_call(centre)
    who, secret = joined()
    stranger, _secret = joined("kita@x.example", "Kita")
    browser = browser_of(secret)
    form = {key: value for key, value in FORM.items() if key != "email"}
    page = f"/en/my/proposals/new/{call.event.slug}/"
    assert 'value="Ona Pavyzdė"' in browser.get(page).text
    assert browser.post(page, {**form, "abstract": ""}).status_code == 422
    done = browser.post(page, form)
    row = Proposal.objects.get()
    assert done.url == f"/en/my/proposals/{row.ref}/" and row.state == ProposalState.SUBMITTED
    assert "Pokalbis klasėje" in browser.get("/en/my/proposals/").text
    with pytest.raises(PermissionRefused):
        own.withdraw(by=stranger, proposal=row, at=NOW)
    assert browser_of(_secret).get(done.url).status_code == 404
    [held] = queries.export(who.member, NOW)
    assert held["title"] == "Pokalbis klasėje" and presenters.kept(who.member)
    accepted(centre, row)
    assert [one.href for one in presenters.waiting(who, NOW)]
    assert browser.post(done.url, {"do": "decline"}).status_code == 302
    assert _fresh(row).state == ProposalState.DECLINED and not list(presenters.waiting(who, NOW))
