"""Plays the services' demo data: each service that has a `demo` module tells its own story through its own actions, once."""

import inspect
import json
import os
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from sauga.project.demo.people import Account
from sauga.world.control import Control


class Interrupted(Exception):
    """An earlier start was stopped in the middle of a story; telling it again would double half of it. Names the service."""


def play(file: Path, cast: list[Account], at: datetime) -> list[str]:
    """Call `sauga.<service>.demo.play(at=…)` for every service that was not played yet; `file` remembers. Returns the labels played now.

    A `play` that also takes `staff` is given the sign-ins by first role (objects with `user`, `password`, `roles`). A module whose `WHOLE`
    is true tells all or nothing, so that a broken-off story is simply told again; for others it raises Interrupted. A module with a `world`
    says how its addresses behave on the synthetic internet; that is arranged at every start, because the internet forgets.
    """
    told: dict[str, bool] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    new = []
    for config in apps.get_app_configs():
        if not getattr(config, "service", False) or not find_spec(f"{config.name}.demo"):
            continue
        module = import_module(f"{config.name}.demo")
        arrange(getattr(module, "world", dict)())
        if told.get(config.label):
            continue
        if config.label in told and not getattr(module, "WHOLE", False):
            raise Interrupted(config.label)
        tell = module.play
        file.write_text(json.dumps({**told, config.label: False}), encoding="utf-8")
        wants_staff = "staff" in inspect.signature(tell).parameters
        tell(at=at, **({"staff": {account.role: account for account in reversed(cast)}} if wants_staff else {}))
        told[config.label] = True
        file.write_text(json.dumps(told), encoding="utf-8")
        new.append(config.label)
    return new


def arrange(behaviours: Mapping[str, str]) -> None:
    """Let addresses of the synthetic internet behave so. Does nothing where no such internet runs."""
    link = os.environ.get("SAUGA_WORLD", "")
    if not link or not Path(link).exists():
        return
    control = Control.read(link)
    for address, behaviour in behaviours.items():
        control.behave(address, behaviour)
