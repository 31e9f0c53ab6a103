"""`check_audit`: verifies every chain and reports the result; `sauga check audit` calls it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sauga.kernel.audit.verification import verify, zones


class Command(BaseCommand):
    """Exits with an error when any chain is not the one that was written."""

    help = "Check the audit trail: every zone's chain, its signed heads and its witnesses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("zones", nargs="*", help="Zones to check; all of them when none is named.")
        parser.add_argument(
            "--key", action="append", default=[], help="Public key (hexadecimal) whose signatures count."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keys = frozenset(map(bytes.fromhex, options["key"])) or None
        damaged = 0
        for zone in options["zones"] or zones():
            verdict = verify(zone, keys=keys)
            if verdict.ok:
                self.stdout.write(f"{zone}: {verdict.rows} lines, whole")
            else:
                damaged += 1
                self.stdout.write(f"{zone}: {verdict.what} at {verdict.first_bad_sequence}")
        if damaged:
            raise CommandError(
                f"{damaged} damaged. Keep the database as it is; docs/develop/audit.md says what to do."
            )
