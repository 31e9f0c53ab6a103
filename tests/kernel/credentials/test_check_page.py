"""The check page: everything printed, the status with its date and never the reason, the same bytes for every
code that leads nowhere; files; what programs read."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape

from sauga.kernel import clock, credentials, retention
from sauga.kernel.credentials import verification
from sauga.kernel.credentials.views import public as views
from tests.kernel.credentials.lessons import KEEPER, issue, printed

pytestmark = pytest.mark.django_db
NOW = clock.now() - timedelta(minutes=5)
LT, EN = "/lt/pazymejimas/", "/en/certificate/"
NAMES = ("Daiva Šimkienė", "Ona <Petraitė>")


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        views, "_misses", views.rate_limits.RecentCount(views.MINUTE, most_each=views.MOST_MISSES)
    )


def code_of(row: credentials.Credential) -> str:
    return credentials.content_of(row).code


def test_it_shows_every_printed_field_in_both_languages():
    row = issue(at=NOW, valid_until=NOW + timedelta(days=200))
    held = printed()
    for language, begin in (("lt", LT), ("en", EN)):
        page = Client().get(f"{begin}{code_of(row)}/").text
        expected = [held.holder, row.number, code_of(row), held.about.said(language)]
        expected += [words.said(language) for one in held.fields for words in (one.label, one.value)]
        for text in expected:
            assert escape(text) in page, text
        shown = set(re.findall(r'data-field="(\w+)"', page))
        assert shown == {"holder", "hours", "period", "issued", "until", "issuer", "code"}
        assert 'data-state="VALID"' in page


@pytest.mark.parametrize(
    ("act", "why", "state", "word"),
    [
        ("suspend", "REVIEW", "SUSPENDED", "Suspended since"),
        ("revoke", "FRAUD", "REVOKED", "Revoked on"),
    ],
)
def test_it_says_what_and_when_never_why(act: str, why: str, state: str, word: str):
    row = issue(at=NOW)
    getattr(credentials, act)(by=KEEPER, credential=row, why=why, at=NOW)
    page = Client().get(f"{EN}{code_of(row)}/").text
    assert f'data-state="{state}"' in page and word in page
    with translation.override("en"):
        assert why not in page and str(credentials.kind_of(row.kind).reason(why)) not in page


def test_a_replaced_code_says_so_and_does_not_lead_to_the_new_name():
    row = issue(at=NOW)
    made = credentials.correct_name(by=KEEPER, credential=row, holder="Daiva Šimkienė", at=NOW)
    page = Client().get(f"{EN}{code_of(row)}/").text
    assert 'data-state="REPLACED"' in page and "Šimkienė" not in page and code_of(made) not in page


def test_unknown_malformed_and_deleted_codes_get_the_same_bytes():
    row = issue(at=NOW)
    code = code_of(row)
    credentials.revoke(by=KEEPER, credential=row, why="REQUEST", at=NOW)
    retention.run(NOW + timedelta(days=11 * 366), only=["credentials.credential"])
    wrong = [
        "K7Q4-M2XX-K7Q4-M2XX",
        "k7q4m2xxk7q4m2xx",
        "x",
        "<b>",
        "%00",
        "ąčę",
        "A" * 3000,
        "..",
        "'or 1=1",
        code,
    ]
    for begin in (LT, EN):
        answers = [Client().get(f"{begin}{one}/") for one in wrong]
        assert {one.status_code for one in answers} == {404}
        assert len({one.content for one in answers}) == 1
        heads = [{k: v for k, v in one.headers.items() if k != "Content-Length"} for one in answers]
        assert all(one == heads[0] for one in heads)
        files = [Client().get(f"{begin}{one}/credential.json") for one in ("K7Q4-M2XX-K7Q4-M2XX", "x", code)]
        assert {one.content for one in files} == {answers[0].content}


def test_many_wrong_codes_are_slowed_and_a_right_one_never(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(views, "MOST_MISSES", 5)
    row = issue(at=NOW)
    answers = [Client().get(f"{EN}K7Q4-{at:04}/").status_code for at in range(8)]
    assert answers[:4] == [404] * 4 and answers[-1] == 429
    assert Client().get(f"{EN}{code_of(row)}/").status_code == 200


def test_a_page_asks_for_its_credential_with_its_key_and_for_its_last_step():
    code = code_of(issue())
    Client().get(f"/en/certificate/{code}/")
    with CaptureQueriesContext(connection) as asked:
        Client().get(f"/en/certificate/{code}/")
    tables = [one["sql"].split(" FROM ")[1].split()[0] for one in asked.captured_queries]
    assert [name for name in tables if "credentials_" in name or "sealed_" in name] == [
        '"credentials_credential"',
        '"sealed_wrappedkey"',
        '"credentials_credentialstep"',
    ]


def test_each_page_is_of_its_own_credential_and_of_this_moment():
    """Head and foot are shared by the pages of all credentials; what is of one never is."""
    rows = [issue(f"lessons.enrolment:{name[:3]}", at=NOW, printed=printed(name)) for name in NAMES]
    codes = [code_of(row) for row in rows]
    for _time in range(2):
        for code, name in zip(codes, NAMES, strict=True):
            page = Client().get(f"{LT}{code.lower().replace('-', '')}/").text
            assert [one in page for one in codes] == [one == code for one in codes]
            assert [escape(one) in page for one in NAMES] == [one == name for one in NAMES]
            assert f'href="{EN}{code}/"' in page and f'href="{LT}{code}/credential.json"' in page
            assert "<form" in page and 'data-state="VALID"' in page
    credentials.suspend(by=KEEPER, credential=rows[0], why="REVIEW", at=NOW)
    states = [re.findall(r'data-state="(\w+)"', Client().get(f"{LT}{code}/").text) for code in codes]
    assert states == [["SUSPENDED"], ["VALID"]]
    assert f'href="{EN}"' in Client().get(f"{LT}nothing/").text  # a wrong code is not taken along


def test_a_code_however_typed_leads_to_its_page():
    row = issue(at=NOW)
    typed = f" {code_of(row).lower().replace('-', ' ')} "
    answer = Client().post(LT, {"code": typed})
    assert answer.url == f"{LT}{code_of(row)}/"
    assert Client().post(LT, {"code": "??"}).url == f"{LT}0/"
    assert Client().post(LT, {"code": ""}).status_code == 422


def test_the_page_stays_with_its_reader():
    response = Client().get(f"{EN}{code_of(issue(at=NOW))}/")
    assert response.headers["Cache-Control"] == "no-store" and response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer" and not response.cookies


def upload(content: bytes, name: str = "credential.json") -> str:
    """The finding of a file that a visitor brings."""
    ticket = re.search(r'name="ticket" value="([^"]+)"', Client().get(EN).text)
    assert ticket is not None
    given = {"ticket": ticket[1], "file": SimpleUploadedFile(name, content)}
    page = Client().post(f"{EN}file/", given)
    found = re.search(r'data-finding="(\w+)"', page.text)
    return found[1] if found else str(page.status_code)


def test_a_file_is_genuine_altered_foreign_or_no_certificate():
    row = issue(at=NOW)
    document = credentials.document_of(row)
    picture = Client().get(f"{EN}{code_of(row)}/credential.svg").content
    altered = {**document, "name": "Something else"}
    foreign = {**document, "id": "urn:uuid:3f0f1bd5-6a31-4c9c-8d7a-0f6f3a3f0a11"}
    assert upload(json.dumps(document).encode()) == "GENUINE"
    assert upload(json.dumps(document, indent=4, sort_keys=True).encode("utf-8-sig")) == "GENUINE"
    assert upload(picture, "badge.svg") == "GENUINE"
    assert upload(json.dumps(altered).encode()) == "ALTERED"
    assert upload(json.dumps(foreign).encode()) == "FOREIGN"
    assert upload(b"\x89PNG\r\n") == "UNREADABLE" and upload(b"{}") == "UNREADABLE" and upload(b"") == "422"
    assert upload(b" " * (verification.LARGEST + 1)) == "422"


def test_a_value_of_another_type_and_a_key_that_comes_twice_are_not_genuine():
    """`true` and 1 are equal to Python; of a key that comes twice one program reads the first value, another
    one the last."""
    document = credentials.document_of(issue(at=NOW, is_named=True))
    assert upload(json.dumps(document).encode()) == "GENUINE"
    altered = json.dumps(document).replace('"hashed": true', '"hashed": 1')
    assert altered != json.dumps(document) and upload(altered.encode()) == "ALTERED"
    twice = '{"name": "Something else", ' + json.dumps(document)[1:]
    assert upload(twice.encode()) == "UNREADABLE"


def test_an_altered_file_shows_what_was_changed_and_not_the_holder():
    row = issue(at=NOW)
    altered = {**credentials.document_of(row), "name": "Something else", "extra": 1}
    altered["credentialSubject"] = {**altered["credentialSubject"], "licenseNumber": "X"}
    ticket = re.search(r'name="ticket" value="([^"]+)"', Client().get(EN).text)[1]  # type: ignore[index]
    given = {"ticket": ticket, "file": SimpleUploadedFile("a.json", json.dumps(altered).encode())}
    page = Client().post(f"{EN}file/", given).text
    for words in ("what it is about", "its number", "something that we did not write"):
        assert f"<li>{words}</li>" in page
    assert "credentialSubject" not in page and "Girdenyt" not in page and code_of(row) not in page


def test_without_a_ticket_or_with_a_used_up_one_nothing_is_read():
    given: dict[str, Any] = {"ticket": "x", "file": SimpleUploadedFile("a.json", b"{}")}
    assert Client().post(f"{EN}file/", given).status_code == 422
    assert Client().get(f"{EN}file/").status_code == 302


def test_programs_read_the_keys_and_the_lists_and_see_a_move_at_once():
    row = issue(at=NOW)
    client = Client()
    did = client.get("/.well-known/did.json")
    assert did.headers["Access-Control-Allow-Origin"] == "*" and did.json()["assertionMethod"]
    address = "/credentials/status/1/suspension"
    first = client.get(address)
    assert first.headers["Content-Type"] == "application/vc" and first.headers["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    credentials.suspend(by=KEEPER, credential=row, why="REVIEW", at=NOW)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200 and again.content != first.content
    assert client.get("/credentials/status/7/suspension").status_code == 404
    assert client.get("/credentials/status/1/anything").status_code == 404


def test_the_paper_is_tagged_and_says_what_the_page_says():
    import io

    import pypdf

    row = issue(at=NOW)
    for begin, name, language in ((LT, "pazymejimas.pdf", "lt"), (EN, "certificate.pdf", "en")):
        answer = Client().get(f"{begin}{code_of(row)}/{name}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{row.number}.pdf"'
        paper = pypdf.PdfReader(io.BytesIO(answer.content))
        catalogue = paper.trailer["/Root"]
        assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == language
        text = " ".join(paper.pages[0].extract_text().split())
        held = printed()
        for expected in (held.holder, row.number, code_of(row), held.fields[0].value.said(language)):
            assert expected in text, expected
        assert f"{begin}{code_of(row)}/" in text


def test_the_code_on_paper_is_scanned_to_the_check_page():
    from sauga.kernel.credentials.presenters import qr_svg

    assert 'role="img"' in qr_svg("https://sauga.example/lt/pazymejimas/K7Q4/")
