"""`/workspace/...`: the workspace as its people use it. The page and scripts drive it alike; JSON in, JSON out.

Users and channels are given by name or id: `ann`, `U...`; `#support`, `support`, `C...`; `@slotwise` (or `slotwise`) is
the acting person's DM with the bot. `viewer` and `user` name the acting person. Refusals answer 4xx with
`{"error": "a sentence"}`. All times that people see are in the viewer's zone; `ts` follows the sandbox clock.

Reading
-------
`GET /workspace/state?viewer=ann` -> `{"now": ISO, "viewer": USER, "users": [USER], "bot": {"id", "bot_id", "name",
"real_name"}, "channels": [{"id", "name", "topic"}], "dms": [{"id", "name": "slotwise", "user": bot's user id}],
"commands": [{"command", "description", "usage_hint"}], "prompts": {"title": str | null, "prompts": [{"title",
"message"}]}}` with USER `{"id", "name", "real_name", "tz", "tz_label", "tz_offset" (seconds), "email" | null,
"colour": "#rrggbb"}`. `prompts` are the suggested prompts of the viewer's DM with the bot.

`GET /workspace/messages?viewer=&channel=[&thread_ts=]` -> `{"messages": [MESSAGE], "status": [STATUS]}`, oldest first,
replies included; with `thread_ts` only that thread, its root first. MESSAGE: `{"ts", "user" (id), "name" (of the author),
"bot": bool, "text" (mrkdwn as stored), "blocks": [...], "thread_ts" | null (null on a root), "ephemeral": bool, "plain",
"edited": bool, "reactions": [{"name", "users": [id]}], "reply_count", "reply_users": [id], "latest_reply": ts | null,
"streaming": bool, "state": {block_id: {action_id: VALUE}}, "html_blocks"?}`. `state` holds what this viewer has chosen in the
message's selects and pickers; VALUE is Slack's state value (`{"type", "selected_option"| "selected_date"| "value"...}`).
STATUS: `{"thread_ts" | null, "status": str, "loading_messages": [str]}`: the bot's working indicator, gone when it posts.

`GET /workspace/views?viewer=` -> `{"modal": null | MODAL, "home": null | {"view_id", "plain", "blocks", "state"}}`; MODAL:
`{"view_id", "title", "plain", "inputs": [{"label", "type", "required", "options"?, "block_id", "action_id", "value"}],
"submit": str | null, "close": str, "blocks", "state", "depth": 1..3, "errors": {block_id: text}}`.

`GET /workspace/options?viewer=&(channel=&ts= | view_id=)&block_id=&action_id=&query=` -> `{"options": [OPTION],
"option_groups": [...]}`: what an external select offers now (asks the app), or a users / channels / conversations select.

`GET /workspace/stream?viewer=` -> Server-Sent Events. `event: changed`, data `{"what": "messages" | "views" | "home" |
"status" | "prompts" | "state" | "reset", "channel": id | null, "thread_ts": ts | null}`: fetch that again (`reset`: all of it).
`event: status`, data `{"channel", "thread_ts", "status", "loading_messages"}`; `event: failure`, data `{"sentence",
"channel" | null, "ts" | null, "view_id" | null}`: Slack's own note that the app did not answer. A comment line every 15 s.

Acting
------
`POST /workspace/messages` `{"user", "channel", "text", "thread_ts"?}` -> `{"ts"}`. `@slotwise`, `@bailey`, `#support` in the
text become mentions.
`POST /workspace/commands` `{"user", "channel", "command": "/slotwise", "text"}` -> `{}`.
`POST /workspace/press` `{"user", ("label" | "action_id" | "block_id" + "action_id"), ("channel", "ts" | "view_id"), "option"?}`
-> `{}`. `option`: an option's text, a date `YYYY-MM-DD`, a time `HH:MM`, a person's name; a list for the multi kinds and
checkboxes. The page may give `"value"` instead: an option's value (or a list of them), exact. `label` may be the modal's
own submit or close button: then the answer is that of `views/submit` / `views/close`.
`POST /workspace/views/submit` `{"user", "view_id", "values": {label: text | [texts] | true}}` -> `{}` | `{"errors": {label:
text}}`; the page may give `"state": {block_id: {action_id: VALUE}}` too; inputs named in neither keep their values.
`POST /workspace/views/input` `{"user", "view_id", "block_id", "action_id", "value"}` -> `{}`: somebody typed or chose in an
input (kept as its current value; an input with `dispatch_action` tells the app). `value`: text, an option's value, a list of
those, a date, a time, null to empty.
`POST /workspace/views/close` `{"user", "view_id", "all"?: bool}` -> `{}`: the modal's X or its close button.
`POST /workspace/open` `{"user", "channel"}` -> `{}`: the person looks at a conversation (a DM: `app_home_opened`, tab
messages). `POST /workspace/home` `{"user"}` -> `{}`: opens the Home tab (`app_home_opened`, tab home).
`POST /workspace/reactions` `{"user", "channel", "ts", "name", "remove"?: bool}` -> `{}`.
`POST /workspace/shortcuts` `{"user", "callback_id", ("channel", "ts")?}` -> `{}`: a global or a message shortcut.
`POST /workspace/users` `{"user", "email"?: str | null, "tz"?, "real_name"?}` -> USER: changes a profile until the next reset.
"""
