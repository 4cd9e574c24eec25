"""Numbered SQL files: the contract between gateway and backend, and the history of it."""
