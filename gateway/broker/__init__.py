"""Between the broker and the waiting lines: the session, its packets, what waits."""
