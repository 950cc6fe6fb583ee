"""How much is tried: little in every run of the tests, much by `make fuzz`."""

import os

from hypothesis import HealthCheck, Phase, settings

THOROUGH = "FUZZ"
_SLOW = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)

# The same every time, so that a run that fails here fails for everybody; `make fuzz` looks further.
settings.register_profile("quick", derandomize=True, database=None, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("thorough", deadline=None, suppress_health_check=_SLOW, print_blob=True)


def tries(quick: int, thorough: int) -> settings:
    """The settings of a test that tries this many examples."""
    many = os.environ.get(THOROUGH) == "ja"
    profile = settings.get_profile("thorough" if many else "quick")
    # A quick run reports what it finds as it found it: shrinking takes far longer than the run.
    phases = tuple(Phase) if many else (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(profile, max_examples=thorough if many else quick, phases=phases)
