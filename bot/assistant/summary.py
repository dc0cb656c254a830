"""What was said in a meeting, in short. A model reads foreign text here: its links are left out, nothing acts on it."""

import logging

import prompts
from bot.assistant.careful import without_links
from bot.assistant.context import fenced
from bot.assistant.model import ModelFailed, OpenAIModel
from bot.scheduling.wording import cut

log = logging.getLogger(__name__)

LONGEST = 24_000
"""Characters of a transcript the model reads."""


class Summariser:
    """Summarises transcripts with the configured model."""

    def __init__(self, model: OpenAIModel) -> None:
        self._model = model

    async def summarise(self, text: str) -> str:
        """The transcript in short; empty when the model gave nothing usable."""
        asked = [
            {"role": "system", "content": prompts.text("summary")},
            {"role": "user", "content": f"<transcript>\n{fenced(cut(text, LONGEST))}\n</transcript>"},
        ]
        try:
            answer = await self._model.ask(asked, tools=False)
        except ModelFailed as failed:
            log.warning("no summary: %s", failed)
            return ""
        return cut(without_links(answer.text).strip(), 1500)
