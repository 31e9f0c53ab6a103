"""A partner from toolkit to a branded, translated copy in several channels, through the browser (the
guide “partner”).
"""

import io
import json
import os
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.urls import reverse
from django.utils.translation import override
from factories.adaptations import PNG, deployed, editor_secret, live, offered, released, school

from flows.browser import axe, overflow
from flows.hotline import sign_in
from flows.nodetools import node_tool
from sauga.kernel.identity.models import Person
from sauga.kernel.members.signin import cookies
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.deployments.models import Deployment
from sauga.repository.deployments.packages.package_builder import package
from sauga.repository.deployments.queries.embeds import release_content
from sauga.repository.resources.actions import publication
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("TEST_PICTURES", "")
OWN = "/lt/mano/versijos/"
TOKEN = "https://sauga.example/copy/x/status.json"


def kit(centre):
    """A toolkit of two parts."""
    first = live(centre, title={"lt": "Pamoka apie pokalbius", "en": "A lesson about chats"})
    second = live(centre, title={"lt": "Viktorina", "en": "Quiz"}, type="quiz")
    return live(
        centre, title={"lt": "Dienos rinkinys", "en": "Kit of the day"}, type="toolkit", parts=[first, second]
    )


def entered(open_page, *, language="lt", **options):
    """A page of the member site in which the school's editor is signed in."""
    page = open_page(language=language, **options)
    cookie = {"name": cookies.session_name(), "value": editor_secret(), "url": page.site}
    page.context.add_cookies([cookie])
    return page


def at_desk(open_page, centre, role):
    """A page at the desk."""
    Person.objects.filter(pk=centre.people[role].pk).update(language="lt")
    page = open_page(language="lt")
    sign_in(page, centre, role)
    return page


