"""The public pages: filters, one resource, what was taken back, files, heads in class, printed copies."""

import hashlib
import io
import json
import re
import zipfile

import pytest
from django.conf import settings
from django.test import Client
from factories.resources import PDF, approved, draft, published, with_file

from sauga.kernel import sealed
from sauga.repository.catalogue.actions import daily_counts, print_orders
from sauga.repository.catalogue.models import DailyCount, PrintOrder, UseReport
from sauga.repository.resources.actions import publication, resources
from sauga.repository.resources.models import Resource
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(centre: Centre) -> Resource:
    return published(
        centre,
        learning_minutes=45,
        channels=["pdf", "print_order"],
        accessibility={"features": ["taggedPDF"]},
    )


def read(address: str, status: int = 200, **data: str) -> str:
    response = Client().get(address, data)
    assert response.status_code == status, address
    assert not response.cookies
    return response.content.decode()


def body(response) -> bytes:
    async def whole() -> bytes:
        return b"".join([piece async for piece in response.streaming_content])

    import asyncio

    return asyncio.run(whole()) if response.streaming else response.content


def test_list_shows_what_is_public_and_nothing_else(centre: Centre, lesson):
    published(centre, title={"lt": "Tik specialistams", "en": "Professionals only"}, sensitivity="restricted")
    page = read("/lt/istekliai/")
    assert "Pamoka apie pokalbius" in page and "Tik specialistams" not in page
    assert "1 išteklius" in page and "10–13 metų" in page and "45 min." in page and "CC BY 4.0" in page
    assert "A lesson about chats" in read("/en/resources/")


@pytest.mark.parametrize(
    ("licence", "words", "title"),
    [
        ("CC-BY-4.0", "Adapt", "Adapt “A lesson about chats”"),
        ("CC-BY-ND-4.0", "Add your logo and contacts", "Adapt “A lesson about chats”"),
        ("custom", "Ask for permission", "Ask for permission: “A lesson about chats”"),
    ],
)
def test_the_main_button_offers_what_the_licence_allows(centre: Centre, licence, words, title):
    note = {"lt": "Klauskite mūsų.", "en": "Ask us first."} if licence == "custom" else {}
    row = published(centre, licence=licence, licence_note=note)
    page = read(f"/en/resources/{row.slug_en}/")
    button = re.search(r'<a class="button" href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    assert button is not None and re.sub(r"<.*?>", "", button[2]).strip() == words
    shown = read(button[1])
    assert title in re.sub(r"\s+", " ", shown) and ("Ask us first." in shown) == bool(note)


def test_age_time_and_licence_come_first_and_what_cataloguers_ask_is_folded(lesson):
    page = read(f"/en/resources/{lesson.slug_en}/")
    facts, folded = page.split('<dl class="facts">')[1].split("<details", 1)
    assert [name in facts for name in ("Learners", "Time", "Licence", "Made by", "Reading level")] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert "More about this resource" in folded and "Made by" in folded


def test_filters_stand_in_the_address_with_counts(centre: Centre, lesson):
    published(
        centre,
        title={"lt": "Vaizdas", "en": "Film"},
        type="poster",
        audiences=["parents_carers"],
        age_min=14,
        age_max=18,
    )
    page = read("/en/resources/?for=teachers&age=a10_13")
    assert "1 resource<" in page and "Film" not in page
    assert re.search(r'value="teachers" checked>[^<]*<span class="count">1<', page)
    assert re.search(r'value="a14_18">[^<]*<span class="count">', page) is None, (
        "nobody of that age beside teachers"
    )
    assert 'href="?age=a10_13"' in page, "the chip leads to the address without itself"
    assert "2 resources" in read("/en/resources/?for=nonsense&page=0&sort=x")
    assert 'value="parents_carers" checked' in read("/en/resources/?for=grandparents"), "an older address"
    titles = re.findall(r"<legend>\s*(.*?)\s*</legend>", page)
    assert "Age" in titles and not [title for title in titles if "learner" in title or "pupil" in title]
    assert "1 resource<" in read("/en/resources/", q="film")
    assert "1 išteklius<" in read("/lt/istekliai/", q="pokalb")
    assert "No results for these filters" in read("/en/resources/", q="zzz")
    assert "1 resource<" in read(
        "/en/resources/?access=taggedPDF&type=lesson_plan&topic=media_literacy&lang=en"
    )


def test_an_empty_collection_of_resources_says_so(centre: Centre):
    assert "Išteklių dar nėra" in read("/lt/istekliai/")


def test_long_lists_have_pages(centre: Centre):
    row = published(centre)
    fields = {
        f.name: getattr(row, f.name)
        for f in Resource._meta.concrete_fields
        if f.name not in {"id", "ref", "uuid", "slug_lt", "slug_en"}
    }
    from uuid import uuid4

    Resource.objects.bulk_create(
        Resource(**fields, ref=f"X{n:07}", uuid=uuid4(), slug_lt=f"i-{n}", slug_en=f"r-{n}")
        for n in range(45)
    )
    page = read("/en/resources/")
    assert page.count('<li class="result">') == 20 and 'href="?page=3"' in page
    assert read("/en/resources/?page=3").count('<li class="result">') == 6


def test_a_resource_page_and_its_twin(centre: Centre, lesson):
    page = read("/en/resources/a-lesson-about-chats/")
    assert "What you may do" in page and lesson.renditions.get().sha256 in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))
    assert (
        data["license"] == "https://creativecommons.org/licenses/by/4.0/" and data["timeRequired"] == "PT45M"
    )
    moved = Client().get("/en/resources/pamoka-apie-pokalbius/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/resources/a-lesson-about-chats/")
    assert f'hreflang="lt" href="{settings.ENV.base_url}/lt/istekliai/pamoka-apie-pokalbius/"' in page, (
        "the language switch leads straight to the twin"
    )
    read("/en/resources/no-such/", 404)


