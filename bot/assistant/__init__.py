"""The function-calling loop: prompt, tools, model client and history. Knows no Slack and no HTTP route."""
