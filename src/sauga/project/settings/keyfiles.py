"""Secrets that an installation makes for itself once and keeps in files, outside the database."""

import os
import secrets
from pathlib import Path

from sauga.project.settings.env import SettingsError


def keep(path: Path, make: bytes) -> bytes:
    """Return what the file holds; when it does not exist yet, write `make` into it (owner only) first.

    Safe against a race.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _wait_for(path)
    except OSError as error:
        raise SettingsError(
            f"The folder {path.parent} cannot be written ({error.strerror}); choose another data folder."
        ) from error
    with os.fdopen(handle, "wb") as file:
        file.write(make)
    return make


def _wait_for(path: Path) -> bytes:
    """Another process may just have made the file and still be writing its few bytes."""
    import time

    for _ in range(100):
        held = path.read_bytes()
        if held:
            return held
        time.sleep(0.01)
    raise RuntimeError(f"{path.name} is empty; remove it to make a new secret.")


def former_secret_keys(data: Path) -> list[str]:
    """The key before the last rotation, which still verifies until it is finished."""
    former = data / "keys" / "signing-former"
    return [former.read_text(encoding="ascii")] if former.exists() else []


def secret_key(data: Path) -> str:
    """Django's signing key of this installation."""
    return keep(data / "keys" / "signing", secrets.token_urlsafe(64).encode()).decode()
