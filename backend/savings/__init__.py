"""The savings ledger: a month beside the same month on the fixed rounds of before."""
