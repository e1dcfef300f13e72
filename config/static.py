"""How static files are named and stored."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Names carry a hash of the content, also where one script imports another, so that no browser mixes releases."""

    support_js_module_import_aggregation = True
