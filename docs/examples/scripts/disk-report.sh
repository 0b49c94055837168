#!/bin/sh
# Prints how full the file systems are, keeps the fullest as a sample for nightly-rollup.sh, and names it as the result.
set -eu

state=${OASIS_EXAMPLES_STATE:-${TMPDIR:-/tmp}/oasis-examples}
mkdir -p "$state"

# -P: one line per file system, whatever the length of its name. Pseudo file systems have no size.
df -P -k | awk 'NR == 1 || $2 > 0'

fullest=$(df -P -k | awk '
  NR > 1 && $2 > 0 && $1 !~ /^(tmpfs|devtmpfs|overlay|udev|none|shm)$/ {
    use = $5; sub("%", "", use)
    if (use + 0 >= max) { max = use + 0; mount = $6 }
  }
  END { print max + 0, (mount == "" ? "/" : mount) }')
use=${fullest%% *}
mount=${fullest#* }

printf '%s,%s,%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$use" "$mount" >> "$state/disk-samples.csv"
echo "fullest: $mount at $use %"
