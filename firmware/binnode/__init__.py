"""The firmware of one bin: measure, remember, report, sleep."""

# Set by the loader: the folder that runs, and whether it has yet to prove itself.
slot = "a"
is_trial = False
# When a report was acknowledged while there is an offer, or this version is on trial.
update_due_s = 0
# What of a network must live on while its code is not loaded.
link = None
