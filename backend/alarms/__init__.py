"""What is wrong with bins now: raised once, cleared by itself, told to who asked.

Facts in the database → `conditions` and `hysteresis` judge → `looking` raises and
clears → `delivering` tells. `watching` does it all the time, in the worker.
"""
