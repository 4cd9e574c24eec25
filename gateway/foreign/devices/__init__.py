"""What a device's bytes mean, one module for each make; a new file is a new kind.

A module says `KINDS`, the words by which operators name it (`--kind` of `ullage device
add`), and has a function `decode(uplink)` that yields what was measured. It raises
`PayloadError` where it can read no further: what it yielded before is stored, the frame
is kept with the reason.
"""
