"""A web application that does nothing but use the embedded database, for tests of how its processes end."""

import os
from pathlib import Path
from typing import Any

from sauga.project.postgresql import database

database.start_embedded(Path(os.environ["SAUGA_DATA"]))
print("up", flush=True)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer nothing."""
