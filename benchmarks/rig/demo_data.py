"""Seeds an installation with the demo's data, all of it or the site and the resources only, written by the
demo's own people; and lists its public addresses."""

import re

from rig.installation import Installation
from rig.visitor import Visitor

PEOPLE = (
    "editor@awareness.example",
    "second@awareness.example",
    "safety@awareness.example",
    "chief@awareness.example",
    "partners@awareness.example",
)
GATE = {"SAUGA_GATE_NEEDS_BROWSER": "0", "SAUGA_SCANNER": "none"}
"""As in the demo: without a browser nothing would be published, and there is no virus scanner."""
SEED = """
import sys
from sauga.project import cli
cli.prepare()
from django.conf import settings
from sauga.kernel import clock
from sauga.portal import demo as portal
from sauga.project.demo import people
from sauga.repository import demo as repository
cast = {one.role: one for one in reversed(people.accounts(settings.ENV.data / "people.json"))
  if one.user in sys.argv[1:]}
at = clock.now()
portal.seed(at, cast)
repository.seed(at, cast)
"""

SEED_ALL = """
from sauga.project import cli
cli.prepare()
from django.conf import settings
from sauga.kernel import clock
from sauga.project.demo import people, service_data
accounts = people.accounts(settings.ENV.data / "people.json")
service_data.seed_services(settings.ENV.data / "seeded.json", accounts, clock.now())
"""


def seed_everything(installation: Installation) -> None:
    """Write the data of every service into the installation, made with EVERYBODY and GATE: some minutes."""
    installation.python("-c", SEED_ALL)


def seed_demo(installation: Installation) -> None:
    """Write the demo's pages and resources into the installation.

    It must have been made with PEOPLE and GATE.
    """
    installation.python("-c", SEED, *PEOPLE)


def addresses(port: int) -> list[str]:
    """The pages on the map of the site."""
    with Visitor(port) as visitor:
        held = visitor.get("/sitemap.xml").page.decode()
    return list(dict.fromkeys(re.findall(r"<loc>https?://[^/<]+(/[^<]+)</loc>", held)))
