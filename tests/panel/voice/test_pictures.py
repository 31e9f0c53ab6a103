"""A member's own picture: uploaded by the page, under no name of the member's, seen by others only once a
person has read the text; what does not fit is refused in clear words, and nothing typed is lost."""

import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils.translation import override
from factories import uploads

from sauga.kernel import media
from sauga.panel.voice.actions.contributions import ContributionRefused
from sauga.panel.voice.models import Contribution
from sauga.panel.voice.rules.moderation import Checklist
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.panel_voice import Panel
from tests.panel.voice.test_voice_pages import desk, panel, space  # noqa: F401  a fixture

PLACE, DESK = "/lt/jaunimas/pokalbiai/learned/", "/desk/panel/voice/texts/"
TEXT, ALT = "Sužinojau, kaip išjungti pranešimus nakčiai.", "Piešinys: telefonas miega."
MADE = ("Telefonas", "GPS", "pastaba")


def file(name: str, content: bytes, kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, kind)


def sent(client: Client, address: str) -> HttpResponseBase:
    """The answer at an address; a file is read to its end, so that it is closed."""

    async def whole() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    answer = client.get(address)
    assert not answer.streaming or async_to_sync(whole)()
    return answer


def test_from_the_upload_to_the_others_page(panel: Panel):
    child, other, staff = space(panel, "Žuvėdra"), space(panel, "Kopa"), desk(panel)
    form = child.get(PLACE).text
    assert 'enctype="multipart/form-data"' in form and 'type="file"' in form
    photo = uploads.photo((80, 60), turned=6)
    assert MADE[0].encode() in photo and b"pastaba" in photo
    posted = child.post(PLACE, {"text": TEXT, "alt": ALT, "file": file("mano.jpg", photo)})
    assert posted.url == f"{PLACE}?done=sent"
    row = Contribution.objects.get()
    address = f"/lt/jaunimas/pokalbiai/paveikslelis/{row.ref}/"
    held = media.file_named(str(row.picture.name))
    assert held is not None and "mano" not in str(row.picture.name)
    assert [sent(child, address).status_code, sent(other, address).status_code] == [200, 404]
    assert TEXT not in other.get(PLACE).text
    seen = staff.get(f"{DESK}{row.ref}/").text
    assert ALT in seen and f"{DESK}{row.ref}/picture.webp" in seen
    assert sent(staff, f"{DESK}{row.ref}/picture.webp").status_code == 200
    staff.post(f"{DESK}{row.ref}/publish/", {"confirmed": Checklist.values})
    page = other.get(PLACE).text
    assert TEXT in page and address in page and ALT in page
    shown = sent(other, address)
    assert shown.status_code == 200 and shown.headers["Content-Type"].startswith("image/")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "image/svg+xml"),
        ("a.jpg", b"MZ" + bytes(400), "image/jpeg"),
        ("a.png", uploads.image()[:60], "image/png"),
        ("a.pdf", uploads.pdf(), "application/pdf"),
        ("a.gif", b"GIF89a" + bytes(20), "image/gif"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_typed_is_lost(
    panel: Panel,
    name: str,
    content: bytes,
    kind: str,
):
    answer = space(panel, "Kopa").post(PLACE, {"text": TEXT, "alt": ALT, "file": file(name, content, kind)})
    assert answer.status_code == 422 and not Contribution.objects.exists()
    assert TEXT in answer.text and ALT in answer.text and 'class="error' in answer.text


def test_a_picture_needs_a_sentence_for_those_who_cannot_see_it(panel: Panel):
    answer = space(panel, "Kopa").post(
        PLACE, {"text": TEXT, "alt": " ", "file": file("a.jpg", uploads.photo())}
    )
    with override("lt"):
        why = ContributionRefused("alt").text
    assert answer.status_code == 422 and why in answer.text.replace("\xa0", " ") and TEXT in answer.text
    assert not Contribution.objects.exists()


def test_taken_back_the_picture_is_gone(panel: Panel, django_capture_on_commit_callbacks):  # type: ignore[no-untyped-def]
    child = space(panel, "Kopa")
    child.post(PLACE, {"text": TEXT, "alt": ALT, "file": file("a.png", uploads.image(), "image/png")})
    row = Contribution.objects.get()
    name = str(row.picture.name)
    with django_capture_on_commit_callbacks(execute=True):
        child.post(f"/lt/jaunimas/mano/{row.ref}/", {"withdraw": "1"})
    row.refresh_from_db()
    assert row.state == "WITHDRAWN" and not row.picture and media.file_named(name) is None
    assert child.get(f"/lt/jaunimas/pokalbiai/paveikslelis/{row.ref}/").status_code == 404
