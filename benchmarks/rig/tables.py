"""All tables as the migrations make them, made once a test run: whoever needs them in another server loads
the dump."""

import os
import subprocess
from pathlib import Path

DUMP = "RIG_TABLES"
"""Names the file with the dump; unset, or as long as there is no file, everybody runs the migrations."""


def load(url: str) -> None:
    """Load the dump into an empty database, if there is one.

    Migrations made since are still to be applied.
    """
    from sauga.project.postgresql import database

    dump = os.environ.get(DUMP, "")
    if dump and Path(dump).is_file():
        options = ["--single-transaction", "--exit-on-error", f"--dbname={url}"]
        subprocess.run([database.program("pg_restore"), *options, dump], capture_output=True, check=True)


def lay_out(data: Path) -> None:
    """Make the embedded database of an empty data folder, with all tables and nothing in them, and stop it
    again."""
    from sauga.project.postgresql import database

    load(database.start_embedded(data))
    database.release_embedded(data, patience=10)


def keep(url: str) -> None:
    """Write the dump from a database whose tables have just been made; the first one stays."""
    from sauga.project.postgresql import database

    dump = os.environ.get(DUMP, "")
    if dump and not Path(dump).exists():
        part = f"{dump}.{os.getpid()}"
        command = [
            database.program("pg_dump"),
            "--format=custom",
            "--compress=0",
            f"--file={part}",
            f"--dbname={url}",
        ]
        subprocess.run(command, capture_output=True, check=True)
        os.replace(part, dump)
