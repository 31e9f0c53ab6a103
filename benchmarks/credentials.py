"""Issuing credentials, moving them, and the check page.

    python benchmarks/credentials.py [--credentials 400] [--pages 1000] [--clients 4]
      [--sizes 1000,10000,100000]

One run on the embedded PostgreSQL: `credentials.issue` and `correct_name` as services call them (each a
transaction with its key, audit line and status list), the signature alone, beside openbadgeslib's and beside
the limit, which is Ed25519 over the same 64 bytes; from a suspension to the list that a verifier loads over
HTTP; the check page over HTTP, for codes that exist and codes that do not, beside the limit of the same
server, its page of one word without a database (`/-/live`), and the one row by its index in raw SQL. Then the
same with so many copies of one credential beside it. Wanted at every size: 400 reissued within 5 s, list
within 5 s, check page p95 < 50 ms.
"""

import argparse
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

from rig.figures import Aims, cpu_seconds, machine, percentile
from rig.installation import new_installation

LONGEST = 30.0
FEW = 100
"""Wrong codes are slowed beyond 600 a minute."""
WARM = 20
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
worked = time.process_time()
rows = [credentials.correct_name(by=by, credential=row, holder=f"Pavardenis {n}", at=at)
  for n, row in enumerate(rows)]
reissued, worked = time.perf_counter() - began, time.process_time() - worked
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
print(json.dumps({"issued": issued, "reissued": reissued, "worked": worked, "own": own, "limit": limit,
  "peer": peer,
  "codes": [credentials.content_of(row).code for row in rows[:200]], "ref": rows[-1].ref,
  "list": document["credentialStatus"][1]["statusListCredential"]}))
"""
)
AGAIN = (
    SETUP
    + """
began = time.perf_counter()
for n in range(50):
  credentials.issue(by=by, kind=kind, printed=printed(f"Vardenis {n}"), subject=f"again:{sys.argv[1]}:{n}",
    at=at)
print(json.dumps({"issued": (time.perf_counter() - began) / 50}))
"""
)
COPIES = """
INSERT INTO credentials_credential (ref, identifier, kind, subject, number, lookup, printed, document,
  language, state, issued_at, valid_until, key_id, index_id, place)
SELECT 'G' || lpad(n::text, 10, '0'), gen_random_uuid(), s.kind, 'copy:' || n, 'COPY-' || n,
  sha256(('copy' || n)::bytea), s.printed, s.document, s.language, 'VALID',
  s.issued_at - n * interval '1 minute', s.valid_until, s.key_id, s.index_id, free.place
FROM (SELECT * FROM credentials_credential WHERE subject = 'measured:warm') s,
  (SELECT place, row_number() OVER () + %(beyond)s AS n FROM generate_series(0, 131071) place
   WHERE place NOT IN (SELECT place FROM credentials_credential) LIMIT %(n)s) free
"""
WORDS = """
INSERT INTO credentials_credentialword (credential_id, word)
SELECT one.id, sha256((one.ref || w)::bytea) FROM credentials_credential one, generate_series(1, 3) w
WHERE one.ref LIKE 'G%%' AND NOT EXISTS (
  SELECT FROM credentials_credentialword h WHERE h.credential_id = one.id)
