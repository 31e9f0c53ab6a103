"""Packages of a course for other learning platforms."""

from sauga.training.courses.queries.versions import Content

KINDS = ("scorm12", "scorm2004", "cmi5")


def package_of(content: Content, kind: str, language: str) -> bytes:
    """placeholder"""
    raise NotImplementedError
