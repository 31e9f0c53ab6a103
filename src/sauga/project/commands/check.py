"""`sauga check`: is this installation healthy? `sauga check audit`: is the audit log unbroken? One line a
question; 1 when an answer is bad.

`sauga check handover FILE`: is this the archive that a hotline signed? It needs no database.
"""

import argparse
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sauga.project.cli import CannotRun, choose_settings, prepare
from sauga.project.postgresql import database

if TYPE_CHECKING:
    from sauga.kernel.audit import OutsideHead

OLDEST_SERVER = 15
LEAST_FREE = 2 * 1024**3


class Grade(StrEnum):
    """How an answer is to be taken."""

    GOOD = "ok"
    NOTE = "note"
    BAD = "BAD"


@dataclass(frozen=True)
class Answer:
    """The answer to one question, with what to do when it is bad."""

    grade: Grade
    text: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "what",
        nargs="?",
        choices=["all", "audit", "handover"],
        default="all",
        help="everything (default), the audit log alone, or one archive",
    )
    parser.add_argument("file", nargs="?", type=Path, help="handover: the signed ZIP file")
    parser.add_argument(
        "--witness",
        action="append",
        default=[],
        metavar="FILE",
        help="with `audit`: signed heads kept elsewhere to compare with; repeatable",
    )
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="PUBLIC",
        help="public key, 64 hexadecimal digits: with `handover` the sender's, with `audit` one that counts "
        "instead of ours; repeatable",
    )


def run(options: argparse.Namespace) -> int:
    """Ask every question, even after a bad answer."""
    if options.witness and options.what != "audit":
        raise CannotRun("only `sauga check audit` takes --witness.")
    if options.key and options.what == "all":
        raise CannotRun("only `sauga check audit` and `sauga check handover` take --key.")
    if options.what == "handover":
        return _handover(options)
    if options.file:
        raise CannotRun("only `sauga check handover` takes a file.")
    prepare()
    outside, keys = _outside(options)

    def audit() -> Iterator[Answer]:
        yield from _audit(outside, keys)

    everything = [
        _django,
        _database,
        _own_server,
        _tables,
        _installation,
        _keys,
        _rotations,
        _scanner,
        _broadcasts,
        _disk,
        _worker,
        _deliveries,
        audit,
    ]
    questions = [audit] if options.what == "audit" else everything
    bad = 0
    for answer in ask(questions):
        bad += answer.grade is Grade.BAD
        print(f"{answer.grade:<5} {answer.text}", flush=True)
    return bool(bad)


def _handover(options: argparse.Namespace) -> int:
    """Check one archive with the key that was given, or with this installation's own. Raises CannotRun."""
    choose_settings()
    from sauga.kernel.sealed import archives, installation_signer

    if options.file is None:
        raise CannotRun("name the file: `sauga check handover FILE.zip`.")
    try:
        keys = [bytes.fromhex(key) for key in options.key] or [installation_signer().public]
        with options.file.open("rb") as opened:
            archive = opened.read(archives.LARGEST + 1)
    except OSError as error:
        raise CannotRun(f"{options.file} cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise CannotRun(
            "a public key is 64 hexadecimal digits, as `sauga installation` prints it."
        ) from error
    try:
        found = archives.check(archive, trusted=keys)
    except archives.ArchiveRefused as refused:
        print(f"{Grade.BAD:<5} archive: {refused}")
        return 1
    about = found.about
    print(f"{Grade.GOOD:<5} archive: whole, signed by {found.public.hex()}")
    items = about.get("items")
    listed = len(items) if isinstance(items, list) else 0
    print(
        f"{Grade.NOTE:<5} archive: {about.get('file')} for {about.get('recipient')}, "
        f"{about.get('created')}, {listed} items"
    )
    return 0


