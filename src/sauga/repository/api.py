"""The repository's routes under `/api/v1/`, which the project mounts."""

from sauga.repository.syndication.api import router

__all__ = ["router"]
