"""Every outgoing connection: guarded HTTP, DNS, RDAP, mail, offline network tables. No other package opens a
socket."""

from sauga.kernel.outbound import networks, sync
from sauga.kernel.outbound.http.client import Client, options, probe
from sauga.kernel.outbound.link import WorldLink, WorldNotAllowed
from sauga.kernel.outbound.link import attach as attach_world
from sauga.kernel.outbound.link import current as current_world
from sauga.kernel.outbound.mail import MailResult, UnsafeMessage, add_standard_headers, send_mail
from sauga.kernel.outbound.names import Names, Resolution, resolve
from sauga.kernel.outbound.networks import NetworkFacts
from sauga.kernel.outbound.politeness import UNLIMITED, Politeness, TooSoon, retry_seconds
from sauga.kernel.outbound.rdap import RdapAnswer, rdap_domain, rdap_ip
from sauga.kernel.outbound.results import Body, Hop, Probe, ProbeError, ProbePolicy
from sauga.kernel.outbound.services import BadServiceAddress, ServiceAddress
from sauga.kernel.outbound.services import connect as connect_to_service
from sauga.kernel.outbound.ssrf_guard import BadUrl, GuardRefused, Target, parse_url, refusal

__all__ = [
    "UNLIMITED",
    "BadServiceAddress",
    "BadUrl",
    "Body",
    "Client",
    "GuardRefused",
    "Hop",
    "MailResult",
    "Names",
    "NetworkFacts",
    "Politeness",
    "Probe",
    "ProbeError",
    "ProbePolicy",
    "RdapAnswer",
    "Resolution",
    "ServiceAddress",
    "Target",
    "TooSoon",
    "UnsafeMessage",
    "WorldLink",
    "WorldNotAllowed",
    "add_standard_headers",
    "attach_world",
    "connect_to_service",
    "current_world",
    "networks",
    "options",
    "parse_url",
    "probe",
    "rdap_domain",
    "rdap_ip",
    "refusal",
    "resolve",
    "retry_seconds",
    "send_mail",
    "sync",
]
