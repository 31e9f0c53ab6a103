"""Addresses of selfcheck, subdomain by subdomain: /lt/testas/, /en/check/ and, at the desk, /desk/selfcheck/.
Their names begin with `selfcheck-`.
"""

from typing import Any

from sauga.selfcheck.personal import urls as personal

public: list[Any] = [*personal.public]
desk: list[Any] = [*personal.desk]
