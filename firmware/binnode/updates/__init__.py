"""Updates over the air: the other slot is fetched bit by bit, checked, then tried."""
