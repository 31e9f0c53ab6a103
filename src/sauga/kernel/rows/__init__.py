"""Migration operations: `tables.CreateTables` creates the first tables of a service in one operation
(decision 0066)."""