"""
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
    parser.add_argument("--sizes", default="1000,10000,100000")
    options = parser.parse_args()
    aims = Aims()
    with new_installation() as installation:
        found = json.loads(installation.python("-c", ISSUE, str(options.credentials)).splitlines()[-1])
        port = installation.serve(workers=2)
        pages = {
            "known": [f"/en/certificate/{code}/" for code in found["codes"]],
            "unknown": [f"/en/certificate/{code[::-1]}/" for code in found["codes"]],
            "limit": ["/-/live"],
        }
        measured = measure(installation, port, pages, found, options)
        report(found, options.credentials, aims)
        tell(measured, options.credentials, aims)
        for size in map(int, options.sizes.split(",")):
            grow(installation, size)
            found["ref"] = f"G{size:010}"
            measured = measure(installation, port, pages, found, options)
            again = json.loads(installation.python("-c", AGAIN, str(size)).splitlines()[-1])
            tell(measured, size, aims)
            print(f"  issue, the whole transaction: {again['issued'] * 1000:.1f} ms each")
    return aims.verdict()


def measure(
    installation: Any, port: int, pages: dict[str, list[str]], found: dict, options: argparse.Namespace
) -> dict[str, Any]:
    """From a suspension to the published list, and the times of the pages, as things are now."""
    path = "/" + found["list"].split("/", 3)[3]
    before = ask(port, path)[1]
    told = json.loads(installation.python("-c", SUSPEND, found["ref"]).splitlines()[-1])["at"]
    while ask(port, path)[1] == before and time.time() - told < LONGEST:
        time.sleep(0.02)
    published = time.time() - told
    with installation.connect() as connection:
        lookup = connection.execute("SELECT lookup FROM credentials_credential LIMIT 1").fetchone()
        raw = []
        for _time in range(300):
            began = time.perf_counter()
            connection.execute("SELECT * FROM credentials_credential WHERE lookup = %s", lookup).fetchone()
            raw.append(time.perf_counter() - began)
    took, worked = {}, {}
    for name, paths in pages.items():
        count = FEW if name == "unknown" else options.pages
        before_all = used(installation)
        took[name] = load(port, paths, options, count)
        worked[name] = (used(installation) - before_all) / (count + WARM)
    return {"published": published, "raw": raw, "worked": worked, **took}


def used(installation: Any) -> float:
    """Processor time of web and database so far."""
    return cpu_seconds(installation.children[-1].pid) + cpu_seconds(installation.postmaster())


def grow(installation: Any, size: int) -> None:
    """Copies of the first credential until there are so many."""
    with installation.connect() as connection:
        held = connection.execute(
            "SELECT count(*) FROM credentials_credential WHERE ref LIKE 'G%'"
        ).fetchone()
        connection.execute(COPIES, {"n": size - held[0], "beyond": held[0]})
        connection.execute(WORDS, {})
        connection.execute("ANALYZE credentials_credential, credentials_credentialword")


def tell(measured: dict[str, Any], size: int, aims: Aims) -> None:
    """Print what was measured at one size."""
    print(f"{size:,} credentials ({machine()})")
    limit = percentile(measured["limit"], 0.95) * 1000
    raw = statistics.median(measured["raw"]) * 1000
    print(f"  limit: /-/live p95 {limit:.1f} ms; one row by its index in raw SQL {raw:.2f} ms")
    for name in ("known", "unknown"):
        p50, p95 = (percentile(measured[name], share) * 1000 for share in (0.5, 0.95))
        print(
            f"  check page, {name:8} p50 {p50:.1f} ms, p95 {p95:.1f} ms, {p95 / limit:.1f} times the limit; "
            f"{measured['worked'][name] * 1000:.1f} ms of processor time, with the database"
        )
        aims.expect(f"check page p95, {name} codes", p95, most=50, unit=" ms")
    aims.expect("from a suspension to the published list", measured["published"], most=5, unit=" s")


def report(found: dict, count: int, aims: Aims) -> None:
    """Print ours, the peer, the limit and the ratios, from this one run."""
    own, limit = (statistics.median(found[name]) * 1000 for name in ("own", "limit"))
    print(f"{count} credentials ({machine()})")
    print(f"  issue, the whole transaction: {found['issued'] / count * 1000:.1f} ms each")
    print(f"  signing alone: ours {own:.2f} ms; limit, Ed25519 alone {limit:.3f} ms, {own / limit:.0f} times")
    if found["peer"]:
        peer = statistics.median(found["peer"]) * 1000
        print(f"  openbadgeslib {peer:.2f} ms; ours takes {own / peer:.0%} of it")
        aims.expect("signing beside openbadgeslib", own / peer, most=1)
    worked = found["worked"] / count * 1000
    print(f"  reissuing takes {worked:.1f} ms of processor time each, without the database")
    aims.expect("400 reissued", found["reissued"] / count * 400, most=5, unit=" s")


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


def load(port: int, paths: list[str], options: argparse.Namespace, count: int) -> list[float]:
    """The times of many pages asked for by a few clients at once."""
    wanted = [paths[at % len(paths)] for at in range(count)]
    for path in wanted[:WARM]:
        ask(port, path)
    with ThreadPoolExecutor(options.clients) as pool:
        return [took for took, _body in pool.map(lambda path: ask(port, path), wanted)]


if __name__ == "__main__":
    raise SystemExit(main())
