"""Logos over time: the one of the day asked for, none once withdrawn; only with permission; what staff do on
the organisation's page, and what visitors are sent."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from factories.answers import body
from factories.people import SETUP, hire, sign_in
from factories.uploads import image

from sauga.kernel import clock, organisations, retention
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.media.models import MediaFile
from sauga.kernel.organisations.actions import logos as actions
from sauga.kernel.organisations.models import OrganisationLogo
from sauga.kernel.organisations.queries.logos import logos_on
from sauga.kernel.organisations.spans import DateRefused, range_of
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import NothingChanged
from sauga.kernel.states import SystemActor

pytestmark = pytest.mark.django_db
AT = clock.now()
TODAY = AT.astimezone(clock.VILNIUS).date()
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()">'
    b'<circle cx="4" cy="4" r="4"/></svg>'
)
RULE = ["organisations.organisationlogo"]
CALM = SVG.replace(b' onload="x()"', b"")


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def library():
    row = organisations.create_organisation(
        by=SETUP, names={"lt": "Marių biblioteka", "en": "Lagoon Library"}, at=AT
    )
    organisations.give_role(by=SETUP, organisation=row, role="PARTNER", since="2012", at=AT)
    return row


@pytest.fixture
def desk(client):
    sign_in(client, hire("Vaiva Registrė", "COORDINATOR"))
    return client


def add(row, since="", until="", content=CALM, **given):
    given = {"alt": {"lt": "Ratas"}, "permission": "Sutartis, 2024 m.", "at": AT, **given}
    return actions.add_logo(
        by=SETUP, organisation=row, content=content, name="logo.svg", since=since, until=until, **given
    )


def shown(row, day):
    found = logos_on(day, [row.pk]).get(row.pk)
    return found.pk if found else None


def test_a_page_of_a_day_shows_the_logo_of_that_day(library):
    first = add(library, "2012", "2019-05-31")
    second = add(library, "2019-06-01")
    third = add(library, "2024-03-01")
    assert OrganisationLogo.objects.get(pk=second.pk).until == "2024-02-29", "it ends just before"
    days = [
        date(2011, 12, 31),
        date(2012, 1, 1),
        date(2019, 5, 31),
        date(2019, 6, 1),
        date(2024, 2, 29),
        TODAY,
    ]
    assert [shown(library, day) for day in days] == [None, first.pk, first.pk, second.pk, second.pk, third.pk]
    [held] = organisations.roles_on(date(2020, 1, 1), ["PARTNER"])
    assert held.logo is not None and held.logo.pk == second.pk
    actions.withdraw_logo(by=SETUP, row=second, at=AT)
    assert shown(library, date(2020, 1, 1)) is None, "a page of the past keeps the name as text"
    [held] = organisations.roles_on(date(2020, 1, 1), ["PARTNER"])
    assert held.logo is None and held.name
    actions.restore_logo(by=SETUP, row=second, at=AT)
    assert shown(library, date(2020, 1, 1)) == second.pk


@pytest.mark.parametrize(
    ("first", "second", "is_refused"),
    [
        (("2012-07-01", "2019-05-31"), ("2019-05-31", ""), True),
        (("2012-07-01", "2019-05-31"), ("2019-06-01", ""), False),
        (("2012", "2019"), ("2019", "2024"), False),
        (("", ""), ("", "2020"), True),
    ],
)
def test_two_logos_never_certainly_last_on_the_same_day(library, first, second, is_refused):
    add(library, *first)
    if not is_refused:
        add(library, *second)
        return
    with pytest.raises(actions.LogoOverlaps):
        add(library, *second)
    assert library.logos.count() == 1, "nothing was written"
    assert MediaFile.objects.filter(owner=actions.OWNER).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationLogo.objects.create(
            organisation=library,
            file=MediaFile.objects.get(),
            permission="x",
            during=range_of((date(2013, 1, 1), None)),
            certain=range_of((date(2013, 1, 1), None)),
        )


def test_ending_editing_and_withdrawing_can_be_undone_and_nothing_is_done_twice(library):
    row = add(library, "2020")
    ended = actions.end_logo(by=SETUP, row=row, at=AT)
    assert ended.until == TODAY.isoformat() and shown(library, TODAY) == row.pk
    assert shown(library, TODAY + timedelta(days=1)) is None
    with pytest.raises(NothingChanged):
        actions.end_logo(by=SETUP, row=row, at=AT)
    assert actions.reopen_logo(by=SETUP, row=row, at=AT).until == ""
    with pytest.raises(NothingChanged):
        actions.reopen_logo(by=SETUP, row=row, at=AT)
    given = {"alt": {"lt": "", "en": "A disc"}, "permission": "Laiškas", "since": "2021", "until": ""}
    held = actions.edit_logo(by=SETUP, row=row, at=AT, **given)
    assert MediaFile.objects.get().alt == {"en": "A disc"} and held.since == "2021"
    actions.withdraw_logo(by=SETUP, row=row, at=AT)
    with pytest.raises(NothingChanged):
        actions.withdraw_logo(by=SETUP, row=row, at=AT)
    add(library, "2022")
    with pytest.raises(actions.LogoOverlaps):
        actions.restore_logo(by=SETUP, row=row, at=AT)
    future = add(library, (TODAY + timedelta(days=9)).isoformat())
    with pytest.raises(DateRefused):
        actions.end_logo(by=SETUP, row=future, at=AT)
    said = [line.action for line in TrailLine.objects.order_by("pk") if ":logo:" in line.action]
    kinds = ["added", "edited", "edited", "edited", "withdrawn", "added", "added"]
    assert said == [f"organisation:logo:{kind}" for kind in kinds]


def test_only_with_permission_and_only_by_who_may_edit(library):
    with pytest.raises(actions.LogoRefused):
        add(library, permission="  ")
    row = add(library)
    acts = [
        lambda by: actions.end_logo(by=by, row=row, at=AT),
        lambda by: actions.reopen_logo(by=by, row=row, at=AT),
        lambda by: actions.withdraw_logo(by=by, row=row, at=AT),
        lambda by: actions.restore_logo(by=by, row=row, at=AT),
        lambda by: actions.edit_logo(by=by, row=row, alt={}, permission="x", since="", until="", at=AT),
        lambda by: actions.add_logo(
            by=by, organisation=library, content=CALM, name="a.svg", alt={}, permission="x", at=AT
        ),
    ]
    for act in acts:
        with pytest.raises(PermissionRefused):
            act(SystemActor("organisations"))


def test_described_in_the_language_of_the_page_or_not_at_all(library):
    row = add(library)
    with translation.override("lt"):
        assert row.alt == "Ratas"
    with translation.override("en"):
        assert row.alt == "", "not in another language without saying so"


def page(row, *more):
    return "/".join(["/desk/organisations/logos", row.code, *map(str, more), ""])


def text(response):
    return response.content.decode()


def test_staff_add_end_and_withdraw_a_logo_on_the_page(desk, library):
    about = f"/desk/organisations/{library.code}/"
    assert "Viešuose puslapiuose rodomas pavadinimas" in text(desk.get(about))
    given = {"since": "2024", "until": "", "permission": "Sutartis", "alt_lt": "Ratas", "alt_en": ""}

    def upload(content, name, **more):
        return desk.post(page(library), {**given, "file": SimpleUploadedFile(name, content), **more})

    for content, name in ((b"", "a.png"), (b"ne paveikslas", "a.png"), (SVG, "a.svg")):
        refused = upload(content, name)
        assert refused.status_code == 422 and "Sutartis" in text(refused), name
    assert upload(CALM, "a.svg", permission="").status_code == 422
    assert desk.post(page(library), given).status_code == 422
    assert not library.logos.exists()
    assert 'enctype="multipart/form-data"' in text(desk.get(page(library)))
    assert upload(image("WEBP"), "a.webp").headers["Location"] == f"{about}#logos"
    row = library.logos.get()
    assert row.file.mime == "image/png", "decoded and written anew"
    where = reverse("organisations-logo-file", args=[library.code, row.pk])
    seen = text(desk.get(about))
    assert where in seen and 'alt="Ratas"' in seen and "Sutartis" in seen
    assert body(desk.get(where)).startswith(b"\x89PNG")
    day = clock.now().astimezone(clock.VILNIUS).date()  # a run may go on past midnight
    assert desk.post(page(library, row.pk, "end")).status_code == 302
    assert library.logos.get().until == day.isoformat()
    assert desk.post(page(library, row.pk, "end")).status_code == 302
    edited = desk.post(page(library, row.pk), {**given, "since": "vakar"})
    assert edited.status_code == 422
    assert desk.post(page(library, row.pk), {**given, "since": "2023"}).status_code == 302
    assert desk.post(page(library, row.pk, "withdraw")).status_code == 302
    assert library.logos.get().withdrawn_at is not None
    assert body(desk.get(where)).startswith(b"\x89PNG"), "the desk still sees it"
    assert desk.post(page(library, row.pk, "withdraw")).status_code == 302
    assert library.logos.get().withdrawn_at is None
    assert desk.get(page(library, 0)).status_code == 404


def test_visitors_are_sent_logos_that_may_be_shown_and_no_others(client, library):
    row = add(library, "2012", "2019")
    address = reverse("portal-logo", args=[row.file.ref])
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"] and b"<circle" in body(answer)
    actions.withdraw_logo(by=SETUP, row=row, at=AT)
    assert client.get(address).status_code == 404
    actions.restore_logo(by=SETUP, row=row, at=AT)
    MediaFile.objects.update(state="REFUSED")
    assert client.get(address).status_code == 404
    assert shown(library, date(2015, 1, 1)) is None


def test_a_withdrawn_logo_goes_after_its_term_with_its_file(library, django_capture_on_commit_callbacks):
    kept, row = add(library, "2012", "2019"), add(library, "2020", content=CALM.replace(b"9 9", b"8 8"))
    actions.withdraw_logo(by=SETUP, row=row, at=AT)
    late = AT + timedelta(days=91)
    retention.run(AT + timedelta(days=89), only=RULE)
    assert library.logos.count() == 2
    retention.run(late, only=RULE)
    assert list(library.logos.all()) == [kept]
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_unused_files(by=SystemActor("organisations"), at=late) == 1
    assert list(MediaFile.objects.all()) == [kept.file]
    assert actions.forget_unused_files(by=SystemActor("organisations"), at=late) == 0


def test_the_home_page_says_who_runs_the_centre_and_who_helps_it_each_once(library):
    from sauga.portal.queries.public_pages import centre_on

    helper = organisations.create_organisation(by=SETUP, names={"lt": "Rėmėjas"}, at=AT)
    for row, role in ((library, "COORDINATOR"), (helper, "SUPPORTER"), (helper, "ASSOCIATED")):
        organisations.give_role(by=SETUP, organisation=row, role=role, since="2020", at=AT)
    running, helping = centre_on(TODAY)
    assert [(row.name, row.row.role) for row in running] == [("Marių biblioteka", "COORDINATOR")]
    assert [(row.name, row.row.role) for row in helping] == [("Rėmėjas", "ASSOCIATED")]
