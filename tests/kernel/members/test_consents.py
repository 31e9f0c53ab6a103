"""Consents: versions, withdrawal in one step, guardian and child, asked again at 14; when each counts."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from factories.members import asked, browser_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members import consents, links, queries, rules
from sauga.kernel.members.actions import consents as consent_actions
from sauga.kernel.members.actions import mail, representations, signin
from sauga.kernel.members.models import Consent, Guardian, Member
from sauga.kernel.permissions import REGISTRY
from sauga.kernel.states import SystemActor
from tests.structure import structure

PANEL = SystemActor("panel-of-test")
VISITOR = SystemActor("guardian")
TAKE_PART, PHOTOS = "panel.take_part", "panel.photos"


@pytest.fixture
def purposes(monkeypatch):
    """What a service for young people declares; who may invite."""
    monkeypatch.setattr(consents, "_purposes", dict(consents._purposes))
    monkeypatch.setattr(
        REGISTRY, "system", {**REGISTRY.system, PANEL.name: {str(rules.Permission.INVITE_YOUNG)}}
    )
    touched: list[int] = []
    consents.register(
        (
            consents.Purpose(
                code=TAKE_PART,
                title="Take part",
                texts={1: "You write under a nickname."},
                for_young=True,
                touches=lambda _member: ["The account of the panel closes at once."],
                on_withdrawal=lambda member, _at: touched.append(member.pk),
            ),
            consents.Purpose(
                code=PHOTOS,
                title="Photographs",
                texts={1: "We take photographs."},
                for_young=True,
                guardian_until_full_age=True,
            ),
        )
    )
    return touched


def invited(years: int, at: datetime | None = None) -> Member:
    when = at or clock.now()
    return consent_actions.invite_young_member(
        by=PANEL,
        address="vaikas@mokykla.example",
        name="Ąžuolas Pavyzdys",
        birth_month=date(when.year - years, when.month, 1) - timedelta(days=40),
        guardian_address="globeja@pastas.example",
        language="lt",
        purpose=TAKE_PART,
        at=when,
    )


def signed_in(member: Member) -> Client:
    link, _browser = asked("vaikas@mokykla.example")
    _who, secret = signin.use_link(by=VISITOR, link=link, device="", at=clock.now())
    return browser_of(secret)


def guardian_path() -> str:
    return links.guardian_address(Guardian.objects.get()).split("/", 3)[3]


@pytest.mark.django_db
def test_under_14_it_counts_when_guardian_and_child_agree_and_either_ends_it(purposes, post):
    child = invited(11)
    mail.send_guardian(by=SystemActor("members"), guardian_id=child.guardian.pk, at=clock.now())
    assert post.mails[0].rcpt_tos == ["globeja@pastas.example"]
    path, browser, parent = f"/{guardian_path()}", signed_in(child), Client()
    page = parent.get(path).content.decode()
    assert "Take part" in page and structure(page) == [] and "Ąžuolas" not in page
    assert parent.post(path, {"purpose": TAKE_PART, "version": "1"}).status_code == 302
    assert not queries.has_consented(child, TAKE_PART, clock.now())
    home = browser.get("/lt/mano/").content.decode()
    assert "Labas, Ąžuolas" in home and "Take part" in home and structure(home) == []
    assert browser.post("/lt/mano/sutikimai/", {"purpose": TAKE_PART, "version": "1"}).status_code == 302
    assert queries.has_consented(child, TAKE_PART, clock.now())
    assert "The account of the panel closes at once." in parent.get(path).content.decode()
    assert parent.post(path, {"purpose": TAKE_PART, "withdraw": "1"}).status_code == 302
    assert not queries.has_consented(child, TAKE_PART, clock.now())
    assert purposes == [child.pk]
    mail.send_withdrawal(by=SystemActor("members"), member_id=child.pk, at=clock.now())
    assert post.mails[-1].rcpt_tos == ["vaikas@mokykla.example"]
    mail.send_copied_passkey(by=SystemActor("members"), member_id=child.pk, at=clock.now())
    letter = message_from_bytes(post.mails[-1].content, policy=policy.default)
    assert "tavo prieigos rakto kopija" in letter.get_body().get_content().replace("\n", " ")


@pytest.mark.django_db
def test_from_14_on_the_young_person_decides_but_for_photographs(purposes):
    young = invited(15)
    browser = signed_in(young)
    for purpose in (TAKE_PART, PHOTOS):
        browser.post("/lt/mano/sutikimai/", {"purpose": purpose, "version": "1"})
    assert queries.has_consented(young, TAKE_PART, clock.now())
    assert not queries.has_consented(young, PHOTOS, clock.now())
    parent = Client()
    page = parent.get(f"/{guardian_path()}").content.decode()
    assert "Photographs" in page and "Take part" not in page
    assert parent.post(f"/{guardian_path()}", {"purpose": TAKE_PART, "version": "1"}).status_code == 404
    parent.post(f"/{guardian_path()}", {"purpose": PHOTOS, "version": "1"})
    assert queries.has_consented(young, PHOTOS, clock.now())


@pytest.mark.django_db
def test_whoever_turns_14_is_asked_again(purposes):
    began = clock.now() - timedelta(days=300)
    child = invited(13, began)
    consent_actions.give_as_guardian(
        by=VISITOR, guardian=child.guardian, purpose=TAKE_PART, version=1, at=began
    )
    who = member_of(child)
    consent_actions.give_consent(by=who, purpose=TAKE_PART, version=1, at=began)
    assert queries.has_consented(child, TAKE_PART, began)
    later = began + timedelta(days=430)
    assert not queries.has_consented(child, TAKE_PART, later)
    lines = {line.purpose.code: line for line in queries.consent_lines(child, later)}
    assert lines[TAKE_PART].is_outdated is True
    consent_actions.give_consent(by=who, purpose=TAKE_PART, version=1, at=later)
    assert queries.has_consented(child, TAKE_PART, later)


def member_of(row: Member):
    from sauga.kernel.members.actors import member_actor

    return member_actor(row, clock.now())


@pytest.mark.django_db
def test_a_new_text_is_asked_for_and_nobody_agrees_to_words_not_shown(ona, onas_browser, monkeypatch):
    monkeypatch.setattr(consents, "_purposes", {})
    first = consents.Purpose(code="bakery.bread", title="Bread", texts={1: "Rye."})
    consents.register((first,))
    onas_browser.post("/en/my/consents/", {"purpose": "bakery.bread", "version": "1"})
    assert queries.has_consented(ona[0].member, "bakery.bread", clock.now())
    consents.register(
        (
            consents.Purpose(
                code="bakery.bread", title="Bread", texts={1: "Rye.", 2: "Oat."}, valid_from_version=2
            ),
        )
    )
    assert not queries.has_consented(ona[0].member, "bakery.bread", clock.now())
    assert "Bread" in onas_browser.get("/en/my/").content.decode()
    stale = onas_browser.post("/en/my/consents/", {"purpose": "bakery.bread", "version": "1"})
    assert stale.status_code == 422 and "has changed meanwhile" in stale.content.decode()
    onas_browser.post("/en/my/consents/", {"purpose": "bakery.bread", "version": "2"})
    assert queries.has_consented(ona[0].member, "bakery.bread", clock.now())
    held = Consent.objects.order_by("pk")
    assert [(one.version, one.withdrawn_at is None) for one in held] == [(1, False), (2, True)]


@pytest.mark.django_db
def test_what_is_not_offered_is_refused(ona, onas_browser, purposes):
    for purpose in (TAKE_PART, "nothing", ""):
        answer = onas_browser.post("/en/my/consents/", {"purpose": purpose, "version": "1"})
        assert answer.status_code == 422
    assert not Consent.objects.exists()
    assert Client().get("/en/my/guardian/nothing/").status_code == 404


@pytest.mark.django_db
def test_only_who_may_invite_makes_an_account_of_a_child_and_only_of_a_child(purposes, ona):
    with pytest.raises(PermissionRefused):
        consent_actions.invite_young_member(
            by=ona[0],
            address="a@b.example",
            name="",
            birth_month=date(2015, 1, 1),
            guardian_address="c@d.example",
            language="lt",
            purpose=TAKE_PART,
            at=clock.now(),
        )
    with pytest.raises(consent_actions.NotYoung):
        invited(30)
    child = invited(11)
    with pytest.raises(consent_actions.AddressTaken):
        invited(11)
    with pytest.raises(PermissionRefused):
        representations.ask_to_represent(
            by=member_of(child),
            organisation=None,
            asked_name="x",
            purpose="",
            wants_partner=False,
            at=clock.now(),
        )


@pytest.mark.unit
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    born=st.dates(date(1990, 1, 1), date(2026, 1, 1)),
    on=st.dates(date(2005, 1, 1), date(2044, 1, 1)),
    parties=st.sets(st.sampled_from(["SELF", "GUARDIAN"])),
    photos=st.booleans(),
    version=st.integers(1, 3),
    age_days=st.integers(0, 4000),
)
def test_a_consent_counts_exactly_when_all_who_must_agreed(born, on, parties, photos, version, age_days):
    member = Member()
    member.birth_month = born.replace(day=1)
    given_at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) - timedelta(days=age_days)
    standing = [Consent(given_by=party, version=version, given_at=given_at) for party in parties]
    counts = rules.is_effective(member, standing, on, valid_from_version=2, guardian_until_full_age=photos)
    months = (on.year - born.year) * 12 + on.month - born.month
    asked = given_at + timedelta(days=30)  # whoever is nearly 14 is asked ahead
    then = (asked.year - born.year) * 12 + asked.month - born.month
    needed = {"SELF"} | ({"GUARDIAN"} if months <= 14 * 12 or (photos and months <= 18 * 12) else set())
    is_old = then <= 14 * 12 < months
    assert counts == (needed <= parties and version >= 2 and not is_old)
