"""Settings that the demo's real firmware was asked for, so that it has answered."""

from typing import Any

from backend.demo.api_client import ApiClient

# The second is a slip of the pen, which the device refuses by name.
WISHES: dict[str, dict[str, Any]] = {
    "esp32-01": {"measure_every_s": 600, "delta_mm": 40},
    "esp32-02": {"tilt_limit_deg": 15, "knock_mg": 2500},
}


def ask_devices(api: ApiClient) -> None:
    """Ask once; what a dispatcher asked for since stays."""
    for device, desired in WISHES.items():
        path = f"/api/v1/devices/{device}/settings"
        if api.get(path)["revision"] == 0:
            api.put(path, {"desired": desired, "by": "demo"})
