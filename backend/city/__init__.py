"""What an OSM extract says about a city: its map, its bins, its addresses.

Import from the modules: what lies in the folder of cities is looked at without the
libraries that read maps, which take long to load.
"""
