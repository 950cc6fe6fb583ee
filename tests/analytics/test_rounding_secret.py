"""The secret behind the rounding: made once, kept, and never guessed or told."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analytics.rounding_secret import BadSecret, rounding_secret

GIVEN = "0f" * 32


def test_secret_of_the_environment_counts_and_leaves_no_file(tmp_path: Path) -> None:
    assert rounding_secret(GIVEN, tmp_path / "secrets") == bytes([15]) * 32
    assert not (tmp_path / "secrets").exists()


def test_secret_is_made_once_and_kept_for_this_user_only(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "secrets"
    made = rounding_secret("", folder)
    assert len(made) == 32
    assert rounding_secret("", folder) == made
    assert rounding_secret("", tmp_path / "elsewhere") != made
    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_file_can_be_moved_into_the_environment(tmp_path: Path) -> None:
    made = rounding_secret("", tmp_path)
    assert rounding_secret((tmp_path / "rounding").read_text(), tmp_path / "elsewhere") == made


def test_many_at_the_same_moment_get_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: rounding_secret("", tmp_path / "secrets"), range(64)))
    assert len(made) == 1
    assert [file.name for file in (tmp_path / "secrets").iterdir()] == ["rounding"]


@pytest.mark.parametrize("text", ["welkom01", "0f" * 16, "0f" * 33, "zz" * 32])
def test_secret_of_another_form_is_refused_without_telling_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSecret, match="ROUNDING_SECRET") as refused:
        rounding_secret(text, tmp_path)
    assert text not in str(refused.value)
    assert "openssl rand -hex 32" in str(refused.value)


def test_damaged_file_is_refused_by_name_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "rounding").write_text("")
    with pytest.raises(BadSecret, match=str(tmp_path / "rounding")):
        rounding_secret("", tmp_path)
    assert (tmp_path / "rounding").read_text() == ""
