"""How the fields of selfcheck are protected, subdomain by subdomain."""

from sauga.selfcheck.school import fields as school

__all__ = ["school"]
