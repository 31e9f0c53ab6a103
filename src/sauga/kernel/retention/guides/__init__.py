"""The guide for data protection officers and legal officers: retention periods and legal holds."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.kernel.retention.permissions import Permission

GUIDES = (
    Guide(
        slug="data-retention",
        folder=Path(__file__).parent,
        order=89,
        permissions=(Permission.HOLD,),
        covers={
            "retention-terms": "periods",
            "retention-term": "change",
            "retention-holds": "holds",
            "retention-hold": "holds",
            "retention-hold-new": "place",
        },
    ),
)
