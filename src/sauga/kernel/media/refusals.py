"""Why an uploaded file is refused, in words for the person who chose it."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused


class FileRefused(ActionRefused):
    """The file is not accepted, and nothing was stored. `why` is one of the codes in `messages`."""

    message = _("Files of this type are not accepted.")
    messages: ClassVar[dict[str, str | Promise]] = {
        "empty": _("The file is empty."),
        "large": _("The file is larger than the %(most)s MB allowed for its type."),
        "long": _("A text or a page may have up to 16 MB."),
        "kind": _("A file of this type is not accepted here."),
        "belies": _("The file is not what its name says. Save it again in its own format."),
        "damaged": _("The file is damaged or incomplete. Save or export it again."),
        "archive": _("The archive is damaged."),
        "upward": _("The archive contains paths outside its folder."),
        "program": _("The archive contains a program or a script. Take it out and pack it again."),
        "bomb": _("The archive is far too large when unpacked."),
        "script": _("The file contains a script. Remove it first."),
        "launch": _("The PDF starts a program or opens a file when read. Export it again as a plain PDF."),
        "outside": _("The file loads content from another site. Embed it in the file instead."),
        "polyglot": _("The file is also an archive. Save it again in one format."),
        "locked": _("The file is protected by a password. Save it without one."),
        "sides": _(
            "The image has too many pixels: at most %(side)s wide and high, and %(pixels)s million in all."
        ),
        "slow": _("The file took too long to check. Save it again in a simpler form."),
        "memory": _("The file needs too much memory to open. Save it again in a simpler form."),
        "captions": _("The captions overlap or are empty."),
        "not_a_logo": _("Only a PNG, JPEG, WebP or SVG image can be a logo."),
        "doctype": _("The image has a document type. Save it as plain SVG."),
        "virus": _("The virus scanner found something in this file. It was not stored."),
        "unscanned": _("The virus scanner cannot be reached, so the file was not stored. Try again later."),
    }
    field = "file"
