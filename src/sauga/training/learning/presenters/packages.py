"""An imported package on the learner's page, and what becomes of a report in words."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from sauga.training.courses.models import Activity
from sauga.training.courses.presenters.packages import PackageView, package_view
from sauga.training.learning.models import Enrolment, Progress
from sauga.training.learning.queries import runs
from sauga.training.states import LEARNING


def on_page(row: Enrolment, part: Activity, asked: str, at: datetime) -> PackageView | None:
    """The package as this learner sees it."""
    done = {
        code: (one.is_done, gettext("%(n)d%% reached") % {"n": one.score} if one.score is not None else "")
        for code, one in runs.rows_of(row, part.code).items()
    }
    return package_view(
        part,
        asked,
        at,
        page=reverse("training-activity", args=[row.ref, part.code]),
        enrolment=row.ref,
        keep=reverse("training-keep", args=[row.ref, part.code]) if row.state in LEARNING else "",
        done=done,
    )


def saved(progress: Progress) -> dict[str, Any]:
    """What the page says after a report was saved."""
    text = gettext("Done. It is saved.") if progress.done_at else gettext("Saved.")
    if progress.score is not None:
        text += " " + gettext("%(n)d%% reached") % {"n": progress.score} + "."
    return {"done": progress.done_at is not None, "text": text}
