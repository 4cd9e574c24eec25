"""Devices that are not ours: what their servers wrap, what their bytes mean."""
