"""Which streams a bin on the map takes."""

from collections.abc import Mapping

# The wiki page Key:recycling:* names over a hundred materials; these are the usual.
STREAM_OF_MATERIAL: Mapping[str, str] = {
    material: stream
    for stream, materials in {
        "glass": ("glass", "glass_bottles"),
        "paper": ("paper", "cardboard", "newspaper", "magazines", "paper_packaging"),
        "packaging": (
            *("plastic", "plastic_packaging", "plastic_bottles", "cans", "packaging"),
            *("beverage_cartons", "metal_packaging", "pmd"),
        ),
        "textiles": ("clothes", "shoes", "textiles"),
        "e-waste": (
            *("electrical_items", "electrical_appliances", "small_appliances"),
            *("small_electrical_appliances", "mobile_phones", "computers"),
        ),
        "batteries": ("batteries", "car_batteries"),
        "cooking-oil": ("cooking_oil",),
        "organic": ("organic", "food_waste", "green_waste", "garden_waste"),
        "chemicals": ("hazardous_waste", "paint", "engine_oil"),
        "residual": ("waste",),
    }.items()
    for material in materials
}
_USUAL_STREAM = {"recycling": "packaging"}


def streams_of(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Name the streams a bin takes, as its tags say or as is usual."""
    materials = (
        key.removeprefix("recycling:")
        for key, value in tags.items()
        if key.startswith("recycling:") and value == "yes"
    )
    streams = {
        STREAM_OF_MATERIAL[material]
        for material in materials
        if material in STREAM_OF_MATERIAL
    }
    usual = _USUAL_STREAM.get(tags.get("amenity", ""), "residual")
    return tuple(sorted(streams)) or (usual,)
