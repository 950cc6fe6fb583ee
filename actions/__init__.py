"""The thin edge: slots in, a frozen typed value, one call to a pure function, events out."""
