"""Static files under names that change with their content, compressed beforehand."""

from typing import Any

from whitenoise.storage import (  # type: ignore[import-untyped]  # ships no types
    CompressedManifestStaticFilesStorage,
)


class ManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # as above
    """Finds the address of each file once: a page has a dozen of them, and Django takes each apart and puts
    it together again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._addresses: dict[str, str] = {}
        super().__init__(*args, **kwargs)

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file."""
        if force:
            return str(super().url(name, force))
        found = self._addresses.get(name)
        if found is None:
            found = self._addresses[name] = str(super().url(name))
        return found

    def save_manifest(self) -> None:
        """Files were collected: their names may have changed."""
        super().save_manifest()
        self._addresses.clear()
