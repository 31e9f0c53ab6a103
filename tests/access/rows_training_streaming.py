"""Broadcasts: who runs them plans, connects and sends captions; everybody watches. Which broadcast when:
`tests/training/streaming`.
"""

from access.matrix import SIGN_IN, row

row("training-stream-watch", args=("0000-0000",), anonymous=404, others=404)
row("training-stream-new", anonymous=SIGN_IN, others=404, WEBINAR_HOST=200)
row("training-stream-edit", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("training-stream-connect", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("training-stream-browser", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("training-stream-recording", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("training-stream-captions", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("training-stream-captions-file", args=("0000-0000",), anonymous=SIGN_IN, others=404)
row("training-stream-captions-replace", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
