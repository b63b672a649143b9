"""Which key goes to which address."""

from __future__ import annotations

import pytest

from translate.models import keys

ENVIRONMENT = {"OPENAI_API_KEY": "a", "MISTRAL_API_KEY": "b", "DEEPSEEK_API_KEY": "", "GEMINI_API_KEY": "c"}


@pytest.mark.parametrize(
    ("address", "variable"),
    [
        ("https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
        ("https://api.mistral.ai/v1/", "MISTRAL_API_KEY"),
        ("https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"),
        ("https://api.deepseek.com", "OPENAI_API_KEY"),
        ("https://api.openai.com/v1", "OPENAI_API_KEY"),
        ("http://127.0.0.1:8080/v1", "OPENAI_API_KEY"),
        ("http://api.mistral.ai/v1", "OPENAI_API_KEY"),
        ("https://api.mistral.ai:8443/v1", "OPENAI_API_KEY"),
        ("https://api.mistral.ai.evil.example/v1", "OPENAI_API_KEY"),
        ("https://evil.example/api.mistral.ai", "OPENAI_API_KEY"),
        ("", "OPENAI_API_KEY"),
    ],
)
def test_a_providers_own_key_goes_to_that_provider_only(address: str, variable: str) -> None:
    assert variable == keys.variable(address, ENVIRONMENT)


def test_the_key_is_read_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", "sk-mistral")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-any")

    assert ("sk-mistral", "sk-any") == (keys.key("https://api.mistral.ai/v1"), keys.key("https://api.together.xyz/v1"))
