"""The issuer: its addresses, its keys and its status lists."""
