"""How fast readings come in whole, beside what the database itself can do."""
