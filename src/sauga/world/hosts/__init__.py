"""Synthetic hosts: what they are, how they behave and the web server that answers for them."""
