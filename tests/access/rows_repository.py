"""The repository."""

from access.matrix import PUBLIC, SIGN_IN, row

row("repository-resources", anonymous=PUBLIC, others=200)
row("repository-collection", args=("nothing",), anonymous=404, others=404)  # no such collection
row("repository-resource", args=("nothing",), anonymous=404, others=404)  # no such resource
row("repository-preview", args=("0000-0000", 1, 320), anonymous=404, others=404)  # no such file
row("repository-file", args=("0000-0000", "a.pdf"), anonymous=404, others=404)  # no such file
for _page in ("archive", "answers", "used", "used-thanks", "order", "ordered"):
    row(f"repository-{_page}", args=("nothing",), anonymous=404, others=404)  # no such resource

# Desk
SEES = dict.fromkeys(("EDITOR", "SAFEGUARDING_EDITOR", "PUBLISHER", "PARTNER_MANAGER"), 200)
WRITES = {"EDITOR": 200, "PUBLISHER": 200}
row("repository-desk", anonymous=SIGN_IN, others=404, **SEES)
row("repository-desk-new", anonymous=SIGN_IN, others=404, **WRITES)
row("repository-desk-resource", args=("<resource>",), anonymous=SIGN_IN, others=404, **SEES)
row("repository-review", args=("<resource>",), anonymous=SIGN_IN, others=404, **SEES)
row("repository-review-preview", args=("<resource>", "lt"), anonymous=SIGN_IN, others=404, **SEES)
row("repository-review-file", args=("<resource>", "0000-0000"), anonymous=SIGN_IN, others=404)  # no such file
row("repository-desk-edit", args=("<resource>",), anonymous=SIGN_IN, others=404, EDITOR=302, PUBLISHER=302)
row("repository-desk-step", args=("<resource>", "rights"), anonymous=SIGN_IN, others=404, **WRITES)
row("repository-translate", args=("<resource>",), anonymous=SIGN_IN, others=404, **WRITES)
row("repository-translate-file", args=("<resource>", "lt-en"), anonymous=SIGN_IN, others=404, **WRITES)
row(
    "repository-desk-do",
    args=("<resource>", "submit"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    EDITOR=302,
    PUBLISHER=302,
)
row(
    "repository-desk-file-add",
    args=("<resource>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    EDITOR=422,
    PUBLISHER=422,
)
row(
    "repository-desk-file",
    args=("<resource>", "0000-0000", "remove"),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
)  # no such file
row(
    "repository-desk-parts",
    args=("<resource>",),
    method="POST",
    anonymous=SIGN_IN,
    others=404,
    EDITOR=302,
    PUBLISHER=302,
)
row("repository-desk-collection-new", anonymous=SIGN_IN, others=404, **WRITES)
row("repository-desk-collection", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such collection
row(
    "repository-desk-collection-delete", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such collection
row("repository-desk-orders", anonymous=SIGN_IN, others=404, PARTNER_MANAGER=200)
row("repository-desk-order", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such order
row(
    "repository-desk-order-settle", args=("0000-0000", "sent"), method="POST", anonymous=SIGN_IN, others=404
)  # no such order


def objects() -> dict[str, str]:
    """A draft that nobody wrote."""
    from uuid import uuid4

    from sauga.kernel import clock
    from sauga.repository.resources.models import Resource

    at = clock.now()
    made = Resource.objects.create(
        uuid=uuid4(),
        slug_lt="pavyzdys",
        slug_en="example",
        type="poster",
        licence="CC0-1.0",
        created_date=at,
        modified_at=at,
        state_since=at,
    )
    return {"<resource>": made.ref}
