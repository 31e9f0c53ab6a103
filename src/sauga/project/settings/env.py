"""Every environment variable Sauga reads, in one frozen dataclass.

`sauga settings` prints it and the docs are made from it.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from sauga.project.settings.services import SERVICES, ServicesRefused, combination

PREFIX = "SAUGA_"
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
SHORTEST_SECRET = 32
STREAM_PORTS = re.compile(r"\d{4,5}-\d{4,5}", re.ASCII)
SCANNER = re.compile(r"none|unix:/.+|tcp://[^/:@\s]+:\d{1,5}")
FORMER_NAMES = {
    "SAUGA_DOOR": "SAUGA_SITE",
    "SAUGA_HOUSE": "SAUGA_INSTALLATION",
    "SAUGA_HOUSES": "SAUGA_PEERS",
}
"""Variables that were renamed. A former name is still read where the present one is not set."""


class SettingsError(Exception):
    """A variable is missing or cannot be understood; the text says which and what to write instead."""


def _var(default: Any, doc: str, *, secret: bool = False, name: str = "") -> Any:
    return field(default=default, metadata={"doc": doc, "secret": secret, "name": name})


@dataclass(frozen=True, kw_only=True)
class Env:
    """The environment as Sauga understands it.

    Secrets may also be given by a file: SAUGA_SECRET_KEY_FILE and the like.
    """

    data: Path = _var(Path(".sauga"), "Folder for the embedded database, keys and the demo's mail.")
    database_url: str = _var(
        "",
        "PostgreSQL 15 or newer; empty starts the embedded server inside the data folder.",
        secret=True,
        name="DATABASE_URL",
    )
    secret_key: str = _var(
        "",
        "Django's signing key, at least 50 random characters. Made once inside the data folder when empty.",
        secret=True,
    )
    hosts: tuple[str, ...] = _var(
        ("localhost", "127.0.0.1", "[::1]"), "Host names this installation answers to, separated by commas."
    )
    base_url: str = _var(
        "http://localhost:8000", "Public address, used in mail links; never taken from a request."
    )
    site: str = _var("all", "Which site this process serves: public, desk or all.")
    services: tuple[str, ...] = _var(
        SERVICES,
        "Services of this installation, separated by commas. The portal needs events and the repository "
        "beside it.",
    )
    demo: bool = _var(
        False, "Demo: synthetic internet, demo sign-ins shown, mailbox page. Never with real data."
    )
    debug: bool = _var(False, "Django's debug pages. Off unless you develop.")
    world: str = _var("", "Address file of a running synthetic internet (demo, tests, benchmarks).")
    smtp_url: str = _var(
        "smtp://localhost:25",
        "Where outgoing mail is handed over, for example smtps://user:password@mail.example:465.",
        secret=True,
    )
    mail_from: str = _var("Sauga <noreply@sauga.example>", "Sender of mail to people.")
    mail_domain: str = _var("sauga.example", "Domain of return addresses (bounces come back to it).")
    security_contact: str = _var(
        "",
        "Where weaknesses are reported, as mailto:… or https://…; it stands in /.well-known/security.txt, "
        "which is not there while this is empty.",
    )
    inbound_port: int = _var(
        0, "Port on which the worker accepts returned mail (SMTP, loopback). 0 turns it off."
    )
    geo: str = _var("", "Address-to-network table (see docs/operate/network-data.md). Empty works without.")
    nameservers: tuple[str, ...] = _var(
        (), "Name servers for outgoing look-ups (addresses, by commas). Empty: those of the system."
    )
    switchboard_secret: str = _var(
        "",
        "Shared with the telephone switchboard, at least 32 characters (docs/operate/calls.md). Empty: "
        "no switchboard.",
        secret=True,
    )
    turn_urls: tuple[str, ...] = _var(
        (),
        "Relays for calls from the browser, by commas: turn:turn.example:3478?transport=udp. Empty: no "
        "such calls are offered.",
    )
    turn_secret: str = _var(
        "", "Shared with the relay (coturn: static-auth-secret), at least 32 characters.", secret=True
    )
    leave_to: str = _var(
        "https://www.meteo.lt/", "Where “Quick exit” leads: a harmless page of another site."
    )
    installation: str = _var(
        "",
        "Name of this installation for others, for example hotline-lt. Empty: it exchanges nothing "
        "with others.",
    )
    peers: str = _var("", "File with the cards of other installations (docs/operate/installations.md).")
    witness_file: str = _var(
        "",
        "File to which signed heads of the audit log are appended, on another disk or machine "
        "(docs/develop/audit.md). Empty: none.",
    )
    witness_mail: str = _var(
        "", "Address of a person who receives the signed heads of the audit log once a day. Empty: nobody."
    )
    witness_installation: str = _var(
        "", "Name of another installation (from SAUGA_PEERS) that remembers our signed heads. Empty: none."
    )
    pressure_posts: int = _var(
        30,
        "Submissions of one public form that had to queue, within a minute and in one process, from "
        "which it asks for a proof of work or "
        "a short wait. 0: never.",
    )
    pressure_wait: int = _var(
        3,
        "Seconds in the queue from which a submission counts for that: as long as the server keeps up, "
        "nobody is asked.",
    )
    pressure_calm: int = _var(120, "Seconds with less than half of that before it stops asking.")
    scanner: str = _var(
        "",
        "Virus scanner for uploads (clamd): unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310; none: this "
        "installation has none. Empty, uploads wait until it is set (docs/operate/scanner.md); in the demo, "
        "there is none.",
    )
    chromium: str = _var(
        "",
        "Chromium for the publish gate, for example /usr/bin/chromium (docs/operate/gate.md). Empty: none.",
    )
    gate_needs_browser: bool = _var(
        True,
        "Whether the publish gate requires a browser audit. Without a browser every publication then "
        "needs an exception by name.",
    )
    ffmpeg: str = _var(
        "",
        "The program ffmpeg for broadcasts (docs/operate/broadcasts.md). Empty: that of sauga[live], else "
        "the system's.",
    )
    h5p_player: str = _var(
        "",
        "Folder of an installed H5P player (`dist` of h5p-standalone, docs/operate/h5p.md). Empty: H5P files "
        "cannot be imported.",
    )
    stream_folder: str = _var(
        "", "Folder of the segments of live broadcasts. Empty: `streams` in the data folder."
    )
    stream_host: str = _var(
        "", "Name of this server for speakers' programs (OBS). Empty: that of SAUGA_BASE_URL."
    )
    stream_bind: str = _var(
        "",
        "Address at which the worker accepts speakers' programs (SRT over UDP). Empty: all addresses; in "
        "the demo and in development, this machine only.",
    )
    stream_ports: str = _var("9710-9719", "UDP ports for speakers' programs, one for each open broadcast.")
    stream_addresses: str = _var(
        "",
        "IP addresses at which browsers that broadcast reach the worker, separated by commas, where it is "
        "behind NAT. Empty: its own addresses.",
    )
    stream_reserve: int = _var(
        2048, "Megabytes that stay free on the disk of the segments; below that broadcasts stop."
    )
    stream_keep_hours: int = _var(72, "Hours after the end of a broadcast until its segments are deleted.")
    log_level: str = _var("INFO", "Lowest level written to the log: DEBUG, INFO, WARNING, ERROR.")

    @property
    def public_addresses(self) -> tuple[str, ...]:
        """The addresses of SAUGA_STREAM_ADDRESSES. Raises ValueError."""
        words = (word.strip() for word in self.stream_addresses.split(","))
        return tuple(str(ip_address(word)) for word in words if word)

    @property
    def port_range(self) -> tuple[int, int]:
        """The first and the last port for speakers' programs."""
        first, _dash, last = self.stream_ports.partition("-")
        return int(first), int(last)

    @property
    def secret_names(self) -> set[str]:
        return {f.name for f in fields(self) if f.metadata["secret"]}


