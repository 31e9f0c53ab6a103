"""The page cache: public pages that are the same for every visitor, kept in the memory of each process
(docs/develop/page-cache.md).

A view offers its response (`cache_response`), a service declares the tables its cached pages read
(`depends_on`), the ASGI middleware `PageCache` answers from memory, and database triggers empty every
process's cache when one of these tables changes.
"""

from sauga.kernel.page_cache.invalidation import PageSources, depends_on, install_triggers, watched_tables
from sauga.kernel.page_cache.middleware import PageCache
from sauga.kernel.page_cache.responses import (
    MINUTE,
    QUARTER,
    STORE,
    cache_response,
    placeholder,
    render_shared,
)

__all__ = [
    "MINUTE",
    "QUARTER",
    "STORE",
    "PageCache",
    "PageSources",
    "cache_response",
    "depends_on",
    "install_triggers",
    "placeholder",
    "render_shared",
    "watched_tables",
]
