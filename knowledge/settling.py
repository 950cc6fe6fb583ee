"""What a process does once, when everything is loaded. Here because both environments need it."""

import gc

NEW_OBJECTS = 20_000  # after so many the collector looks for circles among them; hardly any are left by a turn


def settle() -> None:
    """Let the collector leave alone what is loaded, and look less often at what is new.

    Going through the libraries and the model once held up a turn for a third of a second, and they stay anyway.
    """
    gc.collect()
    gc.freeze()
    _, older, oldest = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, older, oldest)
