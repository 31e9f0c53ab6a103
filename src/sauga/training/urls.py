"""Addresses of training, subdomain by subdomain: /lt/mokymai/, /en/training/ and, at the desk,
/desk/training/. Their names begin with `training-`.
"""

from typing import Any

public: list[Any] = []
desk: list[Any] = []
