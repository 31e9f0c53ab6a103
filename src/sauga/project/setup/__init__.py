"""`sauga setup`: from an empty folder to the first sign-in.

`answers` is what must be known, `dialogue` asks it, `steps` does it.
"""
