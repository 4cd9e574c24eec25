"""What bins say, byte by byte (docs/payload.md)."""
