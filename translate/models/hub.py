"""Fetches a model file from a Hugging Face hub (``HF_ENDPOINT``, default the public one), goes on where a broken fetch ended, and compares checksums."""

from __future__ import annotations

import os
import re
import shutil
from hashlib import sha256 as digest
from pathlib import Path

from translate.errors import ModelError, ModelRefused, ModelUnreachable, SettingError

INSTALL = "pip install 'dragoman[embedded]'"
SHA256 = re.compile(r"[0-9a-f]{64}")
BLOCK = 1 << 20


def fetch(repository: str, file: str, *, folder: Path, revision: str = "main", sha256: str = "") -> Path:
    """The file of a hub's repository, in ``folder``; fetched unless it is there.

    It is compared with ``sha256``, or where that is empty with the checksum that the hub gives for it, and kept only if they agree.
    Raises ``SettingError`` where huggingface_hub is not installed or the disk is full, else a ``ModelError``.
    """
    target = folder / Path(file).name
    if target.is_file():
        return target
    staging = folder / ".fetching" / repository.replace("/", "--")
    try:
        got, told = _from_hub(repository, file, revision, staging)
    except OSError as error:
        raise SettingError(f"{folder} cannot take the file ({error}): make room there, or make it writable.") from error
    expected = sha256 or (told if SHA256.fullmatch(told) else "")
    if expected and _checksum(got) != expected:
        shutil.rmtree(staging, ignore_errors=True)
        raise ModelUnreachable(f"{file} of {repository} is not the file that was promised (its checksum differs): nothing was kept; fetch it again, or tell us if it stays so.")
    os.replace(got, target)
    shutil.rmtree(staging, ignore_errors=True)
    return target


def _from_hub(repository: str, file: str, revision: str, staging: Path) -> tuple[Path, str]:
    """The fetched file in ``staging`` and the hub's own checksum of it. Raises a ``ModelError``, or ``OSError`` of the disk."""
    try:
        import huggingface_hub
        from huggingface_hub import errors
    except ImportError as error:
        raise SettingError(f"Fetching a model needs huggingface_hub: {INSTALL}.") from error
    endpoint = os.environ.get("HF_ENDPOINT") or None
    where = endpoint or "the hub"
    try:
        url = huggingface_hub.hf_hub_url(repository, file, revision=revision, endpoint=endpoint)
        told = huggingface_hub.get_hf_file_metadata(url, endpoint=endpoint).etag or ""
        path = huggingface_hub.hf_hub_download(repository, file, revision=revision, local_dir=staging, endpoint=endpoint)
    except (errors.GatedRepoError, errors.RepositoryNotFoundError, errors.EntryNotFoundError, errors.RevisionNotFoundError) as error:
        raise _absent(repository, file, where, error) from error
    except (errors.HfHubHTTPError, *_connection_errors()) as error:
        raise ModelUnreachable(f"{where} cannot be reached or broke off ({type(error).__name__}): run the same command again to go on where it ended.") from error
    return Path(path), told


def _absent(repository: str, file: str, where: str, error: Exception) -> ModelError:
    from huggingface_hub import errors

    if isinstance(error, errors.GatedRepoError):
        return ModelRefused(f"{repository} asks you to accept its terms first: do so on its page at {where}, then set HF_TOKEN and run the command again.")
    if isinstance(error, errors.LocalEntryNotFoundError):
        return ModelUnreachable(f"{where} cannot be reached: check the network, then run the same command again to go on where it ended.")
    return ModelRefused(f"{where} has no {file} in {repository}: take another model of the list, or fetch a .gguf file yourself.")


def _connection_errors() -> tuple[type[Exception], ...]:
    """The errors of the HTTP client below huggingface_hub."""
    import httpx2

    return (httpx2.HTTPError,)


def _checksum(path: Path) -> str:
    found = digest()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()
