"""Inner loops of the forecast, compiled: one slot, or all, per call."""
