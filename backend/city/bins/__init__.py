"""The bins that an OSM extract knows, as a file for the import."""
