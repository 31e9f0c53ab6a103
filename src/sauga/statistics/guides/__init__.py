"""Guides of the statistics and the pages they cover."""

from pathlib import Path

from sauga.kernel.figures.permissions import Permission
from sauga.kernel.guides import Guide

GUIDES = (
    Guide(
        slug="statistics",
        folder=Path(__file__).parent,
        order=70,
        permissions=(Permission.PUBLISH,),
        covers={"statistics": "publish"},
    ),
)
