"""A city that lives: made-up fills, real firmware, a crew, and a faster clock."""
