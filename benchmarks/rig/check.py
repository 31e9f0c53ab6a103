"""What must hold in an installation after anything: every receipt opens, nothing is half stored, the trail
verifies.

python -m rig.check < shown.json      (pairs of receipt and place; prints one line of JSON)
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

REPORTS, ITEMS = (
    "SELECT count(*) FROM hotline_report r WHERE",
    "SELECT count(*) FROM hotline_contentitem i WHERE",
)
LINE = "audit_trailline t WHERE t.ref = r.ref AND t.action = 'report:received'"
HALF = {
    "reports without a place": (
        f"{REPORTS} NOT EXISTS (SELECT 1 FROM hotline_location l WHERE l.report_id = r.id)"
    ),
    "reports without both keys": (
        f"{REPORTS} 2 <> (SELECT count(*) FROM sealed_wrappedkey k WHERE k.holder = 'report:' || r.ref)"
    ),
    "reports without a first step": (
        f"{REPORTS} NOT EXISTS (SELECT 1 FROM hotline_reportstep s WHERE s.subject_id = r.id)"
    ),
    "reports without one line in the trail": f"{REPORTS} 1 <> (SELECT count(*) FROM {LINE})",
    "lines of the trail without a report": "SELECT count(*) FROM audit_trailline t "
    "WHERE t.action = 'report:received'"
    " AND NOT EXISTS (SELECT 1 FROM hotline_report r WHERE r.ref = t.ref)",
    "items without both keys": (
        f"{ITEMS} 2 <> (SELECT count(*) FROM sealed_wrappedkey k WHERE k.holder = 'item:' || i.ref)"
    ),
    "items without a first occurrence": (
        f"{ITEMS} NOT EXISTS (SELECT 1 FROM hotline_occurrence o WHERE o.item_id = i.id)"
    ),
    "items without a job": f"{ITEMS} NOT EXISTS (SELECT 1 FROM procrastinate_jobs j"
    " WHERE j.task_name = 'hotline.trace_item' AND (j.args->>'item_id')::bigint = i.id)",
    "keys of nobody": "SELECT count(*) FROM sealed_wrappedkey k WHERE k.holder LIKE 'report:%'"
    " AND NOT EXISTS (SELECT 1 FROM hotline_report r WHERE 'report:' || r.ref = k.holder)",
}


def found(shown: list[list[str]]) -> dict[str, Any]:
    """What stands in the database of this environment."""
    from sauga.hotline.content.models import ContentItem
    from sauga.hotline.reports.models import Report
    from sauga.kernel import audit

    verdict = audit.verify("hotline")
    return {
        "wrong": _wrong(shown),
        "reports": Report.objects.count(),
        "items": ContentItem.objects.count(),
        "chain": verdict.ok,
        "what": verdict.what,
        "lines": verdict.rows,
        "half": {name: number for name, sql in HALF.items() if (number := _count(sql))},
    }


def _wrong(shown: list[list[str]]) -> list[str]:
    """Places whose receipt does not open, or opens something else."""
    from sauga.hotline.reports.queries import reporter
    from sauga.kernel import sealed

    def keys(code: str) -> sealed.ReceiptKeys:
        return sealed.receipt_keys(sealed.parse_receipt(code), sealed.Zone.HOTLINE)

    wrong = []
    with ThreadPoolExecutor(2) as pool:
        for (_, where), receipt in zip(shown, pool.map(keys, [code for code, _ in shown]), strict=True):
            back = reporter.come_back(receipt)
            if back is None or [place.given for place in back.places] != [where]:
                wrong.append(where)
    return wrong


def _count(sql: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        number: int = cursor.fetchone()[0]
    return number


if __name__ == "__main__":
    from sauga.project import cli

    cli.prepare()
    print(json.dumps(found(json.load(sys.stdin))))
