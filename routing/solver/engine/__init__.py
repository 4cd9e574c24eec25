"""The improver: ruin and recreate on linked routes, compiled by numba."""
