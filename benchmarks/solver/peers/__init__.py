"""Other solvers, each given the same problem as far as its model can state it."""
