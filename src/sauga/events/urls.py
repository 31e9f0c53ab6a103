"""Addresses of events, subdomain by subdomain: /lt/renginiai/, /en/events/ and, at the desk, /desk/events/.
Their names begin with `events-`.
"""

from typing import Any

public: list[Any] = []
desk: list[Any] = []
