"""What can go wrong with a city, by what one can do about it.

CityError
├─ UnusableCityError     bring another file
├─ DownloadError         look at the address or the network, try again
├─ CityNameError         name it otherwise
├─ ManifestError         add the city again
└─ BasemapError          the streets cannot be drawn
   └─ NoTippecanoeError  install the extra `basemap`
"""


class CityError(Exception):
    """Nothing was changed; the message says why and what to do."""


class UnusableCityError(CityError, ValueError):
    """The file is no OSM extract of a city."""


class DownloadError(CityError):
    """The extract could not be fetched whole."""


class CityNameError(CityError):
    """A city cannot be called that."""


class ManifestError(CityError):
    """What is known of a city cannot be read."""


class BasemapError(CityError, RuntimeError):
    """The map could not be drawn."""


class NoTippecanoeError(BasemapError):
    """The program that draws the map is not installed."""
