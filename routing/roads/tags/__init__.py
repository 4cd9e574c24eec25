"""What OSM tags say about streets: who may drive, what fits, how fast."""
