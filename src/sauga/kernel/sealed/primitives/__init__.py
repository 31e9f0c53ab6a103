"""Cryptographic primitives without keys of their own: envelopes, padding, shares, code letters, costs."""
