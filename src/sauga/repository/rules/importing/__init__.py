"""Files of records from outside: how tables and documents are read, what each column may hold, what is wrong with a row. No database."""
