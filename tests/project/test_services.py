"""Every combination of services starts, or is refused with what to write instead."""

import os
import re
import subprocess
import sys
from itertools import chain, combinations

import pytest
from architecture.tree import SAUGA

from sauga.project.settings.env import SettingsError, read
from sauga.project.settings.services import FIRST, REQUIRES, SERVICES
from tests.repetition import IS_WHOLE

ALL = [",".join(chosen) for size in range(len(SERVICES) + 1) for chosen in combinations(SERVICES, size)]


def outcome(services):
    """The services that would be installed, or the words of the refusal."""
    try:
        return read({"SAUGA_SERVICES": services}).services
    except SettingsError as refused:
        return str(refused)


@pytest.mark.unit
@pytest.mark.parametrize("services", ALL)
def test_a_combination_is_whole_or_refused_with_one_that_is(services):
    found = outcome(services)
    if isinstance(found, tuple):
        assert set(found) == set(services.split(",")) and all(
            set(REQUIRES.get(name, ())) <= set(found) for name in found
        )
    else:
        assert found.startswith("SAUGA_SERVICES ") and "write " in found
        advised = re.search(r"; write ([a-z,]+), or", found)
        assert not services or isinstance(outcome(advised[1]), tuple), found


@pytest.mark.unit
def test_every_folder_that_declares_a_service_is_one():
    assert sorted(SERVICES) == sorted(path.parent.name for path in SAUGA.glob("*/service.py"))
    assert SERVICES[: len(FIRST)] == FIRST and len(set(SERVICES)) == len(SERVICES)


@pytest.mark.unit
def test_the_order_in_which_services_are_written_means_nothing():
    assert (
        outcome("statistics, repository,events,portal")
        == ("portal", "repository", "statistics", "events")
        == outcome("portal,events,repository,statistics,portal")
    )


@pytest.mark.unit
@pytest.mark.parametrize("services", ["hotlin", "hotline,circus"])
def test_a_service_that_does_not_exist_is_named(services):
    assert services.split(",")[-1] in outcome(services) and "no service" in outcome(services)


START = """
import os, sys
import aiohttp, babel.core, bs4, django, holidays  # what every start needs, loaded once
import nacl.bindings, psycopg, uvicorn
from django.core.handlers import asgi

def start(services):
    os.environ.update(SAUGA_SERVICES=services, DJANGO_SETTINGS_MODULE="sauga.project.settings.dev")
    django.setup()
    from django.core import checks
    from django.test import Client
    bad = [str(one) for one in checks.run_checks(include_deployment_checks=True)
      if one.level >= checks.ERROR and not one.is_silenced()]
    ask = Client(headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
    for path, wanted in {"/-/ready": {200}, "/lt/": {200, 404}, "/en/nothing/": {404},
      "/desk/signin/": {200}, "/desk/": {302}}.items():
        status = ask.get(path).status_code
        if status not in wanted:
            bad.append(f"{path}: {status}")
    if bad:
        print(services, *bad, flush=True)
    return bool(bad)

failed = 0
for services in sys.argv[1:]:
    child = os.fork()
    if not child:
        try:
            code = start(services)
        except BaseException as error:
            print(services, repr(error), flush=True)
            code = 1
        os._exit(code)
    failed |= os.waitpid(child, 0)[1]
sys.exit(bool(failed))
"""


@pytest.mark.prove
@pytest.mark.django_db
def test_what_is_not_refused_starts(tmp_path):
    """In `make prove` every combination. Here two that no other test starts: the hotline and the helpline
    run alone in tests/proofs/test_two_installations.py, all together nearly everywhere. On a database
    that has all tables.
    """
    from django.conf import settings
    from django.db import connection

    whole = [services for services in ALL if isinstance(outcome(services), tuple)]
    url = settings.DATABASE_URL.replace("/postgres?", f"/{connection.settings_dict['NAME']}?")
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("SAUGA_", "DJANGO_"))
    }
    environ |= {
        "SAUGA_DATA": str(tmp_path),
        "DATABASE_URL": url,
        "SAUGA_SECRET_KEY": "x1" * 40,
        "SAUGA_LOG_LEVEL": "ERROR",
    }
    wanted = whole if IS_WHOLE else ["portal,repository,events", "statistics"]
    done = subprocess.run(
        [sys.executable, "-c", START, *wanted],
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]


def test_the_shipped_environment_names_every_service():
    from architecture.tree import ROOT

    held = (ROOT / "docs" / "operate" / "files" / "sauga.env").read_text(encoding="utf-8")
    assert set(
        chain.from_iterable(
            line.split("=")[1].split(",") for line in held.splitlines() if line.startswith("SAUGA_SERVICES=")
        )
    ) == set(SERVICES)
