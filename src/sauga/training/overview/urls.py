"""Addresses of what spans the subdomains. Names begin with `training-`."""

from typing import Any

from sauga.training.overview.views.figures import TrainingFigures

desk: list[Any] = [*TrainingFigures.urls()]
