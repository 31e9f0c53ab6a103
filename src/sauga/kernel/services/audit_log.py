"""The audit log of a service for its auditor: the entries of its zone, and a verification whose result comes
as a notification.

A service declares it (`Service(audit_log=AuditLog(…))`); addresses, background job, notifications and
navigation follow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from procrastinate.contrib.django import app

from sauga.kernel import audit, clock, notifications
from sauga.kernel.figures import Labels, first_label
from sauga.kernel.identity import PersonActor, actor, names_of, needs, require
from sauga.kernel.identity.models import Person
from sauga.kernel.kit.actions import kit_page, post_action
from sauga.kernel.refusals import Text
from sauga.kernel.ui import navigation
from sauga.kernel.ui.components import Pager
from sauga.kernel.ui.parameters.numbers import whole

PAGE = 100


@dataclass(frozen=True, kw_only=True)
class AuditLog:
    """Where the audit log of a zone is read and verified.

    `title` names the log; `order` is its place in the navigation; `values` says where the codes of a fact
    have their words, by the key of the fact.
    """

    service: str
    zone: str
    title: Text
    permission: StrEnum
    order: int
    values: Mapping[str, Sequence[Labels]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The name of its page's address."""
        return f"{self.service}-trail"

    @property
    def job(self) -> str:
        """The background job that verifies it: at a million entries this takes some seconds."""
        return f"{self.service}.check_trail"

    def register(self) -> None:
        """Make its job, its notifications and its place in the navigation known.

        Called once when the program starts.
        """
        app.task(name=self.job, queue=self.service)(self._verify_for)
        intact, damaged = _("intact, %(rows)s entries verified."), _("damaged at entry %(line)s.")
        notifications.register_template(
            f"{self.service}.trail_whole", format_lazy("{}: {}", self.title, intact)
        )
        notifications.register_template(
            f"{self.service}.trail_broken", format_lazy("{}: {}", self.title, damaged)
        )
        item = navigation.Item(
            url=self.url,
            label=self.title,
            icon="scroll-text",
            order=self.order,
            permissions=(self.permission,),
        )
        navigation.register(item)

    def _verify_for(self, person_id: int) -> None:
        """Verify the audit log and notify the person who asked."""
        report_verification(log=self, person_id=person_id, at=clock.now())

    def urls(self) -> list[URLPattern]:
        """Its addresses, below those of the service's desk."""

        @require_safe
        def entries(request: HttpRequest) -> HttpResponse:
            context = {
                "log": self,
                "check": reverse(f"{self.url}-check"),
                **entries_before(request, self),
            }
            return render(request, "ui/desk/audit_log.html", context)

        @post_action(self.url)
        def check(request: HttpRequest) -> Text:
            request_verification(by=actor(request), log=self, at=clock.now())
            return _("The audit log is being verified; the result comes to your notifications.")

        guarded = needs(self.permission)
        return [
            path("trail/", guarded(kit_page(entries)), name=self.url),
            path("trail/check/", guarded(check), name=f"{self.url}-check"),
        ]


@dataclass(frozen=True)
class Line:
    """An entry as the page shows it: in words, with the codes that are stored and hashed beside them."""

    entry: audit.Entry
    who: Text
    action: Text
    facts: list[tuple[Text, str]]

    @property
    def who_code(self) -> str:
        """The name of what acted instead of a person."""
        return self.entry.actor if self.entry.actor.startswith("system:") else ""

    @property
    def codes(self) -> str:
        """The facts as they are stored."""
        return ", ".join(f"{key} {value}" for key, value in _said(self.entry))


def entries_before(request: HttpRequest, log: AuditLog) -> dict[str, object]:
    """The entries before the number in the address (`before`), or the newest, with the names of who acted,
    and the pager."""
    before = whole(request.GET.get("before")) or None
    found = audit.zone_lines(log.zone, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    receivers = {entry.facts["to"] for entry in shown if isinstance(entry.facts.get("to"), str)}
    names = names_of({entry.actor for entry in shown} | receivers)
    following = f"before={shown[-1].number}" if len(found) > PAGE else ""
    return {
        "entries": [
            Line(
                entry=entry,
                who=names.get(entry.actor) or audit.actor_words(entry.actor),
                action=audit.action_words(entry.action),
                facts=[
                    (audit.fact_words(key), value_words(value, log.values.get(key, ()), names))
                    for key, value in _said(entry)
                ],
            )
            for entry in shown
        ],
        "pager": Pager(previous="newest=1" if before else "", next=following),
    }


def value_words(value: Any, sources: Sequence[Labels], names: Mapping[str, str]) -> str:
    """A fact's value in words: yes or no, the name of a person, or what its codes are called; several codes
    stand with commas between them."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if str(value) in names:
        return names[str(value)]
    return ", ".join(first_label(sources, code) for code in str(value).split(","))


def _said(entry: audit.Entry) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in sorted(entry.facts.items()) if value not in (None, "")]


def request_verification(*, by: PersonActor, log: AuditLog, at: datetime) -> None:
    """Queue a verification; its result goes to the one who asked. Raises PermissionRefused."""
    require(by, log.permission)
    with transaction.atomic():
        app.configure_task(log.job, queue=log.service).defer(person_id=by.person_id)


def report_verification(*, log: AuditLog, person_id: int, at: datetime) -> audit.Verdict:
    """Verify the log and tell the person: intact with so many entries, or damaged at one."""
    verdict = audit.verify(log.zone)
    template = f"{log.service}.trail_whole" if verdict.ok else f"{log.service}.trail_broken"
    context = {"rows": verdict.rows} if verdict.ok else {"line": verdict.first_bad_sequence or 0}
    with transaction.atomic():
        notifications.notify(
            to=Person.objects.get(pk=person_id),
            template=template,
            context=context,
            link=reverse(log.url),
            at=at,
        )
    return verdict
