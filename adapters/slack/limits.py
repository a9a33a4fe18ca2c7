"""What Slack takes, from the pages of docs.slack.dev/reference/block-kit, and what is beyond it.

All are characters unless they say otherwise. Too long a text is shortened, never refused.
"""

from __future__ import annotations

from typing import Final

# blocks.md and chat.postMessage
BLOCKS_OF_A_MESSAGE: Final = 50
BLOCKS_OF_A_VIEW: Final = 100
#: JSON of a message's blocks. 40,000 are documented; from about 13,200 on Slack refuses them as
#: msg_blocks_too_long (slackapi/bolt-js#2509).
SIZE_OF_A_MESSAGE: Final = 12_800
#: JSON of a view; at 250 kB Slack says view_too_large.
SIZE_OF_A_VIEW: Final = 200_000
#: The fallback text of a message; more is cut by Slack itself.
TEXT_OF_A_MESSAGE: Final = 3_000

# blocks/*.md
HEADER: Final = 150
SECTION: Final = 3_000
CONTEXT: Final = 2_000
RICH_TEXT: Final = 3_000
ACTIONS: Final = 25
BLOCK_ID: Final = 255
INPUT_LABEL: Final = 2_000
INPUT_HINT: Final = 2_000

# block-elements/*.md and composition-objects/option-object.md
ACTION_ID: Final = 255
BUTTON_TEXT: Final = 75
BUTTON_VALUE: Final = 2_000
OPTIONS: Final = 100
#: Check boxes and radio buttons.
BOXES: Final = 10
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
PLACEHOLDER: Final = 150
TYPED: Final = 3_000

# surfaces/views.md
VIEW_TITLE: Final = 24
VIEW_BUTTON: Final = 24
CALLBACK_ID: Final = 255
PRIVATE_METADATA: Final = 3_000

# blocks/image-block.md
ALT_TEXT: Final = 2_000
IMAGE_URL: Final = 3_000

# blocks/data-visualization-block.md
CHARTS_OF_A_MESSAGE: Final = 2
CHART_TITLE: Final = 50
CHART_SERIES: Final = 6
CHART_CATEGORIES: Final = 20
CHART_LABEL: Final = 20


def short(text: str, longest: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
