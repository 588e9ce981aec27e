"""Configured data sources, kept between calls until their settings change (CTX-403)."""

import itertools
import json
from collections import OrderedDict

MOST = 1000


class SettingsError(Exception):
    """What is wrong with the settings, in words for the user."""


def read_settings(json_data: bytes) -> dict:
    """Nothing and null mean no settings (CTX-109)."""
    if not json_data:
        return {}
    try:
        settings = json.loads(json_data)
    except (ValueError, RecursionError):
        raise SettingsError("The settings are not valid JSON.") from None
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        raise SettingsError("The settings are not a JSON object.")
    url = settings.get("url")
    if url is not None and not (isinstance(url, str) and url.startswith(("http://", "https://"))):
        raise SettingsError('The setting "url" is not an absolute http or https URL.')
    return settings


def settings_of(context):
    for name in ("dataSourceInstanceSettings", "appInstanceSettings"):
        if context.HasField(name):
            return getattr(context, name)
    return None


class Instances:
    def __init__(self):
        self.known = OrderedDict()
        self.numbers = itertools.count(1)

    def get(self, context, metadata) -> dict:
        settings = settings_of(context)
        source = context.dataSourceInstanceSettings
        # The first value counts, and empty means absent.
        tenant = next((value for name, value in metadata if name == "tenantid"), "")
        key = (tenant, context.orgId, context.pluginId, context.namespace, source.id, source.uid)
        version = (settings and settings.lastUpdatedMS, tuple(sorted(context.grafanaConfig.items())))
        kept = self.known.get(key)
        if kept is None or kept[0] != version:
            kept = self.known[key] = (version, self.create(settings, source))
            if len(self.known) > MOST:
                self.known.popitem(last=False)
        return kept[1]

    def create(self, settings, source) -> dict:
        try:
            json_data = read_settings(settings.jsonData) if settings else {}
        except SettingsError:
            json_data = None
        secrets = sorted(settings.decryptedSecureJsonData) if settings else []
        number = next(self.numbers)
        return {"instance": number, "uid": source.uid, "name": source.name, "url": source.url, "jsonData": json_data, "secretKeys": secrets}


instances = Instances()
