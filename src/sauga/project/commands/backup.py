"""`sauga backup DIR`: a sealed backup, and the end of key parts that were kept long enough."""

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

from sauga.project.cli import CannotRun, prepare


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("folder", type=Path, help="where the backup goes, best on another machine's disk")
    parser.add_argument(
        "--zone", default="", help="whose escrow shares shall open it (default: the first zone that has keys)"
    )
    parser.add_argument(
        "--keep-keys",
        type=int,
        default=30,
        metavar="DAYS",
        help="delete key parts older than this from the folder (default 30)",
    )


def run(options: argparse.Namespace) -> int:
    """Write the backup and say where it is."""
    prepare()
    from sauga.kernel import clock
    from sauga.project.postgresql import archive

    at = clock.now()
    try:
        backup = archive.write(options.folder, zone_of(options.zone), at)
    except (archive.BackupFailed, OSError) as error:
        raise CannotRun(f"no backup was written: {error}") from error
    gone = archive.forget_keys(options.folder, timedelta(days=options.keep_keys), at)
    size = sum(backup.part(part).stat().st_size for part in archive.PARTS)
    print(
        f"{backup.manifest}\n{size / 1024**2:.1f} MiB in {len(archive.PARTS)} parts; {gone} old key "
        f"parts deleted."
    )
    return 0


def zone_of(name: str) -> Any:
    """The zone named, or the first that has keys. Raises CannotRun."""
    from sauga.kernel.sealed import Zone, zone_exists

    found = [zone for zone in Zone if zone_exists(zone) and name in {"", str(zone)}]
    if not found:
        raise CannotRun(
            f"the zone “{name}” has no keys."
            if name
            else "no zone has keys yet, and a backup is sealed to one's escrow key. See `sauga keys "
            "create --help`."
        )
    return found[0]