def test_files_of_one_kind_and_language_are_numbered(centre: Centre, lesson):
    row = lesson.renditions.get()
    assert re.findall(r"Main file, \w+ \((\d)\)", read("/en/resources/a-lesson-about-chats/")) == []
    row.pk, row.ref, row.name, row.sha256 = None, "ZZZZ-ZZZZ", "second.pdf", "1" * 64
    row.save(force_insert=True)
    page = " ".join(read("/en/resources/a-lesson-about-chats/").split())
    assert re.findall(r"Main file, \w+ \((\d)\)", page) == ["1", "2"]


def test_what_a_resource_says_cannot_end_its_data_block(centre: Centre):
    from sauga.repository.catalogue.views.catalogue import script

    assert str(script({"name": "</script><b>&"})) == (
        '<script type="application/ld+json">{"name": "\\u003c/script\\u003e\\u003cb\\u003e\\u0026"}</script>'
    )


def test_a_body_is_shown_as_blocks(centre: Centre, lesson):
    by = centre.actor("EDITOR")
    revision = resources.open_revision(by=by, resource=lesson, at=AT)
    resources.set_slots(
        by=by,
        resource=revision,
        slots=[{"code": "help", "kind": "help_contacts", "required": True, "default": {"lt": "116 111"}}],
        at=AT,
    )
    blocks = [
        {"kind": "task", "text": "Aptarkite.", "minutes": 5},
        {"kind": "list", "items": ["vienas", "du"]},
        {"kind": "slot", "slot": "help"},
    ]
    revision = resources.edit_resource(by=by, resource=revision, body={"lt": blocks}, at=AT)
    from factories.resources import approved

    publication.publish_resource(by=centre.actor("PUBLISHER"), resource=approved(centre, revision), at=AT)
    page = read("/lt/istekliai/pamoka-apie-pokalbius/")
    assert "5 minutės" in page and "<li>vienas</li>" in page
    assert '<span class="place">116\xa0111</span>' in page


def test_taken_back_says_why_and_what_instead(centre: Centre, lesson):
    other = published(centre, title={"lt": "Nauja pamoka", "en": "New lesson"})
    publication.retire_resource(
        by=centre.actor("PUBLISHER"), resource=lesson, reason={"lt": "Pasenusi."}, replaced_by=other, at=AT
    )
    page = read("/lt/istekliai/pamoka-apie-pokalbius/", 410)
    assert "Pasenusi." in page and "Nauja pamoka" in page
    row = lesson.renditions.get()
    assert Client().get(f"/files/{row.ref}/{row.name}").status_code == 410
    publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"), resource=other, reason={"lt": "Klaida."}, at=AT
    )
    assert "Nebenaudokite" in read("/lt/istekliai/nauja-pamoka/", 410)
    for place in ("visi.zip", "panaudota/", "uzsakyti/"):
        read(f"/lt/istekliai/nauja-pamoka/{place}", 404)


