"""Streets of an OSM extract as they are, for whatever vehicle will drive them."""
