"""What bins meet in the field, on the host: scenes, faults, power and its metering."""
