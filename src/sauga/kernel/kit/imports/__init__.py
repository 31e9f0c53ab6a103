"""Import of tables: reported on first, then stored as a whole or not at all (docs/develop/kit.md).

A service declares a `layout` with `cells`, makes its tables from `models`, and tells `runs.Import` what rows mean and how they are stored
and taken back; `pages` are the desk's pages.
"""