def ask(questions: list[Callable[[], Iterator[Answer]]]) -> Iterator[Answer]:
    """The answers of all questions; a question that fails is itself a bad answer."""
    from django.db import DatabaseError

    for question in questions:
        try:
            yield from question()
        except DatabaseError as error:
            yield Answer(
                Grade.BAD, f"{question.__name__.strip('_')}: the database refused ({type(error).__name__})"
            )


def _django() -> Iterator[Answer]:
    from django.core import checks

    found = [
        message for message in checks.run_checks(include_deployment_checks=True) if not message.is_silenced()
    ]
    for message in found:
        grade = Grade.BAD if message.level >= checks.ERROR else Grade.NOTE
        yield Answer(grade, f"settings: {' '.join(str(message.msg).split())} ({message.id})")
    if not found:
        yield Answer(Grade.GOOD, "settings: nothing to complain of")


def _database() -> Iterator[Answer]:
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = "
            "current_database()"
        )
        encoding, collation = cursor.fetchone() or ("", "")
    version = connection.pg_version // 10000  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    where = "embedded" if not settings.ENV.database_url else "your own server"
    yield Answer(
        Grade.GOOD if version >= OLDEST_SERVER else Grade.BAD,
        f"database: PostgreSQL {version} ({where}; {OLDEST_SERVER} or newer is needed)",
    )
    unit = "" if settings.ENV.database_url else database.unit_of_embedded(settings.ENV.data)
    if unit not in {"", database.OWN_UNIT}:
        yield Answer(
            Grade.NOTE,
            f"database: belongs to {unit} and ends with it; give it its own unit "
            f"(docs/operate/install.md, section 5)",
        )
    yield Answer(
        Grade.GOOD if encoding == "UTF8" else Grade.BAD,
        f"database: encoding {encoding}, collation {collation} (UTF8 is needed)",
    )


def _own_server() -> Iterator[Answer]:
    """Whether no other user of this machine reaches the embedded server, where that is the one."""
    from django.conf import settings

    from sauga.project.postgresql import embedded_access

    data = settings.ENV.data
    if settings.ENV.database_url or not (data / "postgres" / "PG_VERSION").exists():
        return
    found = embedded_access.faults(data)
    yield Answer(
        Grade.BAD if found else Grade.GOOD,
        f"database: {'; '.join(found) or 'only its own user and root reach the embedded server'}",
    )


def _tables() -> Iterator[Answer]:
    from sauga.project.commands.init import half_applied, pending_migrations

    waiting = [*pending_migrations(), *half_applied()]
    yield (
        Answer(Grade.BAD, f"tables: {len(waiting)} migrations wait; run `sauga init`")
        if waiting
        else Answer(Grade.GOOD, "tables: up to date")
    )


def _installation() -> Iterator[Answer]:
    from django.conf import settings

    from sauga.kernel import clock
    from sauga.project import purpose
    from sauga.project.setup import steps

    found = purpose.recorded()
    if not found:
        yield Answer(Grade.NOTE, "installation: not marked yet as demo or production; run `sauga init`")
    elif (found == purpose.DEMO) is not settings.ENV.demo:
        yield Answer(Grade.BAD, f"installation: {purpose.REFUSALS[found].splitlines()[0]}")
    else:
        yield Answer(Grade.GOOD, f"installation: {found.lower()}")
    for need in steps.unstaffed(clock.now()):
        yield Answer(Grade.BAD, f"installation: {need.what}; run `{need.command}`, or `sauga setup`")
    for line in steps.without_second(clock.now()):
        yield Answer(Grade.NOTE, f"installation: {line}; add a second person by `sauga setup`")


def _keys() -> Iterator[Answer]:
    from django.conf import settings

    from sauga.kernel import sealed
    from sauga.project.setup import steps

    folder = settings.ENV.data / "keys"
    loose = sorted(path.name for path in folder.glob("*") if path.stat().st_mode & 0o077)
    yield Answer(
        Grade.BAD if loose else Grade.GOOD,
        f"keys: {'others may read ' + ', '.join(loose) if loose else f'files in {folder} are private'}",
    )
    for zone in sealed.Zone:
        if sealed.zone_exists(zone):
            faults = sealed.keys.inspect(zone)
            yield Answer(
                Grade.BAD if faults else Grade.GOOD, f"keys: zone {zone}: {'; '.join(faults) or 'sound'}"
            )
        elif zone in steps.zones_needed():
            yield Answer(
                Grade.BAD,
                f"keys: zone {zone} has no keys; run `sauga setup`, or `sauga keys create {zone} "
                f"--person EMAIL`",
            )


