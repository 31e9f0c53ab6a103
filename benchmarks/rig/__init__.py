"""What benchmarks and proofs share: a house on a database of its own, the cheapest possible visitor, the key derivation's limit, figures.

`tests/proofs` imports it too; nothing in `src` does.
"""
