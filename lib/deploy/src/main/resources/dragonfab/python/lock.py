import json
import sys
import tomllib

# Writes poetry's or pipenv's lock as pip reads one, with the marker and the checksums of each package.
name = sys.argv[1]
with open(name, "rb") as file:
    lock = tomllib.load(file) if name == "poetry.lock" else json.load(file)


def pinned(package, version, marker, hashes):
    if not version or not hashes:
        sys.exit(f"{name}: {package} has no version or no checksum there, so it cannot be installed from it")
    end = f" ; {marker}" if marker else ""
    print(f"{package}=={version}{end} " + " ".join(f"--hash={each}" for each in sorted(set(hashes))))


if name == "Pipfile.lock":
    for package, one in sorted(lock["default"].items()):
        extras = "[" + ",".join(one["extras"]) + "]" if one.get("extras") else ""
        pinned(package + extras, one.get("version", "").removeprefix("=="), one.get("markers"), one.get("hashes"))
else:
    files = lock.get("metadata", {}).get("files", {})
    for one in lock["package"]:
        if "groups" in one and "main" not in one["groups"] or one.get("category", "main") != "main" or one.get("optional"):
            continue
        marker = one.get("markers")
        if isinstance(marker, dict):
            marker = marker.get("main")
        hashes = [each["hash"] for each in one.get("files") or files.get(one["name"], [])]
        pinned(one["name"], one["version"], marker, hashes)
