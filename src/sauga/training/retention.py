"""How long training keeps what."""

from datetime import timedelta

from sauga.kernel.retention import keep_forever, rule, term
from sauga.training.trail import ZONE

keep_forever("training.Stream", "When what was broadcast, about nobody.")
rule(
    "training.StreamNote",
    keep=term("training.stream_log", timedelta(days=90)),
    after="at",
    zone=ZONE,
)
rule(
    "training.CaptionLine",
    keep=term("training.caption_lines", timedelta(days=90)),
    after="at",
    zone=ZONE,
)
