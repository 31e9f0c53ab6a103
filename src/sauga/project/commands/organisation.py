"""`sauga organisation`: the partners of an installation, their kinds, and who operates which service.

For the operator at the console.
"""

import argparse
from datetime import datetime
from typing import Any

from sauga.project.cli import CannotRun, prepare

EVERY = "all"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    what.add_parser("list", help="organisations, kinds, operators of services, and services without one")
    add = what.add_parser("add", help="make an organisation")
    add.add_argument("code", metavar="CODE")
    add.add_argument(
        "--kind",
        action="append",
        required=True,
        metavar="KIND",
        help="what it is; may be given more than once",
    )
    add.add_argument("--name-lt", default="", metavar="NAME")
    add.add_argument("--name-en", default="", metavar="NAME")
    add.add_argument(
        "--operates",
        action="append",
        default=[],
        metavar="SERVICE",
        help="a service it operates from now on, or “all”",
    )
    kinds = what.add_parser("kinds", help="say anew what kinds an organisation is of")
    kinds.add_argument("code", metavar="CODE")
    kinds.add_argument("--kind", action="append", default=[], metavar="KIND")
    operates = what.add_parser(
        "operates", help="from now on this organisation operates the service, and nobody else"
    )
    operates.add_argument("code", metavar="CODE", help="the organisation, or “nobody”")
    operates.add_argument("service", metavar="SERVICE", help="the service, or “all”")


def run(options: argparse.Namespace) -> int:
    """Do one thing; what is refused is said in words."""
    prepare()
    from sauga.kernel import clock
    from sauga.kernel.identity.actions import operators
    from sauga.kernel.organisations.actions.organisations import KindUnknown

    at = clock.now()
    try:
        return {"list": _list, "add": _add, "kinds": _kinds, "operates": _operates}[options.what](options, at)
    except KindUnknown:
        raise CannotRun(f"there is no such kind; there is: {', '.join(_kind_codes())}.") from None
    except operators.ServiceUnknown:
        raise CannotRun(
            f"there is no such service here; there is: {', '.join(operators.operated_services())}."
        ) from None
    except operators.OperatorOverlaps:
        raise CannotRun("another operator of this service is entered for a later time.") from None


def _list(options: argparse.Namespace, at: datetime) -> int:
    from sauga.kernel.identity import queries
    from sauga.kernel.identity.actions.operators import operated_services
    from sauga.kernel.organisations.models import Organisation

    operated: dict[str, list[str]] = {}
    for row in queries.operators(at):
        operated.setdefault(row.organisation.code, []).append(row.service)
    at_work = queries.organisations_at_work()
    for one in at_work:
        services = ", ".join(operated.get(one.code, [])) or "no service"
        print(f"{one.code}: {', '.join(one.kinds) or 'no kind'}; operates {services}")
    if others := Organisation.objects.count() - len(at_work):
        print(f"{others} more in the register, where nobody works: /desk/organisations/")
    missing = [
        service for service in operated_services() if not any(service in held for held in operated.values())
    ]
    for service in missing:
        print(f"{service}: nobody operates it, so nobody can work in it")
    return int(bool(missing))


def _add(options: argparse.Namespace, at: datetime) -> int:
    from django.db import transaction

    from sauga.kernel import organisations
    from sauga.kernel.identity.actions import operators
    from sauga.kernel.organisations.models import Organisation

    if Organisation.objects.filter(code=options.code).exists():
        raise CannotRun(f"{options.code} is there already.")
    names = {"lt": options.name_lt or options.code, "en": options.name_en or options.name_lt or options.code}
    with transaction.atomic():
        made = organisations.create_organisation(
            by=_setup(), code=options.code, names=names, kinds=options.kind, at=at
        )
        for service in _services(options.operates):
            operators.name_operator(by=_setup(), service=service, organisation=made, at=at)
    print(f"{made.code} was made.")
    return 0


def _kinds(options: argparse.Namespace, at: datetime) -> int:
    from sauga.kernel import organisations

    organisations.set_kinds(by=_setup(), organisation=_find(options.code), kinds=options.kind, at=at)
    print(f"{options.code}: {', '.join(sorted(set(options.kind))) or 'no kind'}")
    return 0


def _operates(options: argparse.Namespace, at: datetime) -> int:
    from django.db import transaction

    from sauga.kernel.identity.actions import operators

    place = None if options.code == "nobody" else _find(options.code)
    with transaction.atomic():
        for service in _services([options.service]):
            operators.name_operator(by=_setup(), service=service, organisation=place, at=at)
            print(f"{service}: operated by {options.code}")
    return 0


def _services(named: list[str]) -> list[str]:
    from sauga.kernel.identity.actions.operators import operated_services

    return operated_services() if EVERY in named else list(dict.fromkeys(named))


def _setup() -> Any:
    from sauga.kernel.states import SystemActor

    return SystemActor("setup")


def _find(code: str) -> Any:
    from sauga.kernel.organisations.models import Organisation

    row = Organisation.objects.filter(code=code).first()
    if row is None:
        raise CannotRun(f"there is no organisation {code}.")
    return row


def _kind_codes() -> list[str]:
    from sauga.kernel.organisations.models import OrganisationKind

    return list(OrganisationKind.objects.order_by("code").values_list("code", flat=True))
