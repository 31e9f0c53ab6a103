"""What benchmarks and proofs share: an installation with its own database, a minimal visitor, the limit of
key derivation, figures.

`tests/proofs` imports it too; nothing in `src` does.
"""
