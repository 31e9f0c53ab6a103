"""Issuing credentials, moving them, and the check page.

    python benchmarks/credentials.py [--credentials 400] [--pages 1000] [--clients 4]

One run on the embedded PostgreSQL: `credentials.issue` and `correct_name` as services call them (each a
transaction with its key, audit line and status list), the signature alone, beside openbadgeslib's and beside
the limit, which is Ed25519 over the same 64 bytes; from a suspension to the list that a verifier loads over
HTTP; the check page over HTTP, for codes that exist and codes that do not. Wanted: 400 reissued within 5 s,
list within 5 s, check page p95 < 50 ms, known and unknown codes not told apart by more than the page that
they lead to.
"""

import argparse
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

from rig.figures import Aims, machine, percentile
from rig.installation import new_installation

LONGEST = 30.0
SETUP = """
import json, sys, time
from sauga.project import cli
cli.prepare()
from datetime import timedelta
from enum import StrEnum
from sauga.kernel import clock, credentials, permissions
from sauga.kernel.credentials import CredentialKind, PrintedField, PrintedFields, Words, kinds, keys, proofs
from sauga.kernel.states import SystemActor

class P(StrEnum):
    ISSUE = "events.issue_certificate"
    KEEP = "events.keep_certificates"

permissions.register_system("benchmark", {P.ISSUE, P.KEEP})
kind = CredentialKind(code="events.measured", title="Certificate", description="Measured.",
  criteria="None.", issue_with=(P.ISSUE,), keep_with=P.KEEP)
kinds.register(kind)
by, at = SystemActor("benchmark"), clock.now() - timedelta(minutes=1)

def printed(name):
    about = Words("Patyčios internete: ką daro klasės vadovas", "Cyberbullying")
    hours = PrintedField("hours", Words("Apimtis", "Workload"), Words("8 akad. val.", "8 academic hours"))
    return PrintedFields(holder=name, about=about, fields=(hours,))
"""
ISSUE = (
    SETUP
    + """
count = int(sys.argv[1])
warm = credentials.issue(by=by, kind=kind, printed=printed("Pirmasis"), subject="measured:warm", at=at)
began = time.perf_counter()
rows = [credentials.issue(by=by, kind=kind, printed=printed(f"Vardenis {n}"), subject=f"measured:{n}", at=at)
  for n in range(count)]
issued = time.perf_counter() - began
began = time.perf_counter()
rows = [credentials.correct_name(by=by, credential=row, holder=f"Pavardenis {n}", at=at)
  for n, row in enumerate(rows)]
reissued = time.perf_counter() - began
document = credentials.document_of(rows[0])
bare = {name: value for name, value in document.items() if name != "proof"}
key = rows[0].key
signer, method = keys.signer_of(key), keys.method_of(key)

def timed(act, times=200):
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return found

own = timed(lambda: proofs.sign(bare, signer, method, at))
limit = timed(lambda: signer.sign(b"x" * 64))
try:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519
    from openbadgeslib.ob3.ldp import add_data_integrity_proof
    private = ed25519.Ed25519PrivateKey.generate()
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
      serialization.NoEncryption())
    peer = timed(lambda: add_data_integrity_proof(bare, pem, method), 60)
except ImportError:
    peer = []
print(json.dumps({"issued": issued, "reissued": reissued, "own": own, "limit": limit, "peer": peer,
  "codes": [credentials.content_of(row).code for row in rows[:200]], "ref": rows[-1].ref,
  "list": document["credentialStatus"][1]["statusListCredential"]}))
"""
)
SUSPEND = (
    SETUP
    + """
row = credentials.Credential.objects.get(ref=sys.argv[1])
credentials.suspend(by=by, credential=row, why="REVIEW", at=clock.now())
print(json.dumps({"at": time.time()}))
"""
)


def main() -> int:
    """Measure; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--credentials", type=int, default=400)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=4)
    options = parser.parse_args()
    aims = Aims()
    with new_installation() as installation:
        found = json.loads(installation.python("-c", ISSUE, str(options.credentials)).splitlines()[-1])
        port = installation.serve(workers=2)
        path = "/" + found["list"].split("/", 3)[3]
        before = ask(port, path)[1]
        told = json.loads(installation.python("-c", SUSPEND, found["ref"]).splitlines()[-1])["at"]
        while ask(port, path)[1] == before and time.time() - told < LONGEST:
            time.sleep(0.02)
        published = time.time() - told
        known = [f"/en/certificate/{code}/" for code in found["codes"]]
        unknown = [f"/en/certificate/{code[::-1]}/" for code in found["codes"]]
        times = {name: load(port, paths, options) for name, paths in (("known", known), ("unknown", unknown))}
    report(found, times, published, options.credentials, aims)
    return aims.verdict()


def report(found: dict, times: dict[str, list[float]], published: float, count: int, aims: Aims) -> None:
    """Print ours, the peer, the limit and the ratios, from this one run."""
    own, limit = (statistics.median(found[name]) * 1000 for name in ("own", "limit"))
    print(f"{count} credentials ({machine()})")
    print(f"  issue, the whole transaction: {found['issued'] / count * 1000:.1f} ms each")
    print(f"  signing alone: ours {own:.2f} ms; limit, Ed25519 alone {limit:.3f} ms, {own / limit:.0f} times")
    if found["peer"]:
        peer = statistics.median(found["peer"]) * 1000
        print(f"  openbadgeslib {peer:.2f} ms; ours takes {own / peer:.0%} of it")
        aims.expect("signing beside openbadgeslib", own / peer, most=1)
    for name, took in times.items():
        p50, p95 = percentile(took, 0.5) * 1000, percentile(took, 0.95) * 1000
        print(f"  check page, {name:8} p50 {p50:.1f} ms, p95 {p95:.1f} ms")
        aims.expect(f"check page p95, {name} codes", p95, most=50, unit=" ms")
    aims.expect("400 reissued", found["reissued"] / count * 400, most=5, unit=" s")
    aims.expect("from a suspension to the published list", published, most=5, unit=" s")


def ask(port: int, path: str) -> tuple[float, bytes]:
    """One page: how long it took, and what it said."""
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": "localhost", "X-Forwarded-Proto": "https"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status not in {200, 404}:
        raise SystemExit(f"{path}: status {response.status}")
    return time.perf_counter() - began, body


def load(port: int, paths: list[str], options: argparse.Namespace) -> list[float]:
    """The times of many pages asked for by a few clients at once."""
    wanted = [paths[at % len(paths)] for at in range(options.pages)]
    for path in wanted[:20]:
        ask(port, path)
    with ThreadPoolExecutor(options.clients) as pool:
        return [took for took, _body in pool.map(lambda path: ask(port, path), wanted)]


if __name__ == "__main__":
    raise SystemExit(main())
