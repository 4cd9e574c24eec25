"""A digital year: policies beside each other in worlds that are the same to all."""
