"""Addresses of training, subdomain by subdomain: /lt/mokymai/, /en/training/ and, at the desk,
/desk/training/. Their names begin with `training-`.
"""

from typing import Any

from sauga.training.courses import urls as courses
from sauga.training.learning import urls as learning
from sauga.training.overview import urls as overview

public: list[Any] = [*learning.public]
desk: list[Any] = [*courses.desk, *learning.desk, *overview.desk]
