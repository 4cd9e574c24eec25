"""SQL and nothing else: each statement with the frozen value it returns."""
