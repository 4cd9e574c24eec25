"""The offline street map of a city: an OSM extract drawn into PMTiles."""
