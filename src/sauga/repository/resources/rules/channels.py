"""Ways to deploy (vocabulary `deployment_channels`): which are supported, and in which form."""

MADE = (
    "page",
    "page_widget",
    "offline_zip",
    "scorm12",
    "scorm2004",
    "h5p",
    "pdf",
    "print_order",
    "provider_pack",
)
"""`cmi5` and `lti13` stand in the vocabulary and are not made here."""
NEEDS_ORIGIN = ("page_widget",)
"""Shown inside another site's page: the site must be named."""
FILES = {
    "offline_zip": ("zip", "application/zip"),
    "scorm12": ("zip", "application/zip"),
    "scorm2004": ("zip", "application/zip"),
    "h5p": ("h5p", "application/zip"),
    "pdf": ("pdf", "application/pdf"),
    "print_order": ("pdf", "application/pdf"),
    "provider_pack": ("zip", "application/zip"),
}
"""Channels that are a file, with its ending and type."""
ONE_LANGUAGE = ("scorm12", "scorm2004", "h5p", "pdf", "print_order")
"""Files in one language each; the others carry every language."""