def _scanner() -> Iterator[Answer]:
    """Whether uploads can be scanned, where there are any."""
    from django.conf import settings

    from sauga.kernel import clock, media

    if "repository" not in settings.ENV.services:
        return
    if settings.SCANNER == media.NO_SCANNER:
        yield Answer(Grade.NOTE, "uploads: SAUGA_SCANNER=none, so nothing is scanned for viruses")
    elif why := media.scanner_fault():
        yield Answer(Grade.BAD, f"uploads: {SCANNER_FAULTS.get(why, why)} (docs/operate/scanner.md)")
    else:
        yield Answer(Grade.GOOD, "uploads: the virus scanner answers")
    if waiting := media.overdue(clock.now()):
        yield Answer(
            Grade.BAD, f"uploads: {waiting.files} wait for the virus scanner since {waiting.since:%c}"
        )


def _broadcasts() -> Iterator[Answer]:
    """Whether live broadcasts have what they need, where there are any."""
    from django.conf import settings

    if "training" not in settings.ENV.services:
        return
    from sauga.training.streaming.queries import program

    if not program.ffmpeg():
        yield Answer(Grade.NOTE, f"broadcasts: no ffmpeg, so none; {program.INSTALL} brings one")
    elif not program.room().is_enough:
        yield Answer(Grade.BAD, "broadcasts: the disk of the segments is below SAUGA_STREAM_RESERVE")
    else:
        yield Answer(Grade.GOOD, "broadcasts: ffmpeg and room for segments are there")
        if not program.has_whip():
            yield Answer(Grade.NOTE, f"broadcasts: none from the browser; {program.INSTALL} brings aiortc")


SCANNER_FAULTS = {
    "not_set": "SAUGA_SCANNER is not set, so uploads wait; name a scanner, or say none",
    "no_connection": "the virus scanner cannot be reached",
    "slow": "the virus scanner does not answer in time",
    "refused": "the virus scanner gives no answer that we understand",
}


def _rotations() -> Iterator[Answer]:
    from sauga.kernel import sealed
    from sauga.kernel.sealed import files
    from sauga.kernel.sealed.rotation import machine_keys
    from sauga.project.rotation import FILES

    waiting = {
        zone: count
        for zone in sealed.Zone
        if sealed.zone_exists(zone) and (count := machine_keys.waiting(zone))
    }
    for zone, count in waiting.items():
        yield Answer(
            Grade.BAD,
            f"keys: {count} keys of {zone} are sealed to an older machine key; `sauga keys "
            f"rotate-service {zone}`",
        )
    for name in FILES:
        if files.is_unfinished(name):
            yield Answer(
                Grade.BAD, f"keys: the rotation of {name} was interrupted; `sauga keys rotate-file {name}`"
            )


def _disk() -> Iterator[Answer]:
    from django.conf import settings

    free = shutil.disk_usage(settings.ENV.data).free
    yield Answer(
        Grade.GOOD if free >= LEAST_FREE else Grade.BAD,
        f"disk: {free / 1024**3:.1f} GiB free for {settings.ENV.data} (at least 2 wanted)",
    )


def _worker() -> Iterator[Answer]:
    from django.db import connection

    from sauga.project.processes import worker_reports

    found = worker_reports.standing()
    since = f"since {found.last:%Y-%m-%d %H:%M:%S} UTC" if found.last else "and none ever has"
    yield Answer(
        Grade.GOOD if found.is_at_work else Grade.BAD,
        "worker: at work" if found.is_at_work else f"worker: none reports {since}; start `sauga work`",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'todo' "
            "AND scheduled_at IS NULL)"
            " FROM procrastinate_jobs"
        )
        failed, waiting = cursor.fetchone() or (0, 0)
    yield Answer(Grade.NOTE if failed else Grade.GOOD, f"jobs: {waiting} wait, {failed} failed")


