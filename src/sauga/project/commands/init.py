"""`sauga init`: brings tables, roles, vocabularies and static files up to date, and says what is to be done
next.

Safe to repeat; a second run changes nothing.
"""

import argparse
import sys
from contextlib import suppress

from sauga.project.cli import CannotRun, prepare


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--starter",
        action="store_true",
        help="also load the starter content: pages of the public site, which your editors can change; again "
        "after an update, what they have changed stays as it is",
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def run(options: argparse.Namespace) -> int:
    """Do all steps in order and say what each did."""
    prepare()
    for line in (*bring_up_to_date(), *(_starter() if options.starter else ())):
        if not options.quiet:
            print(line, flush=True)
    for line in _next():
        print(line, flush=True)
    return 0


def _next() -> list[str]:
    """What only an operator can do now, each with its command; nothing when people can work."""
    from sauga.kernel import clock
    from sauga.project.setup import steps

    needs = [f"  {need}" for need in steps.missing(clock.now())]
    return ["next:", *needs] if needs else []


def bring_up_to_date() -> list[str]:
    """Migrate, mark, install roles, load vocabularies, collect static files. Returns one line a step.

    A database of the other kind (demo or production) is refused before anything is changed. Raises CannotRun.
    """
    from django.conf import settings

    from sauga.project import purpose

    demo = settings.ENV.demo
    purpose.refuse_other(purpose.known(), demo=demo)
    _close_media()
    return [_tables(), purpose.mark(demo=demo), _roles(), _vocabularies(), *_service_data(), _static_files()]


def _close_media() -> None:
    """Only Sauga's own user enters the folder of uploads; earlier versions left it open."""
    from django.conf import settings

    with suppress(FileNotFoundError):
        settings.MEDIA_ROOT.chmod(0o750)


def _tables() -> str:
    from django.core.management import call_command

    if half := half_applied():
        raise CannotRun(
            f"the database stopped on the way: it lacks {', '.join(half)}, which this version has as "
            f"part of one step.\n"
            "Bring it up to date with the version it comes from (`sauga init` there), then run this "
            "again. Nothing was changed."
        )
    waiting = pending_migrations()
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    return f"tables: {len(waiting)} migrations applied" if waiting else "tables: up to date"


def pending_migrations() -> list[str]:
    """Migrations that the database does not have yet, as app.name."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [
        f"{migration.app_label}.{migration.name}"
        for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]


def half_applied() -> list[str]:
    """What this database lacks of migrations that became one (decision 0066), when it has others of the same;
    as app.name.

    Django would leave such a database as it is and say nothing, since the single ones are no longer there.
    Where a library still ships its single ones, Django applies them, and nothing is missing.
    """
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    missing: list[str] = []
    for joined in loader.replacements.values():
        lacks = [one for one in joined.replaces if one not in loader.applied_migrations]
        if len(lacks) < len(joined.replaces):
            missing += [f"{app}.{name}" for app, name in lacks if (app, name) not in loader.disk_migrations]
    return sorted(missing)


def _roles() -> str:
    from sauga.kernel.identity.roles import install_defaults

    return f"roles: {install_defaults()} grants added"


def _vocabularies() -> str:
    from sauga.kernel import clock, vocab

    return f"vocabularies: {vocab.load_all(at=clock.now())}"


def _service_data() -> list[str]:
    """What the services declare as data; a line for each thing loaded."""
    from sauga.kernel import clock, services

    return [line for config in services.installed() for line in config.load_data(clock.now())]


def _starter() -> list[str]:
    """The content that services offer to begin with; a line for each thing loaded."""
    from sauga.kernel import clock, services

    return [line for config in services.installed() for line in config.load_starter(clock.now())]


def _static_files() -> str:
    from django.conf import settings
    from django.core.management import call_command

    if "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        return "static files: served from the packages"
    # Chatty by its nature; a failure raises all the same.
    call_command("collectstatic", interactive=False, verbosity=0, stdout=sys.stderr)
    return f"static files: collected in {settings.STATIC_ROOT}"
