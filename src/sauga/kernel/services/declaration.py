"""A service in one declaration: what the product knows of it outside its own folder.

Permissions, audit names, navigation, counters, channels, notifications, alerts, figures and initial data
follow from it. Addresses, tasks, demo stories and the interface for programs are found by the names of their
modules (`urls`, `tasks`, `demo`, `api`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.urls import URLPattern
from django.utils.functional import Promise

from sauga.kernel import audit, figures, live, page_cache, permissions, rate_limits
from sauga.kernel import notifications as notices
from sauga.kernel.credentials.declarations import kinds as credential_kinds
from sauga.kernel.credentials.views import desk as credential_desk
from sauga.kernel.guides import Guide
from sauga.kernel.guides import register as register_guides
from sauga.kernel.identity import home
from sauga.kernel.members import consents as consent_purposes
from sauga.kernel.members import home as member_home_page
from sauga.kernel.members.my_data import holdings as member_holdings
from sauga.kernel.members.my_sauga import middleware as member_sites
from sauga.kernel.members.representation import confirmations as member_confirmations
from sauga.kernel.permissions import Rule
from sauga.kernel.services.audit_log import AuditLog
from sauga.kernel.ui import journeys, navigation
from sauga.kernel.ui.formats import linked_data

type Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may do what in a service.

    `permissions` begin with the service's code and a dot; `roles` hold them at first. `everywhere`: those
    that count in whatever organisation the role is held. `two_people`: parts of acts that two people must
    agree on. `rules` decide about one object. `system`: what system actors may do. `vaults`: the zones that
    are open only to members of the service's operator. `role_names`: names of new roles by language.
    `also`: permissions of the kernel that roles of this service hold at first. `wording`: what each
    permission lets people do.
    """

    permissions: type[StrEnum]
    roles: Mapping[str, Collection[StrEnum]]
    everywhere: Collection[StrEnum] = ()
    two_people: Collection[StrEnum] = ()
    rules: Mapping[Any, Rule] = field(default_factory=dict)
    system: Mapping[str, Collection[StrEnum]] = field(default_factory=dict)
    vaults: Collection[str] = ()
    role_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    also: Mapping[str, Collection[StrEnum]] = field(default_factory=dict)
    wording: Mapping[Any, Text] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Service:
    """Everything about a service that lies outside its own folder: the object SERVICE in the service's
    `service.py`.

    `title`: what people call it. `journeys` name the pages that a person in need meets, by journey: a
    language that does not have every page has those (`kernel.ui.journeys`). `operated_by`: the kind of
    organisation that usually operates it, if any. `audit` names the service's actions, `facts` what each may
    carry, `audit_log` is where they are read and verified. `desk` and `public` are its pages in the
    navigation, `page_types` say to search engines what its public pages are (URL name → type of schema.org),
    `feeds` its news feeds, `guides` its user guides. `counters` and `cards` appear on "My day".
    `channels`: who may listen to changes (any of the permissions). `notifications`: sentences without case
    content by `service.event`. `alerts`: what cannot wait. `measures` are its figures, `breakdowns` say where
    the codes of their dimensions have labels (vocabularies, or labels by code), `unfinished` counts cases of
    a period that are still open. `uploads`: prefixes of desk addresses that accept files and long forms;
    `lanes`: those whose requests queue separately. `page_sources`: what its cached pages read. `member_home`
    says what waits for a member, `member_coming` what a member takes part in soon, `member_navigation` are
    its pages in the menu of the member site, `member_suggestions` what a member can do, `member_consents`
    what it asks consent for, `member_data` what it holds about a member. `member_confirmed` reacts when it
    is confirmed that a member acts for an organisation. `member_site` are pages for its own members beside
    My Sauga. `member_uploads`: beginnings of its addresses on the member site that accept files and long
    forms, without the language; `link_uploads`: those of public pages by a personal link, each with what
    says whether the rest of the address is a link that was made here. `credentials` are the kinds of
    credentials that it issues. `data` is
    loaded by `sauga init`, repeatable; each loader returns one line; `starter` by `sauga init --starter`:
    content to begin with. `connect` is called last: signals and ports.

    Raises ValueError for a channel, notification, counter, card, measure, consent or credential whose name
    does not begin with the service's code and a dot, and for permissions that count only at the operator
    where `operated_by` is missing.
    """

    code: str
    title: Text
    operated_by: str = ""
    access: Access | None = None
    audit: type[TextChoices] | None = None
    facts: Mapping[Any, Collection[str]] = field(default_factory=dict)
    audit_log: AuditLog | None = None
    desk: Collection[navigation.Item] = ()
    public: Collection[navigation.PublicEntry] = ()
    feeds: Collection[navigation.Feed] = ()
    page_types: Mapping[str, str] = field(default_factory=dict)
    journeys: Mapping[str, Collection[str]] = field(default_factory=dict)
    guides: Collection[Guide] = ()
    counters: Collection[home.Counter] = ()
    cards: Collection[home.Card] = ()
    channels: Mapping[str, Collection[StrEnum]] = field(default_factory=dict)
    notifications: Mapping[str, Text] = field(default_factory=dict)
    alerts: notices.AlertService | None = None
    measures: Collection[figures.Measure] = ()
    breakdowns: Mapping[str, Sequence[figures.Labels]] = field(default_factory=dict)
    unfinished: Callable[[figures.Days], int] | None = None
    uploads: tuple[str, ...] = ()
    lanes: Collection[rate_limits.LaneRule] = ()
    page_sources: page_cache.PageSources | None = None
    member_home: member_home_page.Provider | None = None
    member_coming: member_home_page.ComingProvider | None = None
    member_navigation: Collection[member_home_page.MemberPage] = ()
    member_suggestions: Collection[member_home_page.Suggestion] = ()
    member_consents: Collection[consent_purposes.Purpose] = ()
    member_data: Collection[member_holdings.Holding] = ()
    member_confirmed: member_confirmations.Reaction | None = None
    member_site: member_sites.OwnSite | None = None
    member_uploads: Collection[Text] = ()
    link_uploads: Collection[tuple[Text, Callable[[str], bool]]] = ()
    credentials: Collection[credential_kinds.CredentialKind] = ()
    data: Collection[Callable[[datetime], str]] = ()
    starter: Collection[Callable[[datetime], str]] = ()
    connect: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        coded = (
            [one.code for one in self.counters]
            + [one.code for one in self.cards]
            + [one.code for one in self.measures]
        )
        coded += [one.code for one in self.member_consents]
        coded += [one.code for one in self.credentials]
        named = [*self.channels, *self.notifications, *coded]
        if (
            self.access is not None
            and not self.operated_by
            and set(self.access.permissions) - set(self.access.everywhere)
        ):
            raise ValueError(
                f"{self.code} has permissions of its operator: say which kind of organisation usually "
                f"operates it"
            )
        if len({kind.keep_with for kind in self.credentials}) > 1:
            raise ValueError(f"{self.code}: all its credentials are kept with one permission")
        if foreign := sorted(name for name in named if not name.startswith(f"{self.code}.")):
            raise ValueError(f"{foreign[0]} must begin with {self.code}.")

    def register(self) -> None:
        """Make the service known. Called once when the program starts."""
        if self.audit is not None:
            audit.register(self.audit, self.facts)
        if self.access is not None:
            self._register_access(self.access)
        for channel, holders in self.channels.items():
            live.register_channel(channel, _holds_one_of(holders))
        self._register_pages()
        self._register_for_members()
        for code, text in self.notifications.items():
            notices.register_template(code, text)
        if self.audit_log is not None:
            self.audit_log.register()
        for rule in self.lanes:
            rate_limits.use_lane(rule)
        if self.page_sources is not None:
            page_cache.depends_on(self.page_sources)
        if self.alerts is not None:
            notices.register_alerts(self.alerts)
        for kind in self.credentials:
            credential_kinds.register(kind)
        for measure in self.measures:
            figures.register(measure)
        figures.register_breakdowns(self.code, self.breakdowns)
        if self.unfinished is not None:
            figures.register_unfinished(self.code, self.unfinished)
        if self.connect is not None:
            self.connect()

    def desk_urls(self) -> list[URLPattern]:
        """The addresses of the desk pages that follow from the declaration."""
        logs = self.audit_log.urls() if self.audit_log is not None else []
        kinds = tuple(kind for kind in self.credentials if kind.has_desk)
        issued = credential_desk.urls(self.code, kinds) if kinds else []
        return [*logs, *issued]

    def _register_access(self, access: Access) -> None:
        permissions.register(
            self.code,
            access.permissions,
            access.roles,
            rules=access.rules,
            labels=access.role_names,
            everywhere=access.everywhere,
            two_people=access.two_people,
            zones=access.vaults,
            title=self.title,
            wording=access.wording,
        )
        for role, added in access.also.items():
            permissions.add_to_role(role, added)
        for name, held in access.system.items():
            permissions.register_system(name, held)

    def _register_pages(self) -> None:
        for item in self.desk:
            navigation.register(item)
        for page in self.public:
            navigation.register_public(page)
        for feed in self.feeds:
            navigation.register_feed(feed)
        linked_data.declare(self.page_types)
        journeys.register(self.journeys)
        register_guides(self.guides)
        for counter in self.counters:
            home.register(counter)
        for card in self.cards:
            home.register(card)

    def _register_for_members(self) -> None:
        if self.member_home is not None:
            member_home_page.register_home(self.code, self.member_home)
        if self.member_coming is not None:
            member_home_page.register_coming(self.code, self.member_coming)
        if self.member_site is not None:
            member_sites.register_site(self.member_site)
        for page in self.member_navigation:
            member_home_page.register_page(page)
        for suggestion in self.member_suggestions:
            member_home_page.register_suggestion(suggestion)
        consent_purposes.register(self.member_consents)
        for holding in self.member_data:
            member_holdings.register(holding)
        if self.member_confirmed is not None:
            member_confirmations.register(self.code, self.member_confirmed)


def _holds_one_of(wanted: Collection[StrEnum]) -> Callable[[Any, str], bool]:
    def may_listen(actor: Any, _channel: str) -> bool:
        return any(actor.can(permission) for permission in wanted)

    return may_listen
