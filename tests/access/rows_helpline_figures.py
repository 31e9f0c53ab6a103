"""Access to the helpline's figures."""

from access.matrix import SIGN_IN, row

row("helpline-figures", anonymous=SIGN_IN, others=404, SHIFT_LEAD=200, HELPLINE_STATISTICIAN=200)
# Let in and sent back: the table's own conversations are not written up yet, so the period is not whole.
row("helpline-figures-csv", args=("insafe",), anonymous=SIGN_IN, others=404, HELPLINE_STATISTICIAN=302)
