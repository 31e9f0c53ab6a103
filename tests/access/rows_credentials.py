"""Certificates: everybody checks them; what each service keeps at the desk follows from its declaration."""

from access.matrix import PUBLIC, SIGN_IN, row

row("credentials-verify", anonymous=302, others=302)
for page in ("check", "json", "svg", "pdf"):
    row(f"credentials-{page}", args=("nothing",), anonymous=404, others=404)
row("credentials-did", anonymous=PUBLIC, others=200)
row("credentials-former-did", args=("nowhere.example",), anonymous=404, others=404)
row("credentials-status", args=("9999", "revocation"), anonymous=404, others=404)
row("credentials-mine", anonymous=SIGN_IN, others=302)
