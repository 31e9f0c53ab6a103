"""Progress of a job inside a transaction that cannot be read before it ends.

It is published through the name under which the server knows the job's own connection (`application_name`),
which others see at once. Nothing is stored, and the name is reset when the transaction ends, however it ends.
"""

from django.db import connection

LONGEST = 63


def tell(what: str, done: int, of: int) -> None:
    """Say in this transaction how far `what` is. `what` has no space and leaves room for two numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, true)", [f"{what} {done} {of}"[:LONGEST]])


def heard(what: str) -> tuple[int, int] | None:
    """How far `what` is and how far it goes, or None where no job works on it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND "
            "starts_with(application_name, %s)",
            [f"{what} "],
        )
        row = cursor.fetchone()
    numbers = row[0].split()[1:] if row else []
    return (int(numbers[0]), int(numbers[1])) if len(numbers) == 2 else None


def work_of(ref: str) -> str:
    """Under which name the work of an import is known while it is done."""
    return f"import:{ref}"
