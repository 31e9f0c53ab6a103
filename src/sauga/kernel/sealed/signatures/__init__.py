"""Signatures: Ed25519, signed archives and JSON Web Tokens."""
