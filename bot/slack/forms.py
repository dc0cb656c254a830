"""Forms as modals: a question is an input block, and what was put into it comes back under the question's slug.

Source: Slack's Block Kit reference (modal title 24, 100 blocks, option text 75, 10 checkboxes or radio buttons, 100
options in a select or in each of 100 groups, placeholder 150, private metadata 3,000).
"""

from collections.abc import Mapping
from typing import Any

from bot.scheduling.form import Answer, Form, Input, Question, Raw
from bot.slack.mrkdwn import bold, escaped, plain
from bot.slack.ports import Json
from bot.slack.render.blocks import Block, label, section

CALLBACK = "sw:form"
ACTION = "sw:input"
_MOST_CHOICES = 10
_MOST_OPTIONS = 100
_MOST_QUESTIONS = 95
_MOST_TEXT = 3000
_MOST_TITLE = 24
_BLOCK = "f:"


def modal(form: Form, private: str, given: Mapping[str, Raw] | None = None) -> Json:
    """The modal of a form. `private` comes back with it; `given` are the answers so far, kept while it is redrawn."""
    given = {} if given is None else given
    steering = {question.only_if[0] for question in form.questions if question.only_if}
    inputs = [
        _input(question, given.get(question.slug, question.value), question.slug in steering)
        for question in visible(form, given)[:_MOST_QUESTIONS]
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": label(form.title, _MOST_TITLE),
        "submit": label("Continue", 24),
        "close": label("Back", 24),
        "private_metadata": private,
        "blocks": [*_heading(form), *inputs],
    }


def _heading(form: Form) -> list[Block]:
    """What the modal's short title leaves out, and the introduction."""
    whole = bold(form.title) if len(form.title) > _MOST_TITLE else ""
    text = "\n".join(part for part in (whole, escaped(form.intro, 2000)) if part)
    return [section(text)] if text else []


def waiting(title: str, private: str) -> Json:
    """What is shown while a form is still being looked up."""
    return _message(title, "Loading…", private)


def told(title: str, sentence: str) -> Json:
    """A modal that says why there is no form."""
    return _message(title, sentence, "")


def _message(title: str, sentence: str, private: str) -> Json:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": label(title, 24),
        "close": label("Back", 24),
        "private_metadata": private,
        "blocks": [section(escaped(sentence))],
    }


def visible(form: Form, given: Mapping[str, Raw]) -> list[Question]:
    """The questions that apply to what is answered so far (or, where nothing is, to what is known)."""
    by_slug = {question.slug: question for question in form.questions}
    shown = []
    for question in form.questions:
        if question.only_if:
            slug, option = question.only_if
            other = by_slug.get(slug)
            answer: Raw | Answer | None = given.get(slug, other.value if other else None)
            if answer != option and not (isinstance(answer, tuple) and option in answer):
                continue
        shown.append(question)
    return shown


def answers(form: Form, values: Json) -> dict[str, Raw]:
    """What stands in a modal's inputs (`view.state.values`), by slug; inputs that are not shown are left out."""
    read: dict[str, Raw] = {}
    for question in form.questions:
        inputs = values.get(block_id(question.slug))
        if inputs:
            read[question.slug] = _answer(question, next(iter(inputs.values())))
    return read


def block_id(slug: str) -> str:
    """The block of a question."""
    return (_BLOCK + slug)[:255]


def errors_of(form: Form, problems: Mapping[str, str], values: Json) -> dict[str, str]:
    """Sentences by block, as `response_action: errors` wants them; one about a question that is not shown stands at the
    first that is, named."""
    labels = {question.slug: question.label for question in form.questions}
    shown = [block for block in values if block.startswith(_BLOCK)]
    errors: dict[str, str] = {}
    for slug, sentence in problems.items():
        block = block_id(slug)
        if block in values:
            errors[block] = plain(sentence, 1000)
        elif shown:
            errors.setdefault(shown[0], plain(f"{labels.get(slug, slug)}: {sentence}", 1000))
    return errors


def _input(question: Question, value: Raw | Answer, steers: bool) -> Json:
    block: Json = {
        "type": "input",
        "block_id": block_id(question.slug),
        "label": label(question.label, 2000),
        "element": _element(question, value),
        "optional": not question.required or (question.input is Input.BOOLEAN and not question.required),
    }
    if steers:
        block["dispatch_action"] = True
    return block


