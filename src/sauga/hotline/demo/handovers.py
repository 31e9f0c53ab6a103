"""Hand-overs of the demo: most are recorded within half a day, the latest still wait, some numbers are not
known yet."""

from datetime import datetime, timedelta
from random import Random

from sauga.hotline.demo.stage import SEED, Stage
from sauga.hotline.handovers.actions import exports, records
from sauga.hotline.handovers.queries.records import PAGE, waiting_routes
from sauga.hotline.handovers.rules import RECIPIENTS
from sauga.kernel.kit.demo import Story

EVERY = timedelta(days=1)
LATEST = timedelta(hours=20)
WITH_FILE = timedelta(days=9)
REGISTERS = {"INHOPE": "ICCAM {}", "POLICE": "IBPS-2026-{}", "NKSC": "NKSC-{}", "ZEIT": "ZEIT-{}"}
ROLES = {"INHOPE": "ANALYST", "POLICE": "POLICE_LIAISON", "NKSC": "ANALYST", "ZEIT": "ANALYST"}


def handing_over(stage: Stage, now: datetime, since: timedelta) -> Story:
    """Once a day everything that waits is handed over; the last days' police cases go as a signed file."""
    draw = Random(SEED + 1)  # noqa: S311  a story, not a secret; apart from the stage's own, so that the other stories stay as they were
    at = now - since
    while at < now - LATEST:
        yield at
        for recipient in RECIPIENTS:
            as_file = recipient == "POLICE" and at > now - WITH_FILE
            _hand_over(stage, recipient, at, as_file=as_file, draw=draw if at < now - 2 * EVERY else None)
        at += EVERY


def _hand_over(stage: Stage, recipient: str, at: datetime, *, as_file: bool, draw: Random | None) -> None:
    items = [row.item for row in waiting_routes(recipient).select_related("item")[:PAGE]]
    if not items:
        return
    by = stage.actor(ROLES[recipient], at)
    numbers = (
        {item.ref: REGISTERS[recipient].format(draw.randint(1000, 9999)) for item in items} if draw else {}
    )
    if as_file and by.vault is not None:
        export = exports.prepare_export(by=by, items=items, recipient=recipient, at=at)
        exports.download_export(by=by, export=export, at=at)
        exports.record_export(by=by, export=export, references=numbers, handed_over_at=at, at=at)
    else:
        records.record_handover(
            by=by, items=items, recipient=recipient, references=numbers, handed_over_at=at, at=at
        )
