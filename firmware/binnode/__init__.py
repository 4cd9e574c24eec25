"""The firmware of one bin: measure, remember, report, sleep."""

# Set by the loader: the folder that runs, and whether it has yet to prove itself.
slot = "a"
is_trial = False
# Set when a report was acknowledged, and there is an offer or this version is on trial.
is_update_due = False
