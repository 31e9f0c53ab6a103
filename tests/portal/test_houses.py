"""An installation without the portal knows neither the editors' tool nor a decoder of pictures; and what the
tool keeps is known.
"""

import os
import subprocess
import sys

import pytest
from django.apps import apps

pytestmark = pytest.mark.unit
SAID = """
import django, sys
django.setup()
from django.urls import get_resolver
len(get_resolver().url_patterns)
print(sorted({name.split(".")[0] for name in sys.modules} & {"wagtail", "PIL", "pypdf", "pypdfium2",
  "willow", "taggit", "modelcluster", "treebeard"}))
"""
# Tables of the tool: (what they hold). A table that a later version brings must be looked at before
# it is added here.
THEIRS = {
    "wagtailcore": (
        "pages, versions, locales, sites, collections, workflows, comments, history: published words and "
        "the staff's own work"
    ),
    "wagtailimages": "nothing: pictures are portal.Picture",
    "wagtaildocs": "nothing: files are portal.Attachment",
    "wagtailusers": "how a person likes the tool to look; its page is closed",
    "wagtailredirects": "old addresses of pages",
    "wagtailsearch": "words of published pages, for the editors' search",
    "wagtailadmin": "who has a page open in the tool just now; cleared by the tool after a while",
    "wagtailsites": "nothing",
    "wagtailsnippets": "nothing",
    "simple_translation": "nothing",
    "taggit": "words on pictures and files",
    "modelcluster": "nothing",
    "django_filters": "nothing",
}


def test_a_house_of_the_hotline_loads_no_tool_and_no_decoder(tmp_path):
    from django.conf import settings

    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SAUGA_")},
        "SAUGA_SERVICES": "hotline",
        "SAUGA_DATA": str(tmp_path),
        "DATABASE_URL": settings.DATABASE_URL,
        "SAUGA_SECRET_KEY": "x" * 60,
        "SAUGA_MAIL_DOMAIN": "sauga.example",
        "SAUGA_DEBUG": "true",
        "DJANGO_SETTINGS_MODULE": "sauga.project.settings.dev",
    }
    done = subprocess.run(
        [sys.executable, "-c", SAID], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-800:]
    assert done.stdout.strip().splitlines()[-1] == "[]"


DEFAULTS = {
    "Image",
    "Rendition",
    "Document",
    "UploadedDocument",
    "SimpleTranslation",
}  # made by the tool, empty here


def test_every_table_of_the_tool_is_known():
    owners = {"wagtail", "taggit", "modelcluster", "django_filters"}
    assert {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in owners} == set(
        THEIRS
    )
    for label, holds in THEIRS.items():
        if holds.startswith("nothing"):
            assert {model.__name__ for model in apps.get_app_config(label).get_models()} <= DEFAULTS, label
