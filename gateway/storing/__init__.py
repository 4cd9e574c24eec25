"""From messages to rows: whose they are, what of them is new; one transaction."""
