"""Addresses of training, subdomain by subdomain: /lt/mokymai/, /en/training/ and, at the desk,
/desk/training/. Their names begin with `training-`.
"""

from typing import Any

from sauga.training.viewing import urls as viewing
from sauga.training.webinars import urls as webinars

public: list[Any] = [
    *webinars.public,
    *viewing.public,
    *webinars.one,
]
desk: list[Any] = [
    *webinars.desk,
    *viewing.desk,
]
