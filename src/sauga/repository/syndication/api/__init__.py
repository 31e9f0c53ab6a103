"""The repository's part of `/api/v1/`: for programs, without a key, read-only. The project mounts the
router.
"""

from sauga.repository.syndication.api.endpoints import router

__all__ = ["router"]
