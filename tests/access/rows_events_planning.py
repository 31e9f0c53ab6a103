"""Planning events: organisers plan and keep budgets; teams see the tasks of their events; statisticians read
reports. Which role at which event: `tests/events/planning`.
"""

from access.matrix import SIGN_IN, row

EVENT, PART = ("0000-0000",), ("0000-0000", "0000-0000")
row("events-task-template-new", anonymous=SIGN_IN, others=404, ORGANISER=200)
row("events-task-template", args=EVENT, anonymous=SIGN_IN, others=404)
row("events-task-template-do", args=(*EVENT, "remove"), method="POST", anonymous=SIGN_IN, others=404)
for page in (
    "team",
    "tasks-of",
    "task-new",
    "budget",
    "budget-new",
    "report",
    "report-pdf",
    "files",
    "everything",
):
    row(f"events-{page}", args=EVENT, anonymous=SIGN_IN, others=404)
for page in ("task", "budget-line", "file-in"):
    row(f"events-{page}", args=PART, anonymous=SIGN_IN, others=404)
row("events-team-remove", args=(*EVENT, 1), method="POST", anonymous=SIGN_IN, others=404)
row("events-tasks-apply", args=EVENT, method="POST", anonymous=SIGN_IN, others=404)
row("events-task-do", args=(*PART, "finish"), method="POST", anonymous=SIGN_IN, others=404)
row("events-budget-file", args=(*EVENT, "csv"), anonymous=SIGN_IN, others=404)
row("events-budget-remove", args=PART, method="POST", anonymous=SIGN_IN, others=404)
row("events-report-do", args=(*EVENT, "close"), method="POST", anonymous=SIGN_IN, others=404)
row("events-file-template", args=(*EVENT, "programme", "csv"), anonymous=SIGN_IN, others=404)
row("events-file-read", args=(*EVENT, "programme"), method="POST", anonymous=SIGN_IN, others=404)
row("events-file-do", args=(*PART, "store"), method="POST", anonymous=SIGN_IN, others=404)
