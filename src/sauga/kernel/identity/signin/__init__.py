"""Signing in: the password hash, second factors and the unlocked vault."""
