"""Initial content of the site: languages, the two home pages, groups with their permissions, partners and
help numbers.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as Right
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.signals import page_published

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.portal.actions.footer import add_footer_entries
from sauga.portal.actions.partners import lines, plant_partners
from sauga.portal.models.base import PortalPage
from sauga.portal.models.footer import FooterEntry
from sauga.portal.models.landing_pages import HomePage
from sauga.portal.models.network import HelpEntry
from sauga.portal.permissions import Permission
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.rules.editor_groups import EDITOR_GROUPS, EVERYWHERE
from sauga.portal.trail import Trail

MAIN = "lt"
TRANSLATION = "en"
YEAR = timedelta(days=365)
ROOT = "Sauga"


def set_up_site(*, by: Actor, at: datetime) -> int:
    """Create what is missing and leave the rest alone. Returns how many home pages were created."""
    require(by, Permission.PLANT_SITE)
    with transaction.atomic():
        root = _root()
        homes, planted = _homes(root, at)
        _site(homes[MAIN])
        _groups(root, homes[TRANSLATION])
        _workflow(root)
        _lists(by, at)
        plant_partners(by=by, at=at)
        if planted:
            audit.record(by, Trail.SITE_PLANTED, None, zone=ZONE, at=at, facts={"pages": planted})
    return planted


def _root() -> Page:
    for code in (MAIN, TRANSLATION):
        Locale.objects.get_or_create(language_code=code)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first()
    if root is not None:
        Page.objects.filter(pk=root.pk, title="Root").update(title=ROOT, draft_title=ROOT)
        # Wagtail's own migrations leave a greeting there.
        for greeting in Page.objects.filter(depth=2, content_type=ContentType.objects.get_for_model(Page)):
            Site.objects.filter(root_page=greeting).delete()
            greeting.delete()
        return Page.objects.get(pk=root.pk)
    kind = ContentType.objects.get_for_model(Page)
    made: Page = Page.add_root(
        instance=Page(
            title=ROOT, slug="root", content_type=kind, locale=Locale.objects.get(language_code=MAIN)
        )
    )
    return made


def _homes(root: Page, at: datetime) -> tuple[dict[str, HomePage], int]:
    """The home page of each language, translations of each other."""
    homes = {
        home.locale.language_code: home for home in HomePage.objects.filter(depth=2).select_related("locale")
    }
    planted = 0
    for code in (MAIN, TRANSLATION):
        if code in homes:
            continue
        with override(code):
            home = HomePage(
                title=gettext("How can we help?"),
                slug=code,
                locale=Locale.objects.get(language_code=code),
                summary=gettext(
                    "Children and young people can talk to a person here, and anyone can report illegal "
                    "content."
                ),
                review_by=at.date() + YEAR,
            )
        if homes:
            home.translation_key = next(iter(homes.values())).translation_key
        Page.objects.get(pk=root.pk).add_child(instance=home)
        put_live(home, at)
        homes[code] = home
        planted += 1
    return homes, planted


def put_live(page: PortalPage, at: datetime) -> None:
    """Publish a shipped page. Our tests hold the shipped pages to the gate; on the first day there is no
    browser yet to audit them.
    """
    page.live_revision = page.save_revision()
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.first_published_at or at
    page.last_published_at = at
    page.refresh_from_db(fields=["numchild"])  # pages may have been added below it since it was read
    page.save(clean=False)  # the revision has just been validated with the same words
    page_published.send(sender=type(page), instance=page, revision=page.live_revision)


def _site(home: HomePage) -> None:
    base = settings.ENV.base_url.rstrip("/")
    host, _, port = base.partition("://")[2].partition(":")
    number = int(port) if port.isdigit() else 443 if base.startswith("https") else 80
    held = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if (held.hostname, held.port, held.root_page_id) != (host, number, home.pk):
        held.hostname, held.port, held.root_page, held.site_name = host, number, home, "Sauga"
        held.save()


def _groups(root: Page, translations: HomePage) -> None:
    """One group per permission, with exactly the rights of the table. A fresh database creates Django's
    permission rows first.
    """
    if (
        not Right.objects.filter(content_type__app_label="portal").exists()
        or not Right.objects.filter(codename="access_admin").exists()
    ):
        _rights()
    collection = Collection.objects.get(depth=1)
    for permission, seat in EDITOR_GROUPS.items():
        group, _made = Group.objects.get_or_create(name=str(permission))
        place: Page = root if seat.where == EVERYWHERE else translations
        pages = Right.objects.filter(
            content_type__app_label="wagtailcore", codename__in=[f"{act}_page" for act in seat.pages]
        )
        _exactly(GroupPagePermission, group, "page", place, pages)
        # The tool asks for rights on its own tables of pictures and files, also where ours take their place.
        names = [f"{act}_{kind}" for act in seat.media for kind in ("image", "document")]
        media = Right.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=names
        )
        _exactly(GroupCollectionPermission, group, "collection", collection, media)
        wanted = [tuple(name.split(".", 1)) for name in seat.models]
        group.permissions.set(
            [
                right
                for app, code in wanted
                for right in Right.objects.filter(content_type__app_label=app, codename=code)
            ]
        )


def _workflow(root: Page) -> None:
    """One workflow from editor to publisher, for every page; Wagtail's example is deactivated."""
    with override(MAIN):
        name = gettext("Review")
    ours = Workflow.objects.filter(name=name).first()
    if ours is None:
        ours = Workflow.objects.create(name=name)
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.add(Group.objects.get(name=str(Permission.PUBLISH_PAGES)))
        WorkflowTask.objects.create(workflow=ours, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": ours})
    Workflow.objects.exclude(pk=ours.pk).filter(active=True).update(active=False)


def _exactly(table: Any, group: Group, name: str, place: Any, rights: Any) -> None:
    wanted = {right.pk for right in rights}
    held = dict(table.objects.filter(group=group, **{name: place}).values_list("permission_id", "pk"))
    table.objects.filter(group=group).exclude(**{name: place}).delete()
    table.objects.filter(pk__in=[pk for right, pk in held.items() if right not in wanted]).delete()
    table.objects.bulk_create(
        [table(group=group, permission_id=right, **{name: place}) for right in wanted - held.keys()]
    )


def _rights() -> None:
    from django.apps import apps
    from django.contrib.auth.management import create_permissions

    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0)


def _lists(by: Actor, at: datetime) -> None:
    """Help services of which the list has no entry yet, and the footer, where there is none; afterwards staff
    maintain them.
    """
    held = set(HelpEntry.objects.values_list("code", flat=True))
    given = [_help(row) for row in lines("help.csv")]
    HelpEntry.objects.bulk_create(HelpEntry(**row) for row in given if row["code"] not in held)
    if not FooterEntry.objects.exists():
        add_footer_entries(by=by, entries=list(lines("footer.csv")), at=at)


def _help(row: dict[str, str]) -> dict[str, Any]:
    day = date.fromisoformat(row["valid_from"])
    checked = date.fromisoformat(row["checked_on"]) if row["checked_on"] else None
    typed = {"order": int(row["order"]), "valid_from": day, "confirmed": row["confirmed"] == "yes"}
    return {**row, **typed, "checked_on": checked}
