"""The tables of every subdomain, for Django.

Other packages do not import from here: each model from its own module.
"""

from sauga.selfcheck.personal.models import BankVersion, BankVersionStep
from sauga.selfcheck.school.models import (
    Answer,
    Assessment,
    AssessmentStep,
    Assessor,
    AssessorStep,
    Evidence,
    Label,
    PlanTask,
    Published,
    Questionnaire,
    Rescore,
    Review,
    Round,
    TeamMember,
    Verdict,
)

__all__ = [
    "Answer",
    "Assessment",
    "AssessmentStep",
    "Assessor",
    "AssessorStep",
    "BankVersion",
    "BankVersionStep",
    "Evidence",
    "Label",
    "PlanTask",
    "Published",
    "Questionnaire",
    "Rescore",
    "Review",
    "Round",
    "TeamMember",
    "Verdict",
]
