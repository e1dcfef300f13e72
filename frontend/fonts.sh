#!/bin/sh
# Makes the two font files. Needs `npm install` and Python's fonttools with brotli.
set -eu
from=node_modules/@uswds/uswds/dist/fonts/public-sans
to=../registration/static/fonts
for weight in Regular Bold; do
    pyftsubset "$from/PublicSans-$weight.ttf" --flavor=woff2 --layout-features='kern,liga,tnum' \
        --unicodes='U+0020-007E,U+00A0-017F,U+2010-2015,U+2018-201E,U+2022,U+2026,U+2039-203A,U+2190-2193,U+2713' \
        --output-file="$to/public-sans-$(echo "$weight" | tr A-Z a-z).woff2"
done
