"""A service is one declaration: what it names begins with its code, and the product asks the declaration,
not the folder.
"""

from datetime import UTC, datetime
from enum import StrEnum

import pytest
from django.apps import apps

from sauga.kernel import live
from sauga.kernel.identity.home import Counter
from sauga.kernel.services import Access, Service, ServiceConfig, installed, usual_operators
from sauga.project.requests import upload_limits

AT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


class Permission(StrEnum):
    READ = "library.read"
    LEND = "library.lend"


class Person:
    def __init__(self, *held):
        self.held = held

    def can(self, permission):
        return permission in self.held


@pytest.mark.parametrize(
    "foreign",
    [
        {"channels": {"archive.list": (Permission.READ,)}},
        {"notifications": {"archive.new": "New"}},
        {"counters": (Counter("archive.waiting", "Waiting", lambda by, at: 0, Permission.READ, "archive"),)},
    ],
)
def test_names_of_another_service_are_refused(foreign):
    with pytest.raises(ValueError, match=r"must begin with library\."):
        Service(code="library", title="Library", **foreign)


def test_a_channel_is_heard_by_whoever_holds_one_of_its_permissions(monkeypatch):
    monkeypatch.setattr("sauga.kernel.live.channels._registered", {})
    Service(
        code="library", title="Library", channels={"library.loans.*": (Permission.READ, Permission.LEND)}
    ).register()
    assert live.may_listen(Person(Permission.LEND), "library.loans.7")
    assert not live.may_listen(Person(), "library.loans.7")
    assert not live.may_listen(Person(Permission.LEND), "library.books.7")


def test_every_installed_service_declares_itself_under_its_own_name():
    found = installed()
    assert [config.label for config in found] == [
        config.label for config in apps.get_app_configs() if isinstance(config, ServiceConfig)
    ]
    assert {config.label for config in found} >= {"helpline", "hotline", "portal", "repository", "statistics"}
    for config in found:
        assert config.declaration.code == config.label
        if config.declaration.access:
            assert all(
                str(code).startswith(f"{config.label}.") for code in config.declaration.access.permissions
            )


def test_files_are_taken_only_where_a_service_says_so():
    declared = [address for config in installed() for address in config.declaration.uploads]
    assert declared and all(address.startswith("/desk/") for address in declared)
    assert all(upload_limits.takes_files(f"{address}new/") for address in declared)
    assert not any(
        upload_limits.takes_files(address)
        for address in (
            "/lt/pranesti/",
            "/desk/helpline/",
            "/desk/hotline/",
            "/desk/",
            "/en/my/",
            "/lt/mano/",
        )
    )
    assert upload_limits.takes_files("/en/my/adaptations/0000-0000/logo/")
    assert upload_limits.takes_files("/lt/mano/versijos/0000-0000/logotipas/")


def test_permissions_of_an_operator_need_a_usual_operator():
    held = {"LIBRARIAN": {Permission.LEND}}
    with pytest.raises(ValueError, match="which kind of organisation"):
        Service(code="library", title="Library", access=Access(permissions=Permission, roles=held))
    Service(
        code="library",
        title="Library",
        access=Access(permissions=Permission, roles=held, everywhere=Permission),
    )
    Service(
        code="library",
        title="Library",
        operated_by="LIBRARY",
        access=Access(permissions=Permission, roles=held),
    )


def test_the_usual_operators_are_those_that_the_services_name():
    named = {"portal": "AWARENESS", "repository": "AWARENESS", "helpline": "HELPLINE", "hotline": "HOTLINE"}
    assert usual_operators().items() >= named.items() and "statistics" not in usual_operators()
