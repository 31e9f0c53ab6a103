"""The guide for everybody who was shown a certificate, and for those who have one."""

from pathlib import Path

from sauga.kernel.guides import Guide

GUIDES = (
    Guide(
        slug="certificate-check",
        folder=Path(__file__).parent,
        order=68,
        is_desk=False,
        is_public=True,
        page="credentials",
    ),
)
