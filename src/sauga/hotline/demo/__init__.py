"""The hotline's demo data: some weeks of work, made by its real actions with a fixed seed and made-up neutral
addresses."""

from datetime import datetime
from random import Random

from sauga.hotline.demo import stories
from sauga.hotline.demo.cases import Ending, handled
from sauga.hotline.demo.policies import shorten
from sauga.hotline.demo.programme import BOUNCES, special
from sauga.hotline.demo.stage import SEED, Stage
from sauga.hotline.reports.models import Report
from sauga.kernel.kit.demo import Staff, seeds

MANY = 60


@seeds(unless=Report.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """The hotline's cases up to `at`."""
    stage = Stage(staff)
    for case in handled(stage.random, MANY):
        stage.begin(stories.handled(stage, case, at))
    for story in special(stage, at):
        stage.begin(story)
    stage.play(at)
    shorten(at)


def world() -> dict[str, str]:
    """How the demo's addresses behave now, by address (names of the synthetic internet's behaviours); the
    rest is simply online."""
    cases = [*handled(Random(SEED), MANY), BOUNCES]  # noqa: S311  a story, not a secret
    return {case.address: str(case.ending) for case in cases if case.ending is not Ending.STILL_UP}
