"""Log lines as hclog writes them: one JSON object a line on stderr (LIFE-121, LIFE-125)."""

import json
import logging
import sys
import traceback
from datetime import datetime, timezone

LEVELS = {logging.DEBUG: "debug", logging.INFO: "info", logging.WARNING: "warn", logging.ERROR: "error", logging.CRITICAL: "error"}


class Hclog(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        now = datetime.fromtimestamp(record.created, timezone.utc)
        line = {
            "@level": LEVELS.get(record.levelno, "debug"),
            "@message": record.getMessage()[:8192],
            "@module": record.name,
            "@timestamp": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }
        if record.exc_info:
            line["stack"] = "".join(traceback.format_exception(*record.exc_info))[-8192:]
        return json.dumps(line)


def install() -> logging.Logger:
    # Nobody reads the log any more: that is no reason to fail (LIFE-168).
    logging.raiseExceptions = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Hclog())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    return logging.getLogger("plugin")