def faultless(page, name, *, js=True):
    """No fault for axe, nothing wider than the window, and a picture when wanted."""
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/partner-{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize("js", [True, False])
def test_from_toolkit_to_branded_translated_copies(centre, open_page, js):
    school(centre)
    base = kit(centre)
    page = entered(open_page, js=js)
    page.goto(f"/lt/mano/pritaikyti/{base.ref}/")
    page.get_by_role("link", name="Pritaikyti", exact=True).click()
    page.get_by_label("Vertimas").check()
    page.get_by_label("Jūsų versijos kalba").select_option("pl")
    page.get_by_label("Pavadinimas sau").fill("Mūsų diena")
    page.locator("form[data-main] button").click()
    page.wait_for_selector("#logo")
    made = Adaptation.objects.get()
    page.set_input_files("#logo", {"name": "zenklas.png", "mimeType": "image/png", "buffer": PNG})
    page.locator("#s-place-pl").fill("Sala gimnastyczna")
    page.get_by_role("button", name="Išsaugoti viską").click()
    page.wait_for_url("**/?done=saved")
    page.wait_for_selector("button[value=off]")
    section = base.parts.order_by("position").first().resource.ref
    page.goto(f"{OWN}{made.ref}/tekstas/{section}/pl/")
    page.locator("#title").fill("Lekcja o rozmowach")
    page.locator("#b1-text").fill("Klasa uzgadnia trzy zasady rozmowy.")
    page.locator("button[value=save]").click()
    page.wait_for_url(f"**/{made.ref}/?done=saved")
    page.locator("button[value=review]").click()
    page.wait_for_selector("button[value=release]")
    page.locator("button[value=release]").click()
    page.get_by_role("link", name="Naudoti").wait_for()
    for channel in ("page", "offline_zip", "scorm12", "scorm2004", "h5p", "pdf", "provider_pack"):
        page.goto(f"{OWN}{made.ref}/naudoti/")
        page.locator(f"input[value={channel}]").check()
        terms = page.locator("input[name=terms]")
        if terms.count():
            terms.check()
        page.locator("form[data-main] button").click()
        page.wait_for_selector("[data-token]")
        if channel == "page":
            page.locator("a[data-address]").wait_for()
        else:
            with page.expect_download() as waiting:
                page.locator("a[data-take]").first.click()
            content = Path(waiting.value.path()).read_bytes()
            assert content.startswith(b"%PDF" if channel == "pdf" else b"PK"), channel
    running = Deployment.objects.get(channel="page")
    assert Deployment.objects.filter(state="active").count() == 7
    visitor = open_page(js=js)
    visitor.goto(f"/lt/pritaikyta/{running.ref}/?language=pl")
    assert visitor.get_by_text("Klasa uzgadnia trzy zasady rozmowy.").count() == 1
    assert visitor.get_by_text("Sala gimnastyczna").count() >= 1
    assert visitor.locator("img.copy-logo").evaluate("image => image.naturalWidth") == 1 if js else True
    assert visitor.context.cookies() == []


@in_forms("width language dark", (320, "en", True), (1280, "lt", False))
def test_every_page_is_faultless(centre, open_page, width, language, dark):
    school(centre)
    page = entered(open_page, width=width, language=language, dark=dark)
    page.goto(address(language, "repository-own"))
    faultless(page, f"empty-{language}")
    made = released(centre, kit(centre))
    running, _token = deployed(centre, made)
    deployed(centre, made, channel="page_widget", origins=["https://mokykla.example"])
    draft = released_draft(centre, made)
    for name, given in {
        "own": (),
        "choose": (),
        "begin": (made.base.ref,),
        "adaptation": (made.ref,),
        "section": (draft.ref, made.base.ref, "lt"),
        "preview": (draft.ref, "lt"),
        "deploy": (made.ref,),
        "deployment": (running.ref,),
        "copy": (running.ref,),
    }.items():
        page.goto(address(language, f"repository-{name}", *given))
        faultless(page, f"{name}-{language}")
    page.goto(address(language, "repository-adaptation", draft.ref))
    faultless(page, f"editing-{language}")
    body = {
        one: [dict(block) for block in blocks] for one, blocks in made.base_version.snapshot["body"].items()
    }
    body["lt"][1]["text"] = "Klasė sutaria dėl penkių aiškių bendravimo taisyklių."
    offered(centre, made, body=body)
    page.goto(address(language, "members-home"))
    page.locator(f"a[href='{address(language, 'repository-update', made.ref)}']").click()
    page.locator("ins").first.wait_for()
    faultless(page, f"update-{language}")


def address(language, name, *args):
    """A page in a language."""
    with override(language):
        return reverse(name, args=args)


def released_draft(centre, made):
    """Another version of the same, being edited."""
    from factories.adaptations import begun

    return begun(centre, made.base)


def test_the_owner_sees_what_waits_and_stops_a_copy(centre, open_page):
    from sauga.repository.adaptations.actions import adaptations

    made = released(centre, live(centre, sensitivity="adult_guided"))
    assert made.state == "owner_approval"
    page = at_desk(open_page, centre, "PARTNER_MANAGER")
    page.goto("/desk/repository/partners/")
    faultless(page, "partners-lt")
    with page.expect_navigation():
        page.get_by_role("link", name="Pamoka apie pokalbius").click()
    faultless(page, "judge-lt")
    page.locator("button[value=approve]").click()
    page.wait_for_url("**/partners/")
    made.refresh_from_db()
    assert (made.state, adaptations.owner_reasons(made)) == ("released", ["sensitive"])
    running, _token = deployed(centre, made)
    page.goto("/desk/repository/partners/")
    page.locator("td details summary", has_text="Stabdyti").click()
    page.locator(f"#why-{running.ref}").fill("Klausimas dėl ženklo")
    page.locator("button[value=suspend]").click()
    page.wait_for_selector(".toast")
    running.refresh_from_db()
    assert running.state == "suspended"


def unpacked(centre, channel, folder, language="lt"):
    """A package laid out in a folder."""
    made = released(centre, kit(centre))
    row, _token = deployed(centre, made, channel=channel)
    made_file = package(release_content(row), channel, language=language, status="", address=TOKEN)
    with zipfile.ZipFile(io.BytesIO(made_file.content)) as archive:
        archive.extractall(folder)
    return folder


def test_the_archive_runs_from_a_stick_without_a_network(centre, browser, tmp_path):
    unpacked(centre, "offline_zip", tmp_path)
    context = browser.new_context(offline=True)
    page, said = context.new_page(), []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "Dienos rinkinys"
    page.locator("input[data-right]").first.check()
    page.locator("[data-check]").click()
    assert page.locator("[data-score]").inner_text().startswith("Teisingai: 0 iš")
    for box in page.locator("input[data-right]").all():
        box.check()
    page.locator("[data-check]").click()
    total = page.locator("[data-question]").count()
    assert page.locator("[data-score]").inner_text() == f"Teisingai: {total} iš {total}."
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en.html")
    assert page.locator("h1").inner_text() == "Kit of the day"
    assert axe(page) == []
    assert said == []
    context.close()


LMS = """<!doctype html><html lang="en"><title>LMS</title><script src="/scorm-again.js"></script><script>
const settings = {{ autocommit: false, logLevel: 4 }};
window.{name} = new {kind}(settings);
</script><iframe src="/sco/index.html" title="SCO" width="900" height="700"></iframe></html>"""


@pytest.mark.tools
@pytest.mark.parametrize(
    ("channel", "name", "kind"),
    [("scorm12", "API", "Scorm12API"), ("scorm2004", "API_1484_11", "Scorm2004API")],
)
def test_the_package_runs_in_a_learning_platform(centre, browser, tmp_path, channel, name, kind):
    library = node_tool("scorm-again", "dist/scorm-again.js")
    unpacked(centre, channel, tmp_path / "sco")
    (tmp_path / "scorm-again.js").write_bytes(library.read_bytes())
    (tmp_path / "index.html").write_text(LMS.format(name=name, kind=kind), encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_said):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_context().new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
    lesson = page.frame_locator("iframe")
    lesson.locator("[data-check]").wait_for()
    read = {"scorm12": "cmi.core.lesson_status", "scorm2004": "cmi.completion_status"}[channel]
    ask = "LMSGetValue" if channel == "scorm12" else "GetValue"
    assert page.evaluate(f"window.{name}.{ask}('{read}')") == "incomplete"
    boxes = lesson.locator("[data-question] input[data-right]")
    for place in range(boxes.count()):
        boxes.nth(place).check()
    lesson.locator("[data-check]").click()
    page.wait_for_function(f"() => window.{name}.{ask}('{read}') === 'completed'")
    score = "cmi.core.score.raw" if channel == "scorm12" else "cmi.score.raw"
    assert page.evaluate(f"window.{name}.{ask}('{score}')") == "100"
    if channel == "scorm2004":
        assert page.evaluate(f"window.{name}.GetValue('cmi.success_status')") == "passed"
        assert (
            json.loads(page.evaluate(f"JSON.stringify(window.{name}.GetValue('cmi.score.scaled'))")) == "1.00"
        )
    page.context.close()
    server.shutdown()
    server.server_close()


def test_an_open_copy_stops_after_its_next_question(centre, open_page):
    row, token = deployed(centre, channel="page_widget", origins=["https://mokykla.example"])
    page = open_page()
    page.clock.install()
    page.goto(f"/embed/{token}/")
    assert page.locator("[data-section]").first.is_visible()
    publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"),
        resource=row.adaptation.base,
        reason={"lt": "Rasta klaida."},
        at=house_now(),
    )
    page.clock.run_for(51_000)
    page.wait_for_selector("body.stopped")
    assert "Rasta klaida." in page.locator("[data-banner]").inner_text()
    assert not page.locator("[data-section]").first.is_visible()
    assert page.locator("[data-help]").is_visible()


def house_now():
    """Now."""
    from sauga.kernel import clock

    return clock.now()
