"""The pages of the coordinator: how the work goes, what needs attention, and how long everything is kept."""