def test_a_file_is_sent_locked_with_its_checksum_and_counted(centre: Centre, lesson):
    row = lesson.renditions.get()
    response = Client().get(f"/files/{row.ref}/{row.name}")
    assert body(response) == PDF
    assert (
        response["ETag"] == f'"{hashlib.sha256(PDF).hexdigest()}"'
        and "sandbox" in response["Content-Security-Policy"]
    )
    assert response["Content-Disposition"] == f'attachment; filename="{row.name}"'
    assert (
        Client().get(f"/files/{row.ref}/{row.name}", headers={"If-None-Match": response["ETag"]}).status_code
        == 304
    )
    daily_counts.flush()
    assert DailyCount.objects.get(kind="file").n == 1


def test_a_broken_download_goes_on_and_counts_once(centre: Centre, lesson):
    row = lesson.renditions.get()
    archive = "/lt/istekliai/pamoka-apie-pokalbius/visi.zip"
    for address, kind in ((f"/files/{row.ref}/{row.name}", "file"), (archive, "archive")):
        start = Client().get(address, headers={"Range": "bytes=0-99"})
        tag = start["ETag"]
        rest = Client().get(address, headers={"Range": "bytes=100-", "If-Range": tag})
        assert (start.status_code, rest.status_code, rest["Content-Range"][:10]) == (206, 206, "bytes 100-")
        whole = Client().get(address, headers={"Range": "bytes=100-", "If-Range": '"former"'})
        assert (whole.status_code, whole["Accept-Ranges"]) == (200, "bytes")
        assert body(start) + body(rest) == body(whole)
        assert Client().get(address, headers={"Range": "bytes=99999999-"}).status_code == 416
        assert Client().head(address)["Content-Length"] == whole["Content-Length"]
        daily_counts.flush()
        assert DailyCount.objects.get(kind=kind).n == 2  # the beginning, and the whole for another version


