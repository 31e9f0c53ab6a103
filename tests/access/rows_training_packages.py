"""Files of imported packages: an address that was not signed for a learner opens nothing, whoever asks
(`tests/training/learning/test_packages.py` has those that were)."""

from access.matrix import row

row("training-package-file", args=("nothing", "index.html"), anonymous=404, others=404)
