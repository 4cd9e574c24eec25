"""The public API, its live events, and the pages that use nothing else."""