@dataclass(frozen=True)
class Outside:
    """What witness files hold: genuine heads, and lines that only look like one, as file and number."""

    heads: "list[OutsideHead]"
    forged: list[str]


def _outside(options: argparse.Namespace) -> tuple[Outside | None, frozenset[bytes]]:
    """What the witness files hold (None when no file is given), and the keys that count. Raises CannotRun."""
    from sauga.kernel import audit
    from sauga.kernel.audit.seals import trusted

    try:
        keys = frozenset(map(bytes.fromhex, options.key)) or trusted()
    except ValueError as error:
        raise CannotRun("--key is a public key in hexadecimal.") from error
    if not options.witness:
        return None, keys
    outside = Outside([], [])
    for name in options.witness:
        try:
            with Path(name).open(encoding="ascii", errors="replace") as lines:
                heads, forged = audit.read_heads(lines, keys)
        except OSError as error:
            raise CannotRun(f"{name} cannot be read ({error.strerror}).") from error
        outside.heads.extend(heads)
        outside.forged.extend(f"{name}:{number}" for number in forged)
    return outside, keys


def _deliveries() -> Iterator[Answer]:
    from django.conf import settings

    from sauga.kernel import audit, clock
    from sauga.kernel.audit import delivery

    chosen = [one.name for one in delivery.chosen()]
    late = audit.overdue(clock.now())
    if not chosen:
        yield Answer(
            Grade.NOTE,
            "trail: signed heads stay on this machine; choose a SAUGA_WITNESS_… setting "
            "(docs/develop/audit.md)",
        )
    elif late:
        yield Answer(
            Grade.BAD, f"trail: signed heads have not reached: {', '.join(late)}; the worker's log says why"
        )
    else:
        yield Answer(Grade.GOOD, f"trail: signed heads leave this machine ({', '.join(chosen)})")
    file = Path(settings.ENV.witness_file)
    if settings.ENV.witness_file and file.exists() and file.stat().st_dev == settings.ENV.data.stat().st_dev:
        yield Answer(
            Grade.NOTE,
            f"trail: {file} lies on the same disk as the data; a copy elsewhere is a better witness",
        )


def _witness(outside: Outside) -> Iterator[Answer]:
    latest = max((head.signed_at for head in outside.heads), default=None)
    if latest is None:
        yield Answer(Grade.BAD, "trail: no signed head of ours in the witness file, so nothing was compared")
    else:
        yield Answer(
            Grade.GOOD,
            f"trail: compared with {len(outside.heads)} signed heads, the last of "
            f"{latest:%Y-%m-%d %H:%M} UTC",
        )
    if outside.forged:
        where = f"{outside.forged[0]} and {len(outside.forged) - 1} more"
        yield Answer(
            Grade.BAD,
            f"trail: not signed by our key: {where}; the file or the key was changed (--key names a "
            f"former one)",
        )


def _audit(outside: Outside | None, keys: frozenset[bytes]) -> Iterator[Answer]:
    from sauga.kernel import audit

    if outside is not None:
        yield from _witness(outside)
    heads = outside.heads if outside else []
    zones = audit.zones(heads)
    for zone in zones:
        verdict = audit.verify(zone, keys=keys, outside=heads)
        where = (
            f"{verdict.what} at line {verdict.first_bad_sequence}; keep everything as it is and compare "
            f"with a backup"
        )
        found = f"{verdict.rows} lines, whole" if verdict.ok else where
        yield Answer(Grade.GOOD if verdict.ok else Grade.BAD, f"trail: zone {zone}: {found}")
    if not zones:
        yield Answer(Grade.GOOD, "trail: empty")
