"""The guides of training and the pages they cover."""

from pathlib import Path

from sauga.kernel.guides import Guide
from sauga.training.permissions import Permission as P

FOLDER = Path(__file__).parent
GUIDES = (
    Guide(
        slug="broadcasts",
        folder=FOLDER,
        order=44,
        permissions=(P.BROADCAST,),
        covers={
            "training-streams": "plan",
            "training-stream-new": "plan",
            "training-stream-edit": "plan",
            "training-stream": "air",
            "training-stream-connect": "speaker",
            "training-stream-captions": "captions",
        },
    ),
)
