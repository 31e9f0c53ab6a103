"""Where an enrolment stands, read from its rows for the pure rules: pieces of the version, records, facts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sauga.training.courses.models import Activity, CourseVersion
from sauga.training.courses.rules.trees import Facts
from sauga.training.learning.models import Enrolment, PeerReview, Progress
from sauga.training.learning.rules import progress as progress_rules
from sauga.training.learning.rules.progress import Kind, Line, Piece, Record


def pieces_of(version: CourseVersion) -> tuple[Piece, ...]:
    """The activities of a version in their order. A version with enrolments never changes, so they are read
    once a process."""
    return _pieces(version.pk, version.ref)


@lru_cache(maxsize=64)
def _pieces(version_id: int, _ref: str) -> tuple[Piece, ...]:
    rows = Activity.objects.filter(version=version_id).order_by("module__place", "module_id", "place", "pk")
    return tuple(
        Piece(row.code, row.kind, row.minutes, int(row.content.get("attempts") or 0)) for row in rows
    )


def record_of(row: Progress) -> Record:
    """A row as the rules see it."""
    return Record(
        is_done=row.done_at is not None,
        score=row.score,
        used=row.used,
        extra=row.extra,
        is_waiting=row.is_waiting,
        is_started=True,
    )


def progress_of(enrolment: Enrolment) -> dict[str, Progress]:
    """What was done in an enrolment, by activity."""
    return {row.activity: row for row in Progress.objects.filter(enrolment=enrolment)}


def facts(enrolment: Enrolment, progress: Mapping[str, Progress]) -> Facts:
    """What counts for the completion rule."""
    return progress_rules.facts_of(pieces_of(enrolment.version), _records(progress))


def _records(progress: Mapping[str, Progress]) -> dict[str, Record]:
    return {code: record_of(row) for code, row in progress.items()}


def reviews_due(enrolment: Enrolment, records: Mapping[str, Record]) -> frozenset[str]:
    """Assignments that were handed in and whose reviews of others are still missing."""
    handed = {code for code, record in records.items() if record.is_waiting or record.score is not None}
    if not handed:
        return frozenset()
    rows = PeerReview.objects.filter(reviewer=enrolment, sent_at__isnull=True)
    return frozenset(rows.values_list("submission__activity", flat=True)) & handed


def checklist(enrolment: Enrolment, progress: Mapping[str, Progress]) -> Sequence[Line]:
    """The learner's checklist."""
    records = _records(progress)
    return progress_rules.checklist(
        enrolment.tree,
        pieces_of(enrolment.version),
        records,
        reviews_due=reviews_due(enrolment, records),
    )


def is_kind(enrolment: Enrolment, code: str, kind: Kind) -> bool:
    """Whether the version has an activity of this code and kind."""
    return any(piece.code == code and piece.kind == kind for piece in pieces_of(enrolment.version))
