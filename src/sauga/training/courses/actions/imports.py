"""Importing a package into an activity: the whole report first, then all or nothing."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sauga.kernel import media
from sauga.kernel.refusals import ActionRefused
from sauga.training.courses.rules import imported
from sauga.training.courses.rules.h5p import H5P
from sauga.training.courses.rules.imported import Report


class PackageRefused(ActionRefused):
    """The package cannot be imported; nothing of it was stored."""

    field = "upload"
    message = _("Bring the package, a SCORM or H5P file.")
    messages = {
        "archive": _("This is no ZIP file, or it is damaged. Export the package again."),
        "files": _("The package holds more than 3,000 files."),
        "unpacked": _(
            "Unpacked, the package is larger than 300 MB. Make its films smaller, or show them as videos."
        ),
        "one": _("“%(what)s” is larger than 60 MB. Make it smaller, or show it as a video of the course."),
        "upward": _("“%(what)s” is no file within the package. Export the package again."),
        "program": _("“%(what)s” is a program for a computer or a server. Such files cannot be imported."),
        "locked": _("The package is protected by a password. Export it without one."),
        "packing": _("The package is compressed in an unusual way. Export it as an ordinary ZIP file."),
        "double": _("“%(what)s” is in the package twice."),
        "manifest": _(
            "There is no imsmanifest.xml (SCORM) and no h5p.json (H5P) in this file. Export it as "
            "SCORM 1.2, SCORM 2004 or H5P."
        ),
        "manifest_deeper": _(
            "The description is in a folder: “%(what)s”. Pack the contents of the folder, not the "
            "folder itself."
        ),
        "manifest_broken": _("The description imsmanifest.xml cannot be read. Export the package again."),
        "description_large": _("The description “%(what)s” is larger than 2 MB."),
        "version": _(
            "“%(what)s” is a version that cannot be played. Export the package as SCORM 1.2 or SCORM 2004."
        ),
        "nothing": _("The package names nothing that learners could open."),
        "parts": _("The package has %(what)s parts; 60 are the most."),
        "outside": _(
            "The package wants to open an address outside itself: “%(what)s”. It may only use its own files."
        ),
        "gone": _("The package wants to open “%(what)s”, which is not in it."),
        "twice": _("Two parts of the package are called “%(what)s”."),
        "code": _("A part of the package has no usable identifier: “%(what)s”."),
        "description_broken": _("The description h5p.json cannot be read. Export the file again."),
        "content": _("The H5P file has no content (content/content.json)."),
        "library": _(
            "The H5P file does not bring its program “%(what)s”. Export it with its libraries, as "
            "H5P, Lumi and most platforms do when content is downloaded."
        ),
        "player": _(
            "This installation has no H5P player. Whoever runs it can install one; SCORM packages can"
            " be imported without."
        ),
    }


def report_on(content: bytes) -> Report:
    """The report about a package as it can be played here."""
    report = imported.read(content)
    if report.format == H5P and settings.H5P_PLAYER is None:
        report = imported.with_fault(report, ("player", ""))
    return report


def refusals(report: Report) -> list[PackageRefused]:
    """Everything that keeps a package out."""
    return [PackageRefused(code, what=what) for code, what in report.faults]


def with_package(
    given: Mapping[str, Any], known: Mapping[str, Any] | None, upload: media.Inspected | None
) -> dict[str, Any]:
    """The content of an activity with what its package says of itself; without a new one what is
    `known`. What a form might claim about it counts for nothing. Raises PackageRefused."""
    content = {name: given.get(name) for name in ("text", "least", "is_download") if given.get(name)}
    if not 0 <= int(content.get("least") or 0) <= 100:
        raise PackageRefused
    if upload is None:
        return content | ({"package": known} if known else {})
    report = report_on(upload.content)
    for refused in refusals(report):
        raise refused
    return content | {"package": report.record}
