"""Numbered SQL files: the contract between gateway and backend."""
