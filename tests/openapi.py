"""The tools' OpenAPI documents, where they lie beside the project, to hold our requests against."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import yaml

PLACES = [parent / "shared" / "specs" for parent in Path(__file__).resolve().parents]


@cache
def read_document(name):
    """The document, or None if it is not there."""
    path = next((place / name for place in PLACES if (place / name).exists()), None)
    if path is None:
        return None
    text = path.read_text("utf-8")
    return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)


def check_body(document, method, path, body, *, extra=()):
    """Fail unless `document` allows this request; `extra` are properties that only the real server takes."""
    operation = document["paths"][path][method.lower()]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    name = schema["$ref"].rpartition("/")[2] if "$ref" in schema else None
    properties = document["components"]["schemas"][name]["properties"] if name else schema["properties"]
    unknown = set(body) - set(properties) - set(extra)
    assert not unknown, unknown
    whole = {**schema, "components": document["components"]}
    jsonschema.Draft7Validator(whole).validate({key: value for key, value in body.items() if key in properties})
