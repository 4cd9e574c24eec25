"""What would be if: the operator's own bins, lived through under other terms."""
