"""What each of our permissions means in Wagtail: one group with rights on pages, media and lists.

The groups are made from this table and follow a person's permissions (`actions/editor_groups.py`); no one
edits them by hand.
"""

from dataclasses import dataclass

from sauga.portal.permissions import Permission

PAGE_RIGHTS = {"write": ("add", "change"), "publish": ("publish", "lock", "unlock", "bulk_delete")}
EVERYWHERE, TRANSLATIONS = "everywhere", "translations"


@dataclass(frozen=True)
class EditorGroup:
    """Rights of one group. `pages` are Wagtail's page rights and `where` the part of the tree; `models` are
    Django permissions.
    """

    pages: tuple[str, ...] = ()
    where: str = EVERYWHERE
    media: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


def _crud(*names: str) -> tuple[str, ...]:
    return tuple(f"portal.{act}_{name}" for name in names for act in ("add", "change", "delete", "view"))


# A prepared block has no deletion: pages show it. It is changed by those who publish, since every page
# changes with it.
EDITOR_GROUPS: dict[Permission, EditorGroup] = {
    Permission.USE_CMS: EditorGroup(models=("wagtailadmin.access_admin",)),
    Permission.WRITE_PAGES: EditorGroup(
        pages=PAGE_RIGHTS["write"],
        media=("choose",),
        models=("simple_translation.submit_translation", "portal.view_preparedblock"),
    ),
    Permission.TRANSLATE_PAGES: EditorGroup(
        pages=PAGE_RIGHTS["write"],
        where=TRANSLATIONS,
        media=("choose",),
        models=("simple_translation.submit_translation",),
    ),
    Permission.PUBLISH_PAGES: EditorGroup(
        pages=PAGE_RIGHTS["publish"],
        models=(
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            *(f"portal.{act}_preparedblock" for act in ("add", "change", "view")),
        ),
    ),
    Permission.ASK_REVIEW: EditorGroup(),
    Permission.SEE_GATE: EditorGroup(),
    Permission.KEEP_MEDIA: EditorGroup(media=("add", "change", "choose"), models=_crud("video")),
    Permission.KEEP_NETWORK: EditorGroup(models=_crud("helpentry", "footerentry")),
}
