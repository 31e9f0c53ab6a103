"""docs/operate/install.md, typed as it stands: from an empty folder to a page over TLS, a sign-in and a
healthy check; then Ctrl-C.
"""

import http.client
import re
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from rig import tables

from project import front, installing
from sauga.kernel.identity.signin.mfa import totp_code
from tests.repetition import IS_WHOLE

pytestmark = [
    pytest.mark.proof,
    pytest.mark.tools,
    pytest.mark.skipif(
        not front.caddy(), reason="no caddy here: run `python tools/front.py` (Debian), or name one in CADDY"
    ),
]
FIRST, SECOND, PASSWORD = "first@yours.example", "second@yours.example", "amber-dune-lighthouse-7"
NOTES = [
    "note  uploads: SAUGA_SCANNER=none, so nothing is scanned for viruses",
    "note  trail: signed heads stay on this machine; choose a SAUGA_WITNESS_… setting "
    "(docs/develop/audit.md)",
]


def answer(shown: str) -> str:
    """What the operator types at a prompt of `sauga setup`."""
    question = shown.rstrip().rsplit("\n", 1)[-1]
    for words, reply in {
        "Does one organisation operate all": "",
        "a short code": "CENTRE",
        "its Lithuanian name": "Saugesnio interneto centras",
        "its English name": "Safer Internet Centre",
        "of the first administrator": FIRST,
        "of the second administrator": SECOND,
        "first and last name": "Administrator of the Test",
        "language of their pages": "en",
        "Make a second administrator": "y",
        "password": PASSWORD,
        "The same again": PASSWORD,
        "The code that the app shows": totp_code(secrets(shown)[-1], time.time()) if secrets(shown) else "",
        "type any one of them back": (re.findall(r"share 2 of 3:  (\S.*)", shown) or [""])[-1],
    }.items():
        if words in question:
            return reply
    raise AssertionError(f"no answer to: {question}")


def secrets(shown: str) -> list[str]:
    return re.findall(r"authenticator   ([A-Z2-7]+)", shown)


@dataclass
class Installed:
    """The machine, and all that was shown while it was set up."""

    machine: installing.Machine
    shown: str

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        line = self.machine.front().connect()
        line.request(method, path, body or None, headers)
        response = line.getresponse()
        response.page = response.read().decode()  # type: ignore[attr-defined]
        line.close()
        return response


@pytest.fixture(scope="module")
def installed(tmp_path_factory, django_db_setup):
    """The page's sections 1 to 5, in one shell; what they started is ended by Ctrl-C.

    In `make test` the tables are made already, and empty; in `make prove` the database begins with nothing.
    """
    folder = Path(tempfile.mkdtemp(prefix="sauga-inst-"))  # a short name: a database socket's is limited
    folder.chmod(0o711)
    machine = installing.Machine(folder)
    try:
        made = tmp_path_factory.mktemp("wheel")
        machine.prepare(installing.build(made), installing.dependencies(made / "dependencies"))
        if not IS_WHOLE:
            tables.lay_out(folder / "var" / "lib" / "sauga")
        page = installing.sections()
        shown = machine.type("".join(page[number] for number in (1, 3, 4, 5)), answer)
        yield Installed(machine, shown)
    finally:
        machine.interrupt()
        for process in machine.left():
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def wait(there, what: str) -> None:
    end = time.monotonic() + 90
    while not there():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)


@pytest.mark.prove
@pytest.mark.slow("a whole installation: environment, wheel, tables, keys, services, proxy")
def test_the_page_leads_to_a_running_installation(installed):
    """One story, because a second installation would cost as much again."""
    machine, shown = installed.machine, installed.shown
    assert len(secrets(shown)) == 2 and len(re.findall(r"share \d of 3:", shown)) == 12
    assert "Ready for the first sign-in" in shown and PASSWORD not in shown
    wait(machine.front().is_up, "caddy")
    wait(lambda: installed.ask("GET", "/-/ready").status == 200, "the web pages\n" + machine.said())
    page = installed.ask("GET", "/lt/")
    assert page.status == 200 and "<html" in page.page and not page.headers["Set-Cookie"]
    assert (machine.folder / "etc" / "sauga.env").stat().st_mode & 0o077 == 0
    _signs_in(installed)
    _is_healthy(machine)
    _can_be_run_again(machine)
    _web_can_be_stopped_alone(installed)
    machine.interrupt()
    assert machine.left() == [], f"Ctrl-C left processes behind\n{machine.said()[-4000:]}"


def _signs_in(installed):
    form = installed.ask("GET", "/desk/signin/")
    guard = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.page)[1]
    cookie = form.headers["Set-Cookie"].split(";")[0]
    given = {"csrfmiddlewaretoken": guard, "email": FIRST, "password": PASSWORD}
    # The code that setup itself was shown does not count as used.
    given["code"] = totp_code(secrets(installed.shown)[0], time.time())
    headers = {"Cookie": cookie, "Origin": f"https://{front.SITE}:{installed.machine.ports['https']}"}
    sent = installed.ask(
        "POST",
        "/desk/signin/",
        urlencode(given),
        **{**headers, "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert sent.status == 302, sent.page[:2000]
    held = "; ".join(one.split(";")[0] for one in sent.headers.get_all("Set-Cookie"))
    desk = installed.ask("GET", sent.headers["Location"], Cookie=f"{cookie}; {held}")
    assert desk.status == 200 and "Administrator of the Test" in desk.page


def _is_healthy(machine):
    wait(lambda: machine.ask_database("SELECT count(*) FROM procrastinate_workers") == 1, "the worker")
    shown = machine.type(installing.sections()[7])  # raises when it ends with 1
    lines = [line for line in shown.splitlines() if line.startswith(("BAD", "note"))]
    assert lines == NOTES
    assert "ok    settings: nothing to complain of" in shown and "ok    installation: production" in shown


def _web_can_be_stopped_alone(installed):
    """The worker goes on with the same database; without a unit of its own the database would belong to
    whoever started it.
    """
    machine = installed.machine
    machine.stop("sauga-web")
    assert not any(process.environ().get("STANDIN_UNIT") == "sauga-web" for process in machine.left())
    since = machine.ask_database("SELECT now()")
    wait(
        lambda: machine.ask_database("SELECT max(last_heartbeat) FROM procrastinate_workers") > since,
        "the worker's next sign of life",
    )


def _can_be_run_again(machine):
    again = machine.type(
        "set -a; . /etc/sauga.env; set +a; sudo -E -u sauga sauga setup --answers files/setup.toml\n"
    )
    assert (
        "organisation CENTRE: is there already" in again
        and f"administrator {FIRST}: is there already" in again
    )
    assert "share" not in again and "authenticator" not in again