def variable_name(name: str) -> str:
    """The environment variable behind a field, for example `data` → SAUGA_DATA."""
    given: str = {f.name: f.metadata["name"] for f in fields(Env)}[name]
    return given or PREFIX + name.upper()


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Read and check the environment. Raises SettingsError with the variable's name and what it accepts."""
    environ = _by_present_names(environ)
    values: dict[str, Any] = {}
    for f in fields(Env):
        raw = _raw(variable_name(f.name), environ, secret=f.metadata["secret"])
        if raw is not None:
            values[f.name] = _parse(variable_name(f.name), raw, type(f.default))
    known = {variable_name(f.name) for f in fields(Env)}
    known |= {name + "_FILE" for name in known}
    unknown = sorted(name for name in environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(f"Unknown variable {unknown[0]}. `sauga settings` lists the ones that exist.")
    if "services" in values:
        try:
            values["services"] = combination(values["services"])
        except ServicesRefused as refused:
            raise SettingsError(f"SAUGA_SERVICES {refused}") from None
    env = Env(**values)
    if env.site not in {"public", "desk", "all"}:
        raise SettingsError(f"SAUGA_SITE is “{env.site}”; write public, desk or all.")
    for name in ("switchboard_secret", "turn_secret"):
        if 0 < len(getattr(env, name)) < SHORTEST_SECRET:
            raise SettingsError(
                f"{variable_name(name)} has fewer than {SHORTEST_SECRET} characters; `openssl rand "
                f"-hex 32` makes one."
            )
    if bool(env.turn_urls) != bool(env.turn_secret):
        raise SettingsError("SAUGA_TURN_URLS and SAUGA_TURN_SECRET belong together; set both or neither.")
    if env.scanner and not SCANNER.fullmatch(env.scanner):
        raise SettingsError(
            f"SAUGA_SCANNER is “{env.scanner}”; write none, unix:/path/of/the/socket or tcp://host:port."
        )
    _check_stream_ports(env)
    _check_stream_addresses(env)
    if env.witness_mail and not env.witness_mail.partition("@")[2]:
        raise SettingsError(
            "SAUGA_WITNESS_MAIL is no address; write one, for example auditor@partner.example."
        )
    if env.witness_installation and not (env.installation and env.peers):
        raise SettingsError(
            "SAUGA_WITNESS_INSTALLATION needs SAUGA_INSTALLATION and SAUGA_PEERS, by which "
            "installations know each other."
        )
    return env


def _check_stream_ports(env: Env) -> None:
    if STREAM_PORTS.fullmatch(env.stream_ports):
        first, last = env.port_range
        if 1024 <= first <= last < 65536:
            return
    raise SettingsError(
        f"SAUGA_STREAM_PORTS is “{env.stream_ports}”; write the first and the last port, above 1023, for "
        f"example 9710-9719."
    )


def _check_stream_addresses(env: Env) -> None:
    try:
        _known = env.public_addresses
    except ValueError:
        raise SettingsError(
            f"SAUGA_STREAM_ADDRESSES is “{env.stream_addresses}”; write IP addresses separated by commas, "
            f"for example 198.51.100.7."
        ) from None


def _by_present_names(environ: Mapping[str, str]) -> Mapping[str, str]:
    former = {present: environ[name] for name, present in FORMER_NAMES.items() if name in environ}
    return former | {name: value for name, value in environ.items() if name not in FORMER_NAMES}


def _raw(name: str, environ: Mapping[str, str], *, secret: bool) -> str | None:
    file = environ.get(name + "_FILE") if secret else None
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(
                f"{name}_FILE names {file}, which cannot be read ({error.strerror})."
            ) from error
    return environ.get(name)


def _parse(name: str, raw: str, kind: type) -> Any:
    if kind is bool:
        if raw.lower() in TRUE:
            return True
        if raw.lower() in FALSE:
            return False
        raise SettingsError(f"{name} is “{raw}”; write 1 or 0.")
    if kind is int:
        try:
            return int(raw)
        except ValueError:
            raise SettingsError(f"{name} is “{raw}”; write a whole number.") from None
    if kind is tuple:
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    return Path(raw) if issubclass(kind, Path) else raw
