# Holds KEDA's resources in the given files against the schemas of its own definitions: python keda.py SCHEMAS FILE...
import glob, json, sys

import jsonschema, yaml


def closed(schema):
    """An unknown key is an error, as the API server would drop it without a word."""
    if isinstance(schema, dict):
        if "properties" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
            schema.setdefault("additionalProperties", False)
        for inner in schema.values():
            closed(inner)
    return schema


schemas = {}
for path in glob.glob(sys.argv[1] + "/*.yaml"):
    definition = yaml.safe_load(open(path))
    for version in definition["spec"]["versions"]:
        kind = (f"{definition['spec']['group']}/{version['name']}", definition["spec"]["names"]["kind"])
        schema = closed(version["schema"]["openAPIV3Schema"])
        schema["properties"]["metadata"] = {"type": "object"}
        schemas[kind] = schema

faults, seen = [], 0
for path in sys.argv[2:]:
    for resource in yaml.safe_load_all(open(path)):
        kind = (resource["apiVersion"], resource["kind"])
        if "keda.sh" not in kind[0]:
            continue
        seen += 1
        if kind not in schemas:
            faults.append(f"{path}: {kind[1]} {kind[0]} is unknown")
            continue
        for error in jsonschema.Draft7Validator(schemas[kind]).iter_errors(resource):
            faults.append(f"{path}: {resource['metadata']['name']}: {error.json_path}: {error.message}")
if seen == 0:
    faults.append("no resource of KEDA's was found")
print("\n".join(faults))
sys.exit(1 if faults else 0)
