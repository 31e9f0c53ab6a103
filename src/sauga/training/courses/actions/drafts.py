"""Editing a draft: its details, modules, activities, questions, their order. Nothing else is ever edited:
`lock_draft` refuses every version that is not a draft.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, media
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, refuse_any
from sauga.kernel.states import Actor, lock
from sauga.training.courses.actions.imports import with_package
from sauga.training.courses.models import Activity, Course, CourseVersion, Item, Module
from sauga.training.courses.rules import content, items, trees
from sauga.training.permissions import Permission
from sauga.training.states import VersionState
from sauga.training.trail import ZONE, Trail

CHANNEL = "training.courses"
FILES = {media.Kind.PDF, media.Kind.DOCUMENT, media.Kind.IMAGE, media.Kind.AUDIO}


class NotADraft(ActionRefused):
    """Only drafts are edited: people learn with the others."""

    message = _("This version is not a draft. Begin a new version to change the course.")


class AtTheEnd(ActionRefused):
    """A part moves no further than the first or the last place of the course."""

    messages = {
        "first": _("It stays where it is: it is already the first."),
        "last": _("It stays where it is: it is already the last."),
    }


class CodeUsed(ActionRefused):
    """Each code stands once in a course."""

    message = _("This code is used already. Choose another one.")
    field = "code"


class ContentUnfit(ActionRefused):
    """What was filled in cannot be played."""

    messages = {
        "kind": _("Choose one of the kinds that are offered."),
        "minutes": _("Enter how many minutes it takes, at least one."),
        "tree_form": _("The completion rule cannot be read. Look at the examples below the field."),
        "tree_size": _("The completion rule has too many parts."),
        "tree_activity": _("The completion rule names an activity that this version does not have."),
    }
    fields = {
        "kind": "kind",
        "minutes": "minutes",
        "tree_form": "completion",
        "tree_size": "completion",
        "tree_activity": "completion",
    }


class ItemUnfit(ActionRefused):
    """Answers of a question of which the right one cannot be given."""

    messages = {
        "kind": _("Choose one of the kinds that are offered."),
        "options": _("Give between two and twelve answers."),
        "two": _("True or false has exactly two answers."),
        "one_right": _("Exactly one answer is right: mark it with +."),
        "no_right": _("Mark at least one answer as right, with +."),
        "pair": _("Every line needs its pair: left = right."),
    }
    fields = {"kind": "kind"}
    field = f"options_{languages.DEFAULT}"


@dataclass(frozen=True, kw_only=True)
class VersionGiven:
    """The details of a version as the form has them."""

    title: Mapping[str, str]
    summary: Mapping[str, str]
    hours: Decimal
    audience: Sequence[str] = ()
    competences: Mapping[str, Any] = field(default_factory=dict)
    outcomes: Sequence[Mapping[str, str]] = ()
    sources: Sequence[Mapping[str, str]] = ()
    owner: str = ""
    review_by: date | None = None
    certificate: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ActivityGiven:
    """An activity as the form has it."""

    kind: str
    title: Mapping[str, str]
    minutes: int
    content: Mapping[str, Any]
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemGiven:
    """A question as the form has it."""

    kind: str
    text: Mapping[str, str]
    options: Sequence[Mapping[str, Any]]
    tags: Sequence[str] = ()
    explanation: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


def lock_draft(version: CourseVersion) -> CourseVersion:
    """The version, locked and read fresh. Raises NotADraft."""
    row = lock(version)
    if row.state != VersionState.DRAFT:
        raise NotADraft
    return row


def create_course(*, by: Actor, code: str, given: VersionGiven, at: datetime) -> CourseVersion:
    """A new course with its first draft. Raises CodeUsed."""
    require(by, Permission.EDIT_COURSES)
    try:
        with transaction.atomic():
            course = Course.objects.create(code=code, created_at=at)
            row = CourseVersion.objects.create(
                course=course, number=1, created_at=at, **_version_fields(given)
            )
            record_change(by, row, "created", at)
            return row
    except IntegrityError:
        raise CodeUsed from None


def edit_version(*, by: Actor, version: CourseVersion, given: VersionGiven, at: datetime) -> CourseVersion:
    """Change the details of a draft. Raises NotADraft."""
    require(by, Permission.EDIT_COURSES)
    with transaction.atomic():
        row = lock_draft(version)
        fields = _version_fields(given)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
        record_change(by, row, "details", at)
        return row


def _version_fields(given: VersionGiven) -> dict[str, Any]:
    return {
        "title": dict(given.title),
        "summary": dict(given.summary),
        "hours": given.hours,
        "audience": list(given.audience),
        "competences": dict(given.competences),
        "outcomes": [dict(one) for one in given.outcomes],
        "sources": [dict(one) for one in given.sources],
        "owner": given.owner,
        "review_by": given.review_by,
        "certificate": dict(given.certificate),
    }


def set_completion(*, by: Actor, version: CourseVersion, tree: Any, at: datetime) -> CourseVersion:
    """Set the completion rule of a draft. Raises NotADraft, ContentUnfit."""
    require(by, Permission.EDIT_COURSES)
    with transaction.atomic():
        row = lock_draft(version)
        codes = set(Activity.objects.filter(version=row).values_list("code", flat=True))
        try:
            trees.check(tree, codes)
        except trees.TreeUnreadable as refused:
            raise ContentUnfit(f"tree_{refused}") from None
        row.completion = tree
        row.save(update_fields=["completion"])
        record_change(by, row, "completion", at)
        return row


def save_module(
    *,
    by: Actor,
    version: CourseVersion,
    module: Module | None,
    title: Mapping[str, str],
    at: datetime,
    code: str = "",
) -> Module:
    """Add a module at the end, or rename one. Raises NotADraft."""
    require(by, Permission.EDIT_COURSES)
    with transaction.atomic():
        row = lock_draft(version)
        if module is None:
            codes = set(Module.objects.filter(version=row).values_list("code", flat=True))
            module = Module(version=row, code=code or free_code(title, codes), place=_last(row.modules.all()))
        module.title = dict(title)
        module.save()
        record_change(by, row, "module", at)
        return module


def save_activity(
    *,
    by: Actor,
    module: Module,
    activity: Activity | None,
    given: ActivityGiven,
    at: datetime,
    upload: media.Inspected | None = None,
) -> Activity:
    """Add an activity at the end of a module, or change one. Its code stays: completion rules name it.

    Raises NotADraft, ContentUnfit, CodeUsed, PackageRefused.
    """
    require(by, Permission.EDIT_COURSES)
    if given.kind not in content.KINDS:
        raise ContentUnfit("kind")
    if not 0 < given.minutes <= content.MOST_MINUTES:
        raise ContentUnfit("minutes")
    with transaction.atomic():
        version = lock_draft(module.version)
        if activity is None:
            codes = set(Activity.objects.filter(version=version).values_list("code", flat=True))
            if given.code in codes:
                raise CodeUsed
            code = given.code or free_code(given.title, codes)
            activity = Activity(
                version=version,
                module=module,
                code=code,
                kind=given.kind,
                place=_last(module.activities.all()),
            )
        activity.title, activity.minutes = dict(given.title), given.minutes
        if activity.kind == "package":
            activity.content = with_package(given.content, activity.content.get("package"), upload)
        else:
            activity.content = dict(given.content)
        if upload is not None:
            activity.file = media.store(by=by, found=upload, owner="training.activity", zone=ZONE, at=at)
        activity.save()
        record_change(by, version, "activity", at)
        return activity


def save_item(
    *, by: Actor, version: CourseVersion, item: Item | None, given: ItemGiven, at: datetime
) -> Item:
    """Add a question to the bank, or change one. Raises NotADraft, ItemUnfit, CodeUsed."""
    require(by, Permission.EDIT_COURSES)
    refuse_any(item_refusals(given.kind, given.options))
    with transaction.atomic():
        row = lock_draft(version)
        if item is None:
            codes = set(Item.objects.filter(version=row).values_list("code", flat=True))
            if given.code in codes:
                raise CodeUsed
            code = given.code or free_code(given.text, codes)
            item = Item(version=row, code=code, place=_last(row.items.all()))
        item.kind, item.tags, item.text = given.kind, list(given.tags), dict(given.text)
        item.options = [dict(one) for one in given.options]
        item.explanation = dict(given.explanation)
        item.save()
        record_change(by, row, "item", at)
        return item


def item_refusals(kind: str, options: Sequence[Mapping[str, Any]]) -> list[ActionRefused]:
    """Everything for which `save_item` would refuse the answers of a question."""
    if kind not in set(items.ItemKind):
        return [ItemUnfit("kind")]
    return [ItemUnfit(why) for why in items.problems(kind, options)]


def put_in_order(
    *, by: Actor, version: CourseVersion, order: Sequence[tuple[str, Sequence[str]]], at: datetime
) -> None:
    """Set the order of modules and of the activities in each, by their references: what dragging sends.

    Whatever is not named keeps its place behind. Raises NotADraft.
    """
    require(by, Permission.EDIT_COURSES)
    with transaction.atomic():
        row = lock_draft(version)
        modules = {one.ref: one for one in row.modules.all()}
        parts = {one.ref: one for one in row.activities.all()}
        for place, (ref, names) in enumerate(order):
            if ref not in modules:
                continue
            modules[ref].place = place
            modules[ref].save(update_fields=["place"])
            for number, name in enumerate(names):
                if name in parts:
                    parts[name].module, parts[name].place = modules[ref], number
                    parts[name].save(update_fields=["module", "place"])
        record_change(by, row, "order", at)


def move_part(*, by: Actor, part: Module | Activity, up: bool, at: datetime) -> None:
    """Move a module or an activity one place: what the keyboard does. An activity at the edge of its module
    goes into the next one. Raises NotADraft, AtTheEnd."""
    order = [
        (module.ref, [one.ref for one in module.activities.all()]) for module in part.version.modules.all()
    ]
    before = deepcopy(order)
    if isinstance(part, Module):
        place = next(n for n, (ref, _names) in enumerate(order) if ref == part.ref)
        other = place - 1 if up else place + 1
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
    else:
        order = _moved(order, part.ref, up=up)
    if order == before:
        raise AtTheEnd("first" if up else "last")
    put_in_order(by=by, version=part.version, order=order, at=at)


def _moved(order: list[tuple[str, list[str]]], ref: str, *, up: bool) -> list[tuple[str, list[str]]]:
    held = next(n for n, (_module, names) in enumerate(order) if ref in names)
    names = order[held][1]
    place = names.index(ref)
    names.remove(ref)
    target, at = held, place - 1 if up else place + 1
    if up and place == 0:
        target, at = (held - 1, len(order[held - 1][1])) if held else (held, 0)
    elif not up and place == len(names):
        target, at = (held + 1, 0) if held + 1 < len(order) else (held, place)
    order[target][1].insert(at, ref)
    return order


def free_code(words: Mapping[str, str], taken: set[str]) -> str:
    """A code for a new part, made of its English or Lithuanian name; a number is added where it is taken."""
    text = words.get("en") or next((text for text in words.values() if text), "")
    stem = slugify(text)[:40].strip("-") or "part"
    code, n = stem, 1
    while code in taken:
        n += 1
        code = f"{stem}-{n}"
    return code


def _last(rows: Any) -> int:
    place = rows.aggregate(last=Max("place"))["last"]
    return 0 if place is None else place + 1


def record_change(by: Actor, row: CourseVersion, what: str, at: datetime) -> None:
    """The audit entry and the signal of a change to a draft."""
    audit.record(by, Trail.COURSE_CHANGED, row, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
