"""Vantage points: a second one is a second network address of this machine (another provider's line, the end
of a tunnel)."""

import json
import logging
from pathlib import Path

from django.conf import settings

log = logging.getLogger(__name__)


def folder() -> Path:
    """Where the operator lays network data: `<SAUGA_DATA>/network/`."""
    return Path(settings.ENV.data) / "network"


def sources() -> dict[str, str]:
    """Vantage name → local address to connect from ("" = the system's choice), from `vantages.json`; always
    with "main"."""
    found = {"main": ""}
    file = folder() / "vantages.json"
    if file.is_file():
        try:
            found |= {
                str(name): str(address)
                for name, address in json.loads(file.read_text(encoding="utf-8")).items()
            }
        except (ValueError, AttributeError):
            log.warning("network/vantages.json cannot be read; only the main vantage point is used")
    return found
