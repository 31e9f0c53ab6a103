"""Addresses of training, subdomain by subdomain: /lt/mokymai/, /en/training/ and, at the desk,
/desk/training/. Their names begin with `training-`.
"""

from typing import Any

from sauga.training.streaming import urls as streaming

public: list[Any] = [*streaming.public]
desk: list[Any] = [*streaming.desk]
