"""Adapting a resource is one form: whatever button is pressed, what was typed is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from factories.adaptations import PNG, begun, editor_browser, live, released

from sauga.repository.adaptations.models import Adaptation
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
OWN = "/lt/mano/versijos/"
HELP = "Vaikų linija 116 111\nMokyklos psichologė, 12 kabinetas"


def slots(row: Adaptation) -> dict[str, str]:
    """The filled places in Lithuanian."""
    row.refresh_from_db()
    return {code: said.get("lt", "") for code, said in row.slot_values.items() if code != "logo"}


def test_every_button_saves_all_that_is_typed(centre: Centre):
    client, made = editor_browser(), begun(centre, live(centre))
    page = client.get(f"{OWN}{made.ref}/").text
    assert page.count(f'action="{OWN}{made.ref}/vietos/"') == 1 and f"{OWN}{made.ref}/dalis/" not in page
    given = {"s-help-lt": HELP, "s-place-lt": "Aktų salė"}
    part = {"title": "Mūsų dalis", "text": "Pirma.\n\nAntra.", "licence": "CC-BY-4.0"}
    logo = SimpleUploadedFile("zenklas.png", PNG, "image/png")
    answer = client.post(f"{OWN}{made.ref}/vietos/", given | part | {"do": "add", "logo": logo, "alt": "Mes"})
    assert answer.status_code == 302
    assert slots(made)["place"] == "Aktų salė" and "psichologė" in slots(made)["help"]
    own = made.added_parts.get()
    assert own.title == "Mūsų dalis" and made.slot_values["logo"]["*"]["alt"] == "Mes"
    order = {f"place-{made.base.ref}": "2", f"place-{own.ref}": "1"}
    assert client.post(f"{OWN}{made.ref}/vietos/", given | order | {"do": "save"}).status_code == 302
    made.refresh_from_db()
    assert made.order == [own.ref, made.base.ref]
    gone = given | {"s-place-lt": "Sporto salė", "off": own.ref, "alt": "Mokykla"}
    assert client.post(f"{OWN}{made.ref}/vietos/", gone).status_code == 302
    assert slots(made)["place"] == "Sporto salė" and not made.added_parts.exists()
    assert made.slot_values["logo"]["*"]["alt"] == "Mokykla"


def test_the_check_saves_first_and_all_errors_come_at_once(centre: Centre):
    client, made = editor_browser(), begun(centre, live(centre))
    wrong = {"s-help-lt": "Psichologė", "s-place-lt": "<b>Salė</b>", "text": "Be pavadinimo", "do": "review"}
    answer = client.post(f"{OWN}{made.ref}/vietos/", wrong)
    assert answer.status_code == 422
    for name in ("s-help-lt-e", "s-place-lt-e", "p-title-e"):
        assert f'class="error" id="{name}"' in answer.text, name
    assert "Be pavadinimo</textarea>" in answer.text and "&lt;b&gt;Salė" in answer.text
    right = {"s-help-lt": HELP, "s-place-lt": "Aktų salė", "do": "review"}
    assert client.post(f"{OWN}{made.ref}/vietos/", right).status_code in (302, 422)
    assert slots(made)["place"] == "Aktų salė"


def test_somebody_elses_change_meanwhile_keeps_the_text(centre: Centre):
    client, made = editor_browser(), begun(centre, live(centre))
    stale = {"s-place-lt": "Mano salė", "seen": "2020-01-01T00:00:00+00:00"}
    answer = client.post(f"{OWN}{made.ref}/vietos/", stale)
    assert answer.status_code == 422 and "Mano salė" in answer.text
    assert "place" not in slots(made)


def test_files_of_a_copy_come_before_its_token_under_the_schools_own_title(centre: Centre):
    client = editor_browser()
    made = released(centre, live(centre))
    made.name = "Mūsų mokyklos diena"
    made.save(update_fields=["name"])
    asked = client.post(f"{OWN}{made.ref}/naudoti/", {"channel": "pdf"}, follow=True)
    page = asked.text
    assert "Mūsų mokyklos diena</h1>" in page
    assert 0 < page.index('id="h-files"') < page.index("data-token")
