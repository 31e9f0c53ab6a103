"""Three verifiers by other authors, and the site that they ask: HTTPS on the loopback, with the DID document
and the status lists as the product publishes them at that moment.
"""

import json
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import urlsplit

import pytest
import trustme
from django.test import Client
from flows.nodetools import node_tool

from sauga.kernel.credentials.integrity import contexts

PROGRAM = Path(__file__).resolve().parents[3] / "tools" / "node" / "verify.mjs"

type Document = dict[str, Any]


class _Handler(BaseHTTPRequestHandler):
    """Answers from memory: what `Site.publish` has put there."""

    pages: ClassVar[dict[str, tuple[str, bytes]]] = {}

    def do_GET(self) -> None:
        kind, body = self.pages.get(self.path, ("text/plain", b""))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@dataclass
class Site:
    """What strangers see of the product: the DID document and status lists."""

    address: str

    def publish(self, *documents: Document) -> None:
        """Copy the DID document and the lists that these credentials name from the product's own pages."""
        client = Client()
        wanted = {"/.well-known/did.json"}
        for document in documents:
            entries = document.get("credentialStatus", [])
            wanted |= {urlsplit(one["statusListCredential"]).path for one in entries}
        for path in wanted:
            response = client.get(path)
            assert response.status_code == 200, path
            _Handler.pages[path] = response.headers["Content-Type"], response.content

    def fetch(self, url: str, **_more: Any) -> bytes:
        """What a verifier in this process gets for an address, without a connection. Raises LookupError."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self.address:
            raise LookupError("another site")
        return _Handler.pages[parts.path][1]


@contextmanager
def served(authority: trustme.CA) -> Iterator[Site]:
    """The site on a free port, with a certificate of this authority. Verifiers keep the DID documents that
    they have read, so each test has a port, and so an issuer, of its own.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(f"https://localhost:{server.server_address[1]}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        _Handler.pages.clear()


def by_openbadgeslib(document: Document, site: Site) -> str:
    """“accepted”, or why not. The library reads signatures of lists only as JWT, so the proofs of the lists
    are verified by its other function first, with the keys of the DID document.
    """
    from openbadgeslib.errors import LibOpenBadgesException
    from openbadgeslib.ob3.did import resolve_verification_method
    from openbadgeslib.ob3.ldp import OB3LdpVerifier, verify_data_integrity_proof

    try:
        for entry in document["credentialStatus"]:
            held = json.loads(site.fetch(entry["statusListCredential"]))
            method = held["proof"]["verificationMethod"]
            verify_data_integrity_proof(held, resolve_verification_method(method, download=site.fetch))
        verifier = OB3LdpVerifier()
        verifier.verify(
            json.dumps(document), check_status=True, download=site.fetch, verify_status_list=False
        )
    except (LibOpenBadgesException, AttributeError, LookupError, TypeError, ValueError) as refused:
        return f"{type(refused).__name__}: {refused}"
    return "accepted"


def by_openvc(document: Document, site: Site) -> str:
    """“accepted”, or why not."""
    from openvc import verify_credential
    from openvc.did.base import DidResolverRegistry
    from openvc.did.did_web import DidWebResolver
    from openvc.errors import OpenvcError

    resolver = DidResolverRegistry([DidWebResolver(lambda url: json.loads(site.fetch(url)))])
    badges = {contexts.OB3: contexts.load(contexts.OB3)["document"]}

    def status_list(url: str) -> Document:
        found: Document = json.loads(site.fetch(url))
        verify_credential(found, resolver=resolver)
        return found

    try:
        verify_credential(document, resolver=resolver, resolve_status_list=status_list, extra_contexts=badges)
    except (OpenvcError, AttributeError, LookupError, TypeError, ValueError) as refused:
        return f"{type(refused).__name__}: {refused}"
    return "accepted"


class VerifierCore:
    """@digitalcredentials/verifier-core in one Node process."""

    def __init__(self, authority: trustme.CA) -> None:
        node = shutil.which("node")
        if node is None:
            pytest.skip("no node here: verifier-core is left out")
        modules = node_tool("@digitalcredentials", "verifier-core").parents[1]
        self._folder = TemporaryDirectory()  # a program finds its packages beside itself
        (Path(self._folder.name) / "node_modules").symlink_to(modules)
        program = Path(self._folder.name, "verify.mjs")
        program.write_bytes(PROGRAM.read_bytes())
        trusted = Path(self._folder.name, "authority.pem")
        authority.cert_pem.write_to_path(str(trusted))
        self._process = subprocess.Popen(
            [node, str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={"NODE_EXTRA_CA_CERTS": str(trusted)},
        )

    def checks(self, document: Document) -> dict[str, Any]:
        """What it says of each of its checks: valid_signature, expiration, revocation_status, …"""
        return next(self.checks_of([document]))

    def checks_of(self, documents: Sequence[Document]) -> Iterator[dict[str, Any]]:
        """The same for many, written while the answers are read: it works while this process does too."""
        writer = Thread(target=self._write, args=[documents], daemon=True)
        writer.start()
        assert self._process.stdout is not None
        for _document in documents:
            yield json.loads(self._process.stdout.readline())
        writer.join()

    def _write(self, documents: Sequence[Document]) -> None:
        assert self._process.stdin is not None
        for document in documents:
            self._process.stdin.write(f"{json.dumps(document)}\n")
            self._process.stdin.flush()

    def accepts(self, document: Document) -> bool:
        """Whether the signature holds and nothing speaks against it."""
        return _is_accepted(self.checks(document))

    def accepts_each(self, documents: Sequence[Document]) -> Iterator[bool]:
        """The same for many."""
        return map(_is_accepted, self.checks_of(documents))

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._folder.cleanup()


def _is_accepted(found: dict[str, Any]) -> bool:
    return (
        found.get("valid_signature") is True
        and found.get("revocation_status") is True
        and found.get("suspension_status") is True
        and found.get("expiration", True) is True
    )


def mutants(document: Document, chance: Any) -> Iterator[tuple[str, Document]]:
    """The document with one character changed at a random place, without end; each with its place."""
    text = json.dumps(document)
    leaves = list(_leaves(document))
    while True:
        path, value = chance.choice(leaves)
        changed = _changed(value, chance)
        copy = json.loads(text)
        holder = copy
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = changed
        yield ".".join(map(str, path)), copy


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for name, held in value.items():
            yield from _leaves(held, (*path, name))
    elif isinstance(value, list):
        for at, held in enumerate(value):
            yield from _leaves(held, (*path, at))
    else:
        yield path, value


def _changed(value: Any, chance: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    at = chance.randrange(len(value))
    other = chance.choice([letter for letter in "abcXYZ0189ąčę -" if letter != value[at]])
    return f"{value[:at]}{other}{value[at + 1 :]}"


def leaf_paths(document: Document) -> list[tuple[Any, ...]]:
    """Where each value of the document is."""
    return [path for path, _value in _leaves(document)]


def with_host(environment: Any, address: str) -> Any:
    """The installation's settings with another address of its own."""
    return replace(environment, base_url=address)


type Verifier = Callable[[Document, Site], str]
PYTHON: tuple[Verifier, ...] = (by_openbadgeslib, by_openvc)
