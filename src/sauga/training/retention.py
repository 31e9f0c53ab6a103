"""How long training keeps what."""

from sauga.kernel.retention import keep_forever

keep_forever("training.Stream", "When what was broadcast, about nobody.")
