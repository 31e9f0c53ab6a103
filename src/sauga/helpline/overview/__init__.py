"""Pages that draw on several subdomains: the shift lead's board, “My day”, figures, the help pages, coming
back with a receipt.
"""
