"""Addresses of selfcheck, subdomain by subdomain: /lt/testas/, /en/check/, /lt/zenklas/, /en/label/ and, at
the desk, /desk/selfcheck/. Their names begin with `selfcheck-`.
"""

from typing import Any

from sauga.selfcheck.personal import urls as personal
from sauga.selfcheck.school import urls as school

public: list[Any] = [*personal.public, *school.public]
desk: list[Any] = [*personal.desk, *school.desk]
machine: list[Any] = [*school.machine]
