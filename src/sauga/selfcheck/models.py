"""The tables of selfcheck, subdomain by subdomain, for Django."""

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
