"""`tables.CreateTables`: the first tables of a service, created by one operation of its first migration (decision 0066)."""
