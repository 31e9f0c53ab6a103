"""Import of tables: checked and reported on first, then stored completely or not at all
(docs/develop/kit.md).

A service declares a `layout` with `cells`, derives its tables from `models`, and gives `runs.Import`
functions that judge, store and undo rows; `pages` are the staff pages.
"""
