"""MQTT in, rows out; an acknowledgement after the commit, and nothing else."""