def test_all_files_in_one_archive_with_a_sheet(centre: Centre, lesson):
    response = Client().get("/lt/istekliai/pamoka-apie-pokalbius/visi.zip")
    content = body(response)
    assert len(content) == int(response["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("a.pdf") == PDF
        sheet = archive.read("README.txt").decode()
    assert "Licencija: CC BY 4.0" in sheet and f"{hashlib.sha256(PDF).hexdigest()}  a.pdf" in sheet


def ticket(address: str) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', read(address)).group(1)


def test_one_tap_counts_heads_once_and_keeps_no_name(centre: Centre, lesson):
    given = {"ticket": ticket("/lt/istekliai/pamoka-apie-pokalbius/"), "group": "grades_5_8", "heads": "24"}
    for _twice in range(2):
        response = Client().post("/lt/istekliai/pamoka-apie-pokalbius/panaudota/", given)
        assert response.status_code == 302 and not response.cookies
    report = UseReport.objects.get()
    assert (report.heads, report.total, report.organisation) == ({"grades_5_8": 24}, 24, None)
    assert "dalyvavo 24 žmonės" in read("/lt/istekliai/pamoka-apie-pokalbius/")
    assert "Suskaičiuota" in read("/lt/istekliai/pamoka-apie-pokalbius/panaudota/aciu/")


def test_heads_of_several_groups_on_another_day(centre: Centre, lesson):
    place = "/en/resources/a-lesson-about-chats/used/"
    given = {
        "ticket": ticket(place),
        "heads_grades_1_4": "20",
        "heads_educators": "2",
        "kind": "school",
        "municipality": "LT-57",
    }
    assert Client().post(place, {**given, "date": "1999-01-01"}).status_code == 422
    assert Client().post(place, {**given, "heads_grades_1_4": "-3"}).status_code == 422
    assert Client().post(place, {"ticket": given["ticket"], "heads_seniors": ""}).status_code == 422
    assert "open for too long" in Client().post(place, {**given, "ticket": "x"}).content.decode()
    assert not UseReport.objects.exists()
    assert Client().post(place, given).status_code == 302
    assert UseReport.objects.get().heads == {"grades_1_4": 20, "educators": 2}


def test_prints_are_ordered_and_the_receiver_is_sealed(centre: Centre, lesson):
    place = "/lt/istekliai/pamoka-apie-pokalbius/uzsakyti/"
    given = {
        "ticket": ticket(place),
        "copies": "30",
        "language": "lt",
        "kind": "school",
        "municipality": "LT-57",
        "contact": "Vardenė, Gatvė 1",
    }
    assert Client().post(place, {**given, "copies": "501"}).status_code == 422
    for _twice in range(2):
        assert Client().post(place, given).status_code == 302
    order = PrintOrder.objects.get()
    assert b"Vardene" not in bytes(order.contact) and "Vardenė".encode() not in bytes(order.contact)
    manager = centre.actor("PARTNER_MANAGER")
    assert print_orders.open_order(by=manager, order=order, at=AT) == "Vardenė, Gatvė 1"
    with pytest.raises(sealed.KeyNotAvailable):
        print_orders.open_order(by=centre.actor("PARTNER_MANAGER", unlocked=False), order=order, at=AT)
    assert print_orders.settle_order(by=manager, order=order, sent=True, at=AT).state == "sent"


def test_a_resource_without_prints_leads_back(centre: Centre):
    published(centre)
    assert Client().get("/lt/istekliai/pamoka-apie-pokalbius/uzsakyti/").status_code == 302


def test_list_asks_the_database_as_often_for_three_as_for_one(centre: Centre, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            read("/lt/istekliai/")
        return len(caught)

    published(centre)
    asked()
    one = asked()
    for number in range(2):
        published(centre, title={"lt": f"Kita {number}", "en": f"Other {number}"})
    assert asked() == one


WEB = (
    "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>A talk</title>"
    "<!-- <body> --></head><body class='plain'><h1>A talk, ąčę</h1></body></html>"
).encode()


@pytest.mark.parametrize(
    ("language", "back", "leave"),
    [("lt", "/lt/istekliai/", "Greitai išeiti"), ("en", "/en/resources/", "Quick exit")],
)
def test_a_page_among_the_files_has_quick_exit_and_a_way_back(centre: Centre, language, back, leave):
    lesson = draft(centre)
    with_file(centre, lesson)
    with_file(centre, lesson, kind="transcript", name="a-talk.html", content=WEB, language=language)
    lesson = publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, lesson), at=AT
    )
    row = lesson.renditions.get(mime="text/html")
    address = f"/files/{row.ref}/{row.name}"
    shown, kept = Client().get(address), Client().get(f"{address}?download")
    content = body(shown)
    page, own = content.decode(), body(kept)
    assert (
        own == WEB and kept["ETag"] == f'"{row.sha256}"' and kept["Content-Disposition"][:10] == "attachment"
    )
    top, bar, rest = re.split(r"(<nav.*?</nav>)\s*", page, flags=re.DOTALL)
    assert top.endswith("<body class='plain'>") and f"{top}{rest}".encode() == WEB
    base = re.escape(settings.ENV.base_url.rstrip("/"))
    assert re.search(rf'href="{base}{back}{lesson.slug(language)}/"', bar) and leave in bar
    assert re.search(rf'href="{base}/leave/" rel="noreferrer', bar) and "<script" not in bar
    rules = shown["Content-Security-Policy"]
    assert "default-src 'none'" in rules and "sandbox" in rules and "allow-scripts" not in rules
    assert int(shown["Content-Length"]) == len(content)
    assert shown["Content-Disposition"][:6] == "inline" and shown["ETag"] not in {"", kept["ETag"]}
    assert Client().get(address, headers={"If-None-Match": shown["ETag"]}).status_code == 304
    assert Client().head(address)["Content-Length"] == shown["Content-Length"]
    part = Client().get(address, headers={"Range": "bytes=100-", "If-Range": shown["ETag"]})
    assert part.status_code == 206 and body(part) == content[100:]
    of_resource = read(f"{back}{lesson.slug(language)}/")
    assert f'<a href="{address}">' in of_resource and f'<a href="{address}?download" download>' in of_resource
