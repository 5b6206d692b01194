#!/usr/bin/env bash
# Renews the lock files from the .in files. Needs uv (pip install uv); run in this folder.
# The locks carry hashes and no addresses, and hold for Python 3.10 to 3.13.
set -euo pipefail
cd "$(dirname "$0")"
for name in odoo test lint node postgresql; do
    uv pip compile --universal --python-version 3.10 --generate-hashes --system-certs --quiet \
        --no-emit-index-url --no-annotate --no-header --override overrides.txt "$@" \
        "$name.in" --output-file "$name.txt"
done
# The peers' addons name Odoo as what they need, which is no package: without what they depend on.
uv pip compile --universal --python-version 3.10 --generate-hashes --system-certs --quiet \
    --no-emit-index-url --no-annotate --no-header --no-deps "$@" peers.in --output-file peers.txt
