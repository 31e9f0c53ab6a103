"""The package's own Lithuanian catalogue, compiled for the test, so that it does not hang on a build step."""

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import trans_real

PO = Path(__file__).resolve().parents[3] / "src/sauga/locale/lt/i18n.po"


@pytest.fixture(autouse=True)
def lithuanian(tmp_path, settings):
    folder = tmp_path / "lt" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with PO.open("rb") as source, (folder / "django.mo").open("wb") as target:
        write_mo(target, read_po(source, locale="lt"))
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.clear()
    with translation.override("lt"):
        yield
    trans_real._translations.clear()
