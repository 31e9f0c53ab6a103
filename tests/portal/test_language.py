"""The back office speaks Lithuanian: every text of the editors' tool has one, from Wagtail's own
catalogue or from ours.
"""

from pathlib import Path

import pytest
import wagtail
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils import translation

from sauga.project import messages

pytestmark = pytest.mark.unit
NAMES = {"Wagtail API v3"}  # a name stays a name


def texts(domain):
    """Every text of the installed parts of the tool."""
    for config in apps.get_app_configs():
        if config.name.split(".")[0] != "wagtail":
            continue
        catalogue = Path(config.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if catalogue.exists():
            with catalogue.open("rb") as file:
                yield from ((config, message) for message in read_po(file, locale="en") if message.id)


def lithuanian(config, domain):
    """What Wagtail itself brings in Lithuanian."""
    path = Path(config.path) / "locale" / "lt" / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return set()
    with path.open("rb") as file:
        found = [message for message in read_po(file, locale="lt") if message.id and not message.fuzzy]
    return {
        messages._key(m) for m in found if (all(m.string) if isinstance(m.string, tuple | list) else m.string)
    }


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_of_the_tool_has_a_lithuanian_one(domain):
    ours = messages.catalogues() if domain == "django" else messages.scripts()
    known = {messages._key(message) for path in ours for message in messages._read(path) if message.id}
    missing, seen = [], 0
    theirs = {}
    for config, message in texts(domain):
        seen += 1
        theirs.setdefault(config.name, lithuanian(config, domain))
        if messages._key(message) not in known | theirs[config.name]:
            missing.append(f"{config.name}: {message.id!r}")
    assert not missing
    assert seen > (1500 if domain == "django" else 60), wagtail.__version__


@pytest.mark.parametrize(
    ("english", "lithuanian_text"),
    [("Schedule to publish", "Suplanuoti skelbimą"), ("Content metrics", "Turinio matai")],
)
def test_the_running_program_says_it(english, lithuanian_text):
    with translation.override("lt"):
        assert translation.gettext(english) == lithuanian_text


def test_numbers_take_the_right_form():
    with translation.override("lt"):
        one, many = (f"%(num_parent_objects)d {words} been deleted" for words in ("page has", "pages have"))
        said = [translation.ngettext(one, many, number) for number in (1, 2, 10, 21)]
    assert said == [
        "Ištrintas %(num_parent_objects)d puslapis",
        "Ištrinti %(num_parent_objects)d puslapiai",
        "Ištrinta %(num_parent_objects)d puslapių",
        "Ištrintas %(num_parent_objects)d puslapis",
    ]
