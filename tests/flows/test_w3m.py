"""Report and letter in w3m: written, sent, the receipt read, and back with its code; without styles,
scripts and cookies.
"""

import re

import pytest

from flows.w3m import w3m
from sauga.helpline.letters.models import Letter
from sauga.hotline.reports.models import Report
from sauga.kernel import clock
from tests.factories.letters import ANSWER, TEXT, approve, in_review

__all__ = ["w3m"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLACE = "http://forumas.greita-talpykla.example/tema/77"
CODE = re.compile(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}")


def in_one_line(shown):
    """The text of a page without its line breaks."""
    return " ".join(shown.split())


def test_somebody_reports_adds_and_comes_back(centre, w3m):
    w3m.press("Pastebėjau neteisėtą turinį")
    w3m.fill(PLACE)
    w3m.choose("Neapykanta ar raginimas smurtauti")
    code = CODE.search(w3m.press("Siųsti"))[0]
    assert Report.objects.get().messages.count() == 0
    w3m.go("/lt/pranesti/grizti/")
    w3m.fill(code.lower())
    assert PLACE in in_one_line(w3m.press("Atverti"))
    w3m.fill("Papildau: matoma ir be paskyros.")
    assert "Papildau: matoma ir be paskyros." in in_one_line(w3m.press("Siųsti"))
    assert Report.objects.get().messages.count() == 1


def test_child_writes_a_letter_and_reads_the_answer(centre, w3m):
    w3m.go("/lt/pagalba/laiskas/")
    w3m.fill(TEXT)
    code = CODE.search(w3m.press("Siųsti"))[0]
    now = clock.now()
    approve(centre, in_review(centre, Letter.objects.get(), at=now), at=now)
    w3m.go("/lt/pagalba/grizti/")
    w3m.fill(code)
    shown = in_one_line(w3m.press("Atverti"))
    assert TEXT in shown and ANSWER in shown


def test_the_menu_is_one_link_to_its_entries(w3m):
    """Nothing that w3m cannot press stands there, and no word twice."""
    shown = w3m.go("/lt/istekliai/")
    assert (shown.count("Meniu"), shown.count("Užverti"), len(re.findall(r"\bFiltrai\b", shown))) == (1, 0, 1)
