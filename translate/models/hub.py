"""Fetches a model file from a Hugging Face hub (``HF_ENDPOINT``, default the public one), goes on where a broken fetch ended, and compares checksums."""

from __future__ import annotations

import os
import re
from hashlib import sha256 as digest
from pathlib import Path
from urllib.parse import urlsplit

from translate.errors import ModelError, ModelRefused, ModelUnreachable, SettingError

INSTALL = "it belongs to Dragoman and is missing here, so install Dragoman again: pip install --force-reinstall dragoman"
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
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part, told = _from_hub(repository, file, revision, target)
        expected = sha256 or (told if SHA256.fullmatch(told) else "")
        if expected and _checksum(part) != expected:
            part.unlink()
            raise ModelUnreachable(f"{file} of {repository} is not what was promised (its checksum differs): nothing was kept; fetch it again.")
        os.replace(part, target)
    except OSError as error:
        raise SettingError(f"{folder} cannot take the file ({error}): make room there, or make it writable.") from error
    return target


def _from_hub(repository: str, file: str, revision: str, target: Path) -> tuple[Path, str]:
    """The whole fetched file, under a name of its own beside ``target``, and the hub's checksum of it.

    huggingface_hub's own download function begins anew in each process, so its inner one is used, which goes on from a given place.
    Raises a ``ModelError``, or ``OSError`` of the disk.
    """
    try:
        import huggingface_hub
        from huggingface_hub import errors
        from huggingface_hub.file_download import http_get
    except ImportError as error:
        raise SettingError(f"Fetching a model needs huggingface_hub: {INSTALL}.") from error
    endpoint = os.environ.get("HF_ENDPOINT") or None
    where = endpoint or "the hub"
    try:
        url = huggingface_hub.hf_hub_url(repository, file, revision=revision, endpoint=endpoint)
        said = huggingface_hub.get_hf_file_metadata(url, endpoint=endpoint)
        told = said.etag or ""
        part = target.with_name(f"{target.name}.{told[:16]}.part")
        with part.open("ab") as out:
            http_get(said.location, out, resume_size=out.tell(), expected_size=said.size, headers=_headers(url, said.location), displayed_filename=target.name)
    except (errors.GatedRepoError, errors.RepositoryNotFoundError, errors.EntryNotFoundError, errors.RevisionNotFoundError) as error:
        raise _absent(repository, file, where, error) from error
    except _broken() as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise ModelUnreachable(
            f"{where} cannot be reached or broke off ({type(error).__name__}): run the same command again to go on where it ended."
        ) from error
    return part, told


def _headers(url: str, location: str) -> dict[str, str]:
    """The headers for a download; a token goes to the hub itself and not to the store that it sends us to."""
    import huggingface_hub

    token = huggingface_hub.get_token()
    same = urlsplit(url).netloc == urlsplit(location).netloc
    return {"Authorization": f"Bearer {token}"} if token and same else {}


def _absent(repository: str, file: str, where: str, error: Exception) -> ModelError:
    from huggingface_hub import errors

    if isinstance(error, errors.GatedRepoError):
        return ModelRefused(f"{repository} asks you to accept its terms first: do so on its page at {where}, then set HF_TOKEN and run the command again.")
    if isinstance(error, errors.LocalEntryNotFoundError):
        return ModelUnreachable(f"{where} cannot be reached: check the network, then run the same command again to go on where it ended.")
    return ModelRefused(f"{where} has no {file} in {repository}: take another model of the list, or fetch a .gguf file yourself.")


def _broken() -> tuple[type[Exception], ...]:
    """The errors of huggingface_hub, and of the HTTP client below it, for a hub that fails or cannot be reached; those of the disk, with a number, are among them."""
    import httpx2
    from huggingface_hub import errors

    return (errors.HfHubHTTPError, httpx2.HTTPError, OSError)


def _checksum(path: Path) -> str:
    found = digest()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()
