"""What is kept of the parts of an imported package: read for the rules, for the frame and for the page."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sauga.kernel.sealed import DataKey
from sauga.training.courses.models import Activity
from sauga.training.courses.rules.scorm import Part
from sauga.training.learning.models import Enrolment, PackageRun
from sauga.training.learning.queries import texts
from sauga.training.learning.rules.runs import Held, Report
from sauga.training.states import READS_ON


def learner(ref: str, activity: Activity) -> Enrolment | None:
    """The enrolment for which an address was signed, as long as its member may read the course."""
    rows = Enrolment.objects.filter(ref=ref, state__in=READS_ON, member__isnull=False)
    return rows.filter(version=activity.version_id).first()


def run_of(enrolment: Enrolment, activity: str, part: str) -> PackageRun | None:
    """The record of one part."""
    return enrolment.package_runs.filter(activity=activity, part=part).first()


def rows_of(enrolment: Enrolment, activity: str) -> dict[str, PackageRun]:
    """The records of all parts of an activity."""
    return {row.part: row for row in enrolment.package_runs.filter(activity=activity)}


def held(row: PackageRun | None, key: DataKey | None) -> Held:
    """A record as the rules see it. Without its key what the package kept is gone."""
    if row is None:
        return Held()
    text = texts.unseal(key, row, "kept")
    known = json.loads(text) if text else {}
    report = Report(
        **{**known, "goals": tuple(known.get("goals", ())), "run": row.run, "seconds": row.seconds}
    )
    return Held(report, row.is_done, row.score, row.seconds_before)


def outline(row: PackageRun) -> Held:
    """The same without what is encrypted: whether it is done, with which score."""
    return Held(Report(row.run, seconds=row.seconds), row.is_done, row.score, row.seconds_before)


def kept_text(report: Report) -> str:
    """What of a report is encrypted, as JSON."""
    return json.dumps({k: v for k, v in asdict(report).items() if k not in ("run", "seconds")})


def given_to(part: Part, record: Held, *, language: str, learner_id: str) -> Mapping[str, Any]:
    """What the run-time in the frame gives to a part when it starts. A package does not learn who learns: the
    name is left out, and the identifier stands for this enrolment only."""
    report = record.report
    is_first = not report.run
    resumes = not is_first and report.exit in ("", "suspend")
    return {
        "part": part.code,
        "learner": learner_id,
        "language": language,
        "entry": "ab-initio" if is_first else "resume" if resumes else "",
        "status": report.status,
        "success": {True: "passed", False: "failed", None: ""}[report.is_passed],
        "marks": dict(report.marks),
        "location": report.location,
        "suspended": report.suspended,
        "goals": list(report.goals),
        "total": record.seconds,
        "data": part.data,
        "least": part.least,
    }