def _element(question: Question, value: Any) -> Json:
    match question.input:
        case Input.TEXT | Input.PHONE:
            return _typed(question, value, "plain_text_input")
        case Input.LONG_TEXT | Input.EMAILS:
            return _typed(question, value, "plain_text_input") | {"multiline": True}
        case Input.EMAIL:
            return _typed(question, value, "email_text_input")
        case Input.URL:
            return _typed(question, value, "url_text_input")
        case Input.NUMBER:
            return _typed(question, value, "number_input") | {"is_decimal_allowed": True}
        case Input.BOOLEAN:
            return _boolean(question, value)
        case Input.ONE_OF | Input.RADIO:
            return _one_of(question, value)
        case Input.SOME_OF | Input.CHECKBOXES:
            return _some_of(question, value)


def _typed(question: Question, value: Any, kind: str) -> Json:
    element: Json = {"type": kind, "action_id": ACTION}
    hint = question.placeholder or ("+1 212 555 0100" if question.input is Input.PHONE else "")
    if question.input is Input.EMAILS and not hint:
        hint = "One address per line"
    if hint:
        element["placeholder"] = label(hint, 150)
    text = "\n".join(value) if isinstance(value, tuple) else "" if value is None or value is True else str(value)
    if text and len(text) <= _MOST_TEXT:
        element["initial_value"] = text
    return element


def _boolean(question: Question, value: Any) -> Json:
    """A tick, or Yes and No where an answer is required: a required tick box cannot be left open in Slack."""
    yes, no = {"text": label("Yes"), "value": "1"}, {"text": label("No"), "value": "0"}
    if not question.required:
        element: Json = {"type": "checkboxes", "action_id": ACTION, "options": [yes]}
        if value is True:
            element["initial_options"] = [yes]
        return element
    element = {"type": "radio_buttons", "action_id": ACTION, "options": [yes, no]}
    if isinstance(value, bool):
        element["initial_option"] = yes if value else no
    return element


def _one_of(question: Question, value: Any) -> Json:
    if not question.options:
        return _typed(question, value, "plain_text_input")
    options = _options(question)
    if question.input is Input.RADIO and len(options) <= _MOST_CHOICES:
        element: Json = {"type": "radio_buttons", "action_id": ACTION, "options": options}
    else:
        element = {"type": "static_select", "action_id": ACTION, **_grouped(options), **_hint(question)}
    if value in question.options:
        element["initial_option"] = options[question.options.index(value)]
    return element


def _some_of(question: Question, value: Any) -> Json:
    if not question.options:
        return _typed(question, value, "plain_text_input") | {"multiline": True}
    options = _options(question)
    if question.input is Input.CHECKBOXES and len(options) <= _MOST_CHOICES:
        element: Json = {"type": "checkboxes", "action_id": ACTION, "options": options}
    else:
        element = {"type": "multi_static_select", "action_id": ACTION, **_grouped(options), **_hint(question)}
    wanted = value if isinstance(value, tuple) else ()
    chosen = [options[question.options.index(each)] for each in wanted if each in question.options]
    if chosen:
        element["initial_options"] = chosen
    return element


def _options(question: Question) -> list[Json]:
    """Options by their number: their text may be longer than a value may be, and may not be unique once cut."""
    return [{"text": label(option), "value": str(n)} for n, option in enumerate(question.options)]


def _grouped(options: list[Json]) -> Json:
    """More than 100 options come in groups of 100."""
    if len(options) <= _MOST_OPTIONS:
        return {"options": options}
    parts = [options[i : i + _MOST_OPTIONS] for i in range(0, len(options), _MOST_OPTIONS)]
    groups = [
        {"label": label(f"{part[0]['text']['text'][:30]} – {part[-1]['text']['text'][:30]}"), "options": part}
        for part in parts[:_MOST_OPTIONS]
    ]
    return {"option_groups": groups}


def _hint(question: Question) -> Json:
    return {"placeholder": label(question.placeholder, 150)} if question.placeholder else {}


def _answer(question: Question, value: Json) -> Raw:
    """One input's value. Slack gives null or [] for what was left empty."""
    kind = value.get("type")
    if kind in ("static_select", "radio_buttons"):
        chosen = (value.get("selected_option") or {}).get("value")
        if question.input is Input.BOOLEAN:
            return None if chosen is None else chosen == "1"
        return _option(question, chosen)
    if kind in ("multi_static_select", "checkboxes"):
        several = [each.get("value") for each in value.get("selected_options") or []]
        if question.input is Input.BOOLEAN:
            return bool(several)
        return tuple(option for each in several if (option := _option(question, each)) is not None)
    text = value.get("value")
    return None if text is None else str(text)


def _option(question: Question, value: str | None) -> str | None:
    if value is None or not value.isdecimal() or int(value) >= len(question.options):
        return None
    return question.options[int(value)]
