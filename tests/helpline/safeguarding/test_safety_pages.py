"""Pages of safeguarding, cases and referrals: every act by its form, nothing typed is lost, nobody alone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sauga.helpline.safeguarding.actions import cases, concerns, referrals
from sauga.helpline.safeguarding.models import Concern, HelpCase, HotlineLink, Referral, SelfImage
from sauga.hotline.reports.models import Report
from sauga.kernel import clock, sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.integration import deliver_waiting
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.safety import letter, talking
from tests.helpline.safeguarding.test_concerns import PROPOSAL
from tests.shown_once import in_the_other_language, leads_away, says_so

DESK = "/desk/helpline"
PROPOSED = {
    "decision": "SG_WITHOUT_CONSENT",
    "ground": "CG_LIFE",
    "target": "RT_VVTAIT",
    "clock": "LC_6H",
    "facts": "Faktai apie rytą",
    "told_plan": "Pokalbio pabaigoje",
}


def text(answer) -> str:
    return answer.content.decode()


def raised(centre: Centre) -> Concern:
    counsellor = centre.actor("COUNSELLOR")
    return concerns.raise_concern(by=counsellor, conversation=talking(counsellor)[0], at=clock.now())


def without_sudo(client: Client) -> None:
    """As five minutes later."""
    session = client.session
    session["identity.sudo"] = clock.now().timestamp() - timedelta(minutes=6).total_seconds()
    session.save()


def test_concern_from_raising_to_review_by_two_people(centre: Centre):
    conversation, _ = talking(centre.actor("COUNSELLOR"))
    counsellor, lead, guard = (
        sign_in(centre, role) for role in ("COUNSELLOR", "SHIFT_LEAD", "SAFEGUARDING_LEAD")
    )
    page = counsellor.post(f"{DESK}/concerns/new/conversation/{conversation.ref}/").headers["Location"]
    concern = Concern.objects.get()
    assert concern.ref in page and concern.state == "CONSULT"
    bad = lead.post(f"{page}propose/", {**PROPOSED, "clock": ""})
    assert bad.status_code == 422 and "Faktai apie rytą" in text(bad)
    assert lead.post(f"{page}propose/", PROPOSED).status_code == 302
    assert "Faktai apie rytą" not in text(counsellor.get(page)) and "Faktai apie rytą" in text(
        guard.get(page)
    )
    shown = text(guard.get(f"{page}decide/"))
    seen = re.search(r'name="seen" value="(\d+)"', shown)[1]
    assert "Faktai apie rytą" in shown and "Pokalbio pabaigoje" in shown
    assert guard.get(f"{page}letter/").status_code == 404  # not before two agreed
    assert guard.post(f"{page}decide/", {"approve": "1", "seen": seen}).status_code == 302
    assert "Faktai apie rytą" in text(lead.get(f"{page}letter/"))
    assert counsellor.get(f"{page}letter/").status_code == 404
    assert lead.post(f"{page}do/pass-on/").status_code == 302
    assert lead.post(f"{page}do/acknowledge/", {"note": "Nr. 7"}).status_code == 302
    lost = counsellor.post(f"{page}do/told/", {"how": "IN_CHAT", "note": ""})
    assert lost.status_code == 422
    assert counsellor.post(f"{page}do/told/", {"how": "IN_CHAT", "note": "Ramiai"}).status_code == 302
    assert lead.post(f"{page}do/review/", {"note": "x"}).status_code == 404  # not a lead's act
    assert guard.post(f"{page}do/review/", {"note": "Laiku"}).status_code == 302
    concern.refresh_from_db()
    assert concern.state == "REVIEWED" and concern.approved_by != concern.proposed_by


def test_second_person_may_refuse_and_says_why(centre: Centre):
    concern = concerns.propose_disclosure(
        by=centre.actor("SHIFT_LEAD"), concern=raised(centre), proposal=PROPOSAL, at=clock.now()
    )
    guard, page = sign_in(centre, "SAFEGUARDING_LEAD"), f"{DESK}/concerns/{concern.ref}/decide/"
    assert guard.post(page, {"refuse": "1", "seen": "1", "note": ""}).status_code == 422
    assert guard.post(page, {"approve": "1", "seen": "9"}).status_code == 422
    assert guard.post(page, {"refuse": "1", "seen": "1", "note": "Per anksti"}).status_code == 302
    concern.refresh_from_db()
    assert concern.state == "REFUSED"
    assert guard.post(page, {"approve": "1", "seen": "1"}).status_code == 422
    lead = sign_in(centre, "SHIFT_LEAD")
    assert "Per anksti" in text(lead.get(f"{DESK}/concerns/{concern.ref}/"))
    assert lead.post(f"{DESK}/concerns/{concern.ref}/do/keep/").status_code == 302


def test_proposing_approving_printing_and_sending_ask_for_the_second_factor(centre: Centre):
    concern = raised(centre)
    lead, guard = sign_in(centre, "SHIFT_LEAD"), sign_in(centre, "SAFEGUARDING_LEAD")
    referral = referrals.suggest(
        by=centre.actor("SHIFT_LEAD"), letter=letter(), target="RT_SCHOOL", words="x", at=clock.now()
    )
    for client, path in (
        (lead, f"concerns/{concern.ref}/propose/"),
        (guard, f"concerns/{concern.ref}/decide/"),
        (lead, f"concerns/{concern.ref}/letter/"),
        (lead, f"referrals/{referral.ref}/send/"),
    ):
        without_sudo(client)
        for answer in (
            client.get(f"{DESK}/{path}"),
            client.post(f"{DESK}/{path}", PROPOSED | {"approve": "1", "seen": "1"}),
        ):
            assert answer.status_code in {302, 404} and "/desk/sudo/" in answer.headers.get(
                "Location", "/desk/sudo/"
            )
    concern.refresh_from_db()
    assert concern.state == "CONSULT"


def test_proposer_finds_no_way_to_approve(centre: Centre):
    concern = concerns.propose_disclosure(
        by=centre.actor("SHIFT_LEAD"), concern=raised(centre), proposal=PROPOSAL, at=clock.now()
    )
    lead, page = sign_in(centre, "SHIFT_LEAD"), f"{DESK}/concerns/{concern.ref}/"
    assert "decide/" not in text(lead.get(page))
    assert lead.get(f"{page}decide/").status_code == 404
    assert lead.post(f"{page}decide/", {"approve": "1", "seen": "1"}).status_code == 404
    assert lead.post(f"{page}do/pass-on/").status_code == 302  # refused in words
    concern.refresh_from_db()
    assert concern.state == "ACT_WITHOUT_CONSENT"


def test_both_roles_in_one_person_still_cannot_approve_the_own_proposal(centre: Centre):
    from sauga.kernel.identity import start_membership
    from sauga.kernel.identity.models import Membership, Role
    from tests.centre import BEGAN, CLI

    concern = concerns.propose_disclosure(
        by=centre.actor("SHIFT_LEAD"), concern=raised(centre), proposal=PROPOSAL, at=clock.now()
    )
    person = centre.people["SHIFT_LEAD"]
    place = Membership.objects.get(person=person).organisation
    start_membership(
        by=CLI,
        person=person,
        organisation=place,
        role=Role.objects.get(code="SAFEGUARDING_LEAD"),
        zones=[],
        at=BEGAN,
    )
    both, page = sign_in(centre, "SHIFT_LEAD"), f"{DESK}/concerns/{concern.ref}/decide/"
    assert 'name="approve"' not in text(both.get(page))
    assert both.post(page, {"approve": "1", "seen": "1"}).status_code == 422
    concern.refresh_from_db()
    assert concern.state == "ACT_WITHOUT_CONSENT" and concern.approved_by is None


def test_lists_cost_the_same_at_one_and_three_rows(centre: Centre):
    lead, counts = sign_in(centre, "SAFEGUARDING_LEAD"), {}
    for rows in (1, 3):
        while Concern.objects.count() < rows:
            concern = raised(centre)
            given = {
                "plan": "x",
                "urgency": "URG_URGENT",
                "follow_up_date": clock.now().astimezone(VILNIUS).date(),
            }
            case = cases.open_case(by=centre.actor("SHIFT_LEAD"), concern=concern, **given, at=clock.now())
            cases.take_case(by=centre.actor("SHIFT_LEAD"), case=case, at=clock.now())
            referrals.suggest(
                by=centre.actor("COUNSELLOR"), letter=letter(), target="RT_SCHOOL", words="x", at=clock.now()
            )
        for name in ("concerns", "cases", "referrals"):
            lead.get(f"{DESK}/{name}/")
            with CaptureQueriesContext(
                connection,
            ) as asked:
                page = text(lead.get(f"{DESK}/{name}/"))
            assert page.count("data-row ") == rows
            counts.setdefault(name, []).append(len(asked))
    assert all(one == three for one, three in counts.values()), counts


def test_every_view_of_every_list_answers_also_when_empty(centre: Centre):
    lead = sign_in(centre, "SHIFT_LEAD")
    for path in (
        "concerns/?view=outside",
        "concerns/?view=review",
        "concerns/?view=ended",
        "concerns/?view=x&after=zz",
        "cases/?view=due",
    ):
        assert 'class="empty"' in text(lead.get(f"{DESK}/{path}"))
    for path in (
        "cases/?view=closing",
        "cases/?view=closed",
        "referrals/?view=sent",
        "referrals/?view=taken",
        "referrals/?view=addresses",
    ):
        assert 'class="empty"' in text(lead.get(f"{DESK}/{path}"))


def test_case_through_its_pages(centre: Centre):
    concern, lead, guard = raised(centre), sign_in(centre, "SHIFT_LEAD"), sign_in(centre, "SAFEGUARDING_LEAD")
    new = f"{DESK}/cases/new/?concern={concern.ref}"
    given = {"urgency": "URG_URGENT", "plan": "Ilgas planas", "follow_up_date": "2020-01-01"}
    late = lead.post(new, given)
    assert late.status_code == 422 and "Ilgas planas" in text(late)
    page = lead.post(new, given | {"follow_up_date": f"{clock.now() + timedelta(days=9):%Y-%m-%d}"}).headers[
        "Location"
    ]
    case = HelpCase.objects.get()
    assert (case.concern, case.conversation) == (concern, concern.conversation)
    for name, more in (
        ("take", {}),
        ("note", {"kind": "NOTE", "note": "Skambinta"}),
        ("day", {"day": f"{clock.now() + timedelta(days=3):%Y-%m-%d}"}),
        ("wait", {}),
        ("go-on", {}),
        ("propose-close", {"note": "Viskas gerai"}),
    ):
        assert lead.post(f"{page}do/{name}/", more).status_code == 302, name
    assert lead.post(f"{page}do/close/").status_code == 302
    case.refresh_from_db()
    assert case.state == "CLOSE_PROPOSED"  # the own proposal stays one
    assert guard.post(f"{page}do/close/").status_code == 302
    assert "Skambinta" not in text(guard.get(page))
    assert guard.post(f"{page}read/", {"reason": "X"}).status_code == 422
    assert "Skambinta" in text(guard.post(f"{page}read/", {"reason": "COMPLAINT"}))
    assert guard.post(f"{page}do/reopen/", {"reason": "CAME_BACK"}).status_code == 302
    assert sign_in(centre, "COUNSELLOR").get(page).status_code == 404
    assert (
        sign_in(centre, "SHIFT_LEAD_2").post(f"{page}do/note/", {"kind": "NOTE", "note": "x"}).status_code
        == 404
    )


def test_referral_through_its_pages(centre: Centre):
    conversation, _ = talking(centre.actor("COUNSELLOR"))
    mine = sign_in(centre, "COUNSELLOR")
    new = f"{DESK}/referrals/new/?conversation={conversation.ref}"
    assert mine.post(new, {"target": "RT_SCHOOL", "clock": "LC_1H", "words": "Trumpai"}).status_code == 422
    page = mine.post(new, {"target": "RT_SCHOOL", "words": "Trumpai"}).headers["Location"]
    assert "Trumpai" in text(mine.get(page))
    assert mine.post(f"{page}send/").status_code == 302 and Referral.objects.get().state == "SUGGESTED"
    assert mine.post(f"{page}do/ask/").status_code == 302
    assert mine.post(f"{page}do/answer/", {}).status_code == 422
    assert mine.post(f"{page}do/answer/", {"agrees": "yes", "how": "WRITTEN"}).status_code == 302
    assert "Trumpai" in text(mine.get(f"{page}send/"))
    assert mine.post(f"{page}send/").status_code == 302
    for name, more in (
        ("acknowledge", {}),
        ("in-service", {}),
        ("outcome", {"outcome": "RO_HELPED"}),
        ("close", {}),
    ):
        assert mine.post(f"{page}do/{name}/", more).status_code == 302
    assert Referral.objects.get().state == "CLOSED"
    assert sign_in(centre, "COUNSELLOR_2").get(page).status_code == 404


def test_locked_vault_says_so_and_keeps_what_was_typed(centre: Centre):
    conversation, _ = talking(centre.actor("COUNSELLOR"))
    mine = sign_in(centre, "COUNSELLOR", unlocked=False)
    answer = mine.post(
        f"{DESK}/referrals/new/?conversation={conversation.ref}",
        {"target": "RT_SCHOOL", "words": "Neprarasti"},
    )
    assert (
        answer.status_code == 422 and "Neprarasti" in text(answer) and "/desk/vault/unlock/" in text(answer)
    )


def test_address_goes_on_and_is_not_shown_again(centre: Centre):
    conversation, _ = talking(centre.actor("COUNSELLOR"))
    mine = sign_in(centre, "COUNSELLOR")
    new = f"{DESK}/referrals/addresses/new/?conversation={conversation.ref}"
    once = re.search(r'name="once" value="([^"]+)"', text(mine.get(new)))[1]
    given = {"url": "https://kanarele.example/x", "suspected": "HATE", "once": once}
    assert mine.post(new, given | {"suspected": ""}).status_code == 422
    page = mine.post(new, given).headers["Location"]
    assert mine.post(new, given).headers["Location"] == page
    assert HotlineLink.objects.count() == 1
    for shown in (page, f"{DESK}/referrals/?view=addresses"):
        assert "kanarele" not in text(mine.get(shown))
    assert mine.post(f"{page}told/").status_code == 302  # too early: said in words
    assert HotlineLink.objects.get().state == "SUBMITTED"


def test_child_reads_what_would_be_shared_and_answers_in_the_chat(centre: Centre):
    from sauga.helpline.chat.views.visitor_session import cookie_name

    receipt, at = sealed.new_receipt(None, "lt"), clock.now()
    conversation, keys = talking(centre.actor("COUNSELLOR"), receipt=receipt, at=at)
    child, chat = Client(), "/lt/pagalba/pokalbis/"
    child.cookies[cookie_name()] = sealed.new_visit(receipt, keys, at)
    referral = referrals.suggest(
        by=centre.actor("COUNSELLOR"),
        conversation=conversation,
        target="RT_SCHOOL",
        words="Tik šie žodžiai",
        at=at,
    )
    assert "Tik šie žodžiai" not in text(child.get(chat))
    referrals.ask_in_chat(by=centre.actor("COUNSELLOR"), referral=referral, at=at)
    asked = text(child.get(chat))
    assert "Tik šie žodžiai" in asked and referral.ref in asked
    assert child.post(chat, {"act": "share", "ref": "0000-0000", "agrees": "yes"}).status_code == 303
    for agrees, state in (("yes", "CONSENTED"), ("no", "WITHDRAWN"), ("yes", "WITHDRAWN")):
        assert child.post(chat, {"act": "share", "ref": referral.ref, "agrees": agrees}).status_code == 303
        referral.refresh_from_db()
        assert referral.state == state
    assert [row.event for row in conversation.messages.order_by("number")] == [
        "SHARE_ASKED",
        "SHARE_AGREED",
        "SHARE_REFUSED",
    ]


def test_desk_pages_lead_on(centre: Centre):
    conversation, _ = talking(centre.actor("COUNSELLOR"), at=clock.now())
    page = text(sign_in(centre, "COUNSELLOR").get(f"{DESK}/chat/{conversation.ref}/"))
    for way in (
        "concerns/new/conversation",
        "referrals/new/?conversation=",
        "addresses/new/?conversation=",
        "own-picture/?conversation=",
    ):
        assert way in page and conversation.ref in page


# Own pictures
# ------------------------------------------------------------------------------------------------------------
OWN = "/lt/pranesti/mano-nuotrauka/"
CODE = re.compile(r"data-code>([^<]+)<")


def issued(centre: Centre) -> str:
    conversation, _ = talking(centre.actor("COUNSELLOR"))
    mine, page = (
        sign_in(centre, "COUNSELLOR"),
        f"{DESK}/referrals/own-picture/?conversation={conversation.ref}",
    )
    assert "data-code" not in text(mine.get(page))
    answer = mine.post(page)
    assert answer.headers["Cache-Control"] == "no-store" and OWN.split("/lt/")[1] in text(answer)
    assert says_so(text(answer))
    code = CODE.search(text(answer))[1]
    deliver_waiting(clock.now())
    return code


def bring(client: Client, code: str, ticket: str = "", **more: str):
    ticket = ticket or re.search(r'name="ticket" value="([^"]+)"', text(client.get(OWN)))[1]
    return client.post(OWN, {"ticket": ticket, "code": code, **more}), ticket


def test_child_brings_addresses_and_fingerprints_with_the_pass(centre: Centre):
    code, child = issued(centre), Client()
    answer, ticket = bring(
        child, code.lower().replace("-", " "), where="https://pavyzdys.example/a", hashes="a" * 64
    )
    words = re.search(r"data-receipt>(.*?)</ol>", text(answer), re.S)[1]
    assert answer.status_code == 200 and words.count("<li>") == 9 and not child.cookies
    assert leads_away(text(answer)) == ["/lt/pranesti/grizti/"]
    report = Report.objects.get()
    assert (report.priority, report.channel, report.locations.count()) == ("P1", "OWN_PICTURE", 2)
    assert "pagalbos linijos leidimu" in text(
        sign_in(centre, "ANALYST").get(f"/desk/hotline/reports/{report.ref}/")
    )
    again, _ = bring(child, code, ticket, where="https://pavyzdys.example/a")
    assert words in text(again)  # a double click shows the same words
    english = in_the_other_language(child, text(answer))
    assert (
        says_so(text(answer))
        and "You did well" in english
        and CODE.search(english)[1] == CODE.search(text(answer))[1]
    )
    spent, _ = bring(child, code, where="https://kitas.example/b")
    assert spent.status_code == 422 and "https://kitas.example/b" in text(spent)
    assert Report.objects.count() == 1 and SelfImage.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"where": "", "hashes": ""},
        {"where": "x" * 9000},
        {"where": "https://a.example/", "hashes": "ne atspaudas"},
        {"hashes": "\n".join(f"{number:032x}" for number in range(51))},
        {
            "where": "\n".join(f"https://a{n}.example/" for n in range(30)),
            "hashes": "\n".join(f"{n:032x}" for n in range(30)),
        },
    ],
)
def test_what_cannot_be_used_is_said_kindly_and_the_pass_stays_good(centre: Centre, given: dict[str, str]):
    code, child = issued(centre), Client()
    assert bring(child, code, **given)[0].status_code == 422
    assert bring(child, code, where="https://pavyzdys.example/a")[0].status_code == 200


def test_addresses_are_taken_without_a_code_at_any_hour(centre: Centre):
    child = Client()
    page = text(child.get(OWN))
    assert "Pašalinti mano nuotrauką</h1>" in page
    for way in (
        "https://takeitdown.ncmec.org/",
        "https://www.epolicija.lt/",
        "/lt/pagalba/laiskas/",
        "tel:112",
    ):
        assert f'href="{way}"' in page
    answer, ticket = bring(child, "", where="https://pavyzdys.example/a\nhttps://pavyzdys.example/b")
    report = Report.objects.get()
    assert (answer.status_code, report.priority, report.channel) == (200, "P2", "OWN_WITHOUT_PASS")
    assert "Kodas iš pokalbio nebegalioja" not in text(answer) and not child.cookies
    assert CODE.search(text(bring(child, "", ticket, where="https://pavyzdys.example/a")[0]))
    assert Report.objects.count() == 1  # a double click
    code = CODE.search(text(answer))[1]
    assert report.ref in text(child.post("/lt/pranesti/grizti/", {"receipt": code}))
    desk = text(sign_in(centre, "ANALYST").get(f"/desk/hotline/reports/{report.ref}/"))
    assert "praneštos be leidimo" in desk and "P2" in desk


def test_what_looks_like_spam_keeps_its_rank_without_a_code(centre: Centre):
    many = "\n".join(f"{number:02d}" for number in range(40))
    assert bring(Client(), "", where=many)[0].status_code == 200
    assert Report.objects.get().priority == "P2"  # the second rank is never lowered, as on the report form
    assert Report.objects.get().spam_score == 60


@pytest.mark.parametrize("code", ["labas", "ABCDE-ABCDE-ABCDE-ABCDE", "x" * 500])
def test_wrong_pass_opens_nothing(centre: Centre, code: str):
    answer, _ = bring(Client(), code, where="https://pavyzdys.example/a")
    assert answer.status_code == 422 and not Report.objects.exists()


def test_old_page_keeps_what_was_typed(centre: Centre):
    answer, _ = bring(Client(), "x", "forged", where="https://pavyzdys.example/a")
    assert answer.status_code == 422 and "https://pavyzdys.example/a" in text(answer)


def test_acts_that_do_not_exist_and_get_on_posts(centre: Centre):
    concern, lead = raised(centre), sign_in(centre, "SHIFT_LEAD")
    assert lead.post(f"{DESK}/concerns/{concern.ref}/do/anything/").status_code == 404
    assert lead.get(f"{DESK}/concerns/{concern.ref}/do/watch/").status_code == 404
    assert lead.post(f"{DESK}/concerns/new/case/{concern.ref}/").status_code == 404
    assert lead.get(f"{DESK}/referrals/new/").status_code == 404
