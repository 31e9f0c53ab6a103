"""`sauga restore DIR`: reads the newest backup of a folder into an empty database.

Asks for two escrow shares.
"""

import argparse
from pathlib import Path

from sauga.project.cli import CannotRun, prepare


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("folder", type=Path, help="where the backups are")
    parser.add_argument(
        "--name", default="", help="one backup, for example sauga-20261124-020000 (default: the newest)"
    )
    parser.add_argument(
        "--check", action="store_true", help="only open every part to its end; change nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Restore and compare; 1 when the result does not agree with what was backed up."""
    prepare()
    from sauga.kernel.sealed import SharesRefused, Zone, escrow
    from sauga.project.commands.keys import shares
    from sauga.project.postgresql import archive

    backup = archive.Backup(options.folder, options.name) if options.name else archive.newest(options.folder)
    if backup is None:
        raise CannotRun(f"there is no backup in {options.folder}.")
    try:
        key = escrow.join(Zone(backup.read()["zone"]), shares())
        if options.check:
            archive.verify(backup, key)
            print(f"{backup.name}: every part opens to its end.")
            return 0
        wrong = archive.restore(backup, key)
    except (archive.BackupFailed, SharesRefused) as error:
        raise CannotRun(str(error)) from error
    print("\n".join(wrong) if wrong else f"{backup.name}: restored, every table has the rows it had.")
    if not backup.part("keys").exists():
        print(
            "The key part is gone: texts sealed before cannot be read any more, as the retention "
            "rules want it."
        )
    print("Next: `sauga init`, then `sauga check`.")
    return bool(wrong)
