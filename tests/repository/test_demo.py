"""The demo's collection: the seed's forty records in their states, through real actions."""

from collections import Counter

import pytest

from sauga.kernel.kit.demo import DataPresent
from sauga.repository import demo
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.catalogue.models import Collection, UseReport
from sauga.repository.deployments.models import Deployment
from sauga.repository.resources.models import Rendition, Resource
from tests.centre import AT, Centre, published  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def test_the_seed_stands_in_its_states_with_files_and_lineage(published: Centre):
    wanted = Counter(record["status"] for record in demo.records())
    assert Counter(Resource.objects.values_list("state", flat=True)) == wanted
    files = [
        (row["kind"], row["mime"], row["language"])
        for record in demo.records()
        for row in record["renditions"]
    ]
    assert Counter(Rendition.objects.values_list("kind", "mime", "language")) == Counter(files)
    assert Rendition.objects.values("sha256").distinct().count() == len(files)
    withdrawn, retired = Resource.objects.get(state="withdrawn"), Resource.objects.get(state="retired")
    assert withdrawn.withdrawn_reason["en"].startswith("Withdrawn at once")
    assert retired.replaced_by.slug_en == "sid-2027-poster"
    toolkit = Resource.objects.get(slug_en="sid-2027-toolkit")
    assert [part.resource.slug_en for part in toolkit.parts.order_by("position")] == [
        "sid-2027-lesson",
        "sid-2027-quiz",
        "sid-2027-poster",
        "sid-2027-letter-to-parents",
    ]
    held = {row.slug_en: row.entries.count() for row in Collection.objects.all()}
    assert set(held) == {"safer-internet-day-2027", "safer-internet-day-2026"}
    assert held["safer-internet-day-2027"] > 4 and held["safer-internet-day-2026"] == 2
    assert UseReport.objects.exists()
    assert sorted(Adaptation.objects.values_list("state", flat=True)) == ["editing", "released"]
    assert Deployment.objects.filter(state="active").count() == 3
    with pytest.raises(DataPresent):
        demo.seed(AT, {})
