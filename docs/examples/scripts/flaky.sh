#!/bin/sh
# Fails at attempts 1 and 2, succeeds from attempt 3 on.
set -eu

attempt=${OASIS_ATTEMPT:-1}
echo "attempt $attempt"
if [ "$attempt" -lt 3 ]; then
  echo "the remote side did not answer" >&2
  exit 1
fi
echo "worked at attempt $attempt"
