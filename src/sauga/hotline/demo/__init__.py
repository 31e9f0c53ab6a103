"""The hotline's demo data: some weeks of its life, told through its real actions with a fixed seed and made-up neutral addresses."""

from collections.abc import Mapping
from datetime import datetime
from random import Random

from django.db import transaction

from sauga.hotline.demo import stories
from sauga.hotline.demo.cases import Ending, handled
from sauga.hotline.demo.policies import shorten
from sauga.hotline.demo.programme import BOUNCES, special
from sauga.hotline.demo.stage import SEED, Account, Stage
from sauga.hotline.models import Report

MANY = 60
WHOLE = True  # told in one transaction


class RealReports(Exception):
    """The database holds reports already; demo data never mixes with them."""


def play(at: datetime, staff: Mapping[str, Account]) -> None:
    """Tell the hotline's stories up to `at`. All or nothing; raises RealReports where anything was reported before."""
    if Report.objects.exists():
        raise RealReports
    with transaction.atomic():
        stage = Stage(staff)
        for case in handled(stage.random, MANY):
            stage.begin(stories.handled(stage, case, at))
        for story in special(stage, at):
            stage.begin(story)
        stage.play(at)
        shorten(at)


def world() -> dict[str, str]:
    """How the demo's addresses behave now, by address (names of the synthetic internet's behaviours); the rest is simply online."""
    cases = [*handled(Random(SEED), MANY), BOUNCES]  # noqa: S311  a story, not a secret
    return {case.address: str(case.ending) for case in cases if case.ending is not Ending.STILL_UP}
