"""How long selfcheck keeps what, subdomain by subdomain."""

from sauga.selfcheck.school import retention as school

__all__ = ["school"]
