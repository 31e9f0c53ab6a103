"""Asks at the terminal for what an installation still needs; what is there already is not asked again."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from sauga.kernel.identity.actions.operators import operated_services
from sauga.kernel.identity.models import Person
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.services import usual_operators
from sauga.project.setup import steps, terminal
from sauga.project.setup.answers import COORDINATOR, NewAdministrator, NewOrganisation

CODE = re.compile(r"[A-Za-z0-9-]{2,40}")
ABOUT_OPERATORS = """
Every service is operated by one organisation, and only its people work in it ({services}).
One organisation may operate everything, or several partners may share the centre.
"""
ABOUT_ADMINISTRATORS = """
The first person of an organisation is an administrator, who invites everybody else at the desk. Most roles
are granted by two people: one proposes and another confirms. Nobody else can be invited into them before
there is a second administrator, made now or by running `sauga setup` again.
"""


def organisations(at: datetime) -> list[NewOrganisation]:
    """Who shall operate the services without an operator yet."""
    free = [name for name in operated_services() if steps.operator_of(name, at) is None]
    if not free:
        return []
    terminal.say(ABOUT_OPERATORS.format(services=", ".join(free)))
    if len(free) == 1 or terminal.agrees("Does one organisation operate all of them?", default=True):
        return [_organisation("The organisation", free, (COORDINATOR,) if len(free) > 1 else ())]
    found = []
    kinds = usual_operators()
    for kind in dict.fromkeys(kinds[name] for name in free):
        services = [name for name in free if kinds[name] == kind]
        found.append(_organisation(f"Who operates {' and '.join(services)}", services, ()))
    return found


def administrators(at: datetime) -> list[NewAdministrator]:
    """The first administrator of each organisation that operates something and has none; a second one where
    there is only one."""
    operating = [one for name in operated_services() if (one := steps.operator_of(name, at)) is not None]
    found: list[NewAdministrator] = []
    for organisation in {one.code: one for one in operating}.values():
        held = len(steps.administrators(organisation, at))
        if not held:
            if not found:
                terminal.say(ABOUT_ADMINISTRATORS)
            found.append(_administrator(organisation.code, "first"))
            held += 1
        if held == 1 and terminal.agrees(
            f"Make a second administrator of {organisation.code} now?", default=True
        ):
            found.append(_administrator(organisation.code, "second"))
    return found


def _organisation(question: str, services: list[str], kinds: tuple[str, ...]) -> NewOrganisation:
    def against(typed: str) -> str:
        return (
            ""
            if CODE.fullmatch(typed)
            else "2 to 40 letters without accents, digits and hyphens, for example CENTRE"
        )

    code = terminal.ask(f"{question}: a short code, for example CENTRE", check=against)
    if Organisation.objects.filter(code=code).exists():
        return NewOrganisation(code, operates=tuple(services))
    name_lt = terminal.ask("  its Lithuanian name")
    return NewOrganisation(code, name_lt, terminal.ask("  its English name", name_lt), kinds, tuple(services))


def _administrator(organisation: str, which: str) -> NewAdministrator:
    email = terminal.ask(f"E-mail address of the {which} administrator of {organisation}", check=_unusable)
    name = terminal.ask("  first and last name")
    language = terminal.ask(
        "  language of their pages (lt or en)",
        "lt",
        lambda typed: "" if typed in {"lt", "en"} else "write lt or en",
    )
    return NewAdministrator(email.lower(), name, organisation, language)


def _unusable(typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError:
        return "that is no e-mail address"
    return (
        "somebody has an account with this address already"
        if Person.objects.filter(email=typed.lower()).exists()
        else ""
    )
