"""The child's pages: help, conversation, coming back."""

from access.matrix import PUBLIC, row

row("helpline-help", anonymous=PUBLIC, others=200)
row("helpline-chat", anonymous=PUBLIC, others=200)
row("helpline-return", anonymous=PUBLIC, others=200)
