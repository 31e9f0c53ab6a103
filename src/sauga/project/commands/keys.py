"""`sauga keys`: the first person, zones, escrow shares and rotation.

Secrets are asked for, never taken from the command line.
"""

import argparse
from typing import Any

from sauga.project.cli import CannotRun, prepare
from sauga.project.setup.terminal import secret as _secret

CEREMONY = """The escrow key of zone {zone}, in three shares; any two restore it.
They are shown once. Print or copy each by hand, read it back with `sauga keys check-share {zone}`,
and keep the three in three places. Without two of them nobody can help when all passwords are lost.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    zoned = {
        "create": "make a zone's keys; its first member is --person; prints the escrow shares",
        "restore": "all passwords lost: make --person a member by two escrow shares",
        "renew": "new escrow shares, when one was lost or seen",
        "leavers": (
            "take the keys from everybody whose role no longer opens the zone, as after a change of the "
            "service's operator"
        ),
        "rotate": "raise the team's version and seal open cases anew (can be interrupted and repeated)",
        "rotate-service": "a new version of the machine's key (can be interrupted and repeated)",
        "check-share": "whether a written-down share has no mistake",
    }
    what.add_parser("status", help="the zones and what is wrong with them")
    first = what.add_parser(
        "person",
        help="make the first account of an organisation: an administrator, unless --role says otherwise",
    )
    first.add_argument("--email", required=True)
    first.add_argument("--name", required=True)
    first.add_argument(
        "--organisation", required=True, metavar="CODE", help="code of the partner (`sauga organisation add`)"
    )
    first.add_argument("--role", default="ADMINISTRATOR", metavar="CODE", help="ADMINISTRATOR unless said")
    first.add_argument("--zones", default="", help="zones the membership names, separated by commas")
    for name, text in zoned.items():
        sub = what.add_parser(name, help=text)
        sub.add_argument("zone")
        if name == "rotate-service":
            sub.add_argument(
                "--prepare",
                action="store_true",
                help="only make the file, to be copied to the other hosts first",
            )
            sub.add_argument(
                "--retire",
                action="store_true",
                help="remove the files of versions to which nothing is sealed any more",
            )
        elif name != "check-share":
            sub.add_argument("--person", required=True, metavar="EMAIL")
    file = what.add_parser(
        "rotate-file", help="a new key in one of the files of this installation, with overlap"
    )
    file.add_argument("file", choices=["trail", "tickets", "factors", "signing", "credentials", "tools"])


def run(options: argparse.Namespace) -> int:
    """Do one thing with keys; every refusal is explained."""
    prepare()
    from sauga.kernel import sealed

    try:
        return {"status": _status, "person": _person, "rotate-file": _rotate_file}.get(options.what, _zoned)(
            options
        )
    except sealed.SealedError as error:
        raise CannotRun(str(error) or type(error).__name__) from error


def _status(options: argparse.Namespace) -> int:
    from sauga.kernel import sealed

    faults = 0
    for zone in sealed.HELD_BY_STAFF:
        if not sealed.zone_exists(zone):
            print(f"{zone}: no keys yet (`sauga keys create {zone} --person EMAIL`)")
            continue
        wrong = sealed.keys.inspect(zone)
        faults += len(wrong)
        print(f"{zone}: {len(sealed.members(zone))} members; " + ("sound" if not wrong else "; ".join(wrong)))
    return bool(faults)


def _person(options: argparse.Namespace) -> int:
    from sauga.kernel import clock
    from sauga.kernel.identity.actions import grants, people
    from sauga.kernel.identity.models import Role
    from sauga.kernel.organisations.models import Organisation
    from sauga.kernel.states import SystemActor

    by, at = SystemActor("setup"), clock.now()
    organisation = Organisation.objects.filter(code=options.organisation).first()
    role = Role.objects.filter(code=options.role).first()
    if organisation is None:
        raise CannotRun(
            f"there is no organisation {options.organisation}; make it first: sauga organisation add "
            f"{options.organisation} …"
        )
    if role is None:
        raise CannotRun(f"there is no role {options.role}.")
    zones = [zone.strip() for zone in options.zones.split(",") if zone.strip()]
    try:
        grants.check_offered(organisation=organisation, role=role, zones=zones, at=at)
    except (grants.RoleNotOffered, grants.ZoneNotOffered) as refusal:
        raise CannotRun(
            f"{organisation.code} may not grant "
            f"{role.code}{' with ' + options.zones if zones else ''}: its kinds do not allow it, or it "
            "does not operate the service. See `sauga organisation list`."
        ) from refusal
    password = _secret("New password (12 characters or more): ")
    new = people.create_person(by=by, email=options.email, name=options.name, password=password, at=at)
    people.start_membership(
        by=by, person=new.person, organisation=organisation, role=role, zones=zones, at=at
    )
    print(
        f"Authenticator secret (type it into an app now): {new.totp_secret}\nRecovery code (print it "
        f"now): {new.recovery_code}"
    )
    return 0


def _zoned(options: argparse.Namespace) -> int:
    from sauga.kernel import sealed

    try:
        zone = sealed.Zone(options.zone)
    except ValueError:
        raise CannotRun(f"there is no zone “{options.zone}”; there is: {', '.join(sealed.Zone)}.") from None
    if zone not in sealed.HELD_BY_STAFF and options.what != "rotate-service":
        raise CannotRun(f"nobody holds a key of {zone}: only the machine does. It can be rotated.")
    if options.what == "check-share":
        sealed.keys.escrow_check_share(zone, _secret("Share: "))
        print("The share has no mistake.")
        return 0
    if options.what == "rotate-service":
        return _rotate_service(zone, options)
    person = _find(options.person)
    if options.what == "restore":
        sealed.keys.escrow_restore(zone, shares(), person_id=person.pk)
        print(f"{person.email} is a member of {zone} again.")
        return 0
    vault = sealed.unlock_with_password(person.pk, _secret(f"Password of {person.email}: "))
    return {"create": _create, "renew": _renew, "rotate": _rotate, "leavers": _leavers}[options.what](
        zone, vault
    )


def _create(zone: Any, vault: Any) -> int:
    from sauga.kernel import sealed

    escrow = sealed.keys.escrow_create(zone)
    sealed.create_zone(zone, escrow_public=escrow.public, founder=vault)
    print_shares(zone, escrow)
    return 0


def _renew(zone: Any, vault: Any) -> int:
    from sauga.kernel import sealed

    print_shares(zone, sealed.keys.escrow_renew(zone, vault))
    print(
        f"Now raise the team's version, so that the old shares open nothing new: sauga keys rotate {zone} …"
    )
    return 0


def _rotate(zone: Any, vault: Any) -> int:
    from sauga.kernel import sealed

    version = sealed.rotate(zone, vault)
    progress = sealed.reseal(zone, vault)
    while progress.done and progress.left > progress.unreadable:
        print(".", end="", flush=True)
        progress = sealed.reseal(zone, vault)
    print(
        f"{zone}: version {version}; {progress.unreadable or 'no'} cases could not be opened by this "
        f"vault and stay on an older version."
    )
    return bool(progress.unreadable)


def _leavers(zone: Any, vault: Any) -> int:
    from sauga.kernel import clock
    from sauga.kernel.identity.actions import people
    from sauga.kernel.states import SystemActor

    gone = people.take_leavers(by=SystemActor("setup"), zone=zone, vault=vault, at=clock.now())
    for person in gone:
        print(f"{zone}: the keys of {person.email} were taken")
    print(
        f"{zone}: {len(gone)} people lost their keys. Seal what is there anew: sauga keys rotate "
        f"{zone} --person …"
    )
    return 0


def _rotate_service(zone: Any, options: argparse.Namespace) -> int:
    from sauga.kernel.sealed.rotation import machine_keys
    from sauga.project import rotation

    if options.prepare:
        print(
            f"Made keys/{machine_keys.prepare(zone)}. Copy it to every host that works for {zone}, then "
            f"run this without --prepare."
        )
        return 0
    for line in (rotation.service_retired if options.retire else rotation.service)(zone):
        print(line)
    return bool(machine_keys.waiting(zone))


def _rotate_file(options: argparse.Namespace) -> int:
    from sauga.project import rotation

    try:
        for line in rotation.FILES[options.file]():
            print(line)
    except rotation.TooEarly as early:
        raise CannotRun(str(early)) from early
    return 0


def print_shares(zone: Any, escrow: Any) -> None:
    """Show the escrow shares of a zone, which happens once."""
    print(CEREMONY.format(zone=zone))
    for number, share in enumerate(escrow.shares, 1):
        print(f"  share {number} of {len(escrow.shares)}:  {share}\n")


def shares() -> list[str]:
    """Two escrow shares, typed without being shown, or one a line from standard input."""
    return [_secret("First share: "), _secret("Second share: ")]


def _find(email: str) -> Any:
    from sauga.kernel.identity.models import Person

    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise CannotRun(f"nobody here has the address {email}.")
    return person
