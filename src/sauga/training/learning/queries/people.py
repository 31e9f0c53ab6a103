"""Who may accompany learners."""

from datetime import datetime

from sauga.kernel.identity.queries import holders_of


def tutors(at: datetime) -> list[tuple[int, str]]:
    """Staff who hold the role of a tutor now, as choices."""
    return [(person.pk, person.name) for person in holders_of("TUTOR", "training", at)]
