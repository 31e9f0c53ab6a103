"""External tools: whoever publishes courses registers them; tools themselves ask for keys, tokens and about
their activities; a learner opens them. Which tool when: `tests/training/tools`."""

from access.matrix import PUBLIC, SIGN_IN, row

REF = "0000-0000"
row("training-tool-new", anonymous=SIGN_IN, others=404, PUBLISHER=200)
row("training-tool-edit", args=(REF,), anonymous=SIGN_IN, others=404)
row("training-tools-keys", anonymous=PUBLIC, others=200)
row("training-tools-authorise", anonymous=303, others=303)
row("training-tools-token", method="POST", anonymous=400, others=400)
row("training-tools-line", args=(REF, REF), anonymous=401, others=401)
row("training-tools-scores", args=(REF, REF), method="POST", anonymous=401, others=401)
row("training-tool-open", args=(REF, "nothing"), method="POST", anonymous=SIGN_IN, others=302)
row("training-tool-answer", anonymous=SIGN_IN, others=302)
