"""State columns of selfcheck and their tables of moves; `docs/services/selfcheck.md` draws them."""

from sauga.selfcheck.school.states import ASSESSMENT, ASSESSOR, AssessmentState, AssessorState

__all__ = ["ASSESSMENT", "ASSESSOR", "AssessmentState", "AssessorState"]
