"""The brain: `demand` foresees fill, `roads` measures ways, `solver` plans runs."""
