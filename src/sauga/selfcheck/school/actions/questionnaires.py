"""Loading versions of the questionnaire from their files, and scoring older answers again under a new one."""

import hashlib
from datetime import date, datetime
from importlib.resources import files
from json import dumps, loads
from typing import Any

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, SystemActor
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school.models import Answer, Label, Questionnaire, Rescore, Round
from sauga.selfcheck.school.queries import questionnaires
from sauga.selfcheck.school.rules.questionnaire import parsed, resolved
from sauga.selfcheck.school.rules.score_changes import rescored
from sauga.selfcheck.trail import ZONE, Trail

BY = SystemActor("selfcheck")
FOLDER = files("sauga.selfcheck.school").joinpath("data")
BATCH = 500


def shipped() -> list[dict[str, Any]]:
    """The versions that come with the product, whole, the earliest first. Raises QuestionnaireRefused."""
    named = sorted(one.name for one in FOLDER.iterdir() if one.name.startswith("questionnaire-"))
    found: list[dict[str, Any]] = []
    for name in named:
        data = loads(FOLDER.joinpath(name).read_text("utf-8"))
        found.append(resolved(data, found[-1] if found else None))
    return found


def load_questionnaires(at: datetime) -> str:
    """Load every version that is not there yet; a line for `sauga init`. What was given under an earlier
    version is scored again under the newest."""
    made = 0
    with transaction.atomic():
        for content in shipped():
            made += load_version(content, at)
    if made:
        rescore_all(by=BY, at=at)
    return f"school label: {Questionnaire.objects.count()} versions of the questionnaire, {made} new"


def load_version(content: dict[str, Any], at: datetime) -> bool:
    """Store a whole version, unless it is there. A version never changes. Raises QuestionnaireRefused."""
    if Questionnaire.objects.filter(version=content["version"]).exists():
        return False
    parsed(content)
    text = dumps(content, sort_keys=True, ensure_ascii=False)
    row = Questionnaire.objects.create(
        version=content["version"],
        valid_from=date.fromisoformat(content["valid_from"]),
        content=content,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        loaded_at=at,
    )
    audit.record(BY, Trail.QUESTIONNAIRE, row, zone=ZONE, at=at, facts={"version": row.version})
    return True


def rescore_all(*, by: Actor, at: datetime) -> int:
    """Score the latest labelled round of every school under the newest version, where it was answered under
    an earlier one. The labels stay as they are until their day. Returns how many. Raises
    PermissionRefused."""
    require(by, Permission.ADVANCE_LABELS)
    versions = questionnaires.every()
    if not versions:
        return 0
    newest, n = versions[-1].version, 0
    latest = Label.objects.order_by("school", "-since", "-pk").distinct("school").values("round")
    older = Round.objects.filter(pk__in=latest, questionnaire__version__lt=newest)
    keys = list(older.exclude(rescores__version=newest).values_list("pk", flat=True))
    for begin in range(0, len(keys), BATCH):
        n += _rescore(keys[begin : begin + BATCH], newest)
    audit.record(
        by, Trail.RESCORED, questionnaire_row(newest), zone=ZONE, at=at, facts={"version": newest, "n": n}
    )
    return n


def questionnaire_row(version: int) -> Questionnaire:
    """The row of a version."""
    return Questionnaire.objects.get(version=version)


def _rescore(keys: list[int], newest: int) -> int:
    versions = questionnaires.every()
    answers: dict[int, dict[str, int]] = {}
    rows = Answer.objects.filter(round__in=keys, level__isnull=False)
    for key, aspect, level in rows.values_list("round", "aspect", "level"):
        answers.setdefault(key, {})[aspect] = level or 1
    since = dict(Round.objects.filter(pk__in=keys).values_list("pk", "questionnaire__version"))
    made = []
    for key, given in answers.items():
        found, carried = rescored(given, since[key], versions, newest)
        made.append(
            Rescore(
                round_id=key,
                version=newest,
                level=found.level,
                points={code: one.points for code, one in found.areas.items()},
                moved={code: [given[code], carried.answers[code]] for code in carried.moved},
            )
        )
    with transaction.atomic():
        Rescore.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
