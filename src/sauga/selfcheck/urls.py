"""Addresses of selfcheck, subdomain by subdomain. Their names begin with `selfcheck-`."""

from typing import Any

from sauga.selfcheck.school import urls as school

public: list[Any] = [*school.public]
desk: list[Any] = [*school.desk]
machine: list[Any] = [*school.machine]
