"""What is reviewed, by whom not, and what verdicts come to. Pure."""

from collections.abc import Collection, Mapping

from sauga.selfcheck.school.rules.codes import Level, rank
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.scores import score

NOT_ACCEPTED = 2
"""What an aspect counts at most whose level was not accepted."""
WITHOUT_REVIEW = Level.SILVER
"""The highest level that a school gets by its own answers."""


def reviewed_aspects(form: Questionnaire) -> list[str]:
    """The aspects that a reviewer looks at: essential ones and those that weigh more."""
    return [one.code for one in form.aspects.values() if one.is_essential or one.weight > 1]


def to_show(form: Questionnaire, verdicts: Mapping[str, bool]) -> list[str]:
    """Aspects whose evidence counts and that no reviewer has accepted yet."""
    return [code for code in reviewed_aspects(form) if not verdicts.get(code)]


def is_whole(form: Questionnaire, verdicts: Mapping[str, bool]) -> bool:
    """Whether every reviewed aspect was accepted."""
    return not to_show(form, verdicts)


def is_conflict(assessor_bodies: Collection[int], school_bodies: Collection[int]) -> bool:
    """Whether the assessor belongs to the school: the same body, or one that it followed or that followed
    it."""
    return bool(set(assessor_bodies) & set(school_bodies))


def without_review(level: str) -> Level:
    """What a school may take without a review."""
    return min(Level(level), WITHOUT_REVIEW, key=rank)


def concluded(form: Questionnaire, answers: Mapping[str, int], verdicts: Mapping[str, bool]) -> Level:
    """The level after a review. Gold only where every reviewed aspect was accepted.

    Raises LookupError where a verdict is missing.
    """
    looked_at = reviewed_aspects(form)
    if missing := [code for code in looked_at if code not in verdicts]:
        raise LookupError(", ".join(missing))
    refused = {code for code in looked_at if not verdicts[code]}
    counted = {
        code: min(level, NOT_ACCEPTED) if code in refused else level for code, level in answers.items()
    }
    found = score(form, counted).level
    return found if not refused else without_review(found)
