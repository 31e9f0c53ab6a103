"""Addresses of training, subdomain by subdomain: /lt/mokymai/, /en/training/ and, at the desk,
/desk/training/. Their names begin with `training-`.
"""

from typing import Any

from sauga.training.courses import urls as courses
from sauga.training.learning import urls as learning
from sauga.training.overview import urls as overview
from sauga.training.streaming import urls as streaming
from sauga.training.tools import urls as tools
from sauga.training.viewing import urls as viewing
from sauga.training.webinars import urls as webinars

public: list[Any] = [
    *streaming.public,
    *webinars.public,
    *viewing.public,
    *webinars.one,
    *learning.public,
]
desk: list[Any] = [
    *streaming.desk,
    *webinars.desk,
    *viewing.desk,
    *tools.desk,
    *courses.desk,
    *learning.desk,
    *overview.desk,
]
machine: list[Any] = [*tools.machine, *learning.machine]
