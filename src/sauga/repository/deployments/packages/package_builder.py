"""From a release and a channel to the file for download."""

from dataclasses import dataclass
from typing import Any

from sauga.repository.adaptations.editions import Content
from sauga.repository.deployments.packages import h5p, offline, pdf, provider_kit, scorm
from sauga.repository.deployments.packages.archive import digest, packed
from sauga.repository.resources.rules.channels import FILES, ONE_LANGUAGE


class ChannelHasNoFile(ValueError):
    """A page is not a file."""


@dataclass(frozen=True)
class Package:
    """A file ready for download, with its checksum."""

    name: str
    mime: str
    content: bytes
    sha256: str


def package(
    content: Content, channel: str, *, language: str, status: str, address: str, renditions: Any = ()
) -> Package:
    """The file of a channel. `status` is where a copy checks, `address` the branded page. Raises
    ChannelHasNoFile, NoQuestions.
    """
    if channel not in FILES:
        raise ChannelHasNoFile(channel)
    ending, mime = FILES[channel]
    spoken = language if language in content["languages"] else content["languages"][0]
    if channel in {"pdf", "print_order"}:
        body = pdf.made(content, spoken, to_print=channel == "print_order")
    elif channel in {"scorm12", "scorm2004"}:
        body = packed(scorm.files(content, channel, spoken, status=status))
    elif channel == "h5p":
        body = packed(h5p.files(content, spoken))
    elif channel == "provider_pack":
        body = packed(provider_kit.files(content, address=address))
    else:
        body = packed(offline.files(content, status=status, renditions=renditions))
    tail = f"-{spoken}" if channel in ONE_LANGUAGE else ""
    return Package(
        f"sauga-{content['ref'].lower()}-{channel.replace('_', '-')}{tail}.{ending}", mime, body, digest(body)
    )
