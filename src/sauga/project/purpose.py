"""Demo or production: what the database is, and that nothing of the other kind starts on it.

A demo's passwords are printed on its own pages and its mail goes nowhere; whatever accounts are made in it
belong to it. The mark is a row (`identity.Installation`) that `sauga init` writes once. It is read here by
plain SQL, before Django's apps are loaded.
"""

from sauga.project.cli import CannotRun

DEMO, PRODUCTION = "DEMO", "PRODUCTION"
DEMO_ACCOUNT = "analyst@hotline.example"
"""An account that every demo has, and that nobody else can have: its domain is reserved for examples."""
REFUSALS = {
    DEMO: "this database is a demo's, and its passwords are public: it runs with `sauga demo` only.\n"
    "For a real installation choose another data folder (SAUGA_DATA) or another database (DATABASE_URL).",
    PRODUCTION: (
        "this database is a real installation; a demo never runs on real data.\nChoose another folder "
        "with --data."
    ),
}


def recorded() -> str:
    """The mark of this database; empty where there is none yet."""
    from django.db import connection

    if not _has_table("identity_installation"):
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT purpose FROM identity_installation")
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def known() -> str:
    """The mark; of a database from before there were marks, what its accounts show.

    Empty where there are no accounts yet.
    """
    from django.db import connection

    if mark := recorded():
        return mark
    if not _has_table("identity_person"):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE email = %s) FROM identity_person", [DEMO_ACCOUNT]
        )
        people, demo = cursor.fetchone() or (0, 0)
    return DEMO if demo else PRODUCTION if people else ""


def refuse_other(found: str, *, demo: bool) -> None:
    """Pass in silence unless `found` (`recorded` or `known`) is of the other kind.

    Raises CannotRun with what to do.
    """
    if found and (found == DEMO) is not demo:
        raise CannotRun(REFUSALS[found])


def mark(*, demo: bool) -> str:
    """Write the mark of a database whose tables are there, unless it has one; returns one line for `sauga
    init`. Raises CannotRun."""
    from sauga.kernel import clock
    from sauga.kernel.identity.actions.installation import mark_installation
    from sauga.kernel.identity.models import Installation
    from sauga.kernel.states import SystemActor

    refuse_other(known(), demo=demo)
    purpose = Installation.Purpose.DEMO if demo else Installation.Purpose.PRODUCTION
    is_new = mark_installation(by=SystemActor("setup"), purpose=purpose, at=clock.now())
    return f"installation: {'marked' if is_new else 'is marked'} as {purpose.lower()}"


def _has_table(name: str) -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
        row = cursor.fetchone()
    return bool(row and row[0])
