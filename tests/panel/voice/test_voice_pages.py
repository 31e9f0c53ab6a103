"""The pages: the members' space, the addressee's link, the public list, the desk. What the public reads has
no field about a member in it."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from factories import panel as members

from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS, local_day
from sauga.panel.members.models import Member
from sauga.panel.voice.actions import answers, cycles, drafts, follow_ups
from sauga.panel.voice.models import Contribution, Meeting, Proposal
from sauga.panel.voice.queries import addressees
from sauga.panel.voice.rules.moderation import Checklist
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.panel_voice import REASON, WORDS, Panel, by_link, fresh, given

DAY = timedelta(days=1)
PARTS = {"title": WORDS.title, "problem": WORDS.problem, "wish": WORDS.wish, "why": WORDS.why}


@pytest.fixture
def panel(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> Iterator[Panel]:
    """A panel today, at four in the afternoon: the tests do not depend on the hour."""
    at = datetime.combine(clock.now().astimezone(VILNIUS).date(), time(16), tzinfo=VILNIUS)
    monkeypatch.setattr(clock, "now", lambda: at)
    facilitator = centre.actor("PANEL_FACILITATOR")
    today = at.date()
    cycle = cycles.start_cycle(
        by=facilitator, starts_on=today - 30 * DAY, ends_on=today + 90 * DAY, support=2, at=at
    )
    rows = [members.member(centre, "Žuvėdra", 13, at), members.member(centre, "Kopa", 15, at)]
    who = {row.pseudonym: members.account(row, at) for row in rows}
    yield Panel(centre, cycle, who, at)


def space(panel: Panel, name: str) -> Client:
    """A browser in which the member is signed in."""
    return members.browser(Member.objects.get(pseudonym=name))


def desk(panel: Panel, role: str = "PANEL_FACILITATOR") -> Client:
    return sign_in(panel.centre, role)


def test_a_member_writes_and_a_facilitator_reads_it(panel: Panel):
    child = space(panel, "Žuvėdra")
    assert "Naujas pasiūlymas" in child.get("/lt/jaunimas/pasiulymai/").text
    bad = child.post("/lt/jaunimas/pasiulymai/naujas/", {**PARTS, "wish": "Rašyk man a@b.example"})
    assert bad.status_code == 422 and "el. pašto adresas" in bad.text and WORDS.title in bad.text
    saved = child.post("/lt/jaunimas/pasiulymai/naujas/", PARTS)
    row = Proposal.objects.get()
    assert saved.url == f"/lt/jaunimas/pasiulymai/{row.ref}/?done=saved"
    page = child.get(saved.url).text
    assert "tel:116111" in page and f"/lt/jaunimas/pasiulymai/{row.ref}/keisti/" in page
    sent = child.post(f"/lt/jaunimas/pasiulymai/{row.ref}/keisti/", {**PARTS, "send": "1"})
    assert sent.url.endswith("?done=sent")
    other = space(panel, "Kopa")
    assert other.get(f"/lt/jaunimas/pasiulymai/{row.ref}/").status_code == 404
    staff = desk(panel)
    queue = staff.get("/desk/panel/voice/").text
    assert row.ref in queue
    text = staff.get(f"/desk/panel/voice/texts/{row.ref}/").text
    assert WORDS.wish in text
    lacking = staff.post(f"/desk/panel/voice/texts/{row.ref}/publish/", {"confirmed": ["NOBODY"]})
    assert lacking.status_code == 422
    staff.post(f"/desk/panel/voice/texts/{row.ref}/publish/", {"confirmed": Checklist.values})
    assert fresh(row).state == "PUBLISHED"
    assert WORDS.title in other.get("/lt/jaunimas/pasiulymai/").text
    assert other.get("/en/youth/proposals/").status_code == 200


def test_members_discuss_it(panel: Panel):
    row = make.discussed(panel)
    child, other = space(panel, "Žuvėdra"), space(panel, "Kopa")
    path = f"/lt/jaunimas/pasiulymai/{row.ref}/"
    assert other.post(f"{path}veiksmas/", {"do": "support", "version": "1"}).status_code == 302
    stale = other.post(f"{path}veiksmas/", {"do": "support", "version": "7"})
    assert stale.status_code == 422 and "pasikeitė" in stale.text
    assert other.post(f"{path}veiksmas/", {"do": "withdraw"}).status_code == 404
    assert other.post(f"{path}veiksmas/", {"do": "fly"}).status_code == 404
    form = other.get(f"{path}pataisa/wish/").text
    assert WORDS.wish in form
    other.post(f"{path}pataisa/wish/", {"text": "Mygtukas veikia ir balsu.", "why": "Ne visi mato."})
    amendment = row.amendments.get()
    staff = desk(panel)
    assert "balsu" in staff.get(f"/desk/panel/voice/texts/{amendment.ref}/").text
    staff.post(f"/desk/panel/voice/texts/{amendment.ref}/publish/", {"confirmed": Checklist.values})
    page = child.get(path).text
    assert "Priimti pataisą" in page and "Kopa" in page
    child.post(f"{path}veiksmas/", {"do": "accept", "amendment": amendment.ref})
    assert fresh(row).version == 2
    assert "<ins>" in child.get(f"{path}versijos/").text
    assert other.get(f"{path}pataisa/title/").status_code == 404
    refused = other.post(f"{path}mintis/", {"text": "Skambink 612 34 567"})
    assert refused.status_code == 422 and "telefono" in refused.text
    other.post(f"{path}mintis/", {"text": "O vaizdo įrašuose?"})
    comment = Contribution.objects.get()
    assert comment.text not in child.get(path).text and comment.text in other.get(path).text
    staff.post(f"/desk/panel/voice/texts/{comment.ref}/return/", {"reason": "UNCLEAR"})
    mine = other.get("/lt/jaunimas/mano/").text
    assert "Neaišku" in mine
    changed = other.post(f"/lt/jaunimas/mano/{comment.ref}/", {"text": "Ar mygtukas bus ir vaizdo įrašuose?"})
    assert changed.url.endswith("?done=sent")
    assert child.get(f"/lt/jaunimas/mano/{comment.ref}/").status_code == 404


def test_topics_posts_and_questions(panel: Panel):
    child = space(panel, "Kopa")
    for place, text in (("", "Kaip ilsėtis?"), ("questions/", "Kaip saugoti slaptažodį?")):
        assert child.post(f"/lt/jaunimas/pokalbiai/{place}", {"text": text}).status_code in {302, 405}
    child.post("/lt/jaunimas/pokalbiai/learned/", {"text": "Sužinojau apie nustatymus."})
    assert Contribution.objects.filter(state="WAITING").count() == 3
    assert child.get("/lt/jaunimas/pokalbiai/nowhere/").status_code == 404
    made = make.written(panel, "Kopa", "QUESTION", text="Ar viskas tikra?")
    staff = desk(panel)
    assert "Ar viskas tikra?" in staff.get("/desk/panel/voice/texts/").text
    due = local_day(panel.at) + 7 * DAY
    staff.post(f"/desk/panel/voice/texts/{made.ref}/promise/", {"due": due.isoformat()})
    with translation.override("lt"):
        written_out = date_format(due)
    assert written_out in child.get("/lt/jaunimas/pokalbiai/questions/").text
    staff.post(f"/desk/panel/voice/texts/{made.ref}/reply/", {"reply": REASON, "who": "Ekspertė"})
    assert "Ekspertė" in child.get("/lt/jaunimas/pokalbiai/questions/").text
    staff.post("/desk/panel/voice/texts/new/", {"asker": "Biblioteka", "text": "Ką skaitote?"})
    assert "Biblioteka" in child.get("/lt/jaunimas/pokalbiai/").text
    for path in ("ciklas", "taisykles", "susitikimai"):
        page = child.get(f"/lt/jaunimas/{path}/")
        assert page.status_code == 200 and "tel:116111" in page.text


def test_a_meeting_from_the_desk_to_the_minutes(panel: Panel):
    staff, child = desk(panel), space(panel, "Kopa")
    day = local_day(panel.at) + 3 * DAY
    typed = {
        "day": day.isoformat(),
        "begins": "16:00",
        "ends": "17:00",
        "place": "Internetu",
        "agenda": "Balsavimas",
        "first": panel.first.person_id,
        "second": panel.first.person_id,
    }
    lacking = staff.post("/desk/panel/voice/meetings/new/", typed)
    assert lacking.status_code == 422
    made = staff.post("/desk/panel/voice/meetings/new/", {**typed, "second": panel.second.person_id})
    row = Meeting.objects.get()
    assert made.url == f"/desk/panel/voice/meetings/{row.ref}/"
    assert "Internetu" in staff.get("/desk/panel/voice/meetings/").text
    assert "BEGIN:VEVENT" in staff.get("/desk/panel/voice/meetings/calendar.ics").text
    child.post(f"/lt/jaunimas/susitikimai/{row.ref}/atsakyti/", {"come": "yes"})
    assert "Tavo atsakymas: būsiu." in child.get("/lt/jaunimas/susitikimai/").text
    changed = staff.post(
        f"/desk/panel/voice/meetings/{row.ref}/change/",
        {**typed, "second": panel.second.person_id, "place": "Centre"},
    )
    assert changed.status_code == 302 and Meeting.objects.get().place == "Centre"
    staff.post(f"/desk/panel/voice/meetings/{row.ref}/cancel/")
    staff.post(f"/desk/panel/voice/meetings/{row.ref}/reopen/")
    Meeting.objects.update(starts=panel.at - DAY, ends=panel.at - DAY + timedelta(hours=1))
    page = staff.post(f"/desk/panel/voice/meetings/{row.ref}/hold/", {"present": [panel.first.person_id]})
    assert page.status_code == 422
    present = [panel.first.person_id, panel.second.person_id]
    staff.post(f"/desk/panel/voice/meetings/{row.ref}/hold/", {"present": present})
    staff.post(f"/desk/panel/voice/meetings/{row.ref}/minutes/", {"minutes": "Kalbėjome apie balsavimą."})
    assert "Kalbėjome apie balsavimą." in child.get("/lt/jaunimas/susitikimai/").text
    assert staff.get("/desk/panel/voice/cycles/").status_code == 200


def test_an_addressee_answers_as_a_new_user_would(panel: Panel):
    row = make.sent(panel)
    path = f"/lt/jaunimo-taryba/atsakyti/{addressees.token_of(row)}/"
    body = Client()
    page = body.get(path)
    assert page.status_code == 200 and WORDS.wish in page.text and "Žuvėdra" not in page.text
    assert page.headers["Cache-Control"] == "no-store" and not page.cookies
    heading = "Prašome atsakyti jaunimui iki"
    assert heading in page.text
    due = row.due_on
    Proposal.objects.update(due_on=local_day(panel.at) - 6 * DAY)
    late = body.get(path).text
    assert heading not in late and "Jaunimas tebelaukia" in late and "Vėluoja 6 dienas" in late
    Proposal.objects.update(due_on=due)
    typed = {"verdict": "PARTLY", "reason": "Ne.", "who": "", "decides": "", "revision": "0"}
    short = body.post(path, {**typed, "do": "preview"})
    assert (
        short.status_code == 422 and "Be priežasties" in short.text and "Priežastis per trumpa" in short.text
    )
    typed |= {"reason": REASON, "who": "Vardenė Pavardenė, vedėja"}
    saved = body.post(path, {**typed, "do": "save"})
    assert saved.url == f"{path}?done=saved" and "Suprantama" in body.get(path).text
    typed |= {"revision": "1", "what_1": "Tema pamokose", "by_1": f"{local_day(panel.at) + 90 * DAY}"}
    preview = body.post(path, {**typed, "do": "preview"})
    assert preview.status_code == 200 and "Prieš siųsdami" in preview.text
    assert fresh(row).state == "SENT"
    assert body.post(path, {"do": "ask", "text": "Kurios klasės?"}).url.endswith("?done=asked")
    assert body.post(path, {"do": "more-time"}).url.endswith("?done=more-time")
    again = body.post(path, {"do": "more-time"})
    assert again.status_code == 422
    assert body.post(path, {**typed, "do": "send"}).url == f"{path}?done=sent"
    assert "Ką atsakėte" in body.get(path).text
    author = space(panel, "Žuvėdra")
    assert "Planas jau yra" in author.get(f"/lt/jaunimas/pasiulymai/{row.ref}/").text
    assert "Planas jau yra" not in space(panel, "Kopa").get(f"/lt/jaunimas/pasiulymai/{row.ref}/").text
    assert "Planas jau yra" not in body.get(f"/lt/jaunimo-taryba/pasiulymas/{row.number}/").text
    desk(panel).post(f"/desk/panel/voice/proposals/{row.ref}/publish/")
    assert "Planas jau yra" in body.get(f"/lt/jaunimo-taryba/pasiulymas/{row.number}/").text
    assert body.get("/lt/jaunimo-taryba/atsakyti/nothing/").status_code == 410


def test_the_public_list_has_no_field_of_a_member(panel: Panel):
    row = make.answered(panel)
    drafts_left = drafts.start_proposal(by=panel["Kopa"], words=WORDS, at=panel.at)
    follow_ups.start_work(by=panel.first, proposal=row, at=panel.at)
    follow_ups.report_result(by=panel.first, proposal=row, is_done=True, text="Taip yra.", at=panel.at)
    year = local_day(panel.at).year
    visitor = Client()
    pages = {
        path: visitor.get(path)
        for path in (
            "/lt/jaunimo-taryba/",
            "/en/youth-panel/",
            f"/en/youth-panel/{year}/",
            f"/en/youth-panel/proposal/{row.number}/",
            "/lt/jaunimo-taryba/?show=done",
            "/lt/jaunimo-taryba/?show=overdue",
            f"/lt/jaunimo-taryba/{year}/",
            f"/lt/jaunimo-taryba/pasiulymas/{row.number}/",
            "/lt/jaunimo-taryba/sarasas.csv",
            "/lt/jaunimo-taryba/naujienos.xml",
            "/lt/jaunimo-taryba/taisykles/",
        )
    }
    identifying = set()
    for one in Member.objects.select_related("account"):
        identifying |= {one.pseudonym, one.ref, one.account.ref, one.account.pseudonym}
        identifying |= {f"{one.birth_month:%Y-%m}", "Vardenė Pavyzdė", "globeja@pastas.example", " 7b "}
    identifying |= {row.ref, drafts_left.ref}
    for path, page in pages.items():
        assert page.status_code == 200, path
        found = [word for word in identifying if word in page.text]
        assert not found, (path, found)
        assert ("wrote in Lithuanian" in page.text) == path.startswith("/en/"), path
    assert WORDS.title in pages["/lt/jaunimo-taryba/"].text
    assert WORDS.title in pages["/lt/jaunimo-taryba/sarasas.csv"].text
    assert WORDS.title not in pages["/lt/jaunimo-taryba/?show=overdue"].text
    ElementTree.fromstring(pages["/lt/jaunimo-taryba/naujienos.xml"].text)
    assert visitor.get(f"/lt/jaunimo-taryba/{year - 20}/").status_code == 404
    assert (
        json.dumps(WORDS.wish, ensure_ascii=False)[1:-1]
        in pages[f"/lt/jaunimo-taryba/pasiulymas/{row.number}/"].text
    )


def test_the_desk_leads_a_proposal_through(panel: Panel):
    row = make.published(panel)
    staff = desk(panel)
    path = f"/desk/panel/voice/proposals/{row.ref}/"
    assert WORDS.title in staff.get("/desk/panel/voice/proposals/").text
    assert staff.get(path).status_code == 200
    until = local_day(panel.at) + 7 * DAY
    staff.post(f"{path}discuss/", {"until": until.isoformat(), "second": panel.second.person_id})
    assert fresh(row).state == "DISCUSSION"
    assert staff.post(f"{path}qualify/", {"explanation": ""}).status_code == 422
    staff.post(f"{path}qualify/", {"explanation": "Susitikime visi pritarė."})
    assert fresh(row).state == "QUALIFIED" and "balsavimo" in staff.get(path).text
    other = make.sent(panel, "Kopa")
    there = f"/desk/panel/voice/proposals/{other.ref}/"
    answers.ask_panel(by=by_link(other), proposal=other, text="Kurios klasės?", at=panel.at)
    staff.post(f"{there}reply/", {"reply": "Šeštos."})
    staff.post(f"{there}note/", {"note": "Kalbėta telefonu."})
    staff.post(f"{there}link/")
    assert fresh(other).link == 2
    page = staff.get(there).text
    assert "Šeštos." in page and "Kalbėta telefonu." in page
    answers.send_answer(
        by=by_link(fresh(other)), proposal=fresh(other), given=given("DECLINED", tasks=()), at=panel.at
    )
    staff.post(f"{there}publish/")
    staff.post(f"{there}tell/", {"text": "Papasakojome, kodėl ne."})
    assert fresh(other).state == "REPORTED_BACK"
    listed = staff.get("/desk/panel/voice/addressees/").text
    assert "Pavyzdžio ministerija" in listed and "ministerija.example" not in listed
    made = staff.post(
        "/desk/panel/voice/addressees/new/",
        {"name": "Platforma", "address": "a@platforma.example", "language": "lt"},
    )
    assert made.status_code == 302
    assert staff.get(made.url).status_code == 200


def test_a_stranger_to_the_panel_sees_nothing_of_it(panel: Panel):
    row = make.discussed(panel)
    Member.objects.filter(pseudonym="Kopa").update(state="PAUSED")
    paused = space(panel, "Kopa")
    assert paused.get(f"/lt/jaunimas/pasiulymai/{row.ref}/").status_code in {302, 404}
    assert Client().get(f"/lt/jaunimas/pasiulymai/{row.ref}/").status_code == 302
    editor = desk(panel, "EDITOR")
    for path in ("", "texts/", "proposals/", "meetings/", "addressees/", f"proposals/{row.ref}/"):
        assert editor.get(f"/desk/panel/voice/{path}").status_code == 404
