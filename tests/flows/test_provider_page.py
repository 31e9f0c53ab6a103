"""The provider's page in a browser: readable on a phone, in the dark and without scripts;
one click answers.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connections

from flows.browser import axe, overflow
from sauga.hotline.notices.models import Notice
from sauga.kernel import clock
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.hotline.notices.test_notices import due, link_in, loaded, nothing_yet, run_jobs, sent  # noqa: F401  fixtures
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def work(at):
    """Run the jobs in a thread: the browser's loop runs in this one."""

    def jobs():
        try:
            run_jobs(at=at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(jobs).result()


@in_forms("width dark", (320, False), (1280, True))
def test_provider_reads_and_answers_without_scripts(
    centre: Centre, world, site, open_page, settings, width, dark
):
    settings.ENV = replace(settings.ENV, base_url=site)
    at = clock.now()
    due(centre, at=at, address="http://h.silent-hosting.example/labai/ilgas/kelias/" + "a" * 80)
    work(at)
    page = open_page(width=width, dark=dark, js=False)
    page.goto(site + link_in(sent(world)[0].text))
    assert overflow(page) <= 0
    with page.expect_navigation():
        page.get_by_role("button", name="Show the addresses").click()
    assert page.get_by_text("labai/ilgas").is_visible() and overflow(page) <= 0
    page.get_by_label("Disputed").check()
    page.get_by_label("Anything we should know?").fill("Tai kita svetainė.")
    with page.expect_navigation():
        page.get_by_role("button", name="Send the answer").click()
    assert page.get_by_role("status").is_visible()
    assert Notice.objects.order_by("-pk")[0].state == "DISPUTED"


def test_provider_page_has_no_barrier(centre: Centre, world, site, open_page, settings):
    settings.ENV = replace(settings.ENV, base_url=site)
    at = clock.now()
    due(centre, at=at, address="http://i.silent-hosting.example/1")
    work(at)
    page = open_page()
    page.goto(site + link_in(sent(world)[0].text))
    assert not axe(page)
    page.goto(site + "/notice/wrong/?lang=en")
    assert not axe(page)
