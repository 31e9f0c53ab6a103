"""The desk: worklist, files, parts, moves, collections, print orders."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from factories.resources import approved, draft, published, with_file

from sauga.kernel.states import SystemActor
from sauga.repository.catalogue.actions import print_orders
from sauga.repository.catalogue.models import Collection
from sauga.repository.resources.models import Resource
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture
from tests.markup import tidy

pytestmark = pytest.mark.django_db
VISITOR = SystemActor("visitor")


@pytest.fixture
def editor(centre: Centre) -> Client:
    return signed(centre, "EDITOR")


def signed(centre: Centre, role: str) -> Client:
    return sign_in(centre, role)


def act(client: Client, row: Resource, name: str, **data: str):
    return client.post(reverse("repository-desk-do", args=[row.ref, name]), data)


def test_a_file_that_is_not_what_it_says_is_refused_with_a_word(centre: Centre, editor: Client):
    row = draft(centre)
    upload = {
        "file": SimpleUploadedFile("planas.pdf", b"<!doctype html><p>x"),
        "kind": "main",
        "language": "lt",
    }
    page = editor.post(reverse("repository-desk-file-add", args=[row.ref]), upload)
    assert page.status_code == 422 and "ne toks, kaip sako jo vardas" in page.content.decode()
    assert not row.renditions.exists()


def test_a_file_is_taken_out_and_undone(centre: Centre, editor: Client):
    row = draft(centre)
    file = with_file(centre, row)
    page = editor.post(reverse("repository-desk-file", args=[row.ref, file.ref, "remove"]), follow=True)
    undo = reverse("repository-desk-file", args=[row.ref, file.ref, "back"])
    assert undo in page.content.decode()
    editor.post(undo)
    assert row.renditions.filter(removed_at__isnull=True).exists()


def test_parts_are_added_moved_and_taken_out(centre: Centre, editor: Client):
    toolkit = draft(centre, type="toolkit", title={"lt": "Rinkinys", "en": "Toolkit"})
    first, second = draft(centre), draft(centre)
    place = reverse("repository-desk-parts", args=[toolkit.ref])
    editor.post(place, {"what": "add", "part": first.ref.lower()})
    editor.post(place, {"what": "add", "part": f"https://sauga.example/lt/istekliai/{second.slug_lt}/"})
    editor.post(place, {"what": f"up:{second.ref}"})
    assert [part.resource for part in toolkit.parts.order_by("position")] == [second, first]
    editor.post(place, {"what": f"out:{second.ref}"})
    editor.post(place, {"what": "add", "part": toolkit.ref})
    assert [part.resource for part in toolkit.parts.all()] == [first]


def test_each_sees_what_is_theirs_to_do(centre: Centre, editor: Client):
    row = draft(centre)
    page = editor.get(reverse("repository-desk-resource", args=[row.ref])).content.decode()
    assert "/do/submit/" in page and "/do/pass/" not in page
    act(editor, row, "submit")
    own = editor.get(reverse("repository-desk-resource", args=[row.ref])).content.decode()
    assert "/do/pass/" not in own, "nobody reviews their own work"
    other = signed(centre, "EDITOR_2")
    assert (
        reverse("repository-review", args=[row.ref])
        in other.get(reverse("repository-desk-resource", args=[row.ref])).content.decode()
    )
    assert "/do/pass/" in other.get(reverse("repository-review", args=[row.ref])).content.decode()
    assert act(other, row, "changes", text="").status_code == 422
    act(other, row, "changes", text="Trūksta trukmės.")
    row.refresh_from_db()
    assert row.state == "changes_requested"
    assert (
        "Trūksta trukmės." in editor.get(reverse("repository-desk-resource", args=[row.ref])).content.decode()
    )
    assert act(other, row, "withdraw", reason_lt="x").status_code == 404


def test_the_gate_says_what_stands_in_the_way(centre: Centre):
    row, client = draft(centre, languages=["lt"], title={"lt": "Pamoka"}), signed(centre, "EDITOR")
    page = client.post(reverse("repository-desk-do", args=[row.ref, "submit"]), follow=True).content.decode()
    assert "lt ir en versijos arba pažymėta priežastis" in page


def test_a_refused_action_gives_back_what_was_typed(centre: Centre):
    row, safety = draft(centre), signed(centre, "SAFEGUARDING_EDITOR")
    answer = act(safety, row, "withdraw", reason_lt="Klaida paveiksle.")
    assert answer.status_code == 422 and "Klaida paveiksle." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "draft"


def test_from_approved_to_withdrawn_at_the_desk(centre: Centre):
    row = approved(centre, draft(centre))
    act(signed(centre, "PUBLISHER"), row, "publish", note="Pirma")
    row.refresh_from_db()
    assert (row.state, row.versions.get().note) == ("published", "Pirma")
    safety = signed(centre, "SAFEGUARDING_EDITOR")
    assert act(safety, row, "withdraw").status_code == 422
    act(safety, row, "withdraw", reason_lt="Klaida.")
    row.refresh_from_db()
    assert row.state == "withdrawn"
    page = act(signed(centre, "EDITOR"), row, "revise")
    assert page.status_code == 302
    assert Resource.objects.count() == 1, "a withdrawn resource has no revision beside it"


def test_worklist_views_filters_and_pages(centre: Centre, editor: Client):
    row = draft(centre)
    page = editor.get(reverse("repository-desk")).content.decode()
    assert row.ref in page and 'aria-current="page">Mano' in tidy(page)
    assert row.ref not in editor.get(reverse("repository-desk"), {"q": "zzz", "view": "all"}).content.decode()
    published(centre, title={"lt": "Kita", "en": "Other"})
    assert (
        "Kita"
        in editor.get(reverse("repository-desk"), {"view": "live", "type": "lesson_plan"}).content.decode()
    )
    assert editor.get(reverse("repository-desk"), {"view": "x", "after": "zz"}).status_code == 200
    chief = signed(centre, "PUBLISHER").get(reverse("repository-desk")).content.decode()
    assert row.ref not in chief, "the editor-in-chief begins with what is ready"


def test_collections_are_kept_at_the_desk(centre: Centre, editor: Client):
    first, second = published(centre), published(centre, title={"lt": "Kita", "en": "Other"})
    words = {"title_lt": "Vasaris", "title_en": "February", "is_public": "on"}
    page = editor.post(reverse("repository-desk-collection-new"), {**words, "members": "nothing"})
    assert page.status_code == 422
    editor.post(
        reverse("repository-desk-collection-new"), {**words, "members": f"{second.slug_lt}\n{first.ref}"}
    )
    row = Collection.objects.get()
    listed = editor.get(reverse("repository-desk-collections")).content.decode()
    assert (
        f'href="{reverse("repository-desk-collection", args=[row.ref])}">Vasaris' in listed
        and ">2</td>" in listed
    )
    assert "Kita" in Client().get("/lt/istekliai/rinkiniai/vasaris/").content.decode()
    assert Client().get("/lt/istekliai/rinkiniai/february/").status_code == 301
    given = editor.get(reverse("repository-desk-collection", args=[row.ref])).context["form"].initial
    assert given["members"] == f"{second.slug_lt}\n{first.slug_lt}"
    editor.post(reverse("repository-desk-collection-delete", args=[row.ref]))
    assert not Collection.objects.exists()


def test_print_orders_are_opened_with_the_vault_and_settled(centre: Centre):
    row = published(centre, channels=["print_order"])
    given = {
        "copies": 10,
        "language": "lt",
        "kind": "school",
        "municipality": "LT-57",
        "contact": "Vardenė, Gatvė 1",
    }
    order = print_orders.place_order(by=VISITOR, resource=row, at=AT, **given)
    manager = signed(centre, "PARTNER_MANAGER")
    assert "Vilniaus miesto" in manager.get(reverse("repository-desk-orders")).content.decode()
    place = reverse("repository-desk-order", args=[order.ref])
    assert "Gatvė" not in manager.get(place).content.decode()
    assert "Vardenė, Gatvė 1" in manager.post(place).content.decode()
    manager.post(reverse("repository-desk-order-settle", args=[order.ref, "sent"]))
    order.refresh_from_db()
    assert order.state == "sent" and order.settled_at
