"""Mutation tests of what counts: small faults are planted in the code, and its tests must notice them."""
