"""SQL, and nothing but SQL: every statement of the backend, each with the frozen value it returns."""
