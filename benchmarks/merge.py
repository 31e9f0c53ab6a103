"""A fix of an original offered to everybody who adapted it: how long until the last of a thousand versions
has the offer, and one merge.

    python benchmarks/merge.py [--adaptations 1000]

Rows are laid in directly; the offer and the merge are the product's own actions, on the embedded PostgreSQL.
Wanted: below 60 seconds.
"""

import argparse
import json

from rig.figures import machine
from rig.installation import new_installation

WANTED = 60.0
RUN = """
import json, sys, time, uuid
from sauga.project import cli
cli.prepare()
from datetime import timedelta
from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations.actions import upstream_updates
from sauga.repository.adaptations.models import Adaptation, Partner
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.resources.rules.upstream_diff import with_origin
from sauga.repository.adaptations.queries.upstream_updates import merge_rows
from sauga.repository.resources.rules.upstream_diff import merged

count, at = int(sys.argv[1]), clock.now()
words = [{"kind": "paragraph", "text": f"Sakinys numeris {n} apie ramius pokalbius klasėje."}
  for n in range(40)]
body = {"lt": words}
base = Resource.objects.create(uuid=uuid.uuid4(), slug_lt="a", slug_en="a", type="lesson_plan",
  title={"lt": "Pamoka"}, licence="CC-BY-4.0",
    created_date=at.date(), modified_at=at, state="published", state_since=at, version_number=1, body=body)
snapshot = {"title": {"lt": "Pamoka"}, "body": body, "licence": "CC-BY-4.0", "slots": [], "parts": [],
  "version": "1.0"}
old = ResourceVersion.objects.create(resource=base, number=1, label="1.0", snapshot=snapshot, published_at=at)
partner = Partner.objects.create(name="Pavyzdžio mokykla", kind="school", joined_at=at)
own = with_origin(words)
own[3] = {**own[3], "text": "Mūsų sakinys."}
Adaptation.objects.bulk_create(Adaptation(base=base, base_version=old, organisation=partner,
  kind="localisation", language="lt",
    licence="CC-BY-4.0", state="released", body={base.ref: {"lt": own}}, created_at=at,
      changed_at=at) for _ in range(count))
newer = [dict(block) for block in words]
newer[7]["text"] = "Sakinys numeris 7 apie labai ramius pokalbius klasėje."
ResourceVersion.objects.create(resource=base, number=2, label="1.1", snapshot={**snapshot,
  "body": {"lt": newer}}, published_at=at)
Resource.objects.filter(pk=base.pk).update(version_number=2)
began = time.perf_counter()
offered = upstream_updates.offer_updates(by=SystemActor("repository"), at=at)
spent = time.perf_counter() - began
row = Adaptation.objects.select_related("base_version", "offered_version").first()
began = time.perf_counter()
result = merged(merge_rows(row)[base.ref, "lt"], {})
compared = time.perf_counter() - began
waiting = Adaptation.objects.filter(state="merge_offered").count()
right = result[7]["text"] == newer[7]["text"] and result[3]["text"] == "Mūsų sakinys."
print(json.dumps({"offered": offered, "waiting": waiting, "seconds": spent, "compare_ms": compared * 1000,
  "right": right}))
"""


def main() -> int:
    """Measure, print, and say by the exit code whether the aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--adaptations", type=int, default=1000)
    options = parser.parse_args()
    print(machine())
    with new_installation() as installation:
        found = json.loads(installation.python("-c", RUN, str(options.adaptations)).splitlines()[-1])
    print(
        f"{found['offered']} offers after {found['seconds']:.1f} s, a difference of 40 paragraphs "
        f"after {found['compare_ms']:.1f} ms"
    )
    good = found["waiting"] == options.adaptations and found["right"] and found["seconds"] < WANTED
    print("wanted: all of them, below 60 s, merged right:", "met" if good else "NOT met")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
