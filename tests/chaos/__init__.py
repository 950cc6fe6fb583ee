"""Faults on purpose: parts that die or hang, disks that are full or slow, clocks that jump, in mid-conversation."""
