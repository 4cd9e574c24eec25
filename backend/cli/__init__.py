"""The command `ullage`: one module a command, each with `register` and `run`."""
